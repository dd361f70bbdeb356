#include "services/crawler/sites/sites.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr char kAgent[] = "tintinh/0.1 (+https://vidu.vn/robot)";

config::v1::SiteConfig& AddSite(config::v1::SitesConfig& config, const std::string& id, const std::string& home) {
  config::v1::SiteConfig& site = *config.add_sites();
  site.set_id(id);
  site.set_name("Báo " + id);
  site.set_home(home);
  site.set_max_concurrent(1);
  return site;
}

absl::StatusOr<Sites> Create(const config::v1::SitesConfig& config, const std::string& agent = kAgent) {
  return Sites::Create(config, {.default_delay = absl::Seconds(7), .user_agent = agent});
}

TEST(Sites, ReadsASiteWithItsUrlsMadeAbsoluteAndCanonical) {
  config::v1::SitesConfig config;
  config::v1::SiteConfig& site = AddSite(config, "bao-a", "https://www.BaoA.vn/");
  site.add_feeds("/rss/thoi-su.rss");
  site.add_section_pages("https://baoa.vn/xa-hoi#dau-trang");
  site.add_hosts("tin.baoa.vn");
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  ASSERT_EQ(sites->all().size(), 1u);
  EXPECT_THAT(sites->all()[0].hosts, ElementsAre("baoa.vn", "tin.baoa.vn"));
  EXPECT_THAT(sites->all()[0].feeds, ElementsAre("https://www.baoa.vn/rss/thoi-su.rss"));
  EXPECT_THAT(sites->all()[0].section_pages, ElementsAre("https://baoa.vn/xa-hoi"));
  EXPECT_EQ(sites->all()[0].delay, absl::Seconds(7));
}

TEST(Sites, LocatesAUrlByItsHostWithOrWithoutWww) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/");
  AddSite(config, "demo", "http://127.0.0.1:8123/");
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  const auto location = sites->Locate("HTTPS://www.baoa.vn:443/tin-1.html?utm_source=x#cuoi");
  ASSERT_TRUE(location.has_value());
  EXPECT_EQ(location->site->id, "bao-a");
  EXPECT_EQ(location->url, "https://www.baoa.vn/tin-1.html");
  EXPECT_EQ(location->host, "baoa.vn");
  EXPECT_EQ(location->origin, "https://www.baoa.vn");
  const auto local = sites->Locate("http://127.0.0.1:8123/a");
  ASSERT_TRUE(local.has_value());
  EXPECT_EQ(local->host, "127.0.0.1:8123");
  EXPECT_EQ(local->origin, "http://127.0.0.1:8123");
}

TEST(Sites, LocatesNothingForOtherHostsPortsAndSchemes) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/");
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  for (const char* url :
       {"https://baob.vn/", "https://baoa.vn:8443/", "ftp://baoa.vn/", "baoa.vn", "", "https://x.baoa.vn/"}) {
    EXPECT_FALSE(sites->Locate(url).has_value()) << url;
  }
}

TEST(Sites, RefusesAnIdUsedTwice) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/");
  AddSite(config, "bao-a", "https://baob.vn/");
  EXPECT_THAT(Create(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"bao-a\" is used twice")));
}

TEST(Sites, RefusesAnIdOfOtherCharacters) {
  for (const char* id : {"", "Bao", "bao_a", "báo"}) {
    config::v1::SitesConfig config;
    AddSite(config, id, "https://baoa.vn/");
    EXPECT_THAT(Create(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("id"))) << id;
  }
  config::v1::SitesConfig config;
  AddSite(config, std::string(65, 'a'), "https://baoa.vn/");
  EXPECT_THAT(Create(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("1 to 64")));
}

TEST(Sites, RefusesAHostOfTwoSitesEvenWhenOneIsDisabled) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/").set_disabled(true);
  AddSite(config, "bao-b", "https://baob.vn/").add_hosts("www.baoa.vn");
  EXPECT_THAT(Create(config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("belongs to site \"bao-a\" already")));
}

