#include "services/node/page_fetch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/fake_clock.h"
#include "tests/support/local_server.h"
#include "tests/support/status_matchers.h"

namespace tintinh::node {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::FakeClock;
using tintinh::testing::StatusIs;

class FetchPageTest : public ::testing::Test {
 protected:
  FetchPageTest() {
    options_.guard = *crawler::AddressGuard::Create({"127.0.0.0/8"});
    server_.routes().Get("/bai", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("<h1>Mùa vải</h1>", "text/html; charset=utf-8");
    });
    server_.routes().Get("/cu",
                         [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/bai"); });
    server_.routes().Get("/vong",
                         [](const httplib::Request&, httplib::Response& response) { response.set_redirect("/vong"); });
    server_.Start();
  }

  tintinh::testing::LocalServer<httplib::Server> server_;
  crawler::FetcherOptions options_ = ByHandOptions("1.2.3");
  FakeClock clock_;
};

TEST_F(FetchPageTest, FollowsRedirectsToThePage) {
  const absl::StatusOr<v1::Page> page = FetchPage(server_.Url("/cu"), options_, clock_);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->url(), server_.Url("/bai"));
  EXPECT_EQ(page->body(), "<h1>Mùa vải</h1>");
  EXPECT_EQ(page->http_status(), 200u);
  const bool has_type = std::any_of(page->headers().begin(), page->headers().end(), [](const v1::HttpHeader& header) {
    return header.name() == "content-type" && header.value() == "text/html; charset=utf-8";
  });
  EXPECT_TRUE(has_type);
}

TEST_F(FetchPageTest, ARefusalIsAPageWithItsStatus) {
  EXPECT_EQ(FetchPage(server_.Url("/khong"), options_, clock_)->http_status(), 404u);
}

TEST_F(FetchPageTest, RedirectsEnd) {
  EXPECT_THAT(FetchPage(server_.Url("/vong"), options_, clock_).status(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("more than 5 redirects")));
}

TEST_F(FetchPageTest, AddressesThatAreNotPublicAreRefused) {
  EXPECT_THAT(FetchPage(server_.Url("/bai"), ByHandOptions("1.2.3"), clock_).status(),
              StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("127.0.0.1")));
}

TEST(ByHandOptions, NameTheProgram) { EXPECT_EQ(ByHandOptions("1.2.3").user_agent, "tintinh/1.2.3 (by hand)"); }

}  // namespace
}  // namespace tintinh::node
