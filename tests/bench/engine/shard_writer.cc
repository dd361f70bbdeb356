#include "tests/bench/engine/shard_writer.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "tests/bench/engine/bench_keys.h"
#include "tests/bench/engine/token_file.h"

namespace tintinh::bench {
namespace {

constexpr uint64_t kFirstOrdinal = uint64_t{1} << 40;  // behind every corpus

disk::v1::LogEntry EntryOf(uint64_t number, const std::string& text) {
  disk::v1::LogEntry entry;
  entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
  entry.set_article_id(ArticleIdOf(kFirstOrdinal + number));
  disk::v1::StoredArticle& article = *entry.mutable_article();
  article.set_article_id(entry.article_id());
  article.set_content_hash(entry.article_id());
  article.add_paragraphs()->set_text(text);
  return entry;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ShardWriter>> ShardWriter::Start(indexer::Shard& shard, const std::string& corpus,
                                                                double articles_per_second) {
  ASSIGN_OR_RETURN(std::vector<std::string> texts, ReadTexts(corpus, 20'000));
  return std::unique_ptr<ShardWriter>(new ShardWriter(shard, std::move(texts), articles_per_second));
}

ShardWriter::ShardWriter(indexer::Shard& shard, std::vector<std::string> texts, double articles_per_second)
    : shard_(shard), texts_(std::move(texts)), start_(absl::Now()), pacer_(articles_per_second), thread_([this] {
        Write();
      }) {}

ShardWriter::~ShardWriter() {
  if (thread_.joinable()) Stop().IgnoreError();
}

void ShardWriter::Write() {
  uint64_t position = shard_.applied_position();
  while (status_.ok() && pacer_.AwaitTurn()) {
    status_ = shard_.Apply(++position, EntryOf(written_, texts_[written_ % texts_.size()]));
    ++written_;
  }
  end_ = absl::Now();
}

absl::Status ShardWriter::Stop() {
  pacer_.Stop();
  thread_.join();
  return status_;
}

double ShardWriter::articles_per_second() const {
  return static_cast<double>(written_) / absl::ToDoubleSeconds(end_ - start_);
}

}  // namespace tintinh::bench
