#include "services/crawler/crawler_service.h"

#include <atomic>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/metrics/metrics.h"
#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/crawler.h"
#include "tests/contract/crawler/news_site.h"
#include "tests/contract/crawler/recording_normalizer.h"
#include "tests/support/local_server.h"
#include "tests/support/self_signed.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;

constexpr absl::Duration kDelay = absl::Milliseconds(60);
constexpr int kArticles = 12;

class CrawlerServiceTest : public ::testing::Test {
 protected:
  CrawlerServiceTest() : site_(kArticles) {
    normalizer_server_ = *Server::StartInProcess({&normalizer_});
    normalizer_stub_ = v1::NormalizerService::NewStub(normalizer_server_->InProcessChannel());
    site_config_.set_id("demo");
    site_config_.set_name("Báo Thử");
    site_config_.set_province("Lào Cai");
    site_config_.set_home(site_.home());
    site_config_.add_feeds("rss.xml");
    site_config_.add_section_pages("xa-hoi/");
    site_config_.mutable_delay()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(kDelay)));
    for (auto* interval : {site_config_.mutable_feed_interval(), site_config_.mutable_sitemap_interval(),
                           site_config_.mutable_section_interval()}) {
      interval->set_seconds(3600);
    }
    site_config_.set_max_article_urls(1000);
    options_.data_directory = dir_.path();
    options_.fetch.user_agent = "tintinh/0.1";
    options_.fetch.guard = *AddressGuard::Create({"127.0.0.0/8"});
    options_.patience.first_pause = absl::Milliseconds(150);
    options_.delivery.first_pause = absl::Milliseconds(20);
    options_.delivery.longest_pause = absl::Milliseconds(100);
  }

  ~CrawlerServiceTest() override {
    Stop();
    normalizer_server_->Drain(absl::Seconds(1));
  }

  void Start() {
    config::v1::SitesConfig sites;
    *sites.add_sites() = site_config_;
    auto checked = Sites::Create(sites, {.user_agent = options_.fetch.user_agent});
    ASSERT_THAT(checked, IsOk());
    auto opened = Crawler::Open(options_, *std::move(checked), {*normalizer_stub_, metrics_, clock_});
    ASSERT_THAT(opened, IsOk());
    crawler_ = *std::move(opened);
    service_ = std::make_unique<CrawlerService>(*crawler_);
    server_ = *Server::StartInProcess({service_.get()});
    stub_ = v1::CrawlerService::NewStub(server_->InProcessChannel());
    ASSERT_THAT(crawler_->Start(), IsOk());
  }

  void Stop() {
    if (crawler_ == nullptr) return;
    crawler_->Drain();
    stub_.reset();
    server_->Drain(absl::Seconds(5));
    server_.reset();
    service_.reset();
    crawler_.reset();
  }

  v1::GetCrawlerStatusResponse Status() {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(10));
    v1::GetCrawlerStatusResponse response;
    EXPECT_TRUE(stub_->GetCrawlerStatus(&context, {}, &response).ok());
    return response;
  }

  // Follows the status until it satisfies `done`, 30 s at most.
  template <typename Condition>
  v1::GetCrawlerStatusResponse WatchUntil(Condition done) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(30));
    v1::WatchCrawlerStatusRequest request;
    request.mutable_interval()->set_nanos(100'000'000);
    const auto stream = stub_->WatchCrawlerStatus(&context, request);
    v1::WatchCrawlerStatusResponse response;
    bool satisfied = false;
    while (!satisfied && stream->Read(&response)) satisfied = done(response.status());
    context.TryCancel();
    stream->Finish();
    EXPECT_TRUE(satisfied) << response.ShortDebugString();
    return response.status();
  }
  v1::GetCrawlerStatusResponse WatchUntilIdle() {
    return WatchUntil([](const v1::GetCrawlerStatusResponse& status) { return status.idle(); });
  }

  v1::ExplainUrlResponse Explain(const std::string& url) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(10));
    v1::ExplainUrlRequest request;
    request.set_url(url);
    v1::ExplainUrlResponse response;
    EXPECT_TRUE(stub_->ExplainUrl(&context, request, &response).ok());
    return response;
  }

  std::string Url(const std::string& path) const { return site_.home() + path; }

  // What a site's administrator would check in the access log.
  void ExpectPolite() {
    const std::vector<Seen> seen = site_.seen();
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.front().path, "/robots.txt");
    for (size_t i = 0; i < seen.size(); ++i) {
      EXPECT_FALSE(absl::StartsWith(seen[i].path, "/noi-bo/")) << seen[i].path;
      if (i == 0) continue;
      EXPECT_GE(seen[i].time - seen[i - 1].time, kDelay) << seen[i - 1].path << ", " << seen[i].path;
    }
  }

  void ExpectEveryArticleOnce() {
    for (int i = 0; i < kArticles; ++i) {
      const std::string path = absl::StrCat("bai-", i, ".html");
      EXPECT_EQ(site_.Count("/" + path), 1u) << path;
      EXPECT_EQ(normalizer_.settled()[Url(path)], 1) << path;
    }
  }

  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  NewsSite site_;
  RecordingNormalizer normalizer_;
  std::unique_ptr<Server> normalizer_server_;
  std::unique_ptr<v1::NormalizerService::Stub> normalizer_stub_;
  config::v1::SiteConfig site_config_;
  CrawlerOptions options_;
  std::unique_ptr<Crawler> crawler_;
  std::unique_ptr<CrawlerService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::CrawlerService::Stub> stub_;
};

