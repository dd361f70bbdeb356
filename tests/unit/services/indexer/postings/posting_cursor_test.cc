#include "services/indexer/postings/posting_cursor.h"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/short_list_source.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/indexer/postings/posting_blocks.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

using Docs = std::vector<uint32_t>;

// Posting i of a list of `docs` has freq 1 + i % 7 in its block and that many positions from its document on.
uint32_t FreqAt(size_t i) { return 1 + static_cast<uint32_t>(i % kBlockSize % 7); }

Docs PositionsAt(uint32_t doc, uint32_t freq) {
  return DocsBy(freq, [doc](uint32_t i) { return doc + 2 * i; });
}

// One chunk in memory.
class OneChunk final : public BlockSource {
 public:
  explicit OneChunk(const Docs& docs) {
    ChunkWriter writer;
    PositionChunkWriter positions;
    for (size_t i = 0; i < docs.size(); i += kBlockSize) {
      const Docs part(docs.begin() + static_cast<ptrdiff_t>(i),
                      docs.begin() + static_cast<ptrdiff_t>(std::min<size_t>(i + kBlockSize, docs.size())));
      writer.AddBlock(BlockOf(part), static_cast<uint16_t>(1 + i / kBlockSize));
      Docs gaps;
      for (size_t j = 0; j < part.size(); ++j) {
        gaps.push_back(part[j]);
        gaps.resize(gaps.size() + FreqAt(j) - 1, 2);
      }
      positions.AddBlock(gaps);
    }
    value_ = writer.Finish();
    positions_value_ = positions.Finish();
    EXPECT_THAT(ChunkReader::Check(value_, kNoMoreDocs), IsOk());
    EXPECT_THAT(PositionChunkReader::Check(positions_value_), IsOk());
    chunk_ = ChunkReader(value_);
  }

  void ReplacePositions(std::string value) { positions_value_ = std::move(value); }

  bool NextBlock(uint32_t target, SourceBlock& block) override {
    if (!status_.ok()) return false;
    block_ = chunk_.FindBlock(block_, target);
    if (block_ == chunk_.block_count()) return false;
    block = {.encoded = chunk_.Block(block_)};
    return true;
  }
  uint32_t MaxImpact(uint32_t begin, uint32_t end) override { return begin < end ? 77 : 0; }
  bool Positions(EncodedPositions& positions) override {
    positions = PositionChunkReader(positions_value_).Block(block_);
    return true;
  }
  void Rewind() override { block_ = 0; }
  void Fail(absl::string_view what) override { status_ = absl::DataLossError(std::string(what)); }
  absl::Status status() const override { return status_; }

 private:
  std::string value_, positions_value_;
  ChunkReader chunk_;
  uint32_t block_ = 0;
  absl::Status status_;
};

// The same as a short list: `bytes` must outlive the source.
std::unique_ptr<BlockSource> ShortList(const Docs& docs, std::string& bytes, uint32_t limit = kNoMoreDocs) {
  uint32_t previous = kBeforeFirstDoc;
  for (size_t i = 0; i < docs.size(); ++i) {
    const Docs positions = PositionsAt(docs[i], FreqAt(i));
    AppendShortPosting({.doc = docs[i], .freq = FreqAt(i), .norm = 1, .positions = positions}, previous, bytes);
    previous = docs[i];
  }
  return std::make_unique<ShortListSource<ByteReader>>(ByteReader(bytes), Positions::kStored,
                                                       static_cast<uint32_t>(docs.size()), limit);
}

// Dense stretches and sparse ones, and a last block that is not full.
Docs MixedDocs() {
  Docs docs;
  std::mt19937 random(1);
  uint32_t doc = 0;
  for (int stretch = 0; stretch < 30; ++stretch) {
    const auto stride = static_cast<uint32_t>(stretch % 3 == 0 ? 300 : stretch % 3);
    for (int i = 0; i < 50; ++i)
      docs.push_back(doc += 1 + (stride == 0 ? 0 : static_cast<uint32_t>(random() % stride)));
  }
  return docs;
}

// Whatever holds the list, cursors behave the same.
class CursorTest : public ::testing::TestWithParam<bool> {
 protected:
  std::unique_ptr<PostingCursor> Cursor() {
    bytes_.clear();
    std::unique_ptr<BlockSource> source =
        GetParam() ? std::unique_ptr<BlockSource>(std::make_unique<OneChunk>(docs_)) : ShortList(docs_, bytes_);
    return std::make_unique<PostingCursor>(std::move(source), TermStatistics());
  }

  // The place of the first document >= target.
  size_t PlaceOf(uint32_t target) const {
    return static_cast<size_t>(std::lower_bound(docs_.begin(), docs_.end(), target) - docs_.begin());
  }

