// Articles to put and texts to search for, made of numbers or read from a corpus.
#ifndef TINTINH_TESTS_BENCH_CLUSTER_MADE_ARTICLES_H_
#define TINTINH_TESTS_BENCH_CLUSTER_MADE_ARTICLES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "tintinh/v1/article.pb.h"

namespace tintinh::bench {

// The same number always gives the same. Thread-safe.
class MadeArticles {
 public:
  // Of 6,000 made syllables, as frequent as Zipf's law has it, 520 in an article. With `corpus`, a file of
  // {"title","body"} lines, of its articles instead, which are used again with other ids when they are used up; an
  // unreadable one ends the process.
  explicit MadeArticles(const std::string& corpus);

  v1::Article Article(uint64_t number) const;

  // Two to five words that stand side by side in an article.
  std::string SearchText(uint64_t number) const;

 private:
  struct Text {
    std::string title;
    std::vector<std::string> paragraphs;
  };
  Text Made(uint64_t number) const;
  Text TextOf(uint64_t number) const { return texts_.empty() ? Made(number) : texts_[number % texts_.size()]; }

  std::vector<std::string> syllables_;
  std::vector<Text> texts_;
};

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_CLUSTER_MADE_ARTICLES_H_
