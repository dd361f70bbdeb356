// Articles, what readers ask for, and which articles answer it.
#ifndef TINTINH_TESTS_QUALITY_RETRIEVAL_JUDGED_SET_H_
#define TINTINH_TESTS_QUALITY_RETRIEVAL_JUDGED_SET_H_

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::testing {

struct JudgedArticle {
  std::string id;
  std::string title;
  std::string body;  // paragraphs, one a line
};

struct JudgedQuery {
  std::string text;
  std::set<std::string> right;  // ids of articles
};

struct JudgedSet {
  std::vector<JudgedArticle> articles;
  std::vector<JudgedQuery> queries;
};

// The collection of a folder: corpus.jsonl, queries.jsonl, qrels.tsv. Empty where it is absent.
JudgedSet ReadJudgedSet(const std::string& folder);

// Every `stride`th article of a news corpus (JSON lines, zstd) without its title, and the titles of every twentieth of
// them as queries for it. Empty where the file or the zstd tool is absent.
JudgedSet ReadKnownItems(const std::string& file, size_t stride);

// `words` consecutive words of each query, from another place in each; shorter queries whole.
std::vector<JudgedQuery> WindowsOf(const std::vector<JudgedQuery>& queries, size_t words);

// Of one query's ranked hits.
struct Figures {
  double reciprocal_rank = 0;  // of the first right one among ten
  double ndcg = 0;             // of the first ten, right or wrong
  double recall = 0;           // share of the right ones among a hundred
};

Figures Judge(const std::vector<std::string>& hits, const std::set<std::string>& right);

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_QUALITY_RETRIEVAL_JUDGED_SET_H_
