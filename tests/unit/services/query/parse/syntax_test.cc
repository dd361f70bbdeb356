#include "services/query/parse/syntax.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "?words", "+word", "-word", with quotes where the clause is quoted.
std::vector<std::string> Read(const std::string& text) {
  std::vector<std::string> result;
  for (const Clause& clause : ReadClauses(text)) {
    const char* sign = clause.occur == Occur::kShould ? "?" : (clause.occur == Occur::kMust ? "+" : "-");
    result.push_back(clause.quoted ? absl::StrCat(sign, "\"", clause.text, "\"") : absl::StrCat(sign, clause.text));
  }
  return result;
}

TEST(ReadClauses, ConsecutivePlainWordsMakeOneClause) {
  EXPECT_THAT(Read("lũ quét miền núi"), ElementsAre("?lũ quét miền núi"));
}

TEST(ReadClauses, SignsAndPhrasesSplitPlainWords) {
  EXPECT_THAT(Read("mưa lớn +Huế \"sông Hương\" đêm qua -bão"),
              ElementsAre("?mưa lớn ", "+Huế", "+\"sông Hương\"", "?đêm qua ", "-bão"));
}

TEST(ReadClauses, AMinusBeforeAPhraseExcludesIt) {
  EXPECT_THAT(Read("-\"chợ đêm\" +\"phố cổ\""), ElementsAre("-\"chợ đêm\"", "+\"phố cổ\""));
}

TEST(ReadClauses, ASignCountsOnlyWhereAWordBeginsAndSomethingFollows) {
  EXPECT_THAT(Read("Hà Nội - Huế"), ElementsAre("?Hà Nội - Huế"));
  EXPECT_THAT(Read("22-NQ/TW"), ElementsAre("?22-NQ/TW"));
  EXPECT_THAT(Read("+ -"), ElementsAre("?+ -"));
  EXPECT_THAT(Read("a +"), ElementsAre("?a +"));
}

TEST(ReadClauses, QuotesOfAnyLanguageAreEqual) {
  EXPECT_THAT(Read("“Ba Bể”"), ElementsAre("+\"Ba Bể\""));
  EXPECT_THAT(Read("«Ba Bể»"), ElementsAre("+\"Ba Bể\""));
  EXPECT_THAT(Read("„Ba Bể\""), ElementsAre("+\"Ba Bể\""));
}

TEST(ReadClauses, AQuoteOpensOnlyWhereAWordBegins) {
  EXPECT_THAT(Read("tivi 24\" giá rẻ"), ElementsAre("?tivi 24\" giá rẻ"));
}

TEST(ReadClauses, AQuoteNeverClosedIsDropped) {
  EXPECT_THAT(Read("\"hồ Gươm xanh"), ElementsAre("?\"hồ Gươm xanh"));
  EXPECT_THAT(Read("-\"hồ"), ElementsAre("-\"hồ"));
}

TEST(ReadClauses, EmptyTextAndEmptyPhrasesGiveNothing) {
  EXPECT_THAT(Read(""), IsEmpty());
  EXPECT_THAT(Read("   "), IsEmpty());
  EXPECT_THAT(Read("\"\" \" \""), IsEmpty());
}

TEST(QuoteFinder, FindsWhatIsInsideAndWhatIsBehind) {
  QuoteFinder quotes("a “b” \"c");
  EXPECT_FALSE(quotes.At(0).has_value());
  const auto quoted = quotes.At(2);
  ASSERT_TRUE(quoted.has_value());
  EXPECT_EQ(quoted->begin, 5U);
  EXPECT_EQ(quoted->end, 6U);
  EXPECT_EQ(quoted->behind, 9U);
  EXPECT_FALSE(quotes.At(10).has_value()) << "never closed";
}

TEST(ReadClauses, ManyOpeningQuotesStayLinear) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += " -„";
  EXPECT_FALSE(Read(text + "x").empty());
}

}  // namespace
}  // namespace tintinh::query
