// A request's filter, looked up in one segment's columns.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_COLUMN_FILTER_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_COLUMN_FILTER_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "services/indexer/segment/segment.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::indexer {

class ColumnFilter {
 public:
  // The segment must outlive this. REQUIRES: CheckFilter(filter) is OK.
  ColumnFilter(const v1::Filter& filter, const Segment& segment);

  // False: no document of the segment can match.
  bool can_match() const { return can_match_; }
  // True: every document matches.
  bool matches_all() const {
    return !dated_ && singles_.empty() && lists_.empty() && also_.empty() && without_.empty();
  }
  bool Matches(uint32_t ordinal) const;

  // Bit i of `bits` says whether document begin + i matches; bits behind the last are 0. Writes whole words of 64 bits,
  // as many as [begin, end) takes. A fraction of the cost of asking for each document. REQUIRES: begin < end
  void FillWindow(uint32_t begin, uint32_t end, uint64_t* bits) const;

  // About how many of the first `documents` match, from a sample of a thousand; exact when there are no more than that.
  uint32_t EstimateMatches(uint32_t documents) const;

 private:
  static constexpr uint32_t kBlock = 64;
  // A byte a document, 0 or 1: compilers turn loops over these into vector instructions.
  using BlockMatches = std::array<uint8_t, kBlock>;

  class CodeSet {
   public:
    void Add(uint32_t code);
    bool empty() const { return count_ == 0; }
    bool Contains(uint32_t code) const { return in_set_[std::min<size_t>(code, in_set_.size() - 1)] != 0; }
    // Marks those of the kBlock documents that have a code of the set.
    void MarkBlock(const CodeArray& codes, uint32_t begin, BlockMatches& any) const;

   private:
    std::vector<uint8_t> in_set_{0};  // by code; the last stands for all further codes
    uint32_t count_ = 0;
    uint32_t last_added_ = 0;
  };
  // The document's code is in the set of at least one of the columns.
  struct Single {
    std::vector<std::pair<CodeArray, CodeSet>> columns;
  };
  struct List {
    CodeLists lists;
    CodeSet codes;
  };
  template <typename Values>
  CodeSet CodesOf(const Values& values, Column column) const;
  template <typename Values>
  void AddSingle(const Values& values, std::initializer_list<Column> columns);
  template <typename Values>
  void AddList(const Values& values, Column column);
  void SetTimes(const v1::Filter& filter);
  void AddNested(const v1::Filter& filter);
  bool InTime(int64_t published_us) const {
    return static_cast<uint64_t>(published_us) - static_cast<uint64_t>(from_us_) < time_span_us_;
  }
  static bool MatchesList(const List& condition, uint32_t ordinal);
  // The documents from `begin` on, as many as a block has, all of them there.
  uint64_t MatchBlock(uint32_t begin) const;
  uint64_t MatchOneByOne(uint32_t begin, uint32_t end) const;

  const Segment& segment_;
  bool can_match_ = true;
  bool dated_ = false;  // only documents with a date match
  int64_t from_us_ = 0;
  uint64_t time_span_us_ = 0;
  std::vector<Single> singles_;
  std::vector<List> lists_;
  std::vector<ColumnFilter> also_;
  std::vector<ColumnFilter> without_;  // none passes what one of these does
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_COLUMN_FILTER_H_
