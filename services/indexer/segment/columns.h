// Column data of a segment's documents, dense and in memory: what filters, sorting, facets, duplicate search and
// scoring read per document. Here, the columns of a segment in the making.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_COLUMNS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_COLUMNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/indexer/segment/arena.h"
#include "services/indexer/segment/column_arrays.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {

inline constexpr int64_t kNoTime = std::numeric_limits<int64_t>::min();

// The values of one document.
struct ColumnValues {
  std::string packed_id;    // packed_id.h
  std::string packed_hash;  // of the content
  int64_t published_us = kNoTime;
  uint64_t simhash = 0;
  std::array<std::string, kSingleColumnCount> single;
  std::array<std::vector<std::string>, kListColumnCount> lists;
  std::array<uint8_t, kFieldCount> norms{};  // 0: the field is empty
};

ColumnValues RowOf(const ColumnArrays& arrays, uint32_t ordinal,
                   absl::FunctionRef<absl::string_view(Column column, uint32_t code)> value_of);

// Not thread-safe, except that arrays() may be read by others up to a size they learned under the owner's lock.
class ColumnStore {
 public:
  explicit ColumnStore(uint32_t capacity);

  // REQUIRES: size() < capacity().
  void Append(const ColumnValues& values);

  uint32_t size() const { return size_; }
  uint32_t capacity() const { return capacity_; }
  const ColumnArrays& arrays() const { return arrays_; }
  size_t bytes() const { return arena_.bytes() + dictionary_bytes_ + size_ * kBytesPerDocument; }

  ColumnValues Row(uint32_t ordinal) const;  // REQUIRES: ordinal < size()

  // Nothing when no document has the value.
  std::optional<uint32_t> FindCode(Column column, absl::string_view value) const;
  // Empty for an unknown code.
  absl::string_view ValueOf(Column column, uint32_t code) const;
  absl::Span<const absl::string_view> Values(Column column) const { return dictionaries_[IndexOf(column)].values; }

 private:
  static constexpr size_t kBytesPerDocument =
      16 + 2 * PackedIds::kSlotBytes + 4 * kSingleColumnCount + kListColumnCount * sizeof(absl::Span<uint32_t>) + 12;

  struct Dictionary {
    absl::flat_hash_map<absl::string_view, uint32_t> codes;
    std::vector<absl::string_view> values;
  };
  uint32_t Code(Column column, absl::string_view value);
  void AppendId(absl::string_view packed, std::vector<char>& slots);
  void AppendList(size_t list, const std::vector<std::string>& values);

  const uint32_t capacity_;
  uint32_t size_ = 0;
  size_t dictionary_bytes_ = 0;
  Arena arena_;
  std::array<Dictionary, kColumnCount> dictionaries_;
  std::vector<int64_t> published_us_;
  std::vector<uint64_t> simhashes_;
  std::vector<char> packed_ids_;
  std::vector<char> packed_hashes_;
  std::array<std::vector<uint32_t>, kSingleColumnCount> single_;
  std::array<std::vector<absl::Span<const uint32_t>>, kListColumnCount> lists_;
  std::array<std::vector<uint8_t>, kFieldCount> norms_;
  ColumnArrays arrays_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_COLUMNS_H_
