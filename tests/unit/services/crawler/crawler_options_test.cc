#include "services/crawler/crawler_options.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/config/load_config.h"
#include "common/places/places.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/handover/take_over.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

config::v1::CrawlerConfig Config(const std::string& more = "") {
  config::v1::CrawlerConfig config;
  EXPECT_THAT(LoadYaml("data_directory: var/crawler\nsites_file: sites.yaml\n" + more, "crawler.yaml", &config),
              IsOk());
  return config;
}

TEST(OptionsOf, TakesEverySettingOver) {
  const auto options =
      OptionsOf(Config("user_agent: tintinh/0.1 (+https://vidu.vn)\nmax_concurrent_fetches: 3\nmax_page_bytes: 1MiB\n"
                       "fetch_timeout: 7s\nmax_outbox_pages: 9\nwarc_file_bytes: 2MiB\nmax_tries: 5\n"
                       "warc_total_bytes: 8MiB\nserver_delay: 0.25s\n"
                       "allowed_private_networks: [127.0.0.0/8]\n"));
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->data_directory, "var/crawler");
  EXPECT_EQ(options->fetch.user_agent, "tintinh/0.1 (+https://vidu.vn)");
  EXPECT_EQ(options->fetch.max_concurrent, 3u);
  EXPECT_EQ(options->fetch.max_body_bytes, 1u << 20);
  EXPECT_EQ(options->fetch.timeout, absl::Seconds(7));
  EXPECT_EQ(options->max_outbox_pages, 9u);
  EXPECT_EQ(options->warc_file_bytes, 2u << 20);
  EXPECT_EQ(options->warc_total_bytes, 8u << 20);
  EXPECT_EQ(options->server_delay, absl::Milliseconds(250));
  EXPECT_EQ(options->patience.max_tries, 5u);
  EXPECT_TRUE(options->fetch.guard.Allows(*ParseAddress("127.0.0.1")));
}

TEST(OptionsOf, DefaultsAreThoseOfTheConfigurationAndPrivateAddressesAreClosed) {
  const auto options = OptionsOf(Config());
  ASSERT_THAT(options, IsOk());
  EXPECT_EQ(options->fetch.user_agent, "tintinh");
  EXPECT_EQ(options->fetch.max_concurrent, 16u);
  EXPECT_FALSE(options->fetch.guard.Allows(*ParseAddress("127.0.0.1")));
}

TEST(OptionsOf, ABadNetworkIsRefused) {
  EXPECT_THAT(OptionsOf(Config("allowed_private_networks: [khắp nơi]\n")).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("khắp nơi")));
}

TEST(LoadSites, ReadsTheFileAndChecksIt) {
  testing::TempDir dir;
  config::v1::CrawlerConfig config = Config("default_delay: 4s\n");
  config.set_sites_file(dir.path() + "/sites.yaml");
  EXPECT_THAT(LoadSites(config).status(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("sites.yaml")));
  std::ofstream(config.sites_file()) << "sites:\n- {id: demo, name: Báo Thử, home: 'http://127.0.0.1:8080/'}\n";
  const auto sites = LoadSites(config);
  ASSERT_THAT(sites, IsOk());
  EXPECT_EQ(sites->all()[0].delay, absl::Seconds(4));
  EXPECT_EQ(sites->all()[0].section_interval, absl::Minutes(30));
}

TEST(LoadSites, AFileWithoutSitesIsNoConfiguration) {
  const testing::TempDir dir;
  const std::string path = dir.path() + "/sites.yaml";
  std::ofstream(path) << "";
  config::v1::CrawlerConfig config = Config();
  config.set_sites_file(path);
  EXPECT_THAT(LoadSites(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("names no site")));
}

TEST(LoadSites, AUserAgentThatWouldEndItsHeaderIsRefused) {
  const testing::TempDir dir;
  const std::string path = dir.path() + "/sites.yaml";
  std::ofstream(path) << "sites:\n- {id: a, name: A, home: 'http://127.0.0.1/', section_pages: [/]}\n";
  config::v1::CrawlerConfig config = Config();
  config.set_sites_file(path);
  EXPECT_THAT(LoadSites(config), IsOk());
  config.set_user_agent("bot/1 (+https://x.vn/)\r\nX-Evil: y");
  EXPECT_THAT(LoadSites(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("user_agent")));
  config.set_user_agent("2bot/1 (+https://x.vn/)");
  EXPECT_THAT(LoadSites(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("robots.txt")));
}

