#include "services/query/filter/resolve_filter.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "common/places/places.h"
#include "common/status/status_macros.h"
#include "common/text/normal_form.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace tintinh::query {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::TimeUtil;
using Strings = google::protobuf::RepeatedPtrField<std::string>;

absl::Status CheckValues(absl::string_view field, const Strings& values) {
  if (values.size() > kMaxFilterValues) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": ", values.size(), " values, at most ", kMaxFilterValues, " are allowed"));
  }
  for (const std::string& value : values) {
    if (value.empty()) return absl::InvalidArgumentError(absl::StrCat(field, ": holds an empty value"));
    if (value.size() > kMaxFilterValueBytes) {
      return absl::InvalidArgumentError(
          absl::StrCat(field, ": a value of ", value.size(), " bytes, at most ", kMaxFilterValueBytes, " are allowed"));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckTime(absl::string_view field, const Timestamp& time) {
  const bool in_range = time.seconds() >= TimeUtil::kTimestampMinSeconds &&
                        time.seconds() <= TimeUtil::kTimestampMaxSeconds && time.nanos() >= 0 &&
                        time.nanos() < 1'000'000'000;
  if (in_range) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": ", time.seconds(), " s ", time.nanos(), " ns is outside the years 1 to 9999"));
}

absl::Status CheckSpan(absl::string_view prefix, const v1::Filter& filter) {
  if (filter.has_published_from()) {
    RETURN_IF_ERROR(CheckTime(absl::StrCat(prefix, "published_from"), filter.published_from()));
  }
  if (filter.has_published_before()) {
    RETURN_IF_ERROR(CheckTime(absl::StrCat(prefix, "published_before"), filter.published_before()));
  }
  if (!filter.has_published_from() || !filter.has_published_before()) return absl::OkStatus();
  if (filter.published_from() < filter.published_before()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(prefix, "published_from: ", TimeUtil::ToString(filter.published_from()), " is not before ", prefix,
                   "published_before ", TimeUtil::ToString(filter.published_before())));
}

absl::Status ResolveProvinces(absl::string_view prefix, Strings& provinces) {
  for (std::string& name : provinces) {
    const std::optional<places::Province> province = places::FindProvince(name);
    if (!province.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat(prefix, "provinces: \"", text::RepairUtf8(name),
                                                     "\" is no province of Viet Nam, past or present"));
    }
    name = province->name;
  }
  return absl::OkStatus();
}

void UnifyNumbers(Strings& numbers) {
  for (std::string& number : numbers) {
    number = absl::StrReplaceAll(text::CollapseWhitespace(text::NormalForm(number)),
                                 {{"–", "-"}, {"—", "-"}, {"−", "-"}, {"‑", "-"}, {"‐", "-"}, {" ", ""}});
  }
}

// Of one filter, without those in it. `prefix` names it.
absl::Status ResolveConditions(absl::string_view prefix, v1::Filter& filter) {
  RETURN_IF_ERROR(CheckValues(absl::StrCat(prefix, "sites"), filter.sites()));
  RETURN_IF_ERROR(CheckValues(absl::StrCat(prefix, "provinces"), filter.provinces()));
  RETURN_IF_ERROR(CheckValues(absl::StrCat(prefix, "districts"), filter.districts()));
  RETURN_IF_ERROR(CheckValues(absl::StrCat(prefix, "sections"), filter.sections()));
  RETURN_IF_ERROR(CheckValues(absl::StrCat(prefix, "languages"), filter.languages()));
  RETURN_IF_ERROR(CheckValues(absl::StrCat(prefix, "documents"), filter.documents()));
  RETURN_IF_ERROR(CheckSpan(prefix, filter));
  RETURN_IF_ERROR(ResolveProvinces(prefix, *filter.mutable_provinces()));
  UnifyNumbers(*filter.mutable_documents());
  return absl::OkStatus();
}

absl::Status ResolveNested(absl::string_view field, google::protobuf::RepeatedPtrField<v1::Filter>& filters) {
  if (filters.size() > kMaxNestedFilters) {
    return absl::InvalidArgumentError(
        absl::StrCat(field, ": ", filters.size(), " filters, at most ", kMaxNestedFilters, " are allowed"));
  }
  for (v1::Filter& filter : filters) {
    if (IsEmpty(filter)) return absl::InvalidArgumentError(absl::StrCat(field, ": holds an empty filter"));
    if (!filter.also().empty() || !filter.without().empty()) {
      return absl::InvalidArgumentError(absl::StrCat(field, ": holds a filter with filters in it"));
    }
    RETURN_IF_ERROR(ResolveConditions(absl::StrCat(field, "."), filter));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::Filter> ResolveFilter(const v1::Filter& filter) {
  v1::Filter resolved = filter;
  RETURN_IF_ERROR(ResolveConditions("filter.", resolved));
  RETURN_IF_ERROR(ResolveNested("filter.also", *resolved.mutable_also()));
  RETURN_IF_ERROR(ResolveNested("filter.without", *resolved.mutable_without()));
  return resolved;
}

v1::Filter BothFilters(v1::Filter first, v1::Filter second) {
  if (IsEmpty(first)) return second;
  first.mutable_without()->MergeFrom(second.without());
  second.clear_without();
  if (!IsEmpty(second)) *first.add_also() = std::move(second);
  return first;
}

bool IsEmpty(const v1::Filter& filter) { return filter.ByteSizeLong() == 0; }

}  // namespace tintinh::query
