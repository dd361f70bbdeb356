// Any bytes a reader types give a query within the limits of LeafQuery.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "services/query/parse/parse.h"
#include "services/query/telex/telex.h"

namespace {

int CountNodes(const tintinh::v1::LeafQuery& query) {
  int nodes = 1;
  for (const auto& child : query.boolean().must()) nodes += CountNodes(child);
  for (const auto& child : query.boolean().should()) nodes += CountNodes(child);
  for (const auto& child : query.boolean().must_not()) nodes += CountNodes(child);
  return nodes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto ranking : {tintinh::query::Ranking::kScore, tintinh::query::Ranking::kDate}) {
    const tintinh::query::ParsedQuery parsed = tintinh::query::Parse(text, ranking);
    if (CountNodes(parsed.strict) > 1000 || CountNodes(parsed.widened) > 1000) std::abort();
  }
  tintinh::query::DecodeTyping(text);
  return 0;
}