  void ExpectAt(PostingCursor& cursor, uint32_t target, bool look) {
    const size_t place = PlaceOf(target);
    if (place == docs_.size()) {
      ASSERT_EQ(cursor.Seek(target), kNoMoreDocs);
      ASSERT_EQ(cursor.doc(), kNoMoreDocs);
      return;
    }
    ASSERT_EQ(cursor.Seek(target), docs_[place]) << target;
    ASSERT_EQ(cursor.doc(), docs_[place]);
    if (!look) return;
    ASSERT_EQ(cursor.freq(), FreqAt(place));
    ASSERT_THAT(cursor.PositionsOfDoc(), ::testing::ElementsAreArray(PositionsAt(docs_[place], FreqAt(place))));
  }

  const Docs docs_ = MixedDocs();
  std::string bytes_;
};

TEST_P(CursorTest, FindsManyAtOnceAndCanBeAskedOn) {
  for (uint32_t stride = 1; stride < 400; stride = stride * 2 + 1) {
    const std::unique_ptr<PostingCursor> cursor = Cursor();
    std::mt19937 random(stride);
    for (uint32_t begin = 0; begin <= docs_.back();) {
      Docs asked;
      for (; asked.size() < random() % (kBlockSize + 1); begin += 1 + static_cast<uint32_t>(random() % stride)) {
        asked.push_back(begin);
      }
      PostingCursor::Found found;
      cursor->FindAll(asked, found);
      size_t at = 0;
      for (uint32_t i = 0; i < asked.size(); ++i) {
        const size_t place = PlaceOf(asked[i]);
        if (place == docs_.size() || docs_[place] != asked[i]) continue;
        ASSERT_LT(at, found.count);
        ASSERT_EQ(found.places[at], i);
        ASSERT_EQ(found.freqs[at++], FreqAt(place));
      }
      ASSERT_EQ(found.count, at);
      if (random() % 4 == 0) ExpectAt(*cursor, begin, true);
    }
  }
}

TEST_P(CursorTest, VisitsEveryDocumentOnce) {
  const auto cursor = Cursor();
  size_t i = 0;
  for (uint32_t doc = cursor->Seek(0); doc != kNoMoreDocs; doc = cursor->Seek(doc + 1), ++i) {
    ASSERT_NO_FATAL_FAILURE(ExpectAt(*cursor, docs_[i], true));
  }
  EXPECT_EQ(i, docs_.size());
  EXPECT_EQ(cursor->Seek(kNoMoreDocs), kNoMoreDocs);
  EXPECT_THAT(cursor->status(), IsOk());
}

TEST_P(CursorTest, AnyWayForwardFindsTheSame) {
  std::mt19937 random(2);
  const auto cursor = Cursor();
  for (int round = 0; round < 60; ++round) {
    const uint32_t stride = uint32_t{1} << (random() % 10);
    for (uint32_t target = 0; target <= docs_.back() + 1; target += 1 + static_cast<uint32_t>(random() % stride)) {
      if (random() % 4 == 0) {
        const size_t place = PlaceOf(target);
        ASSERT_EQ(cursor->SeekBlock(target), place < docs_.size());
        if (place == docs_.size()) break;
        ASSERT_LE(cursor->block_first(), docs_[place]);
        ASSERT_GE(cursor->block_last(), docs_[place]);
      }
      if (random() % 8 == 0 && PlaceOf(target) < docs_.size()) {
        ASSERT_TRUE(cursor->SeekBlock(target));
        ASSERT_EQ(cursor->BlockDocs().back(), cursor->block_last());
      }
      ASSERT_NO_FATAL_FAILURE(ExpectAt(*cursor, target, random() % 2 == 0));
    }
    cursor->Rewind();
  }
}

TEST_P(CursorTest, NeverMovesBack) {
  const auto cursor = Cursor();
  const uint32_t far = docs_[700];
  EXPECT_EQ(cursor->Seek(far), far);
  EXPECT_EQ(cursor->Seek(0), far);
  EXPECT_TRUE(cursor->SeekBlock(0));
  EXPECT_GE(cursor->block_last(), far);
  EXPECT_EQ(cursor->Seek(3), far);
}

TEST_P(CursorTest, BlocksComeWhole) {
  const auto cursor = Cursor();
  size_t begin = 0;
  for (uint32_t target = 0; cursor->SeekBlock(target); target = cursor->block_last() + 1) {
    const absl::Span<const uint32_t> docs = cursor->BlockDocs();
    ASSERT_EQ(docs.size(), std::min<size_t>(kBlockSize, docs_.size() - begin));
    ASSERT_TRUE(std::equal(docs.begin(), docs.end(), docs_.begin() + static_cast<ptrdiff_t>(begin)));
    for (size_t i = 0; i < docs.size(); ++i) ASSERT_EQ(cursor->BlockFreqs()[i], FreqAt(i));
    ASSERT_EQ(cursor->block_first(), begin == 0 ? 0 : docs_[begin - 1] + 1);
    begin += docs.size();
  }
  EXPECT_EQ(begin, docs_.size());
}

