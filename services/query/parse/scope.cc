#include "services/query/parse/scope.h"

#include <utility>

#include "absl/strings/match.h"

namespace tintinh::query {
namespace {

constexpr std::pair<absl::string_view, Scope> kScopes[] = {
    {"title", Scope::kTitle},       {"author", Scope::kAuthor},     {"site", Scope::kSite},
    {"province", Scope::kProvince}, {"district", Scope::kDistrict}, {"section", Scope::kSection},
    {"doc", Scope::kDocument},      {"from", Scope::kFrom},         {"to", Scope::kTo}};

}  // namespace

ScopeName ReadScopeName(absl::string_view text) {
  for (const auto& [name, scope] : kScopes) {
    if (text.size() > name.size() && text[name.size()] == ':' && absl::StartsWithIgnoreCase(text, name)) {
      return {scope, name.size() + 1};
    }
  }
  return {};
}

absl::string_view NameOf(Scope scope) {
  for (const auto& [name, named] : kScopes) {
    if (named == scope) return name;
  }
  return "";
}

}  // namespace tintinh::query
