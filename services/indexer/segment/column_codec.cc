#include "services/indexer/segment/column_codec.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <type_traits>
#include <utility>
#include <variant>
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

// What a hex id has in its slot behind the byte that says so.
constexpr size_t kIdBytes = PackedIds::kSlotBytes - 1;

// An array of no codes, of the type that codes of so many values are kept in.
NarrowCodes CodesFor(size_t values) {
  if (values <= size_t{std::numeric_limits<uint8_t>::max()} + 1) return std::vector<uint8_t>();
  if (values <= size_t{std::numeric_limits<uint16_t>::max()} + 1) return std::vector<uint16_t>();
  return std::vector<uint32_t>();
}

void AppendSized(absl::string_view text, std::string& out) {
  AppendVarint(text.size(), out);
  out.append(text.data(), text.size());
}

// All supported machines are little-endian (postings/bytes.h).
template <typename T>
void AppendAll(const T* values, size_t count, std::string& out) {
  out.append(reinterpret_cast<const char*>(values), count * sizeof(T));
}

template <typename T>
std::string EncodeNumbers(const T* values, uint32_t size) {
  std::string body;
  AppendAll(values, size, body);
  return CheckedValue(body);
}

std::string EncodeNorms(const uint8_t* norms, uint32_t size) {
  const bool none = std::all_of(norms, norms + size, [](uint8_t norm) { return norm == 0; });
  return EncodeNumbers(norms, none ? 0 : size);
}

std::string EncodeIds(PackedIds ids, uint32_t size) {
  std::string longs;
  std::string slots;
  uint32_t long_count = 0;
  for (uint32_t i = 0; i < size; ++i) {
    if (PackedIds::FitsSlot(ids[i])) {
      slots.append(ids[i].data() + 1, kIdBytes);
      continue;
    }
    slots.append(kIdBytes, '\0');
    AppendVarint(i, longs);
    AppendSized(ids[i], longs);
    ++long_count;
  }
  std::string body;
  AppendVarint(long_count, body);
  return CheckedValue(absl::StrCat(body, longs, slots));
}

// The values of a column in order, and the codes of the store as their places in it.
class RankedValues {
 public:
  explicit RankedValues(absl::Span<const absl::string_view> values) : values_(values), by_rank_(values.size()) {
    std::iota(by_rank_.begin(), by_rank_.end(), 0);
    std::sort(by_rank_.begin(), by_rank_.end(), [this](uint32_t a, uint32_t b) { return values_[a] < values_[b]; });
    ranks_.resize(values.size());
    for (uint32_t rank = 0; rank < by_rank_.size(); ++rank) ranks_[by_rank_[rank]] = rank;
  }

  std::string EncodeDictionary() const {
    std::string body;
    AppendVarint(values_.size(), body);
    for (const uint32_t code : by_rank_) AppendSized(values_[code], body);
    return body;
  }

  void AppendCodes(const std::vector<uint32_t>& codes, std::string& out) const {
    NarrowCodes narrow = CodesFor(values_.size());
    std::visit(
        [&](auto& ranked) {
          using Code = typename std::decay_t<decltype(ranked)>::value_type;
          ranked.reserve(codes.size());
          for (const uint32_t code : codes) ranked.push_back(static_cast<Code>(ranks_[code]));
          AppendAll(ranked.data(), ranked.size(), out);
        },
        narrow);
  }

 private:
  const absl::Span<const absl::string_view> values_;
  std::vector<uint32_t> by_rank_;
  std::vector<uint32_t> ranks_;  // by the store's code
};

std::string EncodeSingle(const ColumnStore& columns, Column column) {
  const RankedValues ranked(columns.Values(column));
  const CodeArray array = columns.arrays().codes(column);
  std::vector<uint32_t> codes(columns.size());
  for (uint32_t i = 0; i < columns.size(); ++i) codes[i] = array[i];
  std::string body = ranked.EncodeDictionary();
  ranked.AppendCodes(codes, body);
  return CheckedValue(body);
}

