#include "services/indexer/postings/posting_list_writer.h"

#include <vector>

#include "absl/strings/escaping.h"
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

struct Chunks {
  std::vector<std::string> postings;
  std::vector<std::string> positions;

  PostingListWriter::ChunkSink Sink() {
    return [this](uint32_t chunk, absl::string_view posting_bytes, absl::string_view position_bytes) {
      EXPECT_EQ(chunk, postings.size());
      postings.emplace_back(posting_bytes);
      positions.emplace_back(position_bytes);
      return absl::OkStatus();
    };
  }
};

// Document i * 3 with i % 3 + 1 occurrences.
void AddMany(PostingListWriter& writer, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    const std::vector<uint32_t> positions = {1, 5, 1'000};
    const uint32_t freq = i % 3 + 1;
    const Posting posting{
        .doc = i * 3, .freq = freq, .norm = 40, .positions = absl::MakeConstSpan(positions).subspan(0, freq)};
    ASSERT_THAT(writer.Add(posting), IsOk());
  }
}

TEST(PostingListWriter, UpTo128PostingsStayInTheRecord) {
  Chunks chunks;
  PostingListWriter writer(3, Positions::kStored, chunks.Sink());
  AddMany(writer, 128);
  const auto value = writer.Finish();
  ASSERT_THAT(value, IsOk());
  EXPECT_FALSE(writer.used_chunks());
  const auto record = DecodeTermRecord(*value);
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->statistics.document_frequency, 128u);
  EXPECT_EQ(record->statistics.max_freq, 3u);
  PostingCursor cursor(
      std::make_unique<ShortListSource<ByteReader>>(ByteReader(record->inline_list), Positions::kStored, 128, 1'000),
      record->statistics);
  EXPECT_EQ(cursor.Seek(100), 102u);
  EXPECT_EQ(cursor.freq(), 2u);
  EXPECT_THAT(cursor.Positions(), ElementsAre(1, 5));
}

TEST(PostingListWriter, LongerListsAreCutIntoChunksOf16384) {
  Chunks chunks;
  PostingListWriter writer(3, Positions::kStored, chunks.Sink());
  AddMany(writer, 40'000);
  const auto value = writer.Finish();
  ASSERT_THAT(value, IsOk());
  EXPECT_TRUE(writer.used_chunks());
  const auto record = DecodeTermRecord(*value);
  ASSERT_THAT(record, IsOk());
  EXPECT_EQ(record->term_id, 3u);
  ASSERT_EQ(record->chunks.size(), 3u);
  ASSERT_EQ(chunks.postings.size(), 3u);
  EXPECT_EQ(record->chunks[0].last_doc, (16'384 - 1) * 3u);
  EXPECT_EQ(record->chunks[2].last_doc, (40'000 - 1) * 3u);
  const auto last = ChunkReader::Parse(chunks.postings[2], 120'000);
  ASSERT_THAT(last, IsOk());
  PostingBlock block;
  ASSERT_THAT(last->Decode(last->block_count() - 1, block), IsOk());
  EXPECT_EQ(block.docs[block.size - 1], 119'997u);
  const auto positions = PositionChunkReader::Parse(chunks.positions[2]);
  ASSERT_THAT(positions, IsOk());
  PositionBlock decoded;
  EXPECT_THAT(positions->Decode(last->block_count() - 1, block, decoded), IsOk());
}

TEST(PostingListWriter, AFieldWithoutPositionsHasNoPositionChunks) {
  Chunks chunks;
  PostingListWriter writer(3, Positions::kAbsent, chunks.Sink());
  for (uint32_t doc = 0; doc < 200; ++doc) {
    ASSERT_THAT(writer.Add({.doc = doc, .freq = 1, .norm = 1, .positions = {}}), IsOk());
  }
  ASSERT_THAT(writer.Finish(), IsOk());
  EXPECT_THAT(chunks.positions, ElementsAre(""));
}

TEST(PostingListWriter, AFailingSinkFailsTheList) {
  PostingListWriter writer(3, Positions::kAbsent, [](uint32_t, absl::string_view, absl::string_view) {
    return absl::ResourceExhaustedError("no space");
  });
  for (uint32_t doc = 0; doc < 200; ++doc) {
    ASSERT_THAT(writer.Add({.doc = doc, .freq = 1, .norm = 1, .positions = {}}), IsOk());
  }
  EXPECT_THAT(writer.Finish(), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("no space")));
}

}  // namespace
}  // namespace tintinh::indexer
