#include "services/query/parse/conditions.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/text/analyzer.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"
#include "google/protobuf/repeated_field.h"
#include "services/query/parse/days.h"
#include "services/query/parse/place_name.h"

namespace tintinh::query {
namespace {

using Strings = google::protobuf::RepeatedPtrField<std::string>;

std::string Said(const Condition& condition, absl::string_view value) {
  return absl::StrCat(NameOf(condition.scope), ":", value);
}

// The ministry's and the Prime Minister's numbers end in small letters: QĐ-TTg.
std::string CapitalNumber(absl::string_view value) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(value);
  for (const text::Token& token : analyzed.tokens) {
    const absl::string_view key = analyzed.Key(token);
    const bool is_number = token.kind == text::KeyKind::kIdentifier && !absl::StrContains(key, ":");
    if (is_number) return absl::StrReplaceAll(key, {{"-TTG", "-TTg"}});
  }
  return "";
}

std::vector<std::string> DocumentNumbers(absl::string_view value) {
  std::vector<std::string> numbers = {absl::StrReplaceAll(
      text::NormalForm(value), {{"–", "-"}, {"—", "-"}, {"−", "-"}, {"‑", "-"}, {"‐", "-"}, {" ", ""}})};
  const std::string capital = CapitalNumber(value);
  if (!capital.empty() && capital != numbers.front()) numbers.push_back(capital);
  return numbers;
}

std::vector<std::string> StoredValues(Scope scope, absl::string_view value) {
  if (scope == Scope::kDocument) return DocumentNumbers(value);
  if (scope == Scope::kSite) return {absl::AsciiStrToLower(value)};
  std::vector<std::string> names = OfficialNames(scope, value);
  if (names.empty() && scope != Scope::kProvince) names.push_back(text::NormalForm(value));
  return names;
}

Strings& ValuesOf(Scope scope, v1::Filter& filter) {
  switch (scope) {
    case Scope::kSite:
      return *filter.mutable_sites();
    case Scope::kProvince:
      return *filter.mutable_provinces();
    case Scope::kDistrict:
      return *filter.mutable_districts();
    case Scope::kDocument:
      return *filter.mutable_documents();
    default:
      return *filter.mutable_sections();
  }
}

class FilterBuilder {
 public:
  explicit FilterBuilder(v1::Filter& filter) : filter_(filter) {}

  std::optional<Mistake> Add(const Condition& condition) {
    for (const absl::string_view value : condition.values) {
      if (std::optional<Mistake> mistake = Add(condition, value); mistake.has_value()) return mistake;
    }
    return std::nullopt;
  }

  void Finish() {
    for (v1::Filter& excluded : excluded_) {
      if (excluded.ByteSizeLong() > 0) *filter_.add_without() = std::move(excluded);
    }
  }

 private:
  std::optional<Mistake> Add(const Condition& condition, absl::string_view value) {
    if (condition.scope == Scope::kAuthor) {
      return Mistake{condition.offset, "author: cannot be searched, as the index does not hold authors yet"};
    }
    if (value.size() > kMaxConditionBytes) {
      return Mistake{condition.offset, absl::StrCat(NameOf(condition.scope), ": a value of ", value.size(),
                                                    " bytes, at most ", kMaxConditionBytes, " are allowed")};
    }
    v1::Filter& filter = condition.negated ? excluded_[static_cast<size_t>(condition.scope)] : filter_;
    return IsDate(condition.scope) ? AddDays(condition, value, filter) : AddNames(condition, value, filter);
  }

  static std::optional<Mistake> AddNames(const Condition& condition, absl::string_view value, v1::Filter& filter) {
    Strings& values = ValuesOf(condition.scope, filter);
    const std::vector<std::string> stored = StoredValues(condition.scope, value);
    if (stored.empty()) {
      return Mistake{condition.offset,
                     absl::StrCat(Said(condition, value), " is no province of Viet Nam, past or present")};
    }
    for (const std::string& name : stored) {
      if (std::find(values.begin(), values.end(), name) == values.end()) *values.Add() = name;
    }
    if (values.size() <= kMaxConditionValues) return std::nullopt;
    return Mistake{condition.offset,
                   absl::StrCat(NameOf(condition.scope), ": more than ", kMaxConditionValues, " values")};
  }

  // Of several days, those that all hold; of several excluded ones, all are excluded.
  static std::optional<Mistake> AddDays(const Condition& condition, absl::string_view value, v1::Filter& filter) {
    const std::optional<Days> days = ReadDays(value);
    if (!days.has_value()) {
      return Mistake{condition.offset, absl::StrCat(Said(condition, value), " is no year, month or day, such as 2021, ",
                                                    "9/2021, 20/09/2021 or 2021-09-20")};
    }
    const bool later = (condition.scope == Scope::kFrom) != condition.negated;
    const bool from = condition.scope == Scope::kFrom;
    const bool has = from ? filter.has_published_from() : filter.has_published_before();
    google::protobuf::Timestamp& time = *(from ? filter.mutable_published_from() : filter.mutable_published_before());
    const int64_t seconds = absl::ToUnixSeconds(absl::FromCivil(from ? days->first : days->behind, VietnamTimeZone()));
    const int64_t bounded = std::clamp(seconds, kFirstSecond, kLastSecond);
    time.set_seconds(!has ? bounded : (later ? std::max(time.seconds(), bounded) : std::min(time.seconds(), bounded)));
    if (filter.has_published_from() && filter.has_published_before() &&
        filter.published_from().seconds() >= filter.published_before().seconds()) {
      return Mistake{condition.offset, absl::StrCat(Said(condition, value), " leaves no day between from: and to:")};
    }
    return std::nullopt;
  }

  // Of a timestamp: the years 1 to 9999.
  static constexpr int64_t kFirstSecond = -62'135'596'800;
  static constexpr int64_t kLastSecond = 253'402'300'799;

  v1::Filter& filter_;
  std::array<v1::Filter, static_cast<size_t>(Scope::kTo) + 1> excluded_;
};

}  // namespace

std::optional<Mistake> ReadConditions(const std::vector<Condition>& conditions, v1::Filter& filter) {
  FilterBuilder builder(filter);
  for (const Condition& condition : conditions) {
    if (std::optional<Mistake> mistake = builder.Add(condition); mistake.has_value()) return mistake;
  }
  builder.Finish();
  return std::nullopt;
}

}  // namespace tintinh::query
