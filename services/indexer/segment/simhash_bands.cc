#include "services/indexer/segment/simhash_bands.h"

#include <algorithm>
#include <bit>

namespace tintinh::indexer {
namespace {

// Some eight documents a bucket: few to look at, and few bytes for the buckets themselves.
constexpr uint32_t kBucketDocumentsLog2 = 3;

uint32_t DistanceOf(uint64_t a, uint64_t b) { return static_cast<uint32_t>(std::popcount(a ^ b)); }

constexpr uint32_t kMaxForEqualBand = 3;

// Whether 16 of the bits that two simhashes differ in, as a band has them, are all zero. Counting bits takes a call on
// machines without an instruction for it; this takes three operations, and leaves one in sixteen thousand to count.
bool AgreesInABand(uint64_t difference) {
  constexpr uint64_t kLowest = 0x0001'0001'0001'0001;
  constexpr uint64_t kHighest = 0x8000'8000'8000'8000;
  return ((difference - kLowest) & ~difference & kHighest) != 0;
}

uint32_t BucketBitsFor(size_t documents, uint32_t most) {
  const uint32_t bits = static_cast<uint32_t>(std::bit_width(documents));
  return std::clamp(bits, kBucketDocumentsLog2, most + kBucketDocumentsLog2) - kBucketDocumentsLog2;
}

}  // namespace

SimhashBands::SimhashBands(absl::Span<const uint64_t> simhashes)
    : simhashes_(simhashes), bucket_bits_(BucketBitsFor(simhashes.size(), kBandBits)) {
  for (size_t band = 0; band < kBands; ++band) Fill(band);
}

void SimhashBands::Fill(size_t band) {
  std::vector<uint32_t>& starts = bands_[band].starts;
  starts.resize((size_t{1} << bucket_bits_) + 1);
  for (const uint64_t simhash : simhashes_) {
    if (simhash != 0) ++starts[BucketOf(simhash, band)];
  }
  // Ends first; filling from behind turns them into starts.
  for (size_t bucket = 1; bucket < starts.size(); ++bucket) starts[bucket] += starts[bucket - 1];
  std::vector<uint32_t>& ordinals = bands_[band].ordinals;
  ordinals.resize(starts.back());
  for (size_t ordinal = simhashes_.size(); ordinal-- > 0;) {
    const uint64_t simhash = simhashes_[ordinal];
    if (simhash != 0) ordinals[--starts[BucketOf(simhash, band)]] = static_cast<uint32_t>(ordinal);
  }
}

size_t SimhashBands::bytes() const {
  size_t bytes = 0;
  for (const Band& band : bands_) bytes += (band.starts.capacity() + band.ordinals.capacity()) * sizeof(uint32_t);
  return bytes;
}

void SimhashBands::VisitBucket(size_t band, uint32_t bucket, uint64_t simhash, uint32_t max_distance,
                               NearVisitor visit) const {
  const uint32_t flips = max_distance / kBands;
  const auto met_before = [&](uint64_t other) {
    for (size_t earlier = 0; earlier < band; ++earlier) {
      if (DistanceOf(BucketOf(other, earlier), BucketOf(simhash, earlier)) <= flips) return true;
    }
    return false;
  };
  for (uint32_t at = bands_[band].starts[bucket]; at < bands_[band].starts[bucket + 1]; ++at) {
    const uint32_t ordinal = bands_[band].ordinals[at];
    const uint32_t distance = DistanceOf(simhashes_[ordinal], simhash);
    if (distance <= max_distance && !met_before(simhashes_[ordinal])) visit(ordinal, distance);
  }
}

void SimhashBands::ForEachNear(uint64_t simhash, uint32_t max_distance, NearVisitor visit) const {
  for (size_t band = 0; band < kBands; ++band) {
    const uint32_t bucket = BucketOf(simhash, band);
    VisitBucket(band, bucket, simhash, max_distance, visit);
    if (max_distance < kBands) continue;
    for (uint32_t bit = 0; bit < bucket_bits_; ++bit) {
      VisitBucket(band, bucket ^ (1u << bit), simhash, max_distance, visit);
    }
  }
}

void ForEachNear(const ColumnArrays& columns, uint32_t documents, uint64_t simhash, uint32_t max_distance,
                 NearVisitor visit) {
  if (columns.simhash_bands != nullptr && max_distance <= SimhashBands::kMaxDistance) {
    columns.simhash_bands->ForEachNear(simhash, max_distance, visit);
    return;
  }
  const bool within_bands = max_distance <= kMaxForEqualBand;
  for (uint32_t doc = 0; doc < documents; ++doc) {
    const uint64_t other = columns.simhashes[doc];
    if (within_bands && !AgreesInABand(other ^ simhash)) continue;
    const uint32_t distance = DistanceOf(other, simhash);
    if (distance <= max_distance && other != 0) visit(doc, distance);
  }
}

}  // namespace tintinh::indexer
