// Completions of what is being typed: phrases that titles have, titles, places.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_SUGGEST_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_SUGGEST_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/query/suggest/found_titles.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

inline constexpr uint32_t kDefaultSuggestions = 8;
inline constexpr uint32_t kMaxSuggestions = 20;

// Reads titles (found_titles.h) in at most three searches: those where the words stand side by side; if they show no
// phrase, those where they stand in this order with others between them; if there are none either, those that tell how
// the last two words go on. Blank text gets an empty answer. INVALID_ARGUMENT names field, value and limit; other
// errors as RootSearch::Search has them, of the first search alone: what was found until a later one failed is better
// than an error. Everything but `took`.
absl::StatusOr<v1::SuggestResponse> Suggest(TitleReader& titles, const v1::SuggestRequest& request,
                                            absl::Time deadline);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_SUGGEST_H_