TEST(Sites, RefusesUrlsThatAreNotHttpOrNotOnTheSite) {
  for (const char* home : {"ftp://baoa.vn/", "baoa.vn", "/xa-hoi", "https://"}) {
    config::v1::SitesConfig config;
    AddSite(config, "bao-a", home);
    EXPECT_THAT(Create(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("home"))) << home;
  }
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/").add_sitemaps("https://baob.vn/sitemap.xml");
  EXPECT_THAT(Create(config), StatusIs(absl::StatusCode::kInvalidArgument,
                                       HasSubstr("sitemaps \"https://baob.vn/sitemap.xml\" is not on one of")));
}

TEST(Sites, KnowsTheProvincesOfBothEpochsAndRefusesOthers) {
  for (const char* province : {"Vĩnh Phúc", "Phú Thọ", "tỉnh Kon Tum"}) {
    config::v1::SitesConfig config;
    AddSite(config, "bao-a", "https://baoa.vn/").set_province(province);
    EXPECT_THAT(Create(config), IsOk()) << province;
  }
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/").set_province("Phúc Thọ Vĩnh");
  EXPECT_THAT(Create(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("province \"Phúc Thọ Vĩnh\"")));
}

TEST(Sites, ASiteWithoutAnyListingStartsAtItsHome) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn");
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  EXPECT_THAT(sites->all()[0].section_pages, ElementsAre("https://baoa.vn/"));
}

TEST(Sites, ReadsTheSchedule) {
  config::v1::SitesConfig config;
  config::v1::SiteConfig& site = AddSite(config, "bao-a", "https://baoa.vn/");
  site.set_crawl_hours("5-23");
  site.set_quiet_hours("12-13:30");
  site.set_feed_cron("*/10 * * * *");
  site.set_section_cron("0 6-22/2 * * *");
  site.mutable_feed_interval()->set_seconds(300);
  site.mutable_longest_interval()->set_seconds(300);
  site.add_recheck()->set_seconds(7200);
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  const Site& read = sites->all()[0];
  EXPECT_TRUE(read.crawl_hours.has_value() && read.quiet_hours.has_value());
  EXPECT_FALSE(read.crawl_hours->Contains(absl::UnixEpoch() - absl::Hours(4)));
  EXPECT_TRUE(read.feed_cron.has_value() && read.section_cron.has_value());
  EXPECT_EQ(read.feed_cron->Next(absl::UnixEpoch()), absl::UnixEpoch() + absl::Minutes(10));
  EXPECT_EQ(read.longest_interval, absl::Minutes(5));
  EXPECT_THAT(read.recheck, ElementsAre(absl::Hours(2)));
}

TEST(Sites, GoesByIntervalsAndChecksArticlesThreeTimesWithoutASchedule) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/");
  AddSite(config, "bao-b", "https://baob.vn/").add_recheck()->set_seconds(0);
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  const Site& read = sites->all()[0];
  EXPECT_FALSE(read.crawl_hours.has_value() || read.quiet_hours.has_value());
  EXPECT_FALSE(read.feed_cron.has_value() || read.section_cron.has_value());
  EXPECT_FALSE(read.longest_interval.has_value());
  EXPECT_THAT(read.recheck, ElementsAre(absl::Hours(1), absl::Hours(24), absl::Hours(168)));
  EXPECT_TRUE(sites->all()[1].recheck.empty());
}

TEST(Sites, ReadsTheBackfillAndTheExceptionsForCertificatesAndCookies) {
  config::v1::SitesConfig config;
  config::v1::SiteConfig& site = AddSite(config, "bao-a", "https://baoa.vn/");
  site.set_accept_any_certificate(true);
  site.set_cookies(true);
  site.set_section_depth(4);
  site.set_backfill_per_day(500);
  site.set_backfill_pages(30);
  site.set_backfill_since("2020-01-31");
  AddSite(config, "bao-b", "https://baob.vn/");
  const auto sites = Create(config);
  ASSERT_THAT(sites, IsOk());
  const Site& read = sites->all()[0];
  EXPECT_FALSE(read.verify_certificate);
  EXPECT_TRUE(read.cookies && !sites->all()[1].cookies);
  EXPECT_EQ(read.section_depth, 4u);
  EXPECT_EQ(read.backlog_per_day, 500u);
  EXPECT_EQ(read.backfill_pages, 30u);
  EXPECT_EQ(read.since, absl::FromCivil(absl::CivilHour(2020, 1, 30, 17), absl::UTCTimeZone())) << "in Viet Nam";
  EXPECT_TRUE(sites->all()[1].verify_certificate);
  EXPECT_EQ(sites->all()[1].backlog_per_day, 0u);
  EXPECT_EQ(sites->all()[1].since, absl::InfinitePast());
  config.mutable_sites(0)->set_backfill_since("31/01/2020");
  EXPECT_THAT(Create(config).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("backfill_since \"31/01/2020\"")));
}

