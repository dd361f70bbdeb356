#include "services/crawler/fetch/fetcher.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/fake_clock.h"
#include "tests/support/gzip.h"
#include "tests/support/local_server.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::AllOf;
using testing::Gzip;
using ::testing::HasSubstr;
using testing::IsOk;
using ::testing::StartsWith;
using testing::StatusIs;

constexpr const char* kBytes = "application/octet-stream";

FetcherOptions LoopbackOptions() {
  FetcherOptions options;
  options.user_agent = "TinTinhBot/0.1 (+https://tintinh.example/bot)";
  options.guard = *AddressGuard::Create({"127.0.0.0/8"});
  options.max_body_bytes = 100'000;
  return options;
}

std::future<FetchResult> Begin(Fetcher& fetcher, FetchRequest request) {
  auto promise = std::make_shared<std::promise<FetchResult>>();
  fetcher.Fetch(std::move(request), [promise](FetchResult result) { promise->set_value(std::move(result)); });
  return promise->get_future();
}

class FetcherTest : public ::testing::Test {
 protected:
  void SetUp() override {
    AddContent();
    AddQuirks();
    server_.Start();
  }
  void TearDown() override { Release(); }

  void AddContent() {
    auto& routes = server_.routes();
    routes.Get("/tin", [](const httplib::Request& request, httplib::Response& response) {
      const bool known = request.get_header_value("If-None-Match") == "\"v1\"" ||
                         request.get_header_value("If-Modified-Since") == "Thu, 05 Mar 2026 00:00:00 GMT";
      response.set_header("ETag", "\"v1\"");
      response.status = known ? 304 : 200;
      if (!known) response.set_content("Tin từ " + request.get_header_value("User-Agent"), kBytes);
    });
    routes.Get("/gzip", [](const httplib::Request&, httplib::Response& response) {
      response.set_header("Content-Encoding", "gzip");
      response.set_content(Gzip("nén"), kBytes);
    });
    routes.Get("/bomb", [](const httplib::Request&, httplib::Response& response) {
      response.set_header("Content-Encoding", "gzip");
      response.set_content(Gzip(std::string(10'000'000, 'a')), kBytes);
    });
    routes.Get("/bad-gzip", [](const httplib::Request&, httplib::Response& response) {
      response.set_header("Content-Encoding", "gzip");
      response.set_content("không nén", kBytes);
    });
  }

  void AddQuirks() {
    auto& routes = server_.routes();
    routes.Get(R"(/bytes/(\d+))", [](const httplib::Request& request, httplib::Response& response) {
      response.set_content(std::string(std::stoul(request.matches[1]), 'a'), kBytes);
    });
    routes.Get("/endless", [](const httplib::Request&, httplib::Response& response) {
      response.set_chunked_content_provider(kBytes, [](size_t, httplib::DataSink& sink) {
        const std::string block(10'000, 'a');
        return sink.write(block.data(), block.size());
      });
    });
    routes.Get("/header-bomb", [](const httplib::Request&, httplib::Response& response) {
      for (int i = 0; i < 100; ++i) response.set_header(absl::StrCat("X-", i).c_str(), std::string(1000, 'a'));
    });
    routes.Get("/moved",
               [](const httplib::Request&, httplib::Response& response) { response.set_redirect("../moi?a=1#b"); });
    routes.Get("/moved-away", [](const httplib::Request&, httplib::Response& response) {
      response.set_redirect("file:///etc/passwd");
    });
    routes.Get("/busy", [](const httplib::Request&, httplib::Response& response) {
      response.status = 429;
      response.set_header("Retry-After", "3600");
    });
    routes.Get("/slow", [this](const httplib::Request&, httplib::Response&) { released_.wait(); });
  }

  // Lets "/slow" answer.
  void Release() {
    if (!std::exchange(is_released_, true)) release_.set_value();
  }

  FetchResult Get(const std::string& path) { return Begin(fetcher_, {server_.Url(path), "", ""}).get(); }

  std::promise<void> release_;
  std::shared_future<void> released_ = release_.get_future().share();
  bool is_released_ = false;
  tintinh::testing::LocalServer<httplib::Server> server_;
  testing::FakeClock clock_;
  Fetcher fetcher_{LoopbackOptions(), clock_};
};

TEST_F(FetcherTest, ReturnsTheWholeExchange) {
  const FetchResult result = Get("/tin");
  ASSERT_THAT(result.status, IsOk());
  EXPECT_EQ(result.http_status, 200u);
  EXPECT_EQ(result.body, "Tin từ TinTinhBot/0.1 (+https://tintinh.example/bot)");
  EXPECT_EQ(result.Header("etag"), "\"v1\"");
  EXPECT_THAT(result.request_headers,
              AllOf(StartsWith("GET /tin HTTP/1.1\r\n"), HasSubstr("Accept-Encoding: "), HasSubstr("\r\n\r\n")));
  EXPECT_THAT(result.response_headers, AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("\r\n\r\n")));
  EXPECT_EQ(result.remote_address, "127.0.0.1");
  EXPECT_GT(result.took, absl::ZeroDuration());
}

