// A request's filter, looked up in one segment's columns.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_COLUMN_FILTER_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_COLUMN_FILTER_H_

#include <cstdint>
#include <initializer_list>
#include <limits>
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
  bool matches_all() const { return can_match_ && !dated_ && singles_.empty() && lists_.empty(); }
  bool Matches(uint32_t ordinal) const;

 private:
  using CodeSet = std::vector<bool>;  // by code; codes past the end are not in it
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
  bool InTime(int64_t published_us) const;

  const Segment& segment_;
  bool can_match_ = true;
  bool dated_ = false;  // only documents with a date match
  int64_t from_us_ = std::numeric_limits<int64_t>::min();
  int64_t before_us_ = std::numeric_limits<int64_t>::max();
  std::vector<Single> singles_;
  std::vector<List> lists_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_COLUMN_FILTER_H_
