#include "services/indexer/search/column_filter.h"

#include <bit>
#include <cstring>
#include <limits>
#include <optional>

namespace tintinh::indexer {
namespace {

constexpr uint32_t kSampleBlocks = 16;

int64_t Microseconds(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000 + time.nanos() / 1'000;
}

// Eight bytes of 0 or 1 as bits, the first the lowest: the product moves byte i to bit 56 + i, and no two terms meet.
uint64_t BitsOfBytes(const uint8_t* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return (word * 0x0102040810204080) >> 56;
}

// Vectorised as long as the compiler knows that the two do not overlap.
template <typename Code, typename Matches>
void MarkEqual(const Code* __restrict codes, uint32_t code, Matches& any) {
  const Code wanted = static_cast<Code>(code);
  uint8_t* __restrict marks = any.data();
  for (size_t i = 0; i < std::tuple_size_v<Matches>; ++i) marks[i] |= codes[i] == wanted ? 1 : 0;
}

}  // namespace

void ColumnFilter::CodeSet::Add(uint32_t code) {
  in_set_.resize(std::max<size_t>(in_set_.size(), size_t{code} + 2));
  count_ += in_set_[code] == 0 ? 1 : 0;
  in_set_[code] = 1;
  last_added_ = code;
}

void ColumnFilter::CodeSet::MarkBlock(const CodeArray& codes, uint32_t begin, BlockMatches& any) const {
  codes.Visit([&](const auto* all) {
    if (count_ == 1) return MarkEqual(all + begin, last_added_, any);
    for (uint32_t i = 0; i < kBlock; ++i) any[i] = static_cast<uint8_t>(any[i] | (Contains(all[begin + i]) ? 1 : 0));
  });
}

ColumnFilter::ColumnFilter(const v1::Filter& filter, const Segment& segment) : segment_(segment) {
  AddSingle(filter.sites(), {Column::kSite});
  AddSingle(filter.provinces(), {Column::kProvince, Column::kProvinceToday});
  AddSingle(filter.districts(), {Column::kDistrict});
  AddSingle(filter.languages(), {Column::kLanguage});
  AddList(filter.sections(), Column::kSections);
  AddList(filter.documents(), Column::kDocuments);
  SetTimes(filter);
  AddNested(filter);
}

void ColumnFilter::AddNested(const v1::Filter& filter) {
  for (const v1::Filter& also : filter.also()) {
    also_.emplace_back(also, segment_);
    can_match_ = can_match_ && also_.back().can_match();
  }
  for (const v1::Filter& without : filter.without()) {
    without_.emplace_back(without, segment_);
    if (!without_.back().can_match()) without_.pop_back();
  }
}

// kNoTime, the least number, lies before every span.
void ColumnFilter::SetTimes(const v1::Filter& filter) {
  dated_ = filter.has_published_from() || filter.has_published_before();
  from_us_ = kNoTime + 1;
  if (filter.has_published_from()) from_us_ = std::max(from_us_, Microseconds(filter.published_from()));
  int64_t before_us = std::numeric_limits<int64_t>::max();
  if (filter.has_published_before()) before_us = Microseconds(filter.published_before());
  if (before_us > from_us_) time_span_us_ = static_cast<uint64_t>(before_us) - static_cast<uint64_t>(from_us_);
}

template <typename Values>
ColumnFilter::CodeSet ColumnFilter::CodesOf(const Values& values, Column column) const {
  CodeSet codes;
  for (const std::string& value : values) {
    const std::optional<uint32_t> code = segment_.FindCode(column, value);
    if (code.has_value()) codes.Add(*code);
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

bool ColumnFilter::MatchesList(const List& condition, uint32_t ordinal) {
  for (const uint32_t code : condition.lists[ordinal]) {
    if (condition.codes.Contains(code)) return true;
  }
  return false;
}

bool ColumnFilter::Matches(uint32_t ordinal) const {
  if (dated_ && !InTime(segment_.columns().published_us[ordinal])) return false;
  for (const Single& condition : singles_) {
    const bool any = std::any_of(condition.columns.begin(), condition.columns.end(), [ordinal](const auto& column) {
      return column.second.Contains(column.first[ordinal]);
    });
    if (!any) return false;
  }
  const auto matches = [ordinal](const ColumnFilter& filter) { return filter.Matches(ordinal); };
  return std::all_of(lists_.begin(), lists_.end(),
                     [ordinal](const List& condition) { return MatchesList(condition, ordinal); }) &&
         std::all_of(also_.begin(), also_.end(), matches) && std::none_of(without_.begin(), without_.end(), matches);
}

uint64_t ColumnFilter::MatchBlock(uint32_t begin) const {
  BlockMatches matches;
  matches.fill(1);
  if (dated_) {
    const int64_t* const published_us = segment_.columns().published_us + begin;
    for (uint32_t i = 0; i < kBlock; ++i) matches[i] = InTime(published_us[i]) ? 1 : 0;
  }
  for (const Single& condition : singles_) {
    BlockMatches any{};
    for (const auto& [codes, set] : condition.columns) set.MarkBlock(codes, begin, any);
    for (uint32_t i = 0; i < kBlock; ++i) matches[i] &= any[i];
  }
  for (const List& condition : lists_) {
    BlockMatches any{};
    condition.lists.ForEachCode(begin, begin + kBlock, [&](size_t doc, uint32_t code) {
      any[doc - begin] = static_cast<uint8_t>(any[doc - begin] | (condition.codes.Contains(code) ? 1 : 0));
    });
    for (uint32_t i = 0; i < kBlock; ++i) matches[i] &= any[i];
  }
  uint64_t word = 0;
  for (uint32_t i = 0; i < kBlock; i += 8) word |= BitsOfBytes(matches.data() + i) << i;
  for (const ColumnFilter& filter : also_) word &= filter.MatchBlock(begin);
  for (const ColumnFilter& filter : without_) word &= ~filter.MatchBlock(begin);
  return word;
}

uint64_t ColumnFilter::MatchOneByOne(uint32_t begin, uint32_t end) const {
  uint64_t word = 0;
  for (uint32_t i = begin; i < end; ++i) word |= uint64_t{Matches(i)} << (i - begin);
  return word;
}

void ColumnFilter::FillWindow(uint32_t begin, uint32_t end, uint64_t* bits) const {
  for (; end - begin >= kBlock; begin += kBlock) {
    *bits++ = MatchBlock(begin);
    if (end - begin == kBlock) return;
  }
  // The rest is the end of a whole block that may begin before the window.
  *bits = end >= kBlock ? MatchBlock(end - kBlock) >> (kBlock - (end - begin)) : MatchOneByOne(begin, end);
}

uint32_t ColumnFilter::EstimateMatches(uint32_t documents) const {
  if (!can_match_) return 0;
  if (matches_all()) return documents;
  uint64_t matches = 0;
  if (documents <= kSampleBlocks * kBlock) {
    for (uint32_t doc = 0; doc < documents; ++doc) matches += Matches(doc) ? 1 : 0;
    return static_cast<uint32_t>(matches);
  }
  const uint32_t stride = (documents - kBlock) / (kSampleBlocks - 1);
  for (uint32_t i = 0; i < kSampleBlocks; ++i) {
    matches += static_cast<uint64_t>(std::popcount(MatchBlock(i * stride)));
  }
  return static_cast<uint32_t>(matches * documents / (kSampleBlocks * kBlock));
}

}  // namespace tintinh::indexer
