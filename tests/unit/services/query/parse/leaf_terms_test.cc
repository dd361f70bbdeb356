#include "services/query/parse/leaf_terms.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

std::vector<Key> MakeKeys(size_t count) {
  std::vector<Key> keys;
  for (uint32_t i = 0; i < count; ++i) keys.push_back({absl::StrCat("k", i), i, i, i + 1});
  return keys;
}

TEST(TermBag, LooksForEveryKeyInTitleBodyAndCaption) {
  TermBag bag;
  bag.Add(v1::KEY_KIND_EXACT, "mua", 1);
  const v1::LeafQuery query = bag.AnyOf();
  ASSERT_EQ(query.boolean().should_size(), 3);
  EXPECT_FLOAT_EQ(query.boolean().should(0).term().weight(), 1.0F);
  EXPECT_FLOAT_EQ(query.boolean().should(1).term().weight(), 1.0F);
  EXPECT_FLOAT_EQ(query.boolean().should(2).term().weight(), 0.8F);
}

TEST(TermBag, AKeyAddedTwiceIsOneNodeAndCountsOnceByItsGreatestWeight) {
  TermBag bag;
  bag.Add(v1::KEY_KIND_EXACT, "mua", 0.5F);
  bag.Add(v1::KEY_KIND_EXACT, "mua", 1);
  bag.Add(v1::KEY_KIND_EXACT, "mua", 0.3F);
  const v1::LeafQuery query = bag.AnyOf();
  ASSERT_EQ(query.boolean().should_size(), 3);
  EXPECT_FLOAT_EQ(query.boolean().should(1).term().weight(), 1.0F);
}

TEST(TermBag, InTheTitleAloneWhereToldSo) {
  TermBag bag(Where::kTitle);
  bag.Add(v1::KEY_KIND_EXACT, "mua", 1);
  const v1::LeafQuery query = bag.AnyOf();
  ASSERT_EQ(query.boolean().should_size(), 1);
  EXPECT_EQ(query.boolean().should(0).term().part(), v1::PART_TITLE);
  const std::vector<Key> keys = MakeKeys(2);
  EXPECT_EQ(PhraseInAnyPart(OnePerPosition(keys), {}, Where::kTitle).boolean().should_size(), 1);
  EXPECT_EQ(AllInOnePart(OnePerPosition(keys), {}, Where::kTitle).boolean().should_size(), 1);
}

TEST(AppendPrefix, LooksForItInEveryPartOrTheTitle) {
  v1::BooleanQuery query;
  AppendPrefix(Where::kAnywhere, v1::KEY_KIND_FOLDED, "xa", 0.5F, query);
  ASSERT_EQ(query.should_size(), 3);
  EXPECT_EQ(query.should(2).prefix().part(), v1::PART_CAPTION);
  EXPECT_EQ(query.should(2).prefix().kind(), v1::KEY_KIND_FOLDED);
  EXPECT_EQ(query.should(2).prefix().prefix(), "xa");
  EXPECT_FLOAT_EQ(query.should(2).prefix().weight(), 0.4F);
  AppendPrefix(Where::kTitle, v1::KEY_KIND_EXACT, "xâ", 1, query);
  EXPECT_EQ(query.should_size(), 4);
}

TEST(PhraseInAnyPart, KeepsDistances) {
  const std::vector<Key> keys = {{"a", 3, 0, 1}, {"b", 5, 2, 3}};
  const v1::LeafQuery query = PhraseInAnyPart(OnePerPosition(keys), {});
  const v1::PhraseQuery& phrase = query.boolean().should(1).phrase();
  EXPECT_EQ(phrase.part(), v1::PART_BODY);
  EXPECT_THAT(phrase.offsets(), ::testing::ElementsAre(0, 2));
}

TEST(PhraseInAnyPart, OneKeyIsATerm) {
  const std::vector<Key> keys = MakeKeys(1);
  EXPECT_EQ(PhraseInAnyPart(OnePerPosition(keys), {}).boolean().should(0).term().key(), "k0");
}

TEST(PhraseInAnyPart, LongPhrasesAreCutIntoOverlappingOnes) {
  const std::vector<Key> keys = MakeKeys(40);
  const v1::LeafQuery query = PhraseInAnyPart(OnePerPosition(keys), {});
  const v1::BooleanQuery& title = query.boolean().should(0).boolean();
  ASSERT_EQ(title.must_size(), 2);
  EXPECT_EQ(title.must(0).phrase().keys_size(), 32);
  EXPECT_EQ(title.must(1).phrase().keys(0), "k31");
  EXPECT_EQ(title.must(1).phrase().keys_size(), 9);
}

