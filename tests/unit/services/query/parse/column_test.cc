#include "services/query/parse/column.h"

#include <string>

#include "common/text/utf8.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

// The column of `what` in `typed`, found in the collapsed text.
size_t Column(const std::string& typed, const std::string& what) {
  const std::string collapsed = text::CollapseWhitespace(typed);
  return ColumnOf(typed, collapsed, collapsed.find(what));
}

TEST(ColumnOf, CountsLettersFromOne) {
  EXPECT_EQ(Column("from:x", "from"), 1U);
  EXPECT_EQ(Column("lũ from:x", "from"), 4U);
}

TEST(ColumnOf, CountsTheWhiteSpaceThatWasCollapsed) {
  EXPECT_EQ(Column("  lũ \t  from:x", "from"), 9U);
  EXPECT_EQ(Column("\u00A0\u00A0lũ from:x", "from"), 6U);
}

TEST(ColumnOf, CombiningMarksAreNoLetters) { EXPECT_EQ(Column("lu\u0303 from:x", "from"), 4U); }

TEST(ColumnOf, BehindTheTextIsTheEnd) { EXPECT_EQ(ColumnOf("lũ ", "lũ", 99), 4U); }

}  // namespace
}  // namespace tintinh::query