TEST_P(CursorTest, FillBitsSetsTheDocumentsOfEachWindow) {
  for (const uint32_t window : {64u, 128u, 1'000u, 100'000u}) {
    const auto cursor = Cursor();
    for (uint32_t begin = 0; begin < docs_.back() + 200; begin += window) {
      const size_t words = (window + 63) / 64;
      std::vector<uint64_t> bits(words, 0);
      std::vector<uint64_t> expected(words, 0);
      for (size_t i = PlaceOf(begin); i < docs_.size() && docs_[i] < begin + window; ++i) {
        expected[(docs_[i] - begin) / 64] |= uint64_t{1} << (docs_[i] - begin) % 64;
      }
      cursor->FillBits(begin, begin + window, bits.data());
      ASSERT_EQ(bits, expected) << begin << ", " << window;
      if (begin % 3 != 0) continue;
      ASSERT_NO_FATAL_FAILURE(ExpectAt(*cursor, begin + window, true));
    }
  }
}

TEST_P(CursorTest, AnEmptyWindowHasNoBits) {
  const auto cursor = Cursor();
  cursor->FillBits(5, 5, nullptr);
  EXPECT_EQ(cursor->Seek(0), docs_.front());
}

TEST_P(CursorTest, RewindGoesBackToTheFirstDocumentAlsoFromTheEnd) {
  const auto cursor = Cursor();
  for (const uint32_t target : {0u, 3u, docs_[500], kNoMoreDocs}) {
    cursor->Seek(target);
    cursor->Rewind();
    ASSERT_NO_FATAL_FAILURE(ExpectAt(*cursor, 0, true));
  }
}

INSTANTIATE_TEST_SUITE_P(PlainAndEncoded, CursorTest, ::testing::Bool());

TEST(PostingCursor, ImpactsAreTheSourcesOrUnknown) {
  PostingCursor encoded(std::make_unique<OneChunk>(Docs{1, 2, 3}), {});
  EXPECT_EQ(encoded.MaxImpact(0, 9), 77u);
  std::string bytes;
  PostingCursor plain(ShortList({1, 2, 3}, bytes), {});
  EXPECT_EQ(plain.MaxImpact(0, 9), BlockSource::kUnknownImpact);
}

TEST(PostingCursor, CarriesStatisticsAndChampions) {
  PostingCursor cursor(std::make_unique<OneChunk>(Docs{1, 2, 3}), {.document_frequency = 3});
  EXPECT_TRUE(cursor.champions().empty());
  cursor.set_champions({{.doc = 2, .freq = 2}});
  EXPECT_EQ(cursor.champions()[0].doc, 2u);
  EXPECT_EQ(cursor.statistics().document_frequency, 3u);
}

TEST(PostingCursor, PositionsOfAnotherListAreDataLoss) {
  auto source = std::make_unique<OneChunk>(Docs{1, 2, 3});
  PositionChunkWriter other;
  other.AddBlock({1, 2, 3, 4});
  source->ReplacePositions(other.Finish());
  PostingCursor cursor(std::move(source), {});
  EXPECT_EQ(cursor.Seek(2), 2u);
  EXPECT_TRUE(cursor.PositionsOfDoc().empty());
  EXPECT_THAT(cursor.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("as many positions")));
}

TEST(PostingCursor, SeesNoDocumentAtOrPastTheLimit) {
  std::string bytes;
  PostingCursor cursor(ShortList({10, 20, 30, 40}, bytes, 31), {});
  EXPECT_EQ(cursor.Seek(30), 30u);
  EXPECT_EQ(cursor.Seek(31), kNoMoreDocs);
  EXPECT_THAT(cursor.status(), IsOk());
}

TEST(PostingCursor, AListThatEndsEarlyIsDataLossAndTheEnd) {
  std::string bytes;
  ShortList({10, 20, 30, 40}, bytes);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    PostingCursor cursor(std::make_unique<ShortListSource<ByteReader>>(ByteReader(cut), Positions::kStored, 4, 100),
                         {});
    EXPECT_EQ(cursor.Seek(0), kNoMoreDocs);
    EXPECT_FALSE(cursor.SeekBlock(0));
    EXPECT_THAT(cursor.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("short posting list")));
  }
}

}  // namespace
}  // namespace tintinh::indexer
