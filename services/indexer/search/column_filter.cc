#include "services/indexer/search/column_filter.h"

#include <algorithm>
#include <optional>

namespace tintinh::indexer {
namespace {

bool Contains(const std::vector<bool>& codes, uint32_t code) { return code < codes.size() && codes[code]; }

int64_t Microseconds(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000 + time.nanos() / 1'000;
}

}  // namespace

ColumnFilter::ColumnFilter(const v1::Filter& filter, const Segment& segment) : segment_(segment) {
  AddSingle(filter.sites(), {Column::kSite});
  AddSingle(filter.provinces(), {Column::kProvince, Column::kProvinceToday});
  AddSingle(filter.districts(), {Column::kDistrict});
  AddSingle(filter.languages(), {Column::kLanguage});
  AddList(filter.sections(), Column::kSections);
  AddList(filter.documents(), Column::kDocuments);
  dated_ = filter.has_published_from() || filter.has_published_before();
  if (filter.has_published_from()) from_us_ = Microseconds(filter.published_from());
  if (filter.has_published_before()) before_us_ = Microseconds(filter.published_before());
}

template <typename Values>
ColumnFilter::CodeSet ColumnFilter::CodesOf(const Values& values, Column column) const {
  CodeSet codes;
  for (const std::string& value : values) {
    const std::optional<uint32_t> code = segment_.FindCode(column, value);
    if (!code.has_value()) continue;
    codes.resize(std::max<size_t>(codes.size(), *code + 1));
    codes[*code] = true;
  }
  return codes;
}

template <typename Values>
void ColumnFilter::AddSingle(const Values& values, std::initializer_list<Column> columns) {
  if (values.empty()) return;
  Single condition;
  for (const Column column : columns) {
    CodeSet codes = CodesOf(values, column);
    if (!codes.empty()) condition.columns.emplace_back(segment_.columns().codes(column), std::move(codes));
  }
  can_match_ = can_match_ && !condition.columns.empty();
  singles_.push_back(std::move(condition));
}

template <typename Values>
void ColumnFilter::AddList(const Values& values, Column column) {
  if (values.empty()) return;
  lists_.push_back({segment_.columns().code_lists(column), CodesOf(values, column)});
  can_match_ = can_match_ && !lists_.back().codes.empty();
}

bool ColumnFilter::InTime(int64_t published_us) const {
  return !dated_ || (published_us != kNoTime && published_us >= from_us_ && published_us < before_us_);
}

bool ColumnFilter::Matches(uint32_t ordinal) const {
  if (!InTime(segment_.columns().published_us[ordinal])) return false;
  for (const Single& condition : singles_) {
    const bool any = std::any_of(condition.columns.begin(), condition.columns.end(), [ordinal](const auto& column) {
      return Contains(column.second, column.first[ordinal]);
    });
    if (!any) return false;
  }
  for (const List& condition : lists_) {
    bool any = false;
    for (const uint32_t code : condition.lists[ordinal]) any = any || Contains(condition.codes, code);
    if (!any) return false;
  }
  return true;
}

}  // namespace tintinh::indexer