TEST_F(CrawlerServiceTest, CrawlsASiteRobotsFirstPolitelyAndEveryPageOnce) {
  Start();
  const auto status = WatchUntilIdle();
  ExpectPolite();
  ExpectEveryArticleOnce();
  for (const char* path : {"/robots.txt", "/rss.xml", "/sitemap.xml", "/xa-hoi/"}) EXPECT_EQ(site_.Count(path), 1u);
  ASSERT_EQ(status.sites_size(), 1);
  EXPECT_EQ(status.sites(0).articles_stored(), static_cast<uint64_t>(kArticles));
  EXPECT_EQ(status.sites(0).urls_due(), 0u);
  EXPECT_EQ(status.sites(0).pages_rejected(), 0u) << "a section page is no failed article";
  EXPECT_EQ(status.outbox_pages(), 0u);
  EXPECT_TRUE(status.sites(0).has_newest_article());
  const v1::Page page = normalizer_.pages().back();
  EXPECT_EQ(page.site(), "demo");
  EXPECT_EQ(page.hints().source_name(), "Báo Thử");
  EXPECT_EQ(page.trace_id().size(), 32u);
  EXPECT_THAT(page.body(), HasSubstr("Bà con vùng cao"));
}

TEST_F(CrawlerServiceTest, ARestartInTheMiddleGoesOnWhereItWasAndFetchesNothingTwice) {
  for (int stop_after : {3, 7, 11}) {
    Start();
    WatchUntil([&](const auto&) { return site_.seen().size() >= static_cast<size_t>(stop_after); });
    Stop();
  }
  Start();
  WatchUntilIdle();
  ExpectPolite();
  ExpectEveryArticleOnce();
  EXPECT_EQ(site_.Count("/rss.xml"), 1u) << "not due again";
}

TEST_F(CrawlerServiceTest, PagesStayInTheOutboxUntilTheirOutcomeIsFinal) {
  std::atomic<int> calls = 0;
  normalizer_.set_twist([&](const v1::Page&, v1::ProcessResponse& response) {
    const int call = ++calls;
    if (call % 3 == 1) response.set_outcome(v1::OUTCOME_FAILED);
    return call % 7 != 0;
  });
  Start();
  WatchUntilIdle();
  ExpectEveryArticleOnce();
  EXPECT_GT(calls, kArticles + 4);
}

TEST_F(CrawlerServiceTest, PagesOfADeadNormalizerAreDeliveredByTheNextProcess) {
  normalizer_.set_twist([](const v1::Page&, v1::ProcessResponse&) { return false; });
  options_.max_outbox_pages = 4;
  Start();
  const auto full = WatchUntil([](const auto& status) { return status.outbox_pages() == 4; });
  EXPECT_FALSE(full.idle());
  Stop();
  const size_t requests = site_.seen().size();
  EXPECT_LE(requests, 4u + 3u) << "fetching stops when the outbox is full";
  normalizer_.set_twist(nullptr);
  Start();
  WatchUntilIdle();
  ExpectEveryArticleOnce();
}

