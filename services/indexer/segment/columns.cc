#include "services/indexer/segment/columns.h"

#include <algorithm>

namespace tintinh::indexer {

ColumnValues RowOf(const ColumnArrays& arrays, uint32_t ordinal,
                   absl::FunctionRef<absl::string_view(Column column, uint32_t code)> value_of) {
  ColumnValues row;
  row.packed_id = std::string(arrays.packed_ids[ordinal]);
  row.packed_hash = std::string(arrays.packed_hashes[ordinal]);
  row.published_us = arrays.published_us[ordinal];
  row.simhash = arrays.simhashes[ordinal];
  for (size_t i = 0; i < kSingleColumnCount; ++i) {
    row.single[i] = std::string(value_of(static_cast<Column>(i), arrays.single[i][ordinal]));
  }
  for (size_t i = 0; i < kListColumnCount; ++i) {
    const Column column = static_cast<Column>(kSingleColumnCount + i);
    for (const uint32_t code : arrays.lists[i][ordinal]) row.lists[i].emplace_back(value_of(column, code));
  }
  for (size_t field = 0; field < kFieldCount; ++field) {
    if (arrays.norms[field] != nullptr) row.norms[field] = arrays.norms[field][ordinal];
  }
  return row;
}

ColumnStore::ColumnStore(uint32_t capacity) : capacity_(capacity) {
  published_us_.reserve(capacity);
  simhashes_.reserve(capacity);
  packed_ids_.reserve(capacity * PackedIds::kSlotBytes);
  packed_hashes_.reserve(capacity * PackedIds::kSlotBytes);
  arrays_.published_us = published_us_.data();
  arrays_.simhashes = simhashes_.data();
  arrays_.packed_ids = PackedIds(packed_ids_.data());
  arrays_.packed_hashes = PackedIds(packed_hashes_.data());
  for (size_t i = 0; i < kSingleColumnCount; ++i) {
    single_[i].reserve(capacity);
    arrays_.single[i] = CodeArray(single_[i].data());
  }
  for (size_t i = 0; i < kListColumnCount; ++i) {
    lists_[i].reserve(capacity);
    arrays_.lists[i] = CodeLists(lists_[i].data());
  }
  for (size_t field = 0; field < kFieldCount; ++field) {
    if (!IsKnownField(static_cast<uint32_t>(field))) continue;
    norms_[field].reserve(capacity);
    arrays_.norms[field] = norms_[field].data();
  }
  for (size_t column = 0; column < kColumnCount; ++column) Code(static_cast<Column>(column), "");
}

void ColumnStore::Append(const ColumnValues& values) {
  published_us_.push_back(values.published_us);
  simhashes_.push_back(values.simhash);
  AppendId(values.packed_id, packed_ids_);
  AppendId(values.packed_hash, packed_hashes_);
  for (size_t i = 0; i < kSingleColumnCount; ++i) single_[i].push_back(Code(static_cast<Column>(i), values.single[i]));
  for (size_t i = 0; i < kListColumnCount; ++i) AppendList(i, values.lists[i]);
  for (size_t field = 0; field < kFieldCount; ++field) {
    if (arrays_.norms[field] != nullptr) norms_[field].push_back(values.norms[field]);
  }
  ++size_;
}

ColumnValues ColumnStore::Row(uint32_t ordinal) const {
  return RowOf(arrays_, ordinal, [this](Column column, uint32_t code) { return ValueOf(column, code); });
}

std::optional<uint32_t> ColumnStore::FindCode(Column column, absl::string_view value) const {
  const auto& codes = dictionaries_[IndexOf(column)].codes;
  const auto found = codes.find(value);
  if (found == codes.end()) return std::nullopt;
  return found->second;
}

absl::string_view ColumnStore::ValueOf(Column column, uint32_t code) const {
  const auto& values = dictionaries_[IndexOf(column)].values;
  return code < values.size() ? values[code] : absl::string_view();
}

uint32_t ColumnStore::Code(Column column, absl::string_view value) {
  Dictionary& dictionary = dictionaries_[IndexOf(column)];
  const auto found = dictionary.codes.find(value);
  if (found != dictionary.codes.end()) return found->second;
  const uint32_t code = static_cast<uint32_t>(dictionary.values.size());
  dictionary.values.push_back(arena_.Copy(value));
  dictionary.codes.emplace(dictionary.values.back(), code);
  dictionary_bytes_ += 4 * sizeof(absl::string_view);
  return code;
}

void ColumnStore::AppendId(absl::string_view packed, std::vector<char>& slots) {
  slots.resize(slots.size() + PackedIds::kSlotBytes);
  PackedIds::Fill(slots.data() + slots.size() - PackedIds::kSlotBytes, packed, arena_);
}

void ColumnStore::AppendList(size_t list, const std::vector<std::string>& values) {
  const Column column = static_cast<Column>(kSingleColumnCount + list);
  std::vector<uint32_t> codes;
  for (const std::string& value : values) {
    if (value.empty()) continue;
    const uint32_t code = Code(column, value);
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
  }
  uint32_t* const copy = reinterpret_cast<uint32_t*>(arena_.Allocate(codes.size() * sizeof(uint32_t)));
  std::copy(codes.begin(), codes.end(), copy);
  lists_[list].emplace_back(copy, codes.size());
}

}  // namespace tintinh::indexer
