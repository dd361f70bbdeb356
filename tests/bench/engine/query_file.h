// The query mix: one query a line, AND, OR or PHRASE, a tab, words with single spaces between.
#ifndef TINTINH_TESTS_BENCH_ENGINE_QUERY_FILE_H_
#define TINTINH_TESTS_BENCH_ENGINE_QUERY_FILE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::bench {

struct BenchQuery {
  std::string mode;  // as in the file
  std::string text;  // as in the file
  std::vector<std::string> keys;
  std::vector<std::string> pair_keys;  // of neighbouring keys, one less than keys; empty where they make no pair

  // A query of one word is a term query, whatever its mode.
  std::string group() const { return keys.size() == 1 ? "TERM" : mode; }
};

// How words become keys: kAsTheyAre for a shard of tokens, kAnalyzed for one of articles.
enum class Keys { kAsTheyAre, kAnalyzed };

// INVALID_ARGUMENT names the line that is none of the three.
absl::StatusOr<std::vector<BenchQuery>> ReadQueries(const std::string& path, Keys keys);

enum class Totals { kLowerBound, kExact };

// For the ten best hits in (body, exact).
v1::LeafSearchRequest RequestOf(const BenchQuery& query, Totals totals);

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_QUERY_FILE_H_