TEST_F(CrawlerServiceTest, RetryAfterHoldsAcrossARestart) {
  std::atomic<bool> refuse = true;
  site_.Override("/bai-0.html", [&](const httplib::Request&, httplib::Response& response) {
    if (!refuse.exchange(false)) return response.set_content("<p>muộn còn hơn không</p>", "text/html");
    response.status = 429;
    response.set_header("Retry-After", "2");
  });
  Start();
  const auto blocked = WatchUntil([](const auto& status) { return status.sites(0).has_blocked_until(); });
  EXPECT_EQ(blocked.sites(0).failures(), 1u);
  EXPECT_THAT(Explain(Url("bai-0.html")).reason(), HasSubstr("left alone until"));
  Stop();
  Start();
  WatchUntil([&](const auto& status) { return status.idle() && status.sites(0).urls_due() == 0; });
  ExpectPolite();
  const std::vector<Seen> seen = site_.seen();
  for (size_t i = 1; i < seen.size(); ++i) {
    if (seen[i - 1].status != 429) continue;
    EXPECT_GE(seen[i].time - seen[i - 1].time, absl::Seconds(2));
  }
  EXPECT_EQ(site_.Count("/bai-0.html"), 2u);
}

TEST_F(CrawlerServiceTest, RedirectsOfTheSameSiteAreFollowedAsNewUrlsAndLoopsEnd) {
  site_.Override("/bai-0.html", [&](const httplib::Request&, httplib::Response& response) {
    response.set_redirect("/dich.html", 301);
  });
  site_.Override("/dich.html", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("<p>đã dời</p>", "text/html");
  });
  site_.Override("/bai-3.html", [&](const httplib::Request&, httplib::Response& response) {
    response.set_redirect("http://khac.example/", 302);
  });
  // Ever another address.
  for (int i = 0; i < 20; ++i) {
    site_.Override(i == 0 ? "/bai-6.html" : absl::StrCat("/vong-", i),
                   [i](const httplib::Request&, httplib::Response& response) {
                     response.set_redirect(absl::StrCat("/vong-", i + 1), 302);
                   });
  }
  Start();
  WatchUntilIdle();
  EXPECT_EQ(normalizer_.settled()[Url("dich.html")], 1);
  EXPECT_THAT(Explain(Url("bai-3.html")).reason(), HasSubstr("of another site"));
  EXPECT_EQ(site_.Count("/vong-5"), 1u);
  EXPECT_EQ(site_.Count("/vong-6"), 0u);
}

TEST_F(CrawlerServiceTest, AServerErrorIsTriedAgainAndThenGivenUp) {
  site_.Override("/bai-0.html", [](const httplib::Request&, httplib::Response& response) { response.status = 500; });
  site_.Override("/bai-3.html", [](const httplib::Request&, httplib::Response& response) { response.status = 410; });
  Start();
  WatchUntil([](const auto& status) { return status.idle() && status.sites(0).urls_due() == 0; });
  EXPECT_EQ(site_.Count("/bai-0.html"), 3u);
  EXPECT_EQ(Explain(Url("bai-0.html")).state(), v1::URL_STATE_FAILED);
  EXPECT_EQ(Explain(Url("bai-0.html")).last_http_status(), 500u);
  EXPECT_EQ(site_.Count("/bai-3.html"), 1u);
  EXPECT_EQ(Explain(Url("bai-3.html")).state(), v1::URL_STATE_DONE);
}

TEST_F(CrawlerServiceTest, NothingIsAskedOfASiteWhoseRobotsTxtFails) {
  std::atomic<int> answers = 0;
  site_.Override("/robots.txt", [&](const httplib::Request&, httplib::Response& response) {
    if (++answers < 3) {
      response.status = 503;
    } else {
      response.set_content("User-agent: tintinh\nDisallow: /bai-1\n", "text/plain");
    }
  });
  Start();
  WatchUntil([](const auto& status) { return status.idle() && status.sites(0).articles_stored() > 0; });
  const std::vector<Seen> seen = site_.seen();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(seen[static_cast<size_t>(i)].path, "/robots.txt");
  EXPECT_EQ(site_.Count("/bai-1.html"), 0u);
  EXPECT_EQ(site_.Count("/bai-2.html"), 1u);
}

