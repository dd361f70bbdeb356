// One site, its state on disk and a fake clock: everything of a crawler but the threads and the network.
#ifndef TINTINH_TESTS_UNIT_SERVICES_CRAWLER_CRAWL_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_CRAWLER_CRAWL_FIXTURE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "common/metrics/metrics.h"
#include "gtest/gtest.h"
#include "services/crawler/crawl_state.h"
#include "services/crawler/crawler_options.h"
#include "services/crawler/intake.h"
#include "services/crawler/overview.h"
#include "services/crawler/visit/robots_gate.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh::crawler {

class CrawlTest : public ::testing::Test {
 protected:
  using Change = std::function<void(config::v1::SiteConfig&)>;

  explicit CrawlTest(const Change& change = [](config::v1::SiteConfig&) {}) : sites_(MakeSites(change)) {
    options_.data_directory = dir_.path();
    options_.fetch.user_agent = "tintinh (+https://vidu.vn/robot)";
    Reopen();
  }

  static Sites MakeSites(const Change& change) {
    config::v1::SitesConfig config;
    config::v1::SiteConfig& site = *config.add_sites();
    site.set_id("bao-a");
    site.set_name("Báo A");
    site.set_province("Lai Châu");
    site.set_home("https://a.vn/");
    site.add_feeds("/rss");
    site.mutable_delay()->set_seconds(5);
    site.mutable_feed_interval()->set_seconds(300);
    site.set_max_article_urls(100);
    change(site);
    return *Sites::Create(config, {.user_agent = "tintinh (+https://vidu.vn/robot)"});
  }

  void Reopen() {
    intake_.reset();
    overview_.reset();
    gate_.reset();
    state_ = CrawlState();
    auto opened = CrawlState::Open(options_, sites_, clock_);
    ASSERT_THAT(opened, testing::IsOk());
    state_ = *std::move(opened);
    gate_ = std::make_unique<RobotsGate>(*state_.frontier, "tintinh");
    intake_ = std::make_unique<Intake>(sites_, state_, *gate_, metrics_, clock_);
    overview_ = std::make_unique<Overview>(sites_, state_, *gate_, clock_);
  }

  void Add(const std::string& url) {
    NewUrl article;
    article.url = url;
    article.host = "a.vn";
    article.depth = 1;
    EXPECT_THAT(state_.frontier->Add({article}), testing::IsOk());
  }

  // The answer to the next lease there is.
  Fetched Answer(uint32_t http_status, std::string body, Fetched::Purpose purpose = Fetched::Purpose::kUrl) {
    auto turn = state_.frontier->Next();
    EXPECT_TRUE(turn.ok() && !turn->leases.empty());
    Fetched fetched{.lease = turn.ok() && !turn->leases.empty() ? turn->leases.front() : Lease{},
                    .location = *sites_.Locate("https://a.vn/"),
                    .purpose = purpose,
                    .trace_id = "0123456789abcdef0123456789abcdef",
                    .result = {}};
    fetched.result.http_status = http_status;
    fetched.result.body = std::move(body);
    fetched.result.headers = {{"Content-Type", "text/html"}};
    fetched.result.response_headers = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
    fetched.result.request_headers = "GET / HTTP/1.1\r\n\r\n";
    return fetched;
  }

  disk::v1::UrlRecordState StateOf(const std::string& url) { return (*state_.frontier->Find(url))->state(); }

  testing::TempDir dir_;
  testing::FakeClock clock_;
  Metrics metrics_;
  const Sites sites_;
  CrawlerOptions options_;
  CrawlState state_;
  std::unique_ptr<RobotsGate> gate_;
  std::unique_ptr<Intake> intake_;
  std::unique_ptr<Overview> overview_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_UNIT_SERVICES_CRAWLER_CRAWL_FIXTURE_H_
