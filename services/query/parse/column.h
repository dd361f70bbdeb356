// Where in a reader's text something stands, as a reader counts.
#ifndef TINTINH_SERVICES_QUERY_PARSE_COLUMN_H_
#define TINTINH_SERVICES_QUERY_PARSE_COLUMN_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace tintinh::query {

// The column in `typed`, letters with their marks counted from 1, of what stands at byte `offset` of `collapsed`, the
// same text with its white space collapsed (text::CollapseWhitespace). REQUIRES: `typed` is valid UTF-8.
size_t ColumnOf(absl::string_view typed, absl::string_view collapsed, size_t offset);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_COLUMN_H_