TEST(Sites, NamesSiteFieldAndValueOfAScheduleItRefuses) {
  const auto error = [](const std::function<void(config::v1::SiteConfig&)>& set) {
    config::v1::SitesConfig config;
    config::v1::SiteConfig& site = AddSite(config, "bao-a", "https://baoa.vn/");
    site.mutable_section_interval()->set_seconds(1800);
    set(site);
    const auto sites = Create(config);
    EXPECT_THAT(sites, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("site \"bao-a\"")));
    return std::string(sites.status().message());
  };
  using Config = config::v1::SiteConfig;
  EXPECT_THAT(error([](Config& site) { site.set_crawl_hours("5-25"); }), HasSubstr("crawl_hours \"5-25\""));
  EXPECT_THAT(error([](Config& site) { site.set_quiet_hours("đêm"); }), HasSubstr("quiet_hours \"đêm\""));
  EXPECT_THAT(error([](Config& site) { site.set_feed_cron("0 24 * * *"); }),
              HasSubstr("feed_cron \"0 24 * * *\" is refused: hour \"24\" is not 0 to 23"));
  EXPECT_THAT(error([](Config& site) { site.set_section_cron("0 0 31 2 *"); }), HasSubstr("section_cron"));
  EXPECT_THAT(error([](Config& site) { site.mutable_longest_interval()->set_seconds(60); }),
              HasSubstr("longest_interval \"1m\" is below section_interval \"30m\""));
  EXPECT_THAT(error([](Config& site) {
                site.add_recheck()->set_seconds(3600);
                site.add_recheck()->set_seconds(0);
              }),
              HasSubstr("recheck \"0\" is not from 1m"));
}

TEST(Sites, RefusesToCrawlBeyondLoopbackWithoutAContact) {
  config::v1::SitesConfig config;
  AddSite(config, "bao-a", "https://baoa.vn/");
  for (const char* agent : {"", "tintinh/0.1", "tintinh/0.1 (crawler)", "tintinh (+http://)"}) {
    EXPECT_THAT(Create(config, agent), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("user_agent")))
        << agent;
  }
  EXPECT_THAT(Create(config, "tintinh/0.1 (mailto:nguoi-truc@vidu.vn)"), IsOk());
}

TEST(Sites, NeedsNoContactOnLoopbackOrWhenDisabled) {
  config::v1::SitesConfig config;
  AddSite(config, "demo", "http://127.0.0.1:8080/");
  AddSite(config, "demo-6", "http://[::1]:8080/");
  AddSite(config, "bao-a", "https://baoa.vn/").set_disabled(true);
  const auto sites = Create(config, "");
  ASSERT_THAT(sites, IsOk());
  EXPECT_EQ(sites->all().size(), 2u);
  EXPECT_EQ(sites->Find("bao-a"), nullptr);
  EXPECT_FALSE(sites->Locate("https://baoa.vn/").has_value());
}

TEST(IsLoopbackHost, KnowsTheLoopbackNamesAndNetwork) {
  for (const char* host : {"localhost", "demo.localhost", "127.0.0.1", "127.9.8.7", "::1", "[::1]"}) {
    EXPECT_TRUE(IsLoopbackHost(host)) << host;
  }
  for (const char* host : {"128.0.0.1", "127.0.0.1.vidu.vn", "127.vn", "localhost.vidu.vn", ""}) {
    EXPECT_FALSE(IsLoopbackHost(host)) << host;
  }
}

}  // namespace
}  // namespace tintinh::crawler
