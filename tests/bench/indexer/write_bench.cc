// What a reader and a log see of a shard that takes articles in: how long one Apply() takes while segments are flushed
// and merged beside it, how many articles a second go through, fresh and catching up, and what an update costs in a
// large shard. Articles are of 560 syllables drawn by Zipf's law from 4,000.
//
//   write_bench [ARTICLES] [UPDATES]     prints one JSON line per measurement
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/indexer/segment/deleted_documents.h"
#include "services/indexer/shard/shard.h"
#include "tests/support/shard_database.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kVocabulary = 4'000;
constexpr uint32_t kSyllables = 560;
constexpr size_t kBatch = 256;  // what the applier reads at once

double SecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void DieUnless(const absl::Status& status) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(1);
}

class Articles {
 public:
  Articles() {
    std::vector<double> weights(kVocabulary);
    for (uint32_t i = 0; i < kVocabulary; ++i) weights[i] = 1.0 / (i + 1);
    ranks_ = std::discrete_distribution<uint32_t>(weights.begin(), weights.end());
  }

  // A new version of article `number`.
  disk::v1::LogEntry Version(uint64_t number) {
    disk::v1::LogEntry entry;
    entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
    entry.set_article_id(absl::StrCat("0123456789abcdef0123", 100'000'000'000 + number));
    disk::v1::StoredArticle& article = *entry.mutable_article();
    article.set_article_id(entry.article_id());
    article.set_content_hash(absl::StrCat(++versions_));
    article.set_published_us(static_cast<int64_t>(number) * 1'000'000);
    article.set_site(absl::StrCat("bao", number % 60));
    article.set_title(Text(10));
    for (uint32_t i = 0; i < kSyllables; i += 56) article.add_paragraphs()->set_text(Text(56));
    return entry;
  }

 private:
  // Letters only, so that no identifier is made.
  static std::string Syllable(uint32_t rank) {
    std::string syllable;
    for (uint32_t i = 0; i < 3; ++i, rank /= 26) syllable.push_back(static_cast<char>('a' + rank % 26));
    return syllable;
  }

  std::string Text(uint32_t length) {
    std::string text;
    for (uint32_t i = 0; i < length; ++i) absl::StrAppend(&text, i == 0 ? "" : " ", Syllable(ranks_(random_)));
    return text;
  }

  std::mt19937 random_{1};
  std::discrete_distribution<uint32_t> ranks_;
  uint64_t versions_ = 0;
};

std::unique_ptr<Shard> OpenOrDie(testing::ShardDatabase& db, const ShardOptions& options) {
  auto shard = Shard::Open(db.get(), options);
  DieUnless(shard.status());
  return *std::move(shard);
}

uint32_t SegmentsOf(const Shard& shard) {
  v1::ShardStatus status;
  shard.FillStatus(&status);
  return status.segments();
}

// Times of single applies; ends with everything on disk.
class Stopwatch {
 public:
  void Apply(Shard& shard, uint64_t position, const disk::v1::LogEntry& entry) {
    const auto begin = std::chrono::steady_clock::now();
    DieUnless(shard.Apply(position, entry));
    seconds_.push_back(SecondsSince(begin));
  }

  void Print(const char* name, const Shard& shard, double flush_seconds) {
    std::sort(seconds_.begin(), seconds_.end());
    double sum = 0;
    for (const double one : seconds_) sum += one;
    const auto at = [this](double part) {
      return 1e6 * seconds_[static_cast<size_t>(part * static_cast<double>(seconds_.size() - 1))];
    };
    std::printf(
        "{\"op\":\"%s\",\"docs\":%zu,\"docs_per_s\":%.0f,\"durable_docs_per_s\":%.0f,\"p50_us\":%.0f,\"p99_us\":%.0f,"
        "\"p999_us\":%.0f,\"max_us\":%.0f,\"segments\":%u}\n",
        name, seconds_.size(), static_cast<double>(seconds_.size()) / sum,
        static_cast<double>(seconds_.size()) / (sum + flush_seconds), at(0.5), at(0.99), at(0.999), at(1),
        SegmentsOf(shard));
    std::fflush(stdout);
  }

 private:
  std::vector<double> seconds_;
};

double FlushSeconds(Shard& shard) {
  const auto begin = std::chrono::steady_clock::now();
  DieUnless(shard.Flush());
  return SecondsSince(begin);
}

// One article after the other, then new versions of random ones.
void MeasureFresh(uint64_t articles, uint64_t updates) {
  testing::ShardDatabase db;
  const std::unique_ptr<Shard> shard = OpenOrDie(db, {});
  Articles source;
  Stopwatch puts;
  uint64_t position = 0;
  for (uint64_t number = 0; number < articles; ++number) puts.Apply(*shard, ++position, source.Version(number));
  puts.Print("apply", *shard, FlushSeconds(*shard));
  std::mt19937_64 random(2);
  Stopwatch again;
  for (uint64_t i = 0; i < updates; ++i) again.Apply(*shard, ++position, source.Version(random() % articles));
  again.Print("update", *shard, FlushSeconds(*shard));
}

// Batches, as an applier that is far behind applies them. Making the articles is not counted.
void MeasureBulk(uint64_t articles) {
  testing::ShardDatabase db;
  ShardOptions options;
  options.analysis_threads = std::thread::hardware_concurrency();
  const std::unique_ptr<Shard> shard = OpenOrDie(db, options);
  Articles source;
  double seconds = 0;
  std::vector<PositionedEntry> batch;
  for (uint64_t number = 0; number < articles;) {
    batch.clear();
    for (; number < articles && batch.size() < kBatch; ++number) batch.push_back({number + 1, source.Version(number)});
    const auto begin = std::chrono::steady_clock::now();
    DieUnless(shard->ApplyAll(batch, Pace::kBulk));
    seconds += SecondsSince(begin);
  }
  seconds += FlushSeconds(*shard);
  const uint32_t segments = SegmentsOf(*shard);
  const auto begin = std::chrono::steady_clock::now();
  DieUnless(shard->Compact());
  std::printf(
      "{\"op\":\"bulk\",\"docs\":%lu,\"durable_docs_per_s\":%.0f,\"segments\":%u,\"waits\":%lu,\"compact_s\":%.2f}\n",
      articles, static_cast<double>(articles) / seconds, segments, shard->published().waits, SecondsSince(begin));
}

// One deletion in a segment of a million documents that a snapshot reads: what copying its bitset costs when each
// deletion is published by itself, and when a batch is.
void MeasureDeletions() {
  constexpr uint32_t kDocuments = 1'000'000;
  constexpr uint32_t kDeletions = 100 * kBatch;
  for (const size_t batch : {size_t{1}, kBatch}) {
    auto deleted = std::make_shared<DeletedDocuments>();
    deleted->Add(kDocuments - 1);
    std::shared_ptr<const DeletedDocuments> published;
    const auto begin = std::chrono::steady_clock::now();
    for (uint32_t i = 0; i < kDeletions; ++i) {
      if (i % batch == 0) {
        published = deleted;
        deleted = std::make_shared<DeletedDocuments>(*deleted);
      }
      deleted->Add(i * 37 % kDocuments);
    }
    std::printf("{\"op\":\"delete\",\"batch\":%zu,\"us\":%.2f}\n", batch, 1e6 * SecondsSince(begin) / kDeletions);
  }
}

}  // namespace
}  // namespace tintinh::indexer

int main(int argc, char** argv) {
  const uint64_t articles = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
  const uint64_t updates = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 5'000;
  tintinh::indexer::MeasureDeletions();
  tintinh::indexer::MeasureFresh(articles, updates);
  tintinh::indexer::MeasureBulk(articles);
  return 0;
}
