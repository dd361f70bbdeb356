#include "services/indexer/segment/column_codec.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/checked_value.h"

namespace tintinh::indexer {
namespace {

constexpr uint8_t kPublished = 1;
constexpr uint8_t kSimhash = 2;
constexpr uint8_t kIds = 3;
constexpr uint8_t kHashes = 4;
constexpr uint8_t kFirstSingle = 16;
constexpr uint8_t kFirstList = 32;
constexpr uint8_t kFirstNorm = 64;

void AppendSized(absl::string_view text, std::string& out) {
  AppendVarint(text.size(), out);
  out.append(text.data(), text.size());
}

template <typename T>
std::string EncodeNumbers(const T* values, uint32_t size) {
  std::string body;
  body.reserve(size * sizeof(T));
  for (uint32_t i = 0; i < size; ++i) AppendFixed(values[i], body);
  return CheckedValue(body);
}

std::string EncodeTexts(const absl::string_view* values, uint32_t size) {
  std::string body;
  for (uint32_t i = 0; i < size; ++i) AppendSized(values[i], body);
  return CheckedValue(body);
}

std::string EncodeDictionary(const ColumnStore& columns, Column column) {
  const absl::Span<const absl::string_view> values = columns.Values(column);
  std::string body;
  AppendVarint(values.size(), body);
  for (const absl::string_view value : values) AppendSized(value, body);
  return body;
}

std::string EncodeSingle(const ColumnStore& columns, Column column) {
  std::string body = EncodeDictionary(columns, column);
  const uint32_t* const codes = columns.arrays().codes(column);
  for (uint32_t i = 0; i < columns.size(); ++i) AppendVarint(codes[i], body);
  return CheckedValue(body);
}

std::string EncodeList(const ColumnStore& columns, Column column) {
  std::string body = EncodeDictionary(columns, column);
  const absl::Span<const uint32_t>* const lists = columns.arrays().code_lists(column);
  for (uint32_t i = 0; i < columns.size(); ++i) {
    AppendVarint(lists[i].size(), body);
    for (const uint32_t code : lists[i]) AppendVarint(code, body);
  }
  return CheckedValue(body);
}

// Reads all columns side by side, one document at a time.
class RowReader {
 public:
  explicit RowReader(const EncodedColumns& encoded) : encoded_(encoded) {}

  absl::Status Open() {
    for (const uint8_t number : {kPublished, kSimhash, kIds, kHashes}) RETURN_IF_ERROR(OpenColumn(number));
    for (uint8_t i = 0; i < kSingleColumnCount; ++i) RETURN_IF_ERROR(OpenCoded(kFirstSingle + i, i));
    for (uint8_t i = 0; i < kListColumnCount; ++i) RETURN_IF_ERROR(OpenCoded(kFirstList + i, kSingleColumnCount + i));
    for (uint8_t field = 0; field < kFieldCount; ++field) {
      if (IsKnownField(field)) RETURN_IF_ERROR(OpenColumn(kFirstNorm + field));
    }
    return absl::OkStatus();
  }

  absl::Status Next(ColumnValues& row) {
    if (!bytes_.at(kPublished).ReadFixed(&row.published_us)) return CutOff(kPublished);
    if (!bytes_.at(kSimhash).ReadFixed(&row.simhash)) return CutOff(kSimhash);
    RETURN_IF_ERROR(ReadText(kIds, row.packed_id));
    RETURN_IF_ERROR(ReadText(kHashes, row.packed_hash));
    for (uint8_t i = 0; i < kSingleColumnCount; ++i) RETURN_IF_ERROR(ReadCode(kFirstSingle + i, i, row.single[i]));
    for (uint8_t i = 0; i < kListColumnCount; ++i) RETURN_IF_ERROR(ReadList(i, row.lists[i]));
    for (uint8_t field = 0; field < kFieldCount; ++field) {
      const uint8_t number = kFirstNorm + field;
      if (IsKnownField(field) && !bytes_.at(number).ReadByte(&row.norms[field])) return CutOff(number);
    }
    return absl::OkStatus();
  }

  absl::Status Close() const {
    for (const auto& [number, bytes] : bytes_) {
      if (!bytes.rest().empty()) return absl::DataLossError(absl::StrCat("column ", number, ": bytes after the end"));
    }
    return absl::OkStatus();
  }

