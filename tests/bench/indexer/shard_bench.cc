// How fast a shard takes articles in, flushes, merges and answers. Articles are of 400 syllables drawn by Zipf's law
// from 4,000, which makes the frequent ones as dense as they are in Vietnamese.
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "benchmark/benchmark.h"
#include "services/indexer/shard/shard.h"
#include "tests/support/shard_database.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kVocabulary = 4'000;
constexpr uint32_t kSyllables = 400;
constexpr uint32_t kArticles = 20'000;

class Articles {
 public:
  Articles() {
    std::vector<double> weights(kVocabulary);
    for (uint32_t i = 0; i < kVocabulary; ++i) weights[i] = 1.0 / (i + 1);
    syllables_ = std::discrete_distribution<uint32_t>(weights.begin(), weights.end());
  }

  // Letters only, so that no identifier is made.
  static std::string Syllable(uint32_t rank) {
    std::string syllable;
    for (uint32_t i = 0; i < 3; ++i, rank /= 26) syllable.push_back(static_cast<char>('a' + rank % 26));
    return syllable;
  }

  disk::v1::LogEntry Next() {
    disk::v1::LogEntry entry;
    entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
    entry.set_article_id(absl::StrCat("0123456789abcdef0123", 100'000'000'000 + ++count_));
    disk::v1::StoredArticle& article = *entry.mutable_article();
    article.set_article_id(entry.article_id());
    article.set_content_hash(entry.article_id());
    article.set_published_us(count_ * 1'000'000);
    article.set_site(absl::StrCat("bao", count_ % 60));
    article.set_title(Text(10));
    for (uint32_t i = 0; i < kSyllables; i += 50) article.add_paragraphs()->set_text(Text(50));
    return entry;
  }

 private:
  std::string Text(uint32_t length) {
    std::string text;
    for (uint32_t i = 0; i < length; ++i) absl::StrAppend(&text, i == 0 ? "" : " ", Syllable(syllables_(random_)));
    return text;
  }

  std::mt19937 random_{1};
  std::discrete_distribution<uint32_t> syllables_;
  int64_t count_ = 0;
};

std::unique_ptr<Shard> OpenOrDie(testing::ShardDatabase& db) {
  auto shard = Shard::Open(db.get(), {});
  if (!shard.ok()) std::abort();
  return *std::move(shard);
}

void BM_Apply(benchmark::State& state) {
  testing::ShardDatabase db;
  const std::unique_ptr<Shard> shard = OpenOrDie(db);
  Articles articles;
  uint64_t position = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const disk::v1::LogEntry entry = articles.Next();
    state.ResumeTiming();
    if (!shard->Apply(++position, entry).ok()) std::abort();
  }
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()));
}
BENCHMARK(BM_Apply)->Iterations(kArticles)->Unit(benchmark::kMicrosecond);

// A shard of kArticles in one segment.
struct Loaded {
  Loaded() : shard(OpenOrDie(db)) {
    Articles articles;
    for (uint64_t position = 1; position <= kArticles; ++position) {
      if (!shard->Apply(position, articles.Next()).ok()) std::abort();
    }
    if (!shard->Compact().ok()) std::abort();
  }
  testing::ShardDatabase db;
  std::unique_ptr<Shard> shard;
};

v1::LeafQuery Term(uint32_t rank) {
  v1::LeafQuery query;
  query.mutable_term()->set_part(v1::PART_BODY);
  query.mutable_term()->set_kind(v1::KEY_KIND_EXACT);
  query.mutable_term()->set_key(Articles::Syllable(rank));
  query.mutable_term()->set_weight(1);
  return query;
}

void Search(benchmark::State& state, const v1::LeafQuery& query) {
  static const Loaded& loaded = *std::make_unique<Loaded>().release();
  v1::LeafSearchRequest request;
  *request.mutable_query() = query;
  request.set_limit(10);
  uint64_t total = 0;
  for (auto _ : state) {
    const auto result = loaded.shard->Search(request);
    if (!result.ok()) std::abort();
    total = result->total();
  }
  state.counters["matches"] = static_cast<double>(total);
}

void BM_Term(benchmark::State& state) { Search(state, Term(static_cast<uint32_t>(state.range(0)))); }
BENCHMARK(BM_Term)->Arg(20)->Arg(500)->Unit(benchmark::kMicrosecond);

// 154 of the syllables begin with one letter, six with two.
void BM_Prefix(benchmark::State& state) {
  v1::LeafQuery query;
  v1::PrefixQuery& prefix = *query.mutable_prefix();
  prefix.set_part(v1::PART_BODY);
  prefix.set_kind(v1::KEY_KIND_EXACT);
  prefix.set_prefix(std::string("kca").substr(0, static_cast<size_t>(state.range(0))));
  prefix.set_weight(1);
  prefix.set_expansions(static_cast<uint32_t>(state.range(1)));
  Search(state, query);
}
BENCHMARK(BM_Prefix)->Args({1, 16})->Args({1, 64})->Args({1, 256})->Args({2, 64})->Unit(benchmark::kMicrosecond);

void BM_Any(benchmark::State& state) {
  v1::LeafQuery query;
  for (const uint32_t rank : {15u, 60u, 300u}) *query.mutable_boolean()->add_should() = Term(rank);
  Search(state, query);
}
BENCHMARK(BM_Any)->Unit(benchmark::kMicrosecond);

void BM_All(benchmark::State& state) {
  v1::LeafQuery query;
  for (const uint32_t rank : {15u, 60u, 300u}) *query.mutable_boolean()->add_must() = Term(rank);
  Search(state, query);
}
BENCHMARK(BM_All)->Unit(benchmark::kMicrosecond);

void BM_Phrase(benchmark::State& state) {
  v1::LeafQuery query;
  v1::PhraseQuery& phrase = *query.mutable_phrase();
  phrase.set_part(v1::PART_BODY);
  phrase.set_weight(1);
  for (const uint32_t rank : {15u, 60u}) {
    phrase.add_offsets(static_cast<uint32_t>(phrase.keys_size()));
    phrase.add_keys(Articles::Syllable(rank));
  }
  Search(state, query);
}
BENCHMARK(BM_Phrase)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tintinh::indexer

BENCHMARK_MAIN();