TEST(LoadSites, MembersShareTheSitesAndEachSiteHasOne) {
  testing::TempDir dir;
  config::v1::CrawlerConfig config = Config();
  config.set_sites_file(dir.path() + "/sites.yaml");
  std::ofstream file(config.sites_file());
  file << "sites:\n";
  for (int i = 1; i <= 20; ++i) file << "- {id: bao-" << i << ", name: B, home: 'http://127.0.0." << i << "/'}\n";
  file.close();
  std::set<std::string> visited;
  size_t visits = 0;
  for (const char* member : {"a", "b", "c"}) {
    config.set_member(member);
    config.clear_members();
    for (const char* name : {"a", "b", "c"}) config.add_members(name);
    const auto sites = LoadSites(config);
    ASSERT_THAT(sites, IsOk());
    for (const Site& site : sites->all()) visited.insert(site.id);
    visits += sites->all().size();
  }
  EXPECT_EQ(visited.size(), 20u);
  EXPECT_EQ(visits, 20u);
  config.set_member("d");
  EXPECT_THAT(LoadSites(config).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("member \"d\"")));
}

TEST(LoadSites, WhoeverIsLeavingVisitsNothing) {
  testing::TempDir dir;
  config::v1::CrawlerConfig config = Config();
  config.set_sites_file(dir.path() + "/sites.yaml");
  std::ofstream(config.sites_file()) << "sites:\n- {id: bao-1, name: B, home: 'http://127.0.0.1/'}\n";
  config.add_members("a");
  config.set_member("b");
  config.set_leaving(true);
  const auto sites = LoadSites(config);
  ASSERT_THAT(sites, IsOk());
  EXPECT_TRUE(sites->all().empty());
}

TEST(ConnectMembers, NeedsATargetForEachMemberAndLeavesOutItself) {
  config::v1::CrawlerConfig config = Config();
  for (const char* name : {"a", "b", "c"}) config.add_members(name);
  config.set_member("b");
  EXPECT_TRUE(ConnectMembers(config)->empty()) << "without targets no site is handed over";
  EXPECT_FALSE(OptionsOf(config)->sites_are_held);
  for (const char* target : {"127.0.0.1:1", "127.0.0.1:2"}) config.add_member_targets()->set_target(target);
  EXPECT_THAT(ConnectMembers(config).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("member_targets: 2 for 3 members")));
  config.add_member_targets()->set_target("127.0.0.1:3");
  config.add_former_targets()->set_target("127.0.0.1:4");
  const auto others = ConnectMembers(config);
  ASSERT_THAT(others, IsOk());
  EXPECT_TRUE(OptionsOf(config)->sites_are_held);
  ASSERT_EQ(others->size(), 3u);
  EXPECT_EQ((*others)[0].name, "a");
  EXPECT_EQ((*others)[1].name, "c");
  EXPECT_EQ((*others)[2].name, "127.0.0.1:4");
}

TEST(LoadSites, TheSitesOfVietNamAreWellFormedAndNeedAContact) {
  config::v1::CrawlerConfig config = Config();
  config.set_sites_file(absl::StrCat(TINTINH_SOURCE_DIR, "/deploy/sites/vietnam.yaml"));
  EXPECT_THAT(LoadSites(config).status(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("contact")));
  config.set_user_agent("tintinh/0.1 (+https://vidu.vn/robot)");
  const auto sites = LoadSites(config);
  ASSERT_THAT(sites, IsOk());
  EXPECT_FALSE(sites->all().empty());
}

// What the comment behind each id says.
std::map<std::string, std::string> Marks(const std::string& path) {
  std::map<std::string, std::string> marks;
  std::ifstream file(path);
  std::string dash, key, id, hash, mark;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    if (words >> dash >> key >> id >> hash >> mark && dash == "-" && hash == "#") marks[id] = mark;
  }
  return marks;
}

TEST(VietnamSites, EveryProvinceOfTodayHasAPaperAndExactlyTheVerifiedSitesAreEnabled) {
  const std::string path = absl::StrCat(TINTINH_SOURCE_DIR, "/deploy/sites/vietnam.yaml");
  config::v1::SitesConfig config;
  ASSERT_THAT(LoadYamlFile(path, &config), IsOk());
  const std::map<std::string, std::string> marks = Marks(path);
  std::set<std::string> provinces;
  for (const config::v1::SiteConfig& site : config.sites()) {
    const auto province = places::FindProvince(site.province());
    ASSERT_TRUE(province.has_value()) << site.id();
    if (province->current) provinces.insert(province->name);
    ASSERT_EQ(marks.count(site.id()), 1u) << site.id();
    EXPECT_EQ(marks.at(site.id()), site.disabled() ? "claimed" : "verified") << site.id();
    EXPECT_TRUE(site.disabled() || site.feeds_size() > 0) << site.id();
  }
  EXPECT_EQ(provinces.size(), 34u);
}

}  // namespace
}  // namespace tintinh::crawler
