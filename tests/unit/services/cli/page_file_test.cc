#include "services/cli/page_file.h"

#include <fstream>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::cli {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(PageFile, TheNameTellsTheFormatUnlessAFlagDoes) {
  testing::TempDir dir;
  const std::string path = dir.path() + "/bai.txt";
  std::ofstream(path) << "Tựa đề\n\nThân bài.";
  const auto page = ReadPage(path, InputFormat::kByName);
  ASSERT_THAT(page, IsOk());
  EXPECT_EQ(page->format(), v1::PAGE_FORMAT_TEXT);
  EXPECT_EQ(page->body(), "Tựa đề\n\nThân bài.");
  EXPECT_EQ(page->url(), "file:" + path);
  EXPECT_EQ(ReadPage(path, InputFormat::kHtml)->format(), v1::PAGE_FORMAT_HTML);
  EXPECT_EQ(BaseName(path), "bai.txt");
}

TEST(PageFile, AFileThatCannotBeReadIsNamed) {
  testing::TempDir dir;
  EXPECT_THAT(ReadPage(dir.path() + "/none.txt", InputFormat::kByName).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none.txt")));
  EXPECT_THAT(ReadPage(dir.path(), InputFormat::kByName).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is a directory")));
}

}  // namespace
}  // namespace tintinh::cli
