#include "services/indexer/segment/dictionary.h"

#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/field.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::kBodyExact;
using testing::kBodyPair;
using testing::ShardDatabase;
using testing::StatusIs;

constexpr uint32_t kSegment = 3;

std::string Record(uint32_t documents) {
  TermRecord record;
  record.statistics.document_frequency = documents;
  return EncodeTermRecord(record);
}

class DictionaryTest : public ::testing::Test {
 protected:
  // Enough terms of each field for many blocks.
  void SetUp() override {
    for (const FieldId field : {kBodyExact, kBodyPair}) {
      for (uint32_t i = 0; i < 2'000; ++i) terms_[TermOf(field, absl::StrCat("k", 2 * i))] = Record(i % 100 + 1);
    }
    Write(kSegment, terms_);
    Write(kSegment + 1, {{TermOf(kBodyExact, "z"), Record(1)}});
  }

  void Write(uint32_t segment, const std::map<std::string, std::string>& terms) {
    DictionaryWriter writer(segment, [this](absl::string_view key, absl::string_view value) {
      db_.Put(kTermsFamily, std::string(key), std::string(value));
      return absl::OkStatus();
    });
    for (const auto& [term, record] : terms) ASSERT_THAT(writer.Add(term, record), IsOk());
    ASSERT_THAT(writer.Finish(), IsOk());
  }

  ShardDatabase db_;
  std::map<std::string, std::string> terms_;
};

TEST_F(DictionaryTest, FindsTermsHeldAndRead) {
  const auto dictionary = Dictionary::Open(db_.get(), kSegment);
  ASSERT_THAT(dictionary, IsOk());
  EXPECT_GT((*dictionary)->bytes(), 0u);
  kv::PinnedValue holder;
  for (const auto& [term, record] : terms_) EXPECT_EQ((*dictionary)->Find(term, holder)->value(), record) << term;
  for (const FieldId field : {kBodyExact, kBodyPair}) {
    for (const char* key : {"", "a", "k1", "k2001", "z"}) {
      EXPECT_FALSE((*dictionary)->Find(TermOf(field, key), holder)->has_value()) << key;
    }
  }
}

TEST_F(DictionaryTest, WalksAllTermsInOrder) {
  auto expected = terms_.begin();
  DictionaryWalker walker(db_.get(), kSegment);
  for (; walker.Valid(); walker.Next(), ++expected) {
    ASSERT_NE(expected, terms_.end());
    ASSERT_EQ(walker.term(), expected->first);
    ASSERT_EQ(walker.record(), expected->second);
  }
  EXPECT_THAT(walker.status(), IsOk());
  EXPECT_EQ(expected, terms_.end());
}

TEST_F(DictionaryTest, ScansTheTermsThatBeginAlikeHeldAndRead) {
  const auto dictionary = Dictionary::Open(db_.get(), kSegment);
  ASSERT_THAT(dictionary, IsOk());
  for (const FieldId field : {kBodyExact, kBodyPair, FieldId{testing::kBodyExact + 3}}) {
    for (const char* key : {"k", "k1", "k3", "k39", "k3998", "k3999", "", "a", "z"}) {
      const std::string prefix = TermOf(field, key);
      auto expected = terms_.lower_bound(prefix);
      DictionaryScan scan(**dictionary, prefix);
      for (; scan.Next(); ++expected) {
        ASSERT_EQ(scan.term(), expected->first);
        ASSERT_EQ(scan.record(), expected->second);
      }
      EXPECT_THAT(scan.status(), IsOk());
      EXPECT_TRUE(expected == terms_.end() || expected->first.rfind(prefix, 0) != 0) << key;
      EXPECT_FALSE(scan.Next()) << key;
    }
  }
}

TEST_F(DictionaryTest, AScanSaysWhichBlockIsDamaged) {
  uint32_t last = 0;
  while (db_.get().Get(kTermsFamily, TermBlockKey(kSegment, last + 1))->has_value()) ++last;
  db_.Put(kTermsFamily, TermBlockKey(kSegment, last), "hỏng");
  const auto dictionary = Dictionary::Open(db_.get(), kSegment);
  ASSERT_THAT(dictionary, IsOk());
  DictionaryScan scan(**dictionary, TermOf(kBodyPair, "k"));
  while (scan.Next()) {
  }
  EXPECT_THAT(scan.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("block of terms")));
}

TEST_F(DictionaryTest, OfNoTermsIsEmpty) {
  Write(9, {});
  const auto dictionary = Dictionary::Open(db_.get(), 9);
  ASSERT_THAT(dictionary, IsOk());
  kv::PinnedValue holder;
  EXPECT_FALSE((*dictionary)->Find(TermOf(kBodyExact, "a"), holder)->has_value());
  EXPECT_FALSE((*dictionary)->Find(TermOf(kBodyPair, "a"), holder)->has_value());
  EXPECT_FALSE(DictionaryWalker(db_.get(), 9).Valid());
}

TEST_F(DictionaryTest, ADamagedBlockOfHeldTermsIsFoundWhenItOpens) {
  db_.Put(kTermsFamily, TermBlockKey(kSegment, 0), "hỏng");
  EXPECT_THAT(Dictionary::Open(db_.get(), kSegment),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("segment 3, block of terms 0")));
}

TEST_F(DictionaryTest, ADamagedBlockOfPairsIsFoundWhenItIsRead) {
  uint32_t last = 0;
  while (db_.get().Get(kTermsFamily, TermBlockKey(kSegment, last + 1))->has_value()) ++last;
  db_.Put(kTermsFamily, TermBlockKey(kSegment, last), "hỏng");
  const auto dictionary = Dictionary::Open(db_.get(), kSegment);
  ASSERT_THAT(dictionary, IsOk());
  kv::PinnedValue holder;
  EXPECT_THAT((*dictionary)->Find(TermOf(kBodyPair, "k998"), holder),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("block")));
  EXPECT_THAT((*dictionary)->Find(TermOf(kBodyPair, "k0"), holder), IsOk());
}

TEST_F(DictionaryTest, AMissingIndexIsDamage) {
  EXPECT_THAT(Dictionary::Open(db_.get(), 77), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("index of terms")));
}

}  // namespace
}  // namespace tintinh::indexer
