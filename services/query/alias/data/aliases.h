// The table of aliases as it stands in aliases.tsv; its remarks say what a line means.
#ifndef TINTINH_SERVICES_QUERY_ALIAS_DATA_ALIASES_H_
#define TINTINH_SERVICES_QUERY_ALIAS_DATA_ALIASES_H_

#include "absl/strings/string_view.h"

namespace tintinh::query {

absl::string_view AliasLines();

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_ALIAS_DATA_ALIASES_H_
