#include "services/crawler/fetch/cookie_jars.h"

#include <future>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/crawler/fetch/fetcher.h"
#include "tests/support/fake_clock.h"
#include "tests/support/local_server.h"

namespace tintinh::crawler {
namespace {

// Against a server that says which cookies it was sent.
class CookieJarsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    server_.routes().Get("/", [this](const httplib::Request& request, httplib::Response& response) {
      const std::string sent = request.get_header_value("Cookie");
      for (size_t i = 0; i < given_; ++i) response.set_header("Set-Cookie", absl::StrCat("c", ++cookies_, "=1"));
      response.set_content(sent.empty() ? "không" : sent, "application/octet-stream");
    });
    server_.Start();
    options_.guard = *AddressGuard::Create({"127.0.0.0/8"});
  }

  std::string SentBy(Fetcher& fetcher, const std::string& jar) {
    std::promise<std::string> answer;
    FetchRequest request;
    request.url = absl::StrCat("http://127.0.0.1:", server_.port(), "/");
    request.cookie_jar = jar;
    fetcher.Fetch(std::move(request), [&](FetchResult result) { answer.set_value(std::move(result.body)); });
    return answer.get_future().get();
  }

  size_t given_ = 1;
  size_t cookies_ = 0;
  FetcherOptions options_;
  testing::FakeClock clock_;
  testing::LocalServer<httplib::Server> server_;
};

TEST_F(CookieJarsTest, AreNotUsedUnlessTheRequestNamesOne) {
  Fetcher fetcher(options_, clock_);
  EXPECT_EQ(SentBy(fetcher, ""), "không");
  EXPECT_EQ(SentBy(fetcher, ""), "không");
}

TEST_F(CookieJarsTest, KeepEachSitesCookiesApart) {
  Fetcher fetcher(options_, clock_);
  SentBy(fetcher, "bao-a");
  EXPECT_EQ(SentBy(fetcher, "bao-a"), "c1=1");
  EXPECT_EQ(SentBy(fetcher, "bao-b"), "không");
  EXPECT_EQ(SentBy(fetcher, ""), "không");
}

TEST_F(CookieJarsTest, AreEmptiedWhenAServerInventsNamesForEver) {
  Fetcher fetcher(options_, clock_);
  given_ = 40;
  for (size_t set = 0; set + given_ <= kMaxCookiesSet; set += given_) SentBy(fetcher, "bao-a");
  EXPECT_NE(SentBy(fetcher, "bao-a"), "không");
  EXPECT_EQ(SentBy(fetcher, "bao-a"), "không");
}

}  // namespace
}  // namespace tintinh::crawler
