// How columns are read: arrays indexed by ordinal, the same for a segment that grows and for one on disk, though they
// keep codes, lists and ids differently.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_ARRAYS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_ARRAYS_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/types/span.h"
#include "services/indexer/segment/field.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::indexer {

class SimhashBands;

// Text columns, coded by a dictionary of their own in each segment. Code 0 is the empty text. Numbers are on disk.
enum class Column : uint8_t {
  kSite = 0,
  kProvince = 1,  // as published
  kProvinceToday = 2,
  kDistrict = 3,
  kLanguage = 4,
  kDuplicateCluster = 5,
  kSections = 6,   // several per document: all elements of the section path, once each
  kDocuments = 7,  // several per document: cited document numbers, once each
};
inline constexpr size_t kSingleColumnCount = 6;
inline constexpr size_t kListColumnCount = 2;
inline constexpr size_t kColumnCount = kSingleColumnCount + kListColumnCount;
constexpr size_t IndexOf(Column column) { return static_cast<size_t>(column); }

// Codes in integers of 1, 2 or 4 bytes.
class CodeArray {
 public:
  CodeArray() = default;
  explicit CodeArray(const uint8_t* codes) : codes_(codes), width_(1) {}
  explicit CodeArray(const uint16_t* codes) : codes_(codes), width_(2) {}
  explicit CodeArray(const uint32_t* codes) : codes_(codes), width_(4) {}

  // visit(const uint8_t*), (const uint16_t*) or (const uint32_t*): loops over many codes do not ask for the width each
  // time.
  template <typename Visitor>
  decltype(auto) Visit(const Visitor& visit) const {
    if (width_ == 1) return visit(static_cast<const uint8_t*>(codes_));
    if (width_ == 2) return visit(static_cast<const uint16_t*>(codes_));
    return visit(static_cast<const uint32_t*>(codes_));
  }

  uint32_t operator[](size_t i) const {
    return Visit([i](const auto* codes) -> uint32_t { return codes[i]; });
  }

 private:
  const void* codes_ = nullptr;
  uint8_t width_ = 4;
};

// The codes of one document.
class CodeList {
 public:
  class Iterator {
   public:
    Iterator(CodeArray codes, size_t at) : codes_(codes), at_(at) {}
    uint32_t operator*() const { return codes_[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    CodeArray codes_;
    size_t at_;
  };

  CodeList(CodeArray codes, size_t begin, size_t end) : codes_(codes), begin_(begin), end_(end) {}
  Iterator begin() const { return {codes_, begin_}; }
  Iterator end() const { return {codes_, end_}; }
  size_t size() const { return end_ - begin_; }

 private:
  CodeArray codes_;
  size_t begin_;
  size_t end_;
};

class CodeLists {
 public:
  CodeLists() = default;
  explicit CodeLists(const absl::Span<const uint32_t>* lists) : lists_(lists) {}
  // List i is codes[starts[i], starts[i + 1]).
  CodeLists(const uint32_t* starts, CodeArray codes) : starts_(starts), codes_(codes) {}

  CodeList operator[](size_t i) const {
    if (lists_ != nullptr) return {CodeArray(lists_[i].data()), 0, lists_[i].size()};
    return {codes_, starts_[i], starts_[i + 1]};
  }

  // visit(i, code) for each code of each list i in [begin, end): faster than list by list.
  template <typename Visitor>
  void ForEachCode(size_t begin, size_t end, const Visitor& visit) const {
    if (lists_ != nullptr) {
      for (size_t i = begin; i < end; ++i) {
        for (const uint32_t code : lists_[i]) visit(i, code);
      }
      return;
    }
    codes_.Visit([&](const auto* codes) {
      for (size_t i = begin; i < end; ++i) {
        for (size_t at = starts_[i]; at < starts_[i + 1]; ++at) visit(i, codes[at]);
      }
    });
  }

 private:
  const absl::Span<const uint32_t>* lists_ = nullptr;
  const uint32_t* starts_ = nullptr;
  CodeArray codes_;
};

// They stay where they are while documents are added behind.
struct ColumnArrays {
  const int64_t* published_us = nullptr;
  const uint64_t* simhashes = nullptr;
  const SimhashBands* simhash_bands = nullptr;  // over simhashes; null while documents are added
  PackedIds packed_ids;
  PackedIds packed_hashes;
  std::array<CodeArray, kSingleColumnCount> single{};
  std::array<CodeLists, kListColumnCount> lists{};
  std::array<const uint8_t*, kFieldCount> norms{};  // null for a field that is not known

  CodeArray codes(Column column) const { return single[IndexOf(column)]; }
  CodeLists code_lists(Column column) const { return lists[IndexOf(column) - kSingleColumnCount]; }
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_ARRAYS_H_
