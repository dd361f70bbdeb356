#include "services/cli/terminal.h"

#include "gtest/gtest.h"

namespace tintinh::cli {
namespace {

google::protobuf::RepeatedPtrField<v1::Highlight> Ranges(std::initializer_list<std::pair<uint32_t, uint32_t>> ranges) {
  google::protobuf::RepeatedPtrField<v1::Highlight> highlights;
  for (const auto& [begin, end] : ranges) {
    v1::Highlight* highlight = highlights.Add();
    highlight->set_begin(begin);
    highlight->set_end(end);
  }
  return highlights;
}

TEST(Terminal, HighlightsAreMarkedInColourAndWithout) {
  EXPECT_EQ(Highlighted("một hai ba", Ranges({{5, 8}}), false), "một« ha»i ba");
  EXPECT_EQ(Highlighted("ab", Ranges({{0, 1}}), true), "\033[1;33ma\033[0mb");
}

TEST(Terminal, RangesOutsideTheTextAreLeftOut) { EXPECT_EQ(Highlighted("ab", Ranges({{1, 9}, {1, 0}}), false), "ab"); }

TEST(Terminal, ControlCharactersNeverReachTheTerminal) { EXPECT_EQ(Printable("a\033[2Jb\x7f"), "a [2Jb "); }

TEST(Terminal, TheProgressBarFillsWithTheWork) {
  EXPECT_EQ(ProgressBar::Render("import", 0, 2, ""), "import [..............................] 0/2");
  EXPECT_EQ(ProgressBar::Render("import", 1, 2, "x"), "import [###############...............] 1/2 x");
  EXPECT_EQ(ProgressBar::Render("import", 9, 2, ""), "import [##############################] 9/2");
  EXPECT_EQ(ProgressBar::Render("import", 0, 0, ""), "import [..............................] 0/0");
}

}  // namespace
}  // namespace tintinh::cli
