// What the columns of a segment on disk cost to open and to keep, and how fast near duplicates and filters read them.
#include <malloc.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/types/span.h"
#include "benchmark/benchmark.h"
#include "services/indexer/search/column_filter.h"
#include "services/indexer/segment/column_codec.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/segment/segment_writer.h"
#include "services/indexer/segment/simhash_bands.h"
#include "services/indexer/shard/article_digest.h"
#include "tests/support/shard_database.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kArticles = 500'000;

std::string HexId(std::mt19937_64& random) { return absl::StrFormat("%016x%016x", random(), random()); }

// A tenth of the articles repeats one of the others; a third cites documents.
ColumnValues ArticleOf(uint32_t number, std::mt19937_64& random) {
  ColumnValues values;
  values.packed_id = PackId(HexId(random));
  values.packed_hash = PackId(HexId(random));
  values.published_us = 1'500'000'000'000'000 + static_cast<int64_t>(number) * 300'000'000;
  values.simhash = random();
  values.single = {absl::StrCat("bao", random() % 60),
                   absl::StrCat("Tỉnh ", random() % 63),
                   absl::StrCat("Tỉnh ", random() % 34),
                   absl::StrCat("Huyện ", random() % 700),
                   "vi",
                   random() % 10 == 0 ? HexId(random) : ""};
  values.lists[0] = {absl::StrCat("Mục ", random() % 30), absl::StrCat("Tiểu mục ", random() % 400)};
  for (uint64_t cited = random() % 3; cited == 2;) {
    values.lists[1].push_back(absl::StrCat(random() % 20'000, "/QĐ-UBND"));
    cited = random() % 3;
  }
  for (size_t field = 0; field < kFieldCount; ++field) {
    if (IsKnownField(static_cast<uint32_t>(field))) values.norms[field] = static_cast<uint8_t>(random() % 90);
  }
  return values;
}

const EncodedColumns& Encoded() {
  static const EncodedColumns& encoded =
      *[] {
        std::mt19937_64 random(1);
        ColumnStore columns(kArticles);
        for (uint32_t i = 0; i < kArticles; ++i) columns.Append(ArticleOf(i, random));
        return std::make_unique<EncodedColumns>(EncodeColumns(columns));
      }()
           .release();
  return encoded;
}

size_t AllocatedBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

void BM_Decode(benchmark::State& state) {
  size_t on_disk = 0;
  for (const auto& [number, value] : Encoded()) on_disk += value.size();
  size_t held = 0;
  for (auto _ : state) {
    const size_t before = AllocatedBytes();
    auto columns = DecodeColumns(Encoded(), kArticles);
    if (!columns.ok()) std::abort();
    held = AllocatedBytes() - before;
    state.PauseTiming();
    columns->reset();
    state.ResumeTiming();
  }
  state.counters["held_per_article"] = static_cast<double>(held) / kArticles;
  state.counters["disk_per_article"] = static_cast<double>(on_disk) / kArticles;
}
BENCHMARK(BM_Decode)->Unit(benchmark::kMillisecond)->Iterations(3);

const ColumnArrays& Columns() {
  static const ColumnTable& table = *DecodeColumns(Encoded(), kArticles)->release();
  return table.arrays();
}

// What two replicas compare, summed over all articles.
void BM_Digest(benchmark::State& state) {
  const ColumnArrays& columns = Columns();
  for (auto _ : state) {
    ArticleDigest digest;
    for (uint32_t doc = 0; doc < kArticles; ++doc) digest.Add(columns.packed_ids[doc], columns.packed_hashes[doc]);
    benchmark::DoNotOptimize(digest.value());
  }
}
BENCHMARK(BM_Digest)->Unit(benchmark::kMillisecond);

void Near(benchmark::State& state, const ColumnArrays& columns) {
  uint32_t found = 0;
  uint32_t asked = 0;
  for (auto _ : state) {
    asked = (asked + 7'919) % kArticles;
    ForEachNear(columns, kArticles, columns.simhashes[asked] ^ 0b101, SimhashBands::kMaxDistance,
                [&found](uint32_t, uint32_t) { ++found; });
  }
  state.counters["found"] = benchmark::Counter(found, benchmark::Counter::kAvgIterations);
}

void BM_NearByBands(benchmark::State& state) { Near(state, Columns()); }
BENCHMARK(BM_NearByBands)->Unit(benchmark::kMicrosecond);

void BM_NearByScan(benchmark::State& state) {
  ColumnArrays columns = Columns();
  columns.simhash_bands = nullptr;
  Near(state, columns);
}
BENCHMARK(BM_NearByScan)->Unit(benchmark::kMicrosecond);

// A segment on disk as large as one in memory can get.
struct OnDisk {
  OnDisk() {
    std::mt19937_64 random(1);
    const auto memory = std::make_shared<MemorySegment>();
    for (uint32_t i = 0; i < MemorySegment::kCapacity; ++i) {
      IndexedDocument document;
      document.columns = ArticleOf(i, random);
      memory->Add(document);
    }
    const SegmentView view{memory, nullptr, MemorySegment::kCapacity};
    const auto record = WriteSegment(db.get(), 1, absl::MakeConstSpan(&view, 1));
    if (!record.ok()) std::abort();
    segment = *DiskSegment::Open(db.get(), *record);
  }
  static OnDisk& Get() {
    static OnDisk& on_disk = *std::make_unique<OnDisk>().release();
    return on_disk;
  }
  testing::ShardDatabase db;
  std::shared_ptr<const DiskSegment> segment;
};

void BM_Open(benchmark::State& state) {
  OnDisk& on_disk = OnDisk::Get();
  for (auto _ : state) {
    if (!DiskSegment::Open(on_disk.db.get(), on_disk.segment->record()).ok()) std::abort();
  }
}
BENCHMARK(BM_Open)->Unit(benchmark::kMillisecond);

enum FilterKind { kSite, kThreeSites, kProvince, kMonth, kSection, kSiteAndMonth };

v1::Filter FilterOf(int64_t kind) {
  v1::Filter filter;
  if (kind == kSite || kind == kThreeSites || kind == kSiteAndMonth) filter.add_sites("bao7");
  if (kind == kThreeSites) filter.add_sites("bao8");
  if (kind == kThreeSites) filter.add_sites("bao9");
  if (kind == kProvince) filter.add_provinces("Tỉnh 7");
  if (kind == kSection) filter.add_sections("Mục 7");
  if (kind == kMonth || kind == kSiteAndMonth) filter.mutable_published_from()->set_seconds(1'505'000'000);
  if (kind == kMonth || kind == kSiteAndMonth) filter.mutable_published_before()->set_seconds(1'507'600'000);
  return filter;
}

template <typename Fill>
void Filter(benchmark::State& state, const Fill& fill) {
  const ColumnFilter filter(FilterOf(state.range(0)), *OnDisk::Get().segment);
  std::vector<uint64_t> bits(MemorySegment::kCapacity / 64);
  for (auto _ : state) {
    fill(filter, bits);
    benchmark::DoNotOptimize(bits.data());
    benchmark::ClobberMemory();
  }
  state.counters["per_document"] = benchmark::Counter(
      MemorySegment::kCapacity, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void BM_FilterByWindow(benchmark::State& state) {
  Filter(state, [](const ColumnFilter& filter, std::vector<uint64_t>& bits) {
    filter.FillWindow(0, MemorySegment::kCapacity, bits.data());
  });
}
BENCHMARK(BM_FilterByWindow)->DenseRange(kSite, kSiteAndMonth)->Unit(benchmark::kMicrosecond);

void BM_FilterByDocument(benchmark::State& state) {
  Filter(state, [](const ColumnFilter& filter, std::vector<uint64_t>& bits) {
    for (uint32_t doc = 0; doc < MemorySegment::kCapacity; doc += 64) {
      uint64_t word = 0;
      for (uint32_t i = 0; i < 64; ++i) word |= uint64_t{filter.Matches(doc + i)} << i;
      bits[doc / 64] = word;
    }
  });
}
BENCHMARK(BM_FilterByDocument)->DenseRange(kSite, kSiteAndMonth)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tintinh::indexer

BENCHMARK_MAIN();