TEST_F(FetcherTest, AsksConditionally) {
  const FetchResult by_etag = Begin(fetcher_, {server_.Url("/tin"), "\"v1\"", ""}).get();
  EXPECT_EQ(by_etag.http_status, 304u);
  EXPECT_EQ(by_etag.body, "");
  EXPECT_EQ(Begin(fetcher_, {server_.Url("/tin"), "", "Thu, 05 Mar 2026 00:00:00 GMT"}).get().http_status, 304u);
  EXPECT_EQ(Begin(fetcher_, {server_.Url("/tin"), "\"v0\"", ""}).get().http_status, 200u);
}

TEST_F(FetcherTest, DecodesTheBody) {
  EXPECT_EQ(Get("/gzip").body, "nén");
  EXPECT_THAT(Get("/bad-gzip").status, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("/bad-gzip")));
}

TEST_F(FetcherTest, StopsAtTheBodyLimit) {
  EXPECT_EQ(Get("/bytes/100000").body.size(), 100'000u);
  for (const char* path : {"/bytes/100001", "/endless", "/bomb"}) {
    const FetchResult result = Get(path);
    EXPECT_THAT(result.status, StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("more than 100000 bytes")))
        << path;
    EXPECT_EQ(result.body, "") << path;
  }
}

TEST_F(FetcherTest, ARequestMayHaveABodyLimitOfItsOwn) {
  FetchRequest request{server_.Url("/bytes/200000"), "", ""};
  request.max_body_bytes = 200'000;
  EXPECT_EQ(Begin(fetcher_, request).get().body.size(), 200'000u);
  request.max_body_bytes = 199'999;
  EXPECT_THAT(Begin(fetcher_, request).get().status,
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("more than 199999 bytes")));
}

TEST_F(FetcherTest, ABodyThatMayBeCutEndsAtItsLimit) {
  for (const char* path : {"/bytes/100001", "/endless", "/bomb"}) {
    FetchRequest request{server_.Url(path), "", ""};
    request.max_body_bytes = 5000;
    request.cut_body = true;
    const FetchResult result = Begin(fetcher_, request).get();
    EXPECT_THAT(result.status, IsOk()) << path;
    EXPECT_EQ(result.http_status, 200u) << path;
    EXPECT_EQ(result.body.size(), 5000u) << path;
  }
}

TEST_F(FetcherTest, StopsAtTheHeaderLimit) {
  EXPECT_THAT(Get("/header-bomb").status,
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("header of more than 65536 bytes")));
}

TEST_F(FetcherTest, ReturnsRedirectsWithoutFollowing) {
  const FetchResult moved = Get("/moved");
  EXPECT_THAT(moved.status, IsOk());
  EXPECT_EQ(moved.http_status, 302u);
  EXPECT_EQ(moved.redirect_location, server_.Url("/moi?a=1"));
  EXPECT_EQ(Get("/moved-away").redirect_location, "");
  EXPECT_EQ(Get("/tin").redirect_location, "");
}

TEST_F(FetcherTest, ReadsRetryAfter) {
  const FetchResult busy = Get("/busy");
  EXPECT_THAT(busy.status, IsOk());
  EXPECT_EQ(busy.http_status, 429u);
  EXPECT_EQ(busy.retry_after, absl::Hours(1));
  EXPECT_EQ(Get("/tin").retry_after, std::nullopt);
}

