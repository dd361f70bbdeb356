// The columns of a segment on disk, held in memory as small as they can be read without unpacking.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_TABLE_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/column_arrays.h"
#include "services/indexer/segment/columns.h"
#include "services/indexer/segment/field.h"
#include "services/indexer/segment/simhash_bands.h"
#include "services/indexer/segment/sorted_values.h"

namespace tintinh::indexer {

// Codes as narrow as their number allows.
using NarrowCodes = std::variant<std::vector<uint8_t>, std::vector<uint16_t>, std::vector<uint32_t>>;

// What a table is made of. Every array has an element a document, unless noted; every code has a value.
struct ColumnTableParts {
  std::vector<int64_t> published_us;
  std::vector<uint64_t> simhashes;
  std::vector<char> packed_ids;     // slots of PackedIds
  std::vector<char> packed_hashes;  // slots of PackedIds
  Arena long_ids;                   // those without room in their slots
  std::array<SortedValues, kColumnCount> values;
  std::array<NarrowCodes, kColumnCount> codes;                      // of a list column: of all lists, end to end
  std::array<std::vector<uint32_t>, kListColumnCount> list_starts;  // and one more, the end of the last list
  std::array<std::vector<uint8_t>, kFieldCount> norms;              // empty: no document has the field
};

// Immutable; thread-safe.
class ColumnTable {
 public:
  explicit ColumnTable(ColumnTableParts parts);
  ColumnTable(const ColumnTable&) = delete;  // arrays_ points into this
  ColumnTable& operator=(const ColumnTable&) = delete;
  ~ColumnTable() = default;

  uint32_t size() const { return static_cast<uint32_t>(parts_.published_us.size()); }
  const ColumnArrays& arrays() const { return arrays_; }
  size_t bytes() const;

  ColumnValues Row(uint32_t ordinal) const;  // REQUIRES: ordinal < size()

  // Nothing when no document has the value.
  std::optional<uint32_t> FindCode(Column column, absl::string_view value) const;
  // Empty for an unknown code.
  absl::string_view ValueOf(Column column, uint32_t code) const;

 private:
  void PointAtNorms();

  const ColumnTableParts parts_;
  const SimhashBands simhash_bands_;
  std::vector<uint8_t> no_norms_;  // shared by the fields that no document has
  ColumnArrays arrays_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_TABLE_H_
