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
  std::vector<std::string> words;

  // A query of one word is a term query, whatever its mode.
  std::string group() const { return words.size() == 1 ? "TERM" : mode; }
};

// INVALID_ARGUMENT names the line that is none of the three.
absl::StatusOr<std::vector<BenchQuery>> ReadQueries(const std::string& path);

enum class Totals { kLowerBound, kExact };

// For the ten best hits in (body, exact).
v1::LeafSearchRequest RequestOf(const BenchQuery& query, Totals totals);

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_QUERY_FILE_H_
