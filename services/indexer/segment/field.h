// Fields of the index: a part of the article times a kind of key. A term is its field's byte followed by the key.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_FIELD_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_FIELD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/indexer/postings/posting_block.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::indexer {

using FieldId = uint8_t;

inline constexpr size_t kFieldCount = 32;    // ids are below this
inline constexpr size_t kMaxKeyBytes = 256;  // longer keys are not indexed
inline constexpr std::array<v1::Part, 3> kParts = {v1::PART_TITLE, v1::PART_BODY, v1::PART_CAPTION};
inline constexpr std::array<v1::KeyKind, 4> kKeyKinds = {v1::KEY_KIND_EXACT, v1::KEY_KIND_FOLDED, v1::KEY_KIND_PAIR,
                                                         v1::KEY_KIND_IDENTIFIER};

constexpr FieldId FieldOf(v1::Part part, v1::KeyKind kind) { return static_cast<FieldId>(part * 8 + kind); }
constexpr v1::Part PartOf(FieldId field) { return static_cast<v1::Part>(field / 8); }
constexpr v1::KeyKind KindOf(FieldId field) { return static_cast<v1::KeyKind>(field % 8); }

constexpr bool IsKnownField(uint32_t field) {
  return field / 8 >= v1::PART_TITLE && field / 8 <= v1::PART_CAPTION && field % 8 >= v1::KEY_KIND_EXACT &&
         field % 8 <= v1::KEY_KIND_IDENTIFIER;
}

constexpr Positions PositionsOf(FieldId field) {
  return KindOf(field) == v1::KEY_KIND_EXACT ? Positions::kStored : Positions::kAbsent;
}

inline std::string TermOf(FieldId field, absl::string_view key) {
  std::string term(1, static_cast<char>(field));
  term.append(key.data(), key.size());
  return term;
}

// REQUIRES: !term.empty()
inline FieldId FieldOfTerm(absl::string_view term) { return static_cast<FieldId>(term.front()); }

// Figures of one field over the documents of a segment.
struct FieldFigures {
  uint64_t documents = 0;  // with at least one token
  uint64_t length = 0;     // tokens
};
using AllFieldFigures = std::array<FieldFigures, kFieldCount>;

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_FIELD_H_
