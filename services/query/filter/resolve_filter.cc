#include "services/query/filter/resolve_filter.h"

#include <optional>
#include <string>

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
        absl::StrCat("filter.", field, ": ", values.size(), " values, at most ", kMaxFilterValues, " are allowed"));
  }
  for (const std::string& value : values) {
    if (value.empty()) return absl::InvalidArgumentError(absl::StrCat("filter.", field, ": holds an empty value"));
    if (value.size() > kMaxFilterValueBytes) {
      return absl::InvalidArgumentError(absl::StrCat("filter.", field, ": a value of ", value.size(),
                                                     " bytes, at most ", kMaxFilterValueBytes, " are allowed"));
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
      absl::StrCat("filter.", field, ": ", time.seconds(), " s ", time.nanos(), " ns is outside the years 1 to 9999"));
}

absl::Status CheckSpan(const v1::Filter& filter) {
  if (filter.has_published_from()) RETURN_IF_ERROR(CheckTime("published_from", filter.published_from()));
  if (filter.has_published_before()) RETURN_IF_ERROR(CheckTime("published_before", filter.published_before()));
  if (!filter.has_published_from() || !filter.has_published_before()) return absl::OkStatus();
  if (filter.published_from() < filter.published_before()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("filter.published_from: ", TimeUtil::ToString(filter.published_from()),
                                                 " is not before filter.published_before ",
                                                 TimeUtil::ToString(filter.published_before())));
}

absl::Status ResolveProvinces(Strings& provinces) {
  for (std::string& name : provinces) {
    const std::optional<places::Province> province = places::FindProvince(name);
    if (!province.has_value()) {
      return absl::InvalidArgumentError(absl::StrCat("filter.provinces: \"", text::RepairUtf8(name),
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

}  // namespace

absl::StatusOr<v1::Filter> ResolveFilter(const v1::Filter& filter) {
  RETURN_IF_ERROR(CheckValues("sites", filter.sites()));
  RETURN_IF_ERROR(CheckValues("provinces", filter.provinces()));
  RETURN_IF_ERROR(CheckValues("districts", filter.districts()));
  RETURN_IF_ERROR(CheckValues("sections", filter.sections()));
  RETURN_IF_ERROR(CheckValues("languages", filter.languages()));
  RETURN_IF_ERROR(CheckValues("documents", filter.documents()));
  RETURN_IF_ERROR(CheckSpan(filter));
  v1::Filter resolved = filter;
  RETURN_IF_ERROR(ResolveProvinces(*resolved.mutable_provinces()));
  UnifyNumbers(*resolved.mutable_documents());
  return resolved;
}

bool IsEmpty(const v1::Filter& filter) { return filter.ByteSizeLong() == 0; }

}  // namespace tintinh::query
