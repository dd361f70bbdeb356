// Whether a stored article meets a filter, found out by looking at it.
#ifndef TINTINH_TESTS_SUPPORT_STORED_FILTER_H_
#define TINTINH_TESTS_SUPPORT_STORED_FILTER_H_

#include <algorithm>
#include <string>
#include <vector>

#include "tintinh/disk/v1/indexer.pb.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::testing {

template <typename Wanted>
inline bool HasAny(const Wanted& wanted, const std::vector<std::string>& have) {
  if (wanted.empty()) return true;
  for (const std::string& value : wanted) {
    if (!value.empty() && std::find(have.begin(), have.end(), value) != have.end()) return true;
  }
  return false;
}

inline bool Passes(const v1::Filter& filter, const disk::v1::StoredArticle& stored) {
  const auto micros = [](const auto& time) { return time.seconds() * 1'000'000 + time.nanos() / 1'000; };
  const bool dated = filter.has_published_from() || filter.has_published_before();
  if (dated && !stored.has_published_us()) return false;
  if (filter.has_published_from() && stored.published_us() < micros(filter.published_from())) return false;
  if (filter.has_published_before() && stored.published_us() >= micros(filter.published_before())) return false;
  const auto passes = [&](const v1::Filter& other) { return Passes(other, stored); };
  if (!std::all_of(filter.also().begin(), filter.also().end(), passes)) return false;
  if (std::any_of(filter.without().begin(), filter.without().end(), passes)) return false;
  std::vector<std::string> numbers;
  for (const auto& document : stored.documents()) numbers.push_back(document.number());
  return HasAny(filter.sites(), {stored.site()}) &&
         HasAny(filter.provinces(), {stored.province(), stored.province_today()}) &&
         HasAny(filter.districts(), {stored.district()}) && HasAny(filter.languages(), {stored.language()}) &&
         HasAny(filter.sections(), {stored.section_path().begin(), stored.section_path().end()}) &&
         HasAny(filter.documents(), numbers);
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_STORED_FILTER_H_
