// Where a text holds what a reader looks for.
#ifndef TINTINH_SERVICES_QUERY_SNIPPET_MARKS_H_
#define TINTINH_SERVICES_QUERY_SNIPPET_MARKS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/query/parse/parse.h"

namespace tintinh::query {

// How rare each folded or exact key is, for preferring passages that hold the telling words; 1 for unknown keys.
using Rarity = absl::flat_hash_map<std::string, double>;

// A wanted word of a text.
struct Mark {
  uint32_t begin, end;  // byte offsets in the text; letters are never cut
  std::string key;      // equal for words that match the same wanted key
  double weight;
  bool in_pair;  // the wanted word beside it in the query is beside it here
};

// In the order of the text, not overlapping. Linear in its size.
std::vector<Mark> FindMarks(absl::string_view text, const WantedKeys& wanted, const Rarity& rarity);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SNIPPET_MARKS_H_
