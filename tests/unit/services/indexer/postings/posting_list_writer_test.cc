#include "services/indexer/postings/posting_list_writer.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/short_list_source.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

constexpr uint32_t kPerChunk = kBlocksPerChunk * kBlockSize;

class PostingListWriterTest : public ::testing::Test {
 protected:
  // Document i * 3 with i % 3 + 1 occurrences.
  void AddMany(uint32_t count) {
    for (uint32_t i = 0; i < count; ++i) {
      const std::vector<uint32_t> positions = {1, 5, 1'000};
      const uint32_t freq = i % 3 + 1;
      const Posting posting{
          .doc = i * 3, .freq = freq, .norm = 40, .positions = absl::MakeConstSpan(positions).subspan(0, freq)};
      ASSERT_THAT(writer_.Add(posting), IsOk());
    }
  }

  TermRecord Finished() {
    auto value = writer_.Finish();
    EXPECT_THAT(value, IsOk());
    record_value_ = *std::move(value);
    const auto record = DecodeTermRecord(record_value_);
    EXPECT_THAT(record, IsOk());
    return *record;
  }

  const LengthPenalties penalties_ = LengthPenaltiesAt(50);
  std::vector<std::string> postings_, positions_;
  std::string record_value_;
  PostingListWriter writer_{[this](absl::string_view postings, absl::string_view positions) {
    postings_.emplace_back(postings);
    positions_.emplace_back(positions);
    return absl::OkStatus();
  }};
};

TEST_F(PostingListWriterTest, UpTo128PostingsStayInTheRecord) {
  writer_.Start(Positions::kStored, penalties_, 3);
  AddMany(128);
  const TermRecord record = Finished();
  EXPECT_EQ(writer_.chunk_count(), 0u);
  EXPECT_TRUE(postings_.empty());
  EXPECT_EQ(record.statistics.document_frequency, 128u);
  EXPECT_TRUE(record.champions.empty());
  PostingCursor cursor(
      std::make_unique<ShortListSource<ByteReader>>(ByteReader(record.inline_list), Positions::kStored, 128, 1'000),
      record.statistics);
  EXPECT_EQ(cursor.Seek(100), 102u);
  EXPECT_EQ(cursor.freq(), 2u);
  EXPECT_THAT(cursor.PositionsOfDoc(), ElementsAre(1, 5));
}

TEST_F(PostingListWriterTest, LongerListsAreCutIntoChunks) {
  writer_.Start(Positions::kStored, penalties_, 3);
  AddMany(2 * kPerChunk + 1'000);
  const TermRecord record = Finished();
  EXPECT_EQ(record.first_chunk, 3u);
  EXPECT_EQ(writer_.chunk_count(), 3u);
  ASSERT_EQ(record.chunks.size(), 3u);
  ASSERT_EQ(postings_.size(), 3u);
  EXPECT_EQ(record.chunks[0].last_doc, (kPerChunk - 1) * 3);
  EXPECT_EQ(record.chunks[2].last_doc, (2 * kPerChunk + 999) * 3);
  for (size_t i = 0; i < 3; ++i) {
    ASSERT_THAT(ChunkReader::Check(postings_[i], kNoMoreDocs), IsOk());
    ASSERT_THAT(PositionChunkReader::Check(positions_[i]), IsOk());
    const ChunkReader chunk(postings_[i]);
    EXPECT_EQ(chunk.LastDoc(chunk.block_count() - 1), record.chunks[i].last_doc);
    EXPECT_EQ(chunk.block_count(), PositionChunkReader(positions_[i]).block_count());
    for (uint32_t block = 0; block < chunk.block_count(); ++block) {
      ASSERT_LE(chunk.Impact(block), record.chunks[i].impact);
    }
  }
  // 1,000 postings of 1, 2 and 3 occurrences in the last chunk, 104 in its last block.
  EXPECT_EQ(ChunkReader(postings_[2]).Block(7).size, 1'000u - 7 * kBlockSize);
}

TEST_F(PostingListWriterTest, AListThatFillsItsChunksHasNoEmptyOneBehind) {
  writer_.Start(Positions::kAbsent, penalties_, 0);
  for (uint32_t doc = 0; doc < kPerChunk; ++doc)
    ASSERT_THAT(writer_.Add({.doc = doc, .freq = 1, .norm = 1, .positions = {}}), IsOk());
  EXPECT_EQ(Finished().chunks.size(), 1u);
  EXPECT_EQ(ChunkReader(postings_[0]).block_count(), kBlocksPerChunk);
}

TEST_F(PostingListWriterTest, AListDoesNotDependOnTheOnesBefore) {
  writer_.Start(Positions::kStored, penalties_, 0);
  AddMany(300);
  Finished();
  const std::string first = record_value_;
  writer_.Start(Positions::kStored, penalties_, 0);
  AddMany(5);
  EXPECT_EQ(Finished().statistics.document_frequency, 5u);
  writer_.Start(Positions::kStored, penalties_, 0);
  AddMany(300);
  Finished();
  EXPECT_EQ(record_value_, first);
  EXPECT_EQ(postings_[0], postings_[1]);
  EXPECT_EQ(positions_[0], positions_[1]);
}

TEST_F(PostingListWriterTest, ImpactsBoundAndChampionsLead) {
  std::mt19937 random(1);
  std::vector<Posting> added;
  writer_.Start(Positions::kAbsent, penalties_, 0);
  for (uint32_t doc = 0; added.size() < 5'000; doc += 1 + static_cast<uint32_t>(random() % 9)) {
    added.push_back({.doc = doc,
                     .freq = 1 + static_cast<uint32_t>(random() % (1u << (random() % 8))),
                     .norm = static_cast<uint8_t>(1 + random() % 90),
                     .positions = {}});
    ASSERT_THAT(writer_.Add(added.back()), IsOk());
  }
  const TermRecord record = Finished();
  const ChunkReader chunk(postings_[0]);
  std::vector<float> impacts;
  const auto impact_of = [this](const Posting& posting) { return ImpactOf(posting.freq, penalties_[posting.norm]); };
  for (size_t i = 0; i < added.size(); ++i) {
    impacts.push_back(impact_of(added[i]));
    ASSERT_GE(chunk.Impact(static_cast<uint32_t>(i / kBlockSize)), RoundedUpImpact(impacts.back()));
  }
  std::sort(impacts.begin(), impacts.end(), std::greater<>());
  EXPECT_EQ(record.chunks[0].impact, RoundedUpImpact(impacts[0]));
  ASSERT_EQ(record.champions.size(), kMaxChampions);
  std::vector<float> champions;
  for (const ChampionPosting& champion : record.champions) {
    const auto posting =
        std::find_if(added.begin(), added.end(), [&](const Posting& p) { return p.doc == champion.doc; });
    ASSERT_NE(posting, added.end());
    EXPECT_EQ(posting->freq, champion.freq);
    champions.push_back(impact_of(*posting));
  }
  std::sort(champions.begin(), champions.end(), std::greater<>());
  impacts.resize(kMaxChampions);
  EXPECT_EQ(champions, impacts);
}

TEST_F(PostingListWriterTest, AFieldWithoutPositionsHasNoPositionChunks) {
  writer_.Start(Positions::kAbsent, penalties_, 0);
  for (uint32_t doc = 0; doc < 200; ++doc) {
    ASSERT_THAT(writer_.Add({.doc = doc, .freq = 1, .norm = 1, .positions = {}}), IsOk());
  }
  Finished();
  EXPECT_THAT(positions_, ElementsAre(""));
}

TEST(PostingListWriter, AFailingSinkFailsTheList) {
  const LengthPenalties penalties = LengthPenaltiesAt(50);
  PostingListWriter writer(
      [](absl::string_view, absl::string_view) { return absl::ResourceExhaustedError("no space"); });
  writer.Start(Positions::kAbsent, penalties, 0);
  for (uint32_t doc = 0; doc < 200; ++doc) {
    ASSERT_THAT(writer.Add({.doc = doc, .freq = 1, .norm = 1, .positions = {}}), IsOk());
  }
  EXPECT_THAT(writer.Finish(), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("no space")));
}

}  // namespace
}  // namespace tintinh::indexer
