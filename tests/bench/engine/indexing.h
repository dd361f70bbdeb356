// Builds a shard from a corpus and says what it took.
#ifndef TINTINH_TESTS_BENCH_ENGINE_INDEXING_H_
#define TINTINH_TESTS_BENCH_ENGINE_INDEXING_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace tintinh::bench {

struct IndexOptions {
  std::string corpus;
  std::string directory;      // must be empty or absent
  bool exact = true;          // the field (body, exact), with positions
  bool pair = true;           // the field (body, pair)
  uint64_t memory_bytes = 0;  // of the memory segment, written out at this size
};

struct IndexReport {
  uint64_t documents = 0;
  uint64_t text_bytes = 0;
  double seconds_adding = 0;                     // until the last document was taken in
  double seconds = 0;                            // until all was committed and synced
  double seconds_compacted = 0;                  // until all was one segment
  uint64_t bytes = 0;                            // of the database, opened again
  std::map<std::string, uint64_t> family_bytes;  // keys and values, uncompressed
  uint32_t segments = 0;
};

// A corpus of tokens, straight into a ShardWriter: no analysis, no stored documents.
absl::StatusOr<IndexReport> IndexTokens(const IndexOptions& options);

// A corpus of raw articles, {"id","title","body"} a line: the whole chain of analysis and all fields, documents stored,
// as an indexer applies its log. `exact` and `pair` do not matter.
absl::StatusOr<IndexReport> IndexArticles(const IndexOptions& options);

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_INDEXING_H_
