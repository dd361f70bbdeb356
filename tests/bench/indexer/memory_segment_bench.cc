// The segment in memory: documents a second, searching its lists, and the sort of its terms before a flush.
#include <cmath>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "common/text/little_endian.h"
#include "common/text/stable_hash.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/indexed_documents.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kDocuments = 5'000;
constexpr uint32_t kWords = 300;

// Words as frequent as those of a language: the n-th with 1/n; each with its pair.
IndexedDocument DocumentOfZipf(uint32_t number, std::mt19937_64& random) {
  std::uniform_real_distribution<double> exponent(0, std::log(200'000));
  IndexedDocument document = testing::DocumentOf(number, {});
  document.terms = DocumentTerms();
  uint64_t previous = 0;
  for (uint32_t position = 0; position < kWords; ++position) {
    const uint64_t word = static_cast<uint64_t>(std::exp(exponent(random)));
    document.terms.Add(testing::kBodyExact, absl::StrCat("w", word), position);
    std::string pair(sizeof(uint64_t), '\0');
    text::StoreLittleEndian64(text::HashTogether(previous, word), pair.data());
    document.terms.Add(testing::kBodyPair, pair, position);
    previous = word;
  }
  document.terms.Finish();
  document.columns.norms[testing::kBodyExact] = document.columns.norms[testing::kBodyPair] = 100;
  return document;
}

const std::vector<IndexedDocument>& Documents() {
  static const std::vector<IndexedDocument>& documents =
      *[] {
        std::mt19937_64 random(1);
        auto all = std::make_unique<std::vector<IndexedDocument>>();
        for (uint32_t i = 0; i < kDocuments; ++i) all->push_back(DocumentOfZipf(i, random));
        return all;
      }()
           .release();
  return documents;
}

const MemorySegment& Full() {
  static const MemorySegment& segment =
      *[] {
        auto full = std::make_unique<MemorySegment>();
        for (const IndexedDocument& document : Documents()) full->Add(document);
        return full;
      }()
           .release();
  return segment;
}

void BM_CollectTerms(benchmark::State& state) {
  std::mt19937_64 random(1);
  for (auto _ : state) benchmark::DoNotOptimize(DocumentOfZipf(1, random));
}
BENCHMARK(BM_CollectTerms)->Unit(benchmark::kMicrosecond);

void BM_AddDocuments(benchmark::State& state) {
  Documents();
  size_t bytes = 0;
  for (auto _ : state) {
    MemorySegment segment;
    for (const IndexedDocument& document : Documents()) segment.Add(document);
    bytes = segment.bytes();
  }
  state.SetItemsProcessed(state.iterations() * kDocuments);
  state.counters["bytes_a_document"] = static_cast<double>(bytes) / kDocuments;
}
BENCHMARK(BM_AddDocuments)->Unit(benchmark::kMillisecond);

void BM_OpenTerms(benchmark::State& state) {
  const MemorySegment& segment = Full();
  uint64_t word = 0;
  for (auto _ : state) {
    word = (word + 7'919) % 200'000;
    benchmark::DoNotOptimize(segment.OpenTerm(TermOf(testing::kBodyExact, absl::StrCat("w", word)), kDocuments));
  }
}
BENCHMARK(BM_OpenTerms);

// The list of the n-th most frequent word, with its positions or without.
void ReadList(benchmark::State& state, bool positions) {
  const MemorySegment& segment = Full();
  const std::string term = TermOf(testing::kBodyExact, absl::StrCat("w", state.range(0)));
  uint64_t postings = 0;
  for (auto _ : state) {
    const auto cursor = segment.OpenTerm(term, kDocuments);
    for (uint32_t doc = (*cursor)->Seek(0); doc != kNoMoreDocs; doc = (*cursor)->Seek(doc + 1)) {
      benchmark::DoNotOptimize((*cursor)->freq());
      if (positions) benchmark::DoNotOptimize((*cursor)->PositionsOfDoc().size());
      ++postings;
    }
  }
  state.SetItemsProcessed(static_cast<int64_t>(postings));
}
void BM_ReadList(benchmark::State& state) { ReadList(state, false); }
void BM_ReadPositions(benchmark::State& state) { ReadList(state, true); }
BENCHMARK(BM_ReadList)->Arg(1)->Arg(30)->Arg(3'000);
BENCHMARK(BM_ReadPositions)->Arg(1)->Arg(30)->Arg(3'000);

void BM_WalkTerms(benchmark::State& state) {
  const MemorySegment& segment = Full();
  size_t terms = 0;
  for (auto _ : state) {
    for (const auto walker = segment.WalkTerms(); walker->Valid(); walker->Next()) ++terms;
  }
  state.SetItemsProcessed(static_cast<int64_t>(terms));
}
BENCHMARK(BM_WalkTerms)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tintinh::indexer

BENCHMARK_MAIN();
