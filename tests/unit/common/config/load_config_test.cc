#include "common/config/load_config.h"

#include <string>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

absl::Status LoadNode(absl::string_view text, config::v1::NodeConfig* node) {
  return LoadYaml(text, "node.yaml", node);
}

TEST(LoadConfig, ReadsNestedValuesWithUnits) {
  config::v1::NodeConfig node;
  ASSERT_THAT(LoadNode("data_directory: var\n"
                       "server: {listen: '127.0.0.1:7300', drain_timeout: 2s}\n"
                       "indexer:\n"
                       "  shards: 4\n"
                       "  memory_segment_bytes: 1MiB\n",
                       &node),
              IsOk());
  EXPECT_EQ(node.server().listen(), "127.0.0.1:7300");
  EXPECT_EQ(node.server().drain_timeout().seconds(), 2);
  EXPECT_EQ(node.indexer().shards(), 4u);
  EXPECT_EQ(node.indexer().memory_segment_bytes(), 1u << 20);
}

TEST(LoadConfig, FillsDefaultsEvenForAbsentSections) {
  config::v1::NodeConfig node;
  ASSERT_THAT(LoadNode("data_directory: var", &node), IsOk());
  EXPECT_TRUE(node.server().reflection());
  EXPECT_EQ(node.indexer().shards(), 2u);
  EXPECT_EQ(node.normalizer().max_page_bytes(), 5u << 20);
  EXPECT_EQ(node.query().default_deadline().seconds(), 2);
}

TEST(LoadConfig, AFalseInTheFileBeatsADefaultOfTrue) {
  config::v1::NodeConfig node;
  ASSERT_THAT(LoadNode("data_directory: var\nserver: {reflection: false}", &node), IsOk());
  EXPECT_FALSE(node.server().reflection());
}

TEST(LoadConfig, ReadsListsOfDurations) {
  config::v1::SitesConfig sites;
  const std::string site = "sites:\n  - {id: a, name: A, home: 'https://baoa.vn/', recheck: ";
  ASSERT_THAT(LoadYaml(site + "[90m, 2500ms]}", "sites.yaml", &sites), IsOk());
  ASSERT_EQ(sites.sites(0).recheck_size(), 2);
  EXPECT_EQ(sites.sites(0).recheck(0).seconds(), 5400);
  EXPECT_EQ(sites.sites(0).recheck(1).seconds(), 2);
  EXPECT_EQ(sites.sites(0).recheck(1).nanos(), 500000000);
  for (const char* bad : {"[90]}", "[1h, {a: b}]}", "[[1h]]}", "1h}"}) {
    config::v1::SitesConfig refused;
    EXPECT_THAT(LoadYaml(site + bad, "sites.yaml", &refused),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sites[0].recheck")))
        << bad;
  }
}

struct BadCase {
  const char* text;
  const char* message;
};

TEST(LoadConfig, NamesThePlaceTheFieldTheValueAndTheLimit) {
  const BadCase cases[] = {
      {"data_directory: var\nindexer:\n  shards: 0", "node.yaml:3: indexer.shards: 0 is below the limit 1"},
      {"data_directory: var\nindexer:\n  shards: 257", "indexer.shards: 257 is above the limit 256"},
      {"data_directory: var\nindexer: {shardz: 2}", "indexer.shardz: unknown key; known here: server, data_directory"},
      {"server: {}", "data_directory is missing"},
      {"data_directory: var\ndata_directory: var", "is given twice"},
      {"data_directory: [a]", "takes a single value"},
      {"data_directory: var\nindexer: 5", "indexer: takes a map"},
      {"data_directory: var\nindexer: {shards: two}", "\"two\" is not a whole number"},
      {"data_directory: var\nquery: {default_deadline: 5}", "\"5\" is not a duration"},
      {"data_directory: var\nserver: {reflection: yes}", "\"yes\" is neither true nor false"},
      {"data_directory: &a var\nserver: {listen: *a}", "anchors and aliases"},
      {"data_directory: [", "node.yaml:"},
  };
  for (const BadCase& bad : cases) {
    config::v1::NodeConfig node;
    EXPECT_THAT(LoadNode(bad.text, &node), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(bad.message)))
        << bad.text;
  }
}

TEST(LoadConfig, DeepNestingIsRefusedNotRecursedInto) {
  config::v1::NodeConfig node;
  EXPECT_THAT(LoadNode(std::string(100'000, '['), &node), StatusIs(absl::StatusCode::kInvalidArgument, ::testing::_));
}

TEST(LoadConfig, ReadsListsOfNumbers) {
  config::v1::NodeConfig node;
  ASSERT_THAT(LoadNode("data_directory: var\nindexer: {held_shards: [2, 0]}", &node), IsOk());
  EXPECT_EQ(node.indexer().held_shards(0), 2u);
  EXPECT_EQ(node.indexer().held_shards(1), 0u);
  for (const char* wrong : {"-1", "x", "4294967296"}) {
    EXPECT_THAT(LoadNode(std::string("data_directory: var\nindexer: {held_shards: [0, ") + wrong + "]}", &node),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("held_shards[1]: \"" + std::string(wrong))));
  }
}

TEST(LoadConfig, ListsOfMapsTellWhichElementIsWrong) {
  config::v1::SitesConfig sites;
  EXPECT_THAT(
      LoadYaml("sites:\n- {id: a, name: A, home: 'http://a.vn'}\n- {id: b, home: 'http://b.vn'}", "s.yaml", &sites),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sites[1]: name is missing")));
}

TEST(LoadConfig, AMissingFileIsNotFound) {
  config::v1::NodeConfig node;
  EXPECT_THAT(LoadYamlFile("/nonexistent/node.yaml", &node),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("node.yaml")));
}

}  // namespace
}  // namespace tintinh
