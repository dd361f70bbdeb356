#include "services/crawler/sites/members.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(Members, SitesAreSplitEvenlyAndInAnyOrderOfTheNames) {
  std::map<std::string, int> sites;
  for (int i = 0; i < 3000; ++i) {
    const std::string site = absl::StrCat("bao-", i);
    const std::string owner = OwnerOf(site, {"a", "b", "c"});
    EXPECT_EQ(OwnerOf(site, {"c", "a", "b"}), owner);
    ++sites[owner];
  }
  for (const auto& [member, count] : sites) EXPECT_NEAR(count, 1000, 120) << member;
}

TEST(Members, AMemberThatGoesLeavesTheSitesOfTheOthersWhereTheyAre) {
  for (int i = 0; i < 500; ++i) {
    const std::string site = absl::StrCat("bao-", i);
    const std::string owner = OwnerOf(site, {"a", "b", "c"});
    if (owner == "c") continue;
    EXPECT_EQ(OwnerOf(site, {"a", "b"}), owner);
  }
}

TEST(Members, TheOwnerNeverChangesWithTheProgram) {
  const std::vector<std::string> members = {"crawler-0", "crawler-1", "crawler-2"};
  std::string owners;
  for (const char* site : {"baolaocai", "baosonla", "baogialai", "baohatinh", "hanoimoi"})
    owners += OwnerOf(site, members).back();
  EXPECT_EQ(owners, "01222");
}

TEST(Members, NamesMustBeGoodAndOursAmongThem) {
  EXPECT_THAT(CheckMembers("", {}), IsOk());
  EXPECT_THAT(CheckMembers("a", {"a", "b"}), IsOk());
  EXPECT_THAT(CheckMembers("c", {"a", "b"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("member \"c\"")));
  EXPECT_THAT(CheckMembers("a", {}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("0 members")));
  EXPECT_THAT(CheckMembers("a", {"a", "a"}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("twice")));
  EXPECT_THAT(CheckMembers("a", {"a", ""}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no name")));
}

}  // namespace
}  // namespace tintinh::crawler
