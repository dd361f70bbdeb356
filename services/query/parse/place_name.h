// Names of places as a reader types them, and as the index knows them.
#ifndef TINTINH_SERVICES_QUERY_PARSE_PLACE_NAME_H_
#define TINTINH_SERVICES_QUERY_PARSE_PLACE_NAME_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/query/parse/scope.h"

namespace tintinh::query {

// The official names that `name`, of a province or a district by `scope`, may stand for: with or without marks, with or
// without the word for what it is in front ("huyện Lập Thạch"). Empty for an unknown name. Districts of different
// provinces may share one.
std::vector<std::string> OfficialNames(Scope scope, absl::string_view name);

// How many bytes of `text` the longest known name takes that it begins with; 0 where there is none. At most six words.
size_t NameSize(Scope scope, absl::string_view text);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_PLACE_NAME_H_