std::string EncodeList(const ColumnStore& columns, Column column) {
  const RankedValues ranked(columns.Values(column));
  const CodeLists lists = columns.arrays().code_lists(column);
  std::string body = ranked.EncodeDictionary();
  std::vector<uint32_t> codes;
  for (uint32_t i = 0; i < columns.size(); ++i) {
    AppendVarint(lists[i].size(), body);
    for (const uint32_t code : lists[i]) codes.push_back(code);
  }
  ranked.AppendCodes(codes, body);
  return CheckedValue(body);
}

absl::Status Malformed(uint8_t number) {
  return absl::DataLossError(absl::StrCat("column ", number, ": cut off or malformed"));
}

// Reads one column after another into the parts of a table.
class TableReader {
 public:
  TableReader(const EncodedColumns& encoded, uint32_t size) : encoded_(encoded), size_(size) {}

  absl::StatusOr<std::unique_ptr<const ColumnTable>> Read() {
    // Numbers first: they keep a damaged size from reserving memory for documents that are not there.
    RETURN_IF_ERROR(ReadNumbers(kPublished, parts_.published_us));
    RETURN_IF_ERROR(ReadNumbers(kSimhash, parts_.simhashes));
    RETURN_IF_ERROR(ReadIds(kIds, parts_.packed_ids));
    RETURN_IF_ERROR(ReadIds(kHashes, parts_.packed_hashes));
    for (uint8_t i = 0; i < kSingleColumnCount; ++i) RETURN_IF_ERROR(ReadSingle(kFirstSingle + i, i));
    for (uint8_t i = 0; i < kListColumnCount; ++i) RETURN_IF_ERROR(ReadList(kFirstList + i, i));
    for (uint8_t field = 0; field < kFieldCount; ++field) {
      if (IsKnownField(field)) RETURN_IF_ERROR(ReadNorms(kFirstNorm + field, parts_.norms[field]));
    }
    return std::make_unique<const ColumnTable>(std::move(parts_));
  }

 private:
  absl::StatusOr<absl::string_view> BodyOf(uint8_t number) const {
    const auto found = encoded_.find(number);
    if (found == encoded_.end()) return absl::DataLossError(absl::StrCat("column ", number, ": missing"));
    const auto body = CheckedBody(found->second);
    if (!body.ok()) return absl::DataLossError(absl::StrCat("column ", number, ": ", body.status().message()));
    return *body;
  }