TEST(PhraseInAnyPart, NeighboursComeWithTheirPair) {
  const std::vector<Key> keys = {{"a", 3, 0, 1}, {"b", 4, 2, 3}, {"c", 6, 4, 5}, {"d", 7, 6, 7}};
  const std::vector<Key> pairs = {{"ab", 3, 0, 3, 2}, {"bc", 4, 2, 5, 2}, {"cd", 6, 4, 7, 2}};
  const v1::LeafQuery query = PhraseInAnyPart(OnePerPosition(keys), pairs);
  EXPECT_THAT(query.boolean().should(0).phrase().pair_keys(), ::testing::ElementsAre("ab", "", "cd"));
}

TEST(PhraseInAnyPart, PairsOfJoinedFormsAreNone) {
  const std::vector<Key> keys = {{"a", 0, 0, 1}, {"h", 1, 2, 3}, {"drai", 2, 4, 8}};
  const std::vector<Key> pairs = {{"a hdrai", 0, 0, 8, 3}, {"h drai", 1, 2, 8, 2}};
  const v1::LeafQuery query = PhraseInAnyPart(OnePerPosition(keys), pairs);
  EXPECT_THAT(query.boolean().should(0).phrase().pair_keys(), ::testing::ElementsAre("", "h drai"));
  const std::vector<Key> joined = {{"a", 0, 0, 1}, {"hdrai", 1, 2, 8, 2}};
  EXPECT_TRUE(PhraseInAnyPart(OnePerPosition(joined), pairs).boolean().should(0).phrase().pair_keys().empty());
}

TEST(PhraseInAnyPart, PiecesOfALongPhraseHaveTheirOwnPairs) {
  const std::vector<Key> keys = MakeKeys(40);
  const std::vector<Key> pairs = {{"p0", 0, 0, 2, 2}, {"p31", 31, 31, 33, 2}};
  const v1::LeafQuery query = PhraseInAnyPart(OnePerPosition(keys), pairs);
  const v1::BooleanQuery& title = query.boolean().should(0).boolean();
  EXPECT_EQ(title.must(0).phrase().pair_keys_size(), 31);
  EXPECT_EQ(title.must(0).phrase().pair_keys(0), "p0");
  EXPECT_EQ(title.must(1).phrase().pair_keys_size(), 8);
  EXPECT_EQ(title.must(1).phrase().pair_keys(0), "p31");
}

TEST(NameInOnePart, ItsPairsShareTheWeightAndMustAllBeThere) {
  NameKeys name;
  name.pairs = {"p0", "p1", "p2"};
  const v1::LeafQuery query = NameInOnePart(name, 0.3F);
  ASSERT_EQ(query.boolean().should_size(), 3);
  const v1::BooleanQuery& body = query.boolean().should(1).boolean();
  ASSERT_EQ(body.must_size(), 3);
  EXPECT_EQ(body.must(2).term().kind(), v1::KEY_KIND_PAIR);
  EXPECT_FLOAT_EQ(body.must(2).term().weight(), 0.1F);
}

TEST(NameInOnePart, OneSyllableIsATermOfItsKind) {
  NameKeys name;
  name.syllable = "ubnd";
  name.folded = true;
  const v1::LeafQuery query = NameInOnePart(name, 0.3F);
  EXPECT_EQ(query.boolean().should(1).term().kind(), v1::KEY_KIND_FOLDED);
  EXPECT_FLOAT_EQ(query.boolean().should(1).term().weight(), 0.3F);
}

TEST(AllInOnePart, WantsEachDistinctKeyInThePart) {
  std::vector<Key> folded = MakeKeys(2);
  folded.push_back({"k0", 2, 2, 3});
  const std::vector<Key> pairs = {{"p0", 0, 0, 2}};
  const v1::LeafQuery query = AllInOnePart(OnePerPosition(folded), OnePerPosition(pairs));
  ASSERT_EQ(query.boolean().should_size(), 3);
  const v1::BooleanQuery& title = query.boolean().should(0).boolean();
  EXPECT_EQ(title.must_size(), 3);
  EXPECT_EQ(title.must(2).term().kind(), v1::KEY_KIND_PAIR);
}

}  // namespace
}  // namespace tintinh::query
