#include "services/indexer/postings/posting_cursor.h"

#include <algorithm>

#include "services/indexer/postings/kernels.h"

namespace tintinh::indexer {
namespace {

// Looking single values up in an encoded block pays off for this many of them.
constexpr uint32_t kLookupsBeforeDecoding = 8;

constexpr size_t kFewFreqs = 2;  // likewise of freqs that are looked up together

// The first index in [begin, end) whose value is >= target, end if none: without branches that are hard to predict.
uint32_t LowerBound(const uint32_t* values, uint32_t begin, uint32_t end, uint32_t target) {
  uint32_t count = end - begin;
  while (count > 0) {
    const uint32_t half = count / 2;
    const bool right = values[begin + half] < target;
    begin = right ? begin + half + 1 : begin;
    count = right ? count - half - 1 : half;
  }
  return begin;
}

}  // namespace

PostingCursor::PostingCursor(std::unique_ptr<BlockSource> source, const TermStatistics& statistics)
    : source_(std::move(source)), statistics_(statistics) {}

bool PostingCursor::SeekBlock(uint32_t target) {
  if (at_end_) return false;
  if (has_block_ && block_.encoded.last_doc >= target) return true;
  if (!source_->NextBlock(target, block_)) {
    End();
    return false;
  }
  Enter();
  return true;
}

void PostingCursor::Enter() {
  has_block_ = true;
  doc_is_known_ = false;
  index_ = 0;
  lookups_ = 0;
  starts_known_ = false;
  const PostingBlock* const plain = block_.plain;
  docs_ = plain == nullptr ? nullptr : plain->docs.data();
  freqs_ = plain == nullptr ? nullptr : plain->freqs.data();
}

void PostingCursor::End() {
  at_end_ = true;
  doc_is_known_ = true;
  doc_ = kNoMoreDocs;
}

void PostingCursor::Rewind() {
  source_->Rewind();
  has_block_ = false;
  at_end_ = false;
  doc_is_known_ = false;
  doc_ = 0;
}

uint32_t PostingCursor::SeekFar(uint32_t target) {
  if (!SeekBlock(target)) return kNoMoreDocs;
  doc_ = SeekInBlock(target);
  doc_is_known_ = true;
  return doc_;
}

uint32_t PostingCursor::SeekInBlock(uint32_t target) {
  if (docs_ == nullptr && lookups_ < kLookupsBeforeDecoding && IsBitset(block_.encoded)) {
    ++lookups_;
    const BlockPlace place = FindInBitset(block_.encoded, std::max(target, block_first()));
    index_ = place.index;
    return place.doc;
  }
  const absl::Span<const uint32_t> docs = BlockDocs();
  if (docs[index_] < target) {
    const bool next = index_ + 1 < docs.size() && docs[index_ + 1] >= target;
    index_ = next ? index_ + 1 : LowerBound(docs.data(), index_ + 1, static_cast<uint32_t>(docs.size()), target);
  }
  return docs[index_];
}

void PostingCursor::FindAll(absl::Span<const uint32_t> docs, Found& found) {
  found.count = 0;
  for (uint32_t begin = 0; begin < docs.size() && SeekBlock(docs[begin]);) {
    uint32_t end = begin + 1;
    while (end < docs.size() && docs[end] <= block_last()) ++end;
    FindInBlock(docs.subspan(begin, end - begin), begin, found);
    begin = end;
  }
}

// Appends to `found`; of the block, `places` are indexes first.
void PostingCursor::FindInBlock(absl::Span<const uint32_t> docs, uint32_t first_place, Found& found) {
  uint32_t* const places = found.places.data() + found.count;
  uint32_t* const indexes = found.freqs.data() + found.count;
  size_t count = 0;
  if (block_.plain == nullptr && IsBitset(block_.encoded)) {
    count = FindAllInBitset(block_.encoded, docs, places, indexes);
  } else {
    const absl::Span<const uint32_t> all = BlockDocs();
    if (all.size() == kBlockSize) {
      count = BestKernels().find_docs(all.data(), docs.data(), docs.size(), places, indexes);
    } else {
      uint32_t index = index_;
      for (uint32_t i = 0; i < docs.size(); ++i) {
        index = LowerBound(all.data(), index, static_cast<uint32_t>(all.size()), docs[i]);
        places[count] = i;
        indexes[count] = index;
        count += all[index] == docs[i] ? 1 : 0;
      }
    }
  }
  for (size_t i = 0; i < count; ++i) places[i] += first_place;
  if (freqs_ == nullptr && count <= kFewFreqs) {
    DecodeFreqsAt(block_.encoded, absl::MakeConstSpan(indexes, count), indexes);
  } else if (count > 0) {
    const uint32_t* const freqs = BlockFreqs().data();
    for (size_t i = 0; i < count; ++i) indexes[i] = freqs[indexes[i]];
  }
  found.count += count;
}

absl::Span<const uint32_t> PostingCursor::BlockDocs() {
  if (docs_ == nullptr) {
    DecodeDocs(block_.encoded, decoded_.docs.data());
    docs_ = decoded_.docs.data();
  }
  return absl::MakeConstSpan(docs_, block_.encoded.size);
}

absl::Span<const uint32_t> PostingCursor::BlockFreqs() {
  if (freqs_ == nullptr) {
    DecodeFreqs(block_.encoded, decoded_.freqs.data());
    freqs_ = decoded_.freqs.data();
  }
  return absl::MakeConstSpan(freqs_, block_.encoded.size);
}

uint32_t PostingCursor::freq() {
  if (freqs_ != nullptr) return freqs_[index_];
  if (lookups_ >= kLookupsBeforeDecoding) return BlockFreqs()[index_];
  ++lookups_;
  return DecodeFreq(block_.encoded, index_);
}

absl::Span<const uint32_t> PostingCursor::PositionsOfDoc() {
  if (block_.plain != nullptr) {
    const PositionBlock* const plain = block_.plain_positions;
    if (plain == nullptr) return {};
    const uint32_t start = plain->starts[index_];
    return absl::MakeConstSpan(plain->positions).subspan(start, plain->starts[index_ + 1] - start);
  }
  if (!starts_known_ && !LoadPositions()) return {};
  const uint32_t start = starts_[index_];
  const uint32_t count = starts_[index_ + 1] - start;
  positions_.resize(std::max<size_t>(positions_.size(), count));
  DecodePositions(encoded_positions_, start, count, positions_.data());
  return absl::MakeConstSpan(positions_.data(), count);
}

// False on failure, also when the two chunks do not belong together.
bool PostingCursor::LoadPositions() {
  const absl::Span<const uint32_t> freqs = BlockFreqs();
  if (!source_->Positions(encoded_positions_)) return false;
  starts_[0] = 0;
  for (size_t i = 0; i < freqs.size(); ++i) starts_[i + 1] = starts_[i] + freqs[i];
  if (starts_[freqs.size()] != encoded_positions_.count) {
    source_->Fail("as many positions as occurrences are needed");
    return false;
  }
  starts_known_ = true;
  return true;
}

void PostingCursor::FillBits(uint32_t begin, uint32_t end, uint64_t* bits) {
  for (uint32_t target = begin; target < end && SeekBlock(target); target = block_last() + 1) {
    if (block_first() >= end) return;
    if (docs_ == nullptr && IsBitset(block_.encoded)) {
      OrBitset(block_.encoded, begin, end, bits);
    } else {
      const absl::Span<const uint32_t> docs = BlockDocs();
      const uint32_t first = LowerBound(docs.data(), 0, static_cast<uint32_t>(docs.size()), begin);
      for (size_t i = first; i < docs.size() && docs[i] < end; ++i) {
        const uint32_t bit = docs[i] - begin;
        bits[bit / 64] |= uint64_t{1} << (bit % 64);
      }
    }
    if (block_last() >= end) return;
  }
}

}  // namespace tintinh::indexer
