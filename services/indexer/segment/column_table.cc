#include "services/indexer/segment/column_table.h"

#include <utility>

namespace tintinh::indexer {
namespace {

CodeArray ArrayOf(const NarrowCodes& codes) {
  return std::visit([](const auto& narrow) { return CodeArray(narrow.data()); }, codes);
}

template <typename T>
size_t BytesOf(const std::vector<T>& values) {
  return values.capacity() * sizeof(T);
}

size_t BytesOf(const NarrowCodes& codes) {
  return std::visit([](const auto& narrow) { return BytesOf(narrow); }, codes);
}

}  // namespace

ColumnTable::ColumnTable(ColumnTableParts parts) : parts_(std::move(parts)), simhash_bands_(parts_.simhashes) {
  arrays_.published_us = parts_.published_us.data();
  arrays_.simhashes = parts_.simhashes.data();
  arrays_.simhash_bands = &simhash_bands_;
  arrays_.packed_ids = PackedIds(parts_.packed_ids.data());
  arrays_.packed_hashes = PackedIds(parts_.packed_hashes.data());
  for (size_t i = 0; i < kSingleColumnCount; ++i) arrays_.single[i] = ArrayOf(parts_.codes[i]);
  for (size_t i = 0; i < kListColumnCount; ++i) {
    arrays_.lists[i] = CodeLists(parts_.list_starts[i].data(), ArrayOf(parts_.codes[kSingleColumnCount + i]));
  }
  PointAtNorms();
}

void ColumnTable::PointAtNorms() {
  for (size_t field = 0; field < kFieldCount; ++field) {
    if (!IsKnownField(static_cast<uint32_t>(field))) continue;
    if (parts_.norms[field].empty()) no_norms_.resize(size());
    arrays_.norms[field] = parts_.norms[field].empty() ? no_norms_.data() : parts_.norms[field].data();
  }
}

size_t ColumnTable::bytes() const {
  size_t bytes = sizeof(*this) + simhash_bands_.bytes() + BytesOf(no_norms_) + parts_.long_ids.bytes();
  bytes += BytesOf(parts_.published_us) + BytesOf(parts_.simhashes);
  bytes += BytesOf(parts_.packed_ids) + BytesOf(parts_.packed_hashes);
  for (const SortedValues& values : parts_.values) bytes += values.bytes();
  for (const NarrowCodes& codes : parts_.codes) bytes += BytesOf(codes);
  for (const std::vector<uint32_t>& starts : parts_.list_starts) bytes += BytesOf(starts);
  for (const std::vector<uint8_t>& norms : parts_.norms) bytes += BytesOf(norms);
  return bytes;
}

ColumnValues ColumnTable::Row(uint32_t ordinal) const {
  return RowOf(arrays_, ordinal, [this](Column column, uint32_t code) { return ValueOf(column, code); });
}

std::optional<uint32_t> ColumnTable::FindCode(Column column, absl::string_view value) const {
  return parts_.values[IndexOf(column)].Find(value);
}

absl::string_view ColumnTable::ValueOf(Column column, uint32_t code) const {
  return parts_.values[IndexOf(column)].ValueOf(code);
}

}  // namespace tintinh::indexer