TEST_F(CrawlerServiceTest, ExplainSaysWhyAUrlIsOrIsNotFetched) {
  Start();
  WatchUntilIdle();
  const auto stored = Explain(Url("bai-2.html#cuoi"));
  EXPECT_EQ(stored.canonical_url(), Url("bai-2.html"));
  EXPECT_EQ(stored.state(), v1::URL_STATE_DONE);
  EXPECT_EQ(stored.article_id(), Sha256Hex128(Url("bai-2.html")));
  EXPECT_EQ(stored.last_http_status(), 200u);
  EXPECT_TRUE(stored.has_next_fetch()) << "for corrections";
  const auto feed = Explain(Url("rss.xml"));
  EXPECT_EQ(feed.state(), v1::URL_STATE_DONE);
  EXPECT_TRUE(feed.has_next_fetch());
  const auto disallowed = Explain(Url("noi-bo/bao-cao.html"));
  EXPECT_EQ(disallowed.state(), v1::URL_STATE_DISALLOWED);
  EXPECT_THAT(disallowed.robots_rule(), HasSubstr("/noi-bo/"));
  EXPECT_EQ(Explain(Url("chua-thay.html")).state(), v1::URL_STATE_UNKNOWN);
  EXPECT_EQ(Explain("https://quang-cao.example/mua").state(), v1::URL_STATE_FOREIGN);
  EXPECT_EQ(Explain("không phải URL").state(), v1::URL_STATE_FOREIGN);
}

