#include "services/query/parse/expression.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::HasSubstr;

std::string Signed(Occur occur) { return occur == Occur::kShould ? "" : occur == Occur::kMust ? "+" : "-"; }

std::string Rendered(const Expression& expression, const std::vector<Alternative>& alternatives) {
  std::vector<std::string> sides;
  for (const Alternative& alternative : alternatives) {
    std::vector<std::string> items;
    for (const Item& item : alternative) {
      const Clause& clause = expression.clauses[item.clause];
      const std::string text =
          item.group != nullptr ? absl::StrCat("(", Rendered(expression, item.group->alternatives), ")")
                                : absl::StrCat(clause.where == Where::kTitle ? "title:" : "", clause.quoted ? "\"" : "",
                                               clause.text, clause.prefix ? "*" : "", clause.quoted ? "\"" : "");
      items.push_back(Signed(item.occur) + text);
    }
    sides.push_back(absl::StrJoin(items, " "));
  }
  return absl::StrJoin(sides, " | ");
}

std::string Read(const std::string& text) {
  const Expression expression = ReadExpression(text);
  if (expression.mistake.has_value()) return absl::StrCat(expression.mistake->offset, " ", expression.mistake->what);
  std::string result = Rendered(expression, expression.alternatives);
  for (const Condition& condition : expression.conditions) {
    absl::StrAppend(&result, " {", condition.negated ? "-" : "", NameOf(condition.scope), " ",
                    absl::StrJoin(condition.values, ", "), "}");
  }
  return result;
}

TEST(ReadExpression, WithoutOperatorsIsTheClausesOfTheText) {
  EXPECT_EQ(Read("lũ quét (Lào Cai) +mưa"), "lũ quét (Lào Cai)  +mưa");
  EXPECT_EQ(Read(""), "");
}

TEST(ReadExpression, OrSeparatesAllOfBothSides) {
  EXPECT_EQ(Read("hạn hán OR lũ quét -bão"), "hạn hán | lũ quét  -bão");
  EXPECT_EQ(Read("mưa (lũ OR bão)"), "mưa +(lũ | bão)");
  EXPECT_EQ(Read("\"sông Lô\" OR +lũ"), "+\"sông Lô\" | +lũ");
}

TEST(ReadExpression, BracketsThatChooseNothingAreAsIfNotThere) {
  EXPECT_EQ(Read("(mưa -Huế) site:x"), "mưa  -Huế {site x}");
  EXPECT_EQ(Read("(mưa (lũ OR))"), "mưa lũ");
  EXPECT_EQ(Read("() lũ OR ()"), "() lũ") << "brackets without words are text";
}

TEST(ReadExpression, SignedBracketsRequireAndExclude) {
  EXPECT_EQ(Read("+(nông thôn) mới"), "+(nông thôn) mới");
  EXPECT_EQ(Read("-(lũ OR (bão +lốc))"), "-(lũ | bão  +lốc)");
}

TEST(ReadExpression, LoneOperatorsAreLeftOut) {
  EXPECT_EQ(Read("OR"), "OR");
  EXPECT_EQ(Read("OR OR"), "OR OR");
  EXPECT_EQ(Read("OR lũ OR OR ... OR"), "lũ");
}

TEST(ReadExpression, TitleIsRequiredAndGoesIntoBrackets) {
  EXPECT_EQ(Read("title:lũ mưa"), "+title:lũ mưa");
  EXPECT_EQ(Read("title:(mưa \"sông Lô\" OR xây*) x"), "+(title:mưa  +title:\"sông Lô\" | title:xây*) x");
  EXPECT_EQ(Read("-title:lũ"), "-title:lũ");
}

TEST(ReadExpression, ConditionsCountForTheWhole) {
  EXPECT_EQ(Read("lũ OR bão from:2021"), "lũ | bão {from 2021}");
  EXPECT_EQ(Read("mưa +(lũ site:x OR bão)"), "mưa +(lũ | bão) {site x}");
  EXPECT_EQ(Read("(site:x OR site:y) mưa"), "mưa {site x} {site y}");
  EXPECT_EQ(Read("province:(Hà Nội OR \"Huế\" OR)"), " {province Hà Nội, Huế}");
  EXPECT_EQ(Read("-(site:x OR site:y) -to:2020"), " {-site x} {-site y} {-to 2020}");
}

TEST(ReadExpression, ConditionsThatCannotCountForTheWholeAreMistakes) {
  EXPECT_THAT(Read("lũ OR site:x"), HasSubstr("7 site: counts for the whole"));
  EXPECT_THAT(Read("lũ site:x OR bão site:y"), HasSubstr(" site: counts for the whole"));
  EXPECT_THAT(Read("lũ OR (bão site:x)"), HasSubstr(" site: counts for the whole"));
  EXPECT_THAT(Read("site:x OR province:Huế"), HasSubstr("10 province: only values of one kind"));
  EXPECT_THAT(Read("from:2020 OR from:2021"), HasSubstr("13 from: only values of one kind"));
  EXPECT_THAT(Read("-(bão site:x)"), HasSubstr(" site: cannot stand in excluded"));
  EXPECT_THAT(Read("-(-site:x)"), HasSubstr(" site: cannot stand in excluded"));
  EXPECT_THAT(Read("mưa site:bao*"), HasSubstr(" site: takes whole values"));
}

std::string Nested(size_t depth) {
  std::string text = "lũ";
  for (size_t i = 0; i < depth; ++i) text = absl::StrCat("(x (bão OR ", text, "))");
  return text;
}

TEST(ReadExpression, GroupsNestSoDeepAndNoDeeper) {
  EXPECT_THAT(Read(Nested(kMaxGroupDepth)), Not(HasSubstr("deeper")));
  EXPECT_THAT(Read(Nested(kMaxGroupDepth + 1)), HasSubstr("groups nest deeper than 4"));
  EXPECT_THAT(Read(Nested(kMaxBracketDepth)), HasSubstr("nest deeper than 16"));
}

TEST(ReadExpression, NoWordsNestTooDeep) {
  const std::string open(400, '(');
  const std::string close(400, ')');
  EXPECT_EQ(Read(open + "lũ" + close), open + "lũ" + close);
  EXPECT_THAT(Read(absl::StrCat(open, "lũ OR bão", close)), HasSubstr("+(lũ | bão)"));
}

TEST(ReadExpression, SoManyWordsMayEndInAStar) {
  EXPECT_EQ(Read("aa* bb* cc* dd*"), "aa* bb* cc* dd*");
  EXPECT_THAT(Read("aa* bb* cc* dd* title:ee*"), HasSubstr("16 more than 4 words"));
}

}  // namespace
}  // namespace tintinh::query
