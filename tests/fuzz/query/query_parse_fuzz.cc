// Any bytes a reader types give a query within the limits of LeafQuery, or a column to look at.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "services/query/filter/resolve_filter.h"
#include "services/query/parse/parse.h"
#include "services/query/telex/telex.h"

namespace {

using tintinh::query::ParsedQuery;

constexpr uint32_t kMaxNodes = 1000;
constexpr int kMaxDepth = 16;

struct Size {
  uint32_t nodes = 0;
  int depth = 0;
};

void Measure(const tintinh::v1::LeafQuery& query, int depth, Size& size) {
  size.nodes += 1 + query.prefix().expansions();
  size.depth = std::max(size.depth, depth);
  if (query.has_prefix() && (query.prefix().prefix().empty() || query.prefix().prefix().size() > 256)) std::abort();
  for (const auto& child : query.boolean().must()) Measure(child, depth + 1, size);
  for (const auto& child : query.boolean().should()) Measure(child, depth + 1, size);
  for (const auto& child : query.boolean().must_not()) Measure(child, depth + 1, size);
}

void Check(const tintinh::v1::LeafQuery& query) {
  Size size;
  Measure(query, 1, size);
  if (size.nodes > kMaxNodes || size.depth > kMaxDepth) std::abort();
}

void Check(const ParsedQuery& parsed) {
  Check(parsed.strict);
  Check(parsed.widened);
  if (!parsed.status.ok() && !absl::StartsWith(parsed.status.message(), "query: column ")) std::abort();
  if (parsed.status.ok() && !tintinh::query::ResolveFilter(parsed.conditions).ok()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto ranking : {tintinh::query::Ranking::kScore, tintinh::query::Ranking::kDate}) {
    Check(tintinh::query::Parse(text, ranking));
  }
  tintinh::query::DecodeTyping(text);
  return 0;
}
