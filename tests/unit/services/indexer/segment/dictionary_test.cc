#include "services/indexer/segment/dictionary.h"

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

std::string Record(uint32_t documents) {
  TermRecord record;
  record.statistics = {
      .document_frequency = documents, .collection_frequency = documents, .max_freq = 1, .min_norm = 1};
  return EncodeTermRecord(record);
}

class DictionaryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const FieldId field : {kBodyExact, kBodyPair}) {
      for (const char* key : {"b", "a", "ab", "c"}) db_.Put(kTermsFamily, SegmentKey(3, TermOf(field, key)), Record(9));
    }
    db_.Put(kTermsFamily, SegmentKey(4, TermOf(kBodyExact, "z")), Record(1));
  }
  ShardDatabase db_;
};

TEST_F(DictionaryTest, FindsTermsHeldAndRead) {
  const auto dictionary = Dictionary::Open(db_.get(), 3);
  ASSERT_THAT(dictionary, IsOk());
  EXPECT_GT((*dictionary)->bytes(), 0u);
  kv::PinnedValue holder;
  for (const FieldId field : {kBodyExact, kBodyPair}) {
    for (const char* key : {"a", "ab", "b", "c"}) {
      EXPECT_EQ((*dictionary)->Find(TermOf(field, key), holder)->value(), Record(9)) << key;
    }
    for (const char* key : {"", "aa", "d", "z"}) {
      EXPECT_FALSE((*dictionary)->Find(TermOf(field, key), holder)->has_value()) << key;
    }
  }
}

TEST_F(DictionaryTest, ADamagedRecordIsFoundWhenItOpens) {
  db_.Put(kTermsFamily, SegmentKey(3, TermOf(kBodyExact, "ab")), "hỏng");
  EXPECT_THAT(Dictionary::Open(db_.get(), 3), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("segment 3, term")));
}

}  // namespace
}  // namespace tintinh::indexer