TEST_F(CrawlerServiceTest, SubmitUrlTakesUrlsOfTheSiteAndRefusesOthers) {
  Start();
  WatchUntilIdle();
  site_.Override("/dac-biet.html", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("<p>do người trực gửi</p>", "text/html");
  });
  const auto submit = [this](const std::string& url, v1::SubmitUrlResponse& response) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(10));
    v1::SubmitUrlRequest request;
    request.set_url(url);
    return stub_->SubmitUrl(&context, request, &response);
  };
  v1::SubmitUrlResponse response;
  EXPECT_TRUE(submit(Url("dac-biet.html?utm_source=thu"), response).ok());
  EXPECT_EQ(response.canonical_url(), Url("dac-biet.html"));
  EXPECT_FALSE(response.known());
  WatchUntilIdle();
  EXPECT_EQ(normalizer_.settled()[Url("dac-biet.html")], 1);
  EXPECT_TRUE(submit(Url("dac-biet.html"), response).ok());
  EXPECT_TRUE(response.known());
  EXPECT_EQ(submit("https://khac.example/", response).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(CrawlerServiceTest, CrawlNowAsksConditionallyAndA304IsUnchanged) {
  Start();
  WatchUntilIdle();
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::CrawlNowRequest request;
  request.set_site("demo");
  v1::CrawlNowResponse response;
  ASSERT_TRUE(stub_->CrawlNow(&context, request, &response).ok());
  EXPECT_EQ(response.urls_made_due(), 3u);
  const auto status = WatchUntil([&](const auto& now) { return now.idle() && site_.Count("/rss.xml") == 2; });
  EXPECT_EQ(status.sites(0).not_modified(), 1u);
  ExpectPolite();
  ExpectEveryArticleOnce();
}

TEST_F(CrawlerServiceTest, APausedSiteIsLeftAloneAcrossARestart) {
  Start();
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::PauseSiteRequest request;
  request.set_site("demo");
  v1::PauseSiteResponse response;
  ASSERT_TRUE(stub_->PauseSite(&context, request, &response).ok());
  const size_t before = site_.seen().size();
  WatchUntilIdle();
  Stop();
  const size_t requests = site_.seen().size();
  EXPECT_LE(requests, before + 1) << "only what was in flight, one request at a time";
  Start();
  EXPECT_TRUE(Status().idle());
  EXPECT_TRUE(Status().sites(0).paused());
  EXPECT_EQ(site_.seen().size(), requests);
  grpc::ClientContext resume_context;
  PrepareContext(resume_context, absl::Seconds(10));
  v1::ResumeSiteRequest resume;
  resume.set_site("demo");
  v1::ResumeSiteResponse resumed;
  ASSERT_TRUE(stub_->ResumeSite(&resume_context, resume, &resumed).ok());
  WatchUntilIdle();
  ExpectEveryArticleOnce();
}

TEST_F(CrawlerServiceTest, UnknownSitesAndBadIntervalsAreRefused) {
  Start();
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::PauseSiteRequest pause;
  pause.set_site("khac");
  v1::PauseSiteResponse paused;
  EXPECT_EQ(stub_->PauseSite(&context, pause, &paused).error_code(), grpc::StatusCode::NOT_FOUND);
  grpc::ClientContext now_context;
  PrepareContext(now_context, absl::Seconds(10));
  v1::CrawlNowRequest now;
  now.set_site("khac");
  v1::CrawlNowResponse made_due;
  EXPECT_EQ(stub_->CrawlNow(&now_context, now, &made_due).error_code(), grpc::StatusCode::NOT_FOUND);
  grpc::ClientContext watch_context;
  PrepareContext(watch_context, absl::Seconds(10));
  v1::WatchCrawlerStatusRequest watch;
  watch.mutable_interval()->set_nanos(1);
  const auto stream = stub_->WatchCrawlerStatus(&watch_context, watch);
  v1::WatchCrawlerStatusResponse response;
  EXPECT_FALSE(stream->Read(&response));
  const grpc::Status refused = stream->Finish();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(refused.error_message(), HasSubstr("100ms"));
}

TEST_F(CrawlerServiceTest, ListSitesGivesTheFiguresOfEverySite) {
  Start();
  WatchUntilIdle();
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::ListSitesResponse response;
  ASSERT_TRUE(stub_->ListSites(&context, {}, &response).ok());
  ASSERT_EQ(response.sites_size(), 1);
  EXPECT_EQ(response.sites(0).site(), "demo");
  EXPECT_EQ(response.sites(0).province(), "Lào Cai");
  // The feed, the sitemap, the section, the articles and the disallowed one.
  EXPECT_EQ(response.sites(0).urls_known(), static_cast<uint64_t>(kArticles) + 4);
  EXPECT_EQ(response.sites(0).fetches(), static_cast<uint64_t>(kArticles) + 3);
}

TEST_F(CrawlerServiceTest, CookiesAreSentBackOnlyToASiteThatIsSaidToNeedThem) {
  std::atomic<int> with = 0;
  const auto answer = [&with](const char* body, const char* type) {
    return [&with, body, type](const httplib::Request& request, httplib::Response& response) {
      with += request.get_header_value("Cookie") == "khach=1" ? 1 : 0;
      response.set_header("Set-Cookie", "khach=1; Path=/");
      response.set_content(body, type);
    };
  };
  site_.Override("/rss.xml", answer("<rss/>", "application/rss+xml"));
  site_.Override("/xa-hoi/", answer("<p>…</p>", "text/html"));
  Start();
  WatchUntilIdle();
  EXPECT_EQ(site_.Count("/xa-hoi/"), 1u);
  EXPECT_EQ(with, 0);
  Stop();
  site_config_.set_cookies(true);
  options_.data_directory = dir_.path() + "/moi";
  Start();
  WatchUntilIdle();
  EXPECT_EQ(site_.Count("/xa-hoi/"), 2u);
  EXPECT_EQ(with, 1) << "by whichever of the two came second";
}

TEST_F(CrawlerServiceTest, ACertificateThatNobodyVouchesForIsTakenOnlyOfASiteThatIsSaidToHaveOne) {
  const testing::Key key(EVP_RSA_gen(2048), &EVP_PKEY_free);
  const testing::Certificate certificate = testing::SelfSigned(key.get());
  testing::LocalServer<httplib::SSLServer> secure(certificate.get(), key.get());
  secure.routes().Get("/rss.xml", [](const httplib::Request&, httplib::Response& response) {
    response.set_content("<rss/>", "application/rss+xml");
  });
  secure.Start();
  site_config_.set_home(absl::StrCat("https://127.0.0.1:", secure.port(), "/"));
  site_config_.clear_section_pages();
  Start();
  WatchUntil([](const v1::GetCrawlerStatusResponse& status) { return status.sites(0).failures() > 0; });
  EXPECT_EQ(Status().sites(0).fetches(), 0u) << "not even robots.txt is believed";
  Stop();
  site_config_.set_accept_any_certificate(true);
  options_.data_directory = dir_.path() + "/moi";
  Start();
  EXPECT_EQ(WatchUntilIdle().sites(0).failures(), 0u);
  EXPECT_EQ(Status().sites(0).fetches(), 1u);
}

}  // namespace
}  // namespace tintinh::crawler
