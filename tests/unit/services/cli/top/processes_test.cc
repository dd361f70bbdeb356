#include "services/cli/top/processes.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::cli {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(ParseProcesses, ReadsNamesAndAddressesAndPassesOverTheRest) {
  const auto processes = ParseProcesses("# bac\nindexer-0 127.0.0.1:7420\n\n  query-0\t[::1]:7440  \n");
  ASSERT_THAT(processes, IsOk());
  ASSERT_EQ(processes->size(), 2u);
  EXPECT_EQ(processes->at(0).name, "indexer-0");
  EXPECT_EQ(processes->at(0).address, "127.0.0.1:7420");
  EXPECT_EQ(processes->at(1).address, "[::1]:7440");
  EXPECT_THAT(ParseProcesses(""), IsOk());
}

TEST(ParseProcesses, NamesTheLineThatIsNoProcess) {
  EXPECT_THAT(ParseProcesses("a 1:2\nb\n"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 2: \"b\"")));
  EXPECT_THAT(ParseProcesses("a nowhere\n"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 1")));
  EXPECT_THAT(ParseProcesses("a 1:2\na 3:4\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("a comes twice")));
  std::string many;
  for (int i = 0; i <= 1000; ++i) absl::StrAppend(&many, "p", i, " 1:2\n");
  EXPECT_THAT(ParseProcesses(many), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("more than 1000")));
}

}  // namespace
}  // namespace tintinh::cli