  absl::string_view rest(uint8_t number) const { return bytes_.at(number).rest(); }

  static absl::Status CutOff(uint8_t number) {
    return absl::DataLossError(absl::StrCat("column ", number, ": cut off or malformed"));
  }

 private:
  absl::Status OpenColumn(uint8_t number) {
    const auto found = encoded_.find(number);
    if (found == encoded_.end()) return absl::DataLossError(absl::StrCat("column ", number, ": missing"));
    const auto body = CheckedBody(found->second);
    if (!body.ok()) return absl::DataLossError(absl::StrCat("column ", number, ": ", body.status().message()));
    bytes_.emplace(number, ByteReader(*body));
    return absl::OkStatus();
  }

  absl::Status OpenCoded(uint8_t number, size_t column) {
    RETURN_IF_ERROR(OpenColumn(number));
    ByteReader& bytes = bytes_.at(number);
    uint32_t count;
    if (!ReadVarint32(bytes, &count) || count > bytes.rest().size()) return CutOff(number);
    for (uint32_t i = 0; i < count; ++i) {
      absl::string_view value;
      if (!bytes.ReadSized(&value)) return CutOff(number);
      values_[column].push_back(value);
    }
    return absl::OkStatus();
  }

  absl::Status ReadText(uint8_t number, std::string& out) {
    absl::string_view text;
    if (!bytes_.at(number).ReadSized(&text)) return CutOff(number);
    out.assign(text.data(), text.size());
    return absl::OkStatus();
  }

  absl::Status ReadCode(uint8_t number, size_t column, std::string& out) {
    uint32_t code;
    if (!ReadVarint32(bytes_.at(number), &code) || code >= values_[column].size()) return CutOff(number);
    out.assign(values_[column][code].data(), values_[column][code].size());
    return absl::OkStatus();
  }

  absl::Status ReadList(uint8_t list, std::vector<std::string>& out) {
    const uint8_t number = kFirstList + list;
    ByteReader& bytes = bytes_.at(number);
    uint32_t count;
    if (!ReadVarint32(bytes, &count) || count > bytes.rest().size()) return CutOff(number);
    out.resize(count);
    for (std::string& value : out) RETURN_IF_ERROR(ReadCode(number, kSingleColumnCount + list, value));
    return absl::OkStatus();
  }

  const EncodedColumns& encoded_;
  absl::btree_map<uint8_t, ByteReader> bytes_;
  std::array<std::vector<absl::string_view>, kColumnCount> values_;
};

}  // namespace

EncodedColumns EncodeColumns(const ColumnStore& columns) {
  const ColumnArrays& arrays = columns.arrays();
  EncodedColumns encoded;
  encoded[kPublished] = EncodeNumbers(arrays.published_us, columns.size());
  encoded[kSimhash] = EncodeNumbers(arrays.simhashes, columns.size());
  encoded[kIds] = EncodeTexts(arrays.packed_ids, columns.size());
  encoded[kHashes] = EncodeTexts(arrays.packed_hashes, columns.size());
  for (uint8_t i = 0; i < kSingleColumnCount; ++i) {
    encoded[kFirstSingle + i] = EncodeSingle(columns, static_cast<Column>(i));
  }
  for (uint8_t i = 0; i < kListColumnCount; ++i) {
    encoded[kFirstList + i] = EncodeList(columns, static_cast<Column>(kSingleColumnCount + i));
  }
  for (uint8_t field = 0; field < kFieldCount; ++field) {
    if (IsKnownField(field)) encoded[kFirstNorm + field] = EncodeNumbers(arrays.norms[field], columns.size());
  }
  return encoded;
}

absl::StatusOr<std::unique_ptr<ColumnStore>> DecodeColumns(const EncodedColumns& encoded, uint32_t size) {
  RowReader reader(encoded);
  RETURN_IF_ERROR(reader.Open());
  // Also keeps a damaged size from reserving memory for documents that are not there.
  if (reader.rest(kPublished).size() != size * sizeof(int64_t)) return RowReader::CutOff(kPublished);
  auto columns = std::make_unique<ColumnStore>(size);
  ColumnValues row;
  for (uint32_t i = 0; i < size; ++i) {
    RETURN_IF_ERROR(reader.Next(row));
    columns->Append(row);
  }
  RETURN_IF_ERROR(reader.Close());
  return columns;
}

}  // namespace tintinh::indexer