TEST_F(FetcherTest, GivesUpOnASlowServer) {
  FetcherOptions options = LoopbackOptions();
  options.timeout = absl::Milliseconds(100);
  Fetcher impatient(options, clock_);
  EXPECT_THAT(Begin(impatient, {server_.Url("/slow"), "", ""}).get().status,
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("/slow")));
}

TEST_F(FetcherTest, ReportsARefusedConnection) {
  // A port that is bound and not listened on refuses.
  const int bound = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(bound, reinterpret_cast<const sockaddr*>(&address), size), 0);
  ASSERT_EQ(getsockname(bound, reinterpret_cast<sockaddr*>(&address), &size), 0);
  const std::string url = absl::StrCat("http://127.0.0.1:", ntohs(address.sin_port), "/");
  EXPECT_THAT(Begin(fetcher_, {url, "", ""}).get().status, StatusIs(absl::StatusCode::kUnavailable, HasSubstr(url)));
  close(bound);
}

TEST_F(FetcherTest, ConnectsToPublicAddressesOnly) {
  FetcherOptions options = LoopbackOptions();
  options.guard = AddressGuard();
  Fetcher guarded(options, clock_);
  for (const char* host : {"127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]", "0"}) {
    const std::string url = absl::StrCat("http://", host, ":", server_.port(), "/tin");
    EXPECT_THAT(Begin(guarded, {url, "", ""}).get().status,
                StatusIs(absl::StatusCode::kPermissionDenied, HasSubstr("is not public")))
        << url;
  }
}

TEST_F(FetcherTest, RefusesWhatIsNoWebUrl) {
  for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "", "http://a b/"}) {
    EXPECT_THAT(Begin(fetcher_, {url, "", ""}).get().status, StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_))
        << url;
  }
}

TEST_F(FetcherTest, QueuesPastMaxConcurrentAndRefusesPastMaxQueued) {
  FetcherOptions options = LoopbackOptions();
  options.max_concurrent = 1;
  options.max_queued = 2;
  Fetcher narrow(options, clock_);
  std::vector<std::future<FetchResult>> answers;
  // The I/O thread takes one off the queue when it pleases, so one to two of these are refused.
  for (int i = 0; i < 5; ++i) answers.push_back(Begin(narrow, {server_.Url("/slow"), "", ""}));
  EXPECT_THAT(answers.back().get().status,
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("2 requests wait")));
  answers.pop_back();
  Release();
  int answered = 0;
  for (auto& answer : answers) answered += answer.get().status.ok() ? 1 : 0;
  EXPECT_GE(answered, 2);
}

TEST_F(FetcherTest, DoneMayFetchAgain) {
  std::promise<FetchResult> second;
  fetcher_.Fetch({server_.Url("/tin"), "", ""}, [&](FetchResult) {
    fetcher_.Fetch({server_.Url("/gzip"), "", ""}, [&](FetchResult result) { second.set_value(std::move(result)); });
  });
  EXPECT_EQ(second.get_future().get().body, "nén");
}

TEST_F(FetcherTest, AnswersEveryRequestWhenItGoesAway) {
  std::vector<std::future<FetchResult>> answers;
  {
    Fetcher leaving(LoopbackOptions(), clock_);
    for (int i = 0; i < 30; ++i) answers.push_back(Begin(leaving, {server_.Url("/slow"), "", ""}));
  }
  for (auto& answer : answers) {
    EXPECT_THAT(answer.get().status, StatusIs(absl::StatusCode::kCancelled, HasSubstr("stops")));
  }
}

TEST_F(FetcherTest, FetchesManyAtOnce) {
  // The server gives a thread to each connection and has eight.
  FetcherOptions options = LoopbackOptions();
  options.max_concurrent = 6;
  Fetcher busy(options, clock_);
  std::vector<std::future<FetchResult>> answers;
  for (int i = 0; i < 200; ++i) answers.push_back(Begin(busy, {server_.Url(absl::StrCat("/bytes/", i)), "", ""}));
  for (size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i].get().body.size(), i);
}

}  // namespace
}  // namespace tintinh::crawler
