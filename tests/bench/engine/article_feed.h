// Articles to put into an indexer, as many as one likes, made of a corpus of tokens.
#ifndef TINTINH_TESTS_BENCH_ENGINE_ARTICLE_FEED_H_
#define TINTINH_TESTS_BENCH_ENGINE_ARTICLE_FEED_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::bench {

// With what a normalizer gives: paragraphs, a content hash, a simhash. Ids never repeat; texts do once the corpus is
// used up, with other simhashes then, so that they are not taken for near-duplicates. Thread-safe.
class ArticleFeed {
 public:
  static absl::StatusOr<std::unique_ptr<ArticleFeed>> Open(const std::string& corpus);

  // `extra` becomes a paragraph of its own, unless empty.
  v1::Article Next(absl::string_view extra = "");

 private:
  struct Source {
    std::vector<std::string> paragraphs;
    uint64_t simhash;
  };
  explicit ArticleFeed(std::vector<Source> sources) : sources_(std::move(sources)) {}
  static Source SourceOf(absl::string_view text);

  const std::vector<Source> sources_;
  std::atomic<uint64_t> count_ = 0;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_ARTICLE_FEED_H_
