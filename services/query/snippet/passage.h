// Cuts the best passage out of a text.
#ifndef TINTINH_SERVICES_QUERY_SNIPPET_PASSAGE_H_
#define TINTINH_SERVICES_QUERY_SNIPPET_PASSAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/query/snippet/marks.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

struct Passage {
  std::string text;  // "…" where a sentence is cut
  std::vector<v1::Highlight> highlights;
  double score = 0;  // 0 when no mark is in it
};

// The stretch of at most `max_bytes` (>= 40) that holds the most telling marks, widened to whole words and where
// possible to the begin of a sentence. Never cuts a letter. Linear in the size of the text.
Passage BestPassage(absl::string_view text, const std::vector<Mark>& marks, uint32_t max_bytes);

// Marks as highlights; words that stand together in text and query become one.
std::vector<v1::Highlight> ToHighlights(absl::string_view text, const std::vector<Mark>& marks);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SNIPPET_PASSAGE_H_
