// What may stand before a colon: "title:", "site:", "from:".
#ifndef TINTINH_SERVICES_QUERY_PARSE_SCOPE_H_
#define TINTINH_SERVICES_QUERY_PARSE_SCOPE_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace tintinh::query {

// All but kNone and kTitle are conditions: they say which articles are searched, not which words are looked for.
enum class Scope { kNone, kTitle, kAuthor, kSite, kProvince, kDistrict, kSection, kDocument, kFrom, kTo };

struct ScopeName {
  Scope scope = Scope::kNone;
  size_t size = 0;  // with its colon
};

// The scope that `text` begins with, in letters of either case; kNone where there is none.
ScopeName ReadScopeName(absl::string_view text);

// As it is typed, without the colon.
absl::string_view NameOf(Scope scope);

inline bool IsCondition(Scope scope) { return scope != Scope::kNone && scope != Scope::kTitle; }
inline bool IsDate(Scope scope) { return scope == Scope::kFrom || scope == Scope::kTo; }

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_SCOPE_H_
