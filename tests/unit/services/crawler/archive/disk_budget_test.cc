#include "services/crawler/archive/disk_budget.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOkAndHolds;

class DiskBudgetTest : public ::testing::Test {
 protected:
  DiskBudgetTest() {
    for (const char* name : {"2.warc.gz", "1.warc.gz", "3.warc.gz", "4.warc.gz.open", "1.cdxj"}) {
      std::ofstream(Path(name)) << std::string(100, 'x');
    }
  }
  std::string Path(const std::string& name) const { return dir_.path() + "/" + name; }

  testing::TempDir dir_;
};

TEST_F(DiskBudgetTest, TheOldestGoFirstWithTheirIndexesAndOpenFilesDoNotCount) {
  EXPECT_THAT(ExpireOldest(dir_.path(), 250), IsOkAndHolds(ElementsAre(Path("1.warc.gz"))));
  EXPECT_FALSE(std::filesystem::exists(Path("1.warc.gz")));
  EXPECT_FALSE(std::filesystem::exists(Path("1.cdxj")));
  EXPECT_TRUE(std::filesystem::exists(Path("4.warc.gz.open")));
  EXPECT_THAT(ExpireOldest(dir_.path(), 250), IsOkAndHolds(IsEmpty()));
}

TEST_F(DiskBudgetTest, TheNewestStaysHoweverSmallTheBudget) {
  EXPECT_THAT(ExpireOldest(dir_.path(), 1), IsOkAndHolds(ElementsAre(Path("1.warc.gz"), Path("2.warc.gz"))));
}

TEST_F(DiskBudgetTest, ZeroIsNoBound) { EXPECT_THAT(ExpireOldest(dir_.path(), 0), IsOkAndHolds(IsEmpty())); }

}  // namespace
}  // namespace tintinh::crawler
