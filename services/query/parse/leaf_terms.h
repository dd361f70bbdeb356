// Builds the parts of a LeafQuery: every key is looked for in title, body and captions, or in the title alone.
#ifndef TINTINH_SERVICES_QUERY_PARSE_LEAF_TERMS_H_
#define TINTINH_SERVICES_QUERY_PARSE_LEAF_TERMS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/strings/string_view.h"
#include "services/query/alias/alias.h"
#include "services/query/parse/analyzed_clause.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

// Keys to look for and how much each counts. A key added twice is one node a part and counts once, by its greatest
// weight: who repeats a word is not asking for another article.
class TermBag {
 public:
  explicit TermBag(Where where = Where::kAnywhere) : where_(where) {}

  void Add(v1::KeyKind kind, absl::string_view key, float weight);
  void AddAll(v1::KeyKind kind, const std::vector<Key>& keys, float weight);
  bool empty() const { return weights_.empty(); }

  // One term for each key and part, in a stable order.
  void AppendTo(v1::BooleanQuery& query) const;
  // Matches where any key is in any part.
  v1::LeafQuery AnyOf() const;

 private:
  const Where where_;
  absl::btree_map<std::pair<int, std::string>, float> weights_;
};

// Matches where a key of that kind begins with `prefix`; its expansions are not set yet. REQUIRES: it is not empty.
void AppendPrefix(Where where, v1::KeyKind kind, absl::string_view prefix, float weight, v1::BooleanQuery& query);

// Matches where all keys stand at their distances in one part. REQUIRES: at least one key. Longer phrases than the 32
// keys of a PhraseQuery are cut into overlapping ones that all must match. Of `pairs`, the clause's, those that join
// two neighbouring keys go with them.
v1::LeafQuery PhraseInAnyPart(const std::vector<const Key*>& keys, const std::vector<Key>& pairs,
                              Where where = Where::kAnywhere);

// Matches where one part has all `folded` keys and all `pairs`; what a phrase without marks means, since only exact
// keys have positions. REQUIRES: at least one key.
v1::LeafQuery AllInOnePart(const std::vector<const Key*>& folded, const std::vector<const Key*>& pairs,
                           Where where = Where::kAnywhere);

// Matches where one part has all keys of a name, whose weight they share.
v1::LeafQuery NameInOnePart(const NameKeys& name, float weight);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_LEAF_TERMS_H_