  template <typename T>
  static void CopyAll(absl::string_view bytes, std::vector<T>& values) {
    values.resize(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  }

  template <typename T>
  absl::Status ReadNumbers(uint8_t number, std::vector<T>& values) const {
    ASSIGN_OR_RETURN(const absl::string_view body, BodyOf(number));
    if (body.size() != size_ * sizeof(T)) return Malformed(number);
    CopyAll(body, values);
    return absl::OkStatus();
  }

  absl::Status ReadNorms(uint8_t number, std::vector<uint8_t>& norms) const {
    ASSIGN_OR_RETURN(const absl::string_view body, BodyOf(number));
    if (!body.empty() && body.size() != size_) return Malformed(number);
    CopyAll(body, norms);
    return absl::OkStatus();
  }

  absl::Status ReadIds(uint8_t number, std::vector<char>& slots) {
    ASSIGN_OR_RETURN(const absl::string_view body, BodyOf(number));
    if (body.size() < size_ * kIdBytes) return Malformed(number);
    const size_t longs = body.size() - size_ * kIdBytes;
    slots.resize(size_ * PackedIds::kSlotBytes);  // zeros: all are hex so far
    for (size_t i = 0; i < size_; ++i) {
      std::memcpy(slots.data() + i * PackedIds::kSlotBytes + 1, body.data() + longs + i * kIdBytes, kIdBytes);
    }
    return ReadLongIds(ByteReader(body.substr(0, longs)), slots) ? absl::OkStatus() : Malformed(number);
  }

  bool ReadLongIds(ByteReader bytes, std::vector<char>& slots) {
    uint32_t count;
    if (!ReadVarint32(bytes, &count)) return false;
    for (uint64_t next = 0; count > 0; --count) {
      uint32_t ordinal;
      absl::string_view packed;
      if (!ReadVarint32(bytes, &ordinal) || !bytes.ReadSized(&packed)) return false;
      if (ordinal < next || ordinal >= size_ || PackedIds::FitsSlot(packed)) return false;
      PackedIds::Fill(slots.data() + ordinal * PackedIds::kSlotBytes, packed, parts_.long_ids);
      next = uint64_t{ordinal} + 1;
    }
    return bytes.rest().empty();
  }

  // The first value must be the empty one, which has code 0.
  static bool ReadDictionary(ByteReader& bytes, SortedValues& values) {
    uint32_t count;
    if (!ReadVarint32(bytes, &count) || count == 0) return false;
    for (uint32_t i = 0; i < count; ++i) {
      absl::string_view value;
      if (!bytes.ReadSized(&value) || !values.Append(value)) return false;
    }
    values.ShrinkToFit();
    return values.ValueOf(0).empty();
  }

  // Of `bytes`, exactly `count` codes.
  static bool ReadCodes(absl::string_view bytes, uint64_t count, const SortedValues& values, NarrowCodes& codes) {
    codes = CodesFor(values.size());
    return std::visit(
        [&](auto& narrow) {
          using Code = typename std::decay_t<decltype(narrow)>::value_type;
          if (bytes.size() != count * sizeof(Code)) return false;
          CopyAll(bytes, narrow);
          Code most = 0;
          for (const Code code : narrow) most = std::max(most, code);
          return most < values.size();
        },
        codes);
  }

  absl::Status ReadSingle(uint8_t number, size_t column) {
    ASSIGN_OR_RETURN(const absl::string_view body, BodyOf(number));
    ByteReader bytes(body);
    SortedValues& values = parts_.values[column];
    const bool good = ReadDictionary(bytes, values) && ReadCodes(bytes.rest(), size_, values, parts_.codes[column]);
    return good ? absl::OkStatus() : Malformed(number);
  }

  absl::Status ReadList(uint8_t number, size_t list) {
    ASSIGN_OR_RETURN(const absl::string_view body, BodyOf(number));
    ByteReader bytes(body);
    const size_t column = kSingleColumnCount + list;
    SortedValues& values = parts_.values[column];
    if (!ReadDictionary(bytes, values)) return Malformed(number);
    std::vector<uint32_t>& starts = parts_.list_starts[list];
    starts.resize(size_t{size_} + 1);
    uint64_t total = 0;
    for (uint32_t i = 0; i < size_; ++i) {
      uint32_t count;
      // No more codes than bytes, so that their sum fits its type.
      if (!ReadVarint32(bytes, &count) || (total += count) > bytes.rest().size()) return Malformed(number);
      starts[i + 1] = static_cast<uint32_t>(total);
    }
    return ReadCodes(bytes.rest(), total, values, parts_.codes[column]) ? absl::OkStatus() : Malformed(number);
  }

  const EncodedColumns& encoded_;
  const uint32_t size_;
  ColumnTableParts parts_;
};

}  // namespace

EncodedColumns EncodeColumns(const ColumnStore& columns) {
  const ColumnArrays& arrays = columns.arrays();
  EncodedColumns encoded;
  encoded[kPublished] = EncodeNumbers(arrays.published_us, columns.size());
  encoded[kSimhash] = EncodeNumbers(arrays.simhashes, columns.size());
  encoded[kIds] = EncodeIds(arrays.packed_ids, columns.size());
  encoded[kHashes] = EncodeIds(arrays.packed_hashes, columns.size());
  for (uint8_t i = 0; i < kSingleColumnCount; ++i) {
    encoded[kFirstSingle + i] = EncodeSingle(columns, static_cast<Column>(i));
  }
  for (uint8_t i = 0; i < kListColumnCount; ++i) {
    encoded[kFirstList + i] = EncodeList(columns, static_cast<Column>(kSingleColumnCount + i));
  }
  for (uint8_t field = 0; field < kFieldCount; ++field) {
    if (IsKnownField(field)) encoded[kFirstNorm + field] = EncodeNorms(arrays.norms[field], columns.size());
  }
  return encoded;
}

absl::StatusOr<std::unique_ptr<const ColumnTable>> DecodeColumns(const EncodedColumns& encoded, uint32_t size) {
  return TableReader(encoded, size).Read();
}

}  // namespace tintinh::indexer
