#include "services/crawler/sites/members.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"

namespace tintinh::crawler {
namespace {

// Neither name may hold a line end: they are names of sites and hosts.
std::string Weight(absl::string_view member, absl::string_view site) {
  return Sha256Hex128(absl::StrCat(member, "\n", site));
}

}  // namespace

std::string OwnerOf(absl::string_view site, const std::vector<std::string>& members) {
  std::pair<std::string, std::string> greatest;  // weight, member
  for (const std::string& member : members) {
    greatest = std::max(greatest, std::make_pair(Weight(member, site), member));
  }
  return greatest.second;
}

absl::Status CheckMembers(absl::string_view member, const std::vector<std::string>& members) {
  absl::flat_hash_set<std::string> names;
  for (const std::string& name : members) {
    if (name.empty() || name.find('\n') != std::string::npos) {
      return absl::InvalidArgumentError(absl::StrCat("members: \"", name, "\" is no name"));
    }
    if (!names.insert(name).second)
      return absl::InvalidArgumentError(absl::StrCat("members: \"", name, "\" is there twice"));
  }
  if (members.empty() && member.empty()) return absl::OkStatus();
  if (names.contains(member)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("member \"", member, "\" is not one of the ", members.size(), " members"));
}

}  // namespace tintinh::crawler
