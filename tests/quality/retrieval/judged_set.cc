#include "tests/quality/retrieval/judged_set.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "nlohmann/json.hpp"
#include "tests/support/compressed_lines.h"

namespace tintinh::testing {
namespace {

using nlohmann::json;

constexpr size_t kArticlesPerTitle = 20;
constexpr size_t kMaxBodyBytes = 65'536;  // of a paragraph, which a whole body may be
constexpr size_t kFirstRanks = 10;
constexpr size_t kRecallRanks = 100;

double Gain(size_t rank) { return 1 / std::log2(static_cast<double>(rank) + 1); }

}  // namespace

JudgedSet ReadJudgedSet(const std::string& folder) {
  JudgedSet set;
  std::map<std::string, std::set<std::string>> right;
  std::ifstream judgements(folder + "/qrels.tsv");
  for (std::string line; std::getline(judgements, line);) {
    const std::vector<std::string> fields = absl::StrSplit(line, '\t');
    right[fields[0]].insert(fields[1]);
  }
  std::ifstream corpus(folder + "/corpus.jsonl");
  for (std::string line; std::getline(corpus, line);) {
    const json article = json::parse(line);
    set.articles.push_back({article["id"], article["title"], article["body"]});
  }
  std::ifstream queries(folder + "/queries.jsonl");
  for (std::string line; std::getline(queries, line);) {
    const json query = json::parse(line);
    set.queries.push_back({query["text"], right[query["qid"]]});
  }
  return set;
}

JudgedSet ReadKnownItems(const std::string& file, size_t stride) {
  JudgedSet set;
  CompressedLines lines(file);
  std::string line;
  for (size_t i = 0; lines.Next(line); ++i) {
    if (i % stride != 0) continue;
    const json article = json::parse(line);
    const std::string id = article["id"];
    const std::string body = article["body"];
    if (body.size() > kMaxBodyBytes) continue;
    if (set.articles.size() % kArticlesPerTitle == 0) set.queries.push_back({article["title"], {id}});
    set.articles.push_back({id, "", body});
  }
  return set;
}

std::vector<JudgedQuery> WindowsOf(const std::vector<JudgedQuery>& queries, size_t words) {
  constexpr size_t kStep = 7;  // prime: windows begin anywhere in a query
  std::vector<JudgedQuery> windows;
  for (size_t i = 0; i < queries.size(); ++i) {
    const std::vector<std::string> all = absl::StrSplit(queries[i].text, ' ', absl::SkipEmpty());
    const size_t size = std::min(words, all.size());
    const auto begin = all.begin() + static_cast<ptrdiff_t>(i * kStep % (all.size() - size + 1));
    windows.push_back({absl::StrJoin(begin, begin + static_cast<ptrdiff_t>(size), " "), queries[i].right});
  }
  return windows;
}

Figures Judge(const std::vector<std::string>& hits, const std::set<std::string>& right) {
  Figures figures;
  double ideal = 0;
  for (size_t rank = 1; rank <= std::min(kFirstRanks, right.size()); ++rank) ideal += Gain(rank);
  size_t found = 0;
  for (size_t rank = 1; rank <= std::min(kRecallRanks, hits.size()); ++rank) {
    if (right.count(hits[rank - 1]) == 0) continue;
    if (rank <= kFirstRanks && figures.reciprocal_rank == 0) figures.reciprocal_rank = 1.0 / static_cast<double>(rank);
    if (rank <= kFirstRanks) figures.ndcg += Gain(rank) / ideal;
    ++found;
  }
  figures.recall = static_cast<double>(found) / static_cast<double>(right.size());
  return figures;
}

}  // namespace tintinh::testing
