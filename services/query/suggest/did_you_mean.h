// The marks that a text typed without any was probably meant to have.
#ifndef TINTINH_SERVICES_QUERY_SUGGEST_DID_YOU_MEAN_H_
#define TINTINH_SERVICES_QUERY_SUGGEST_DID_YOU_MEAN_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/query/suggest/found_titles.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

inline constexpr size_t kMaxRestoredWords = 12;  // further ones stay as typed

// Reads titles (found_titles.h) with each two neighbouring words, in one search for each two, and takes for every word
// the marks that agree best with those of its neighbours. A word that stands beside its neighbours in no title stays as
// typed, and so does everything of a text that has a mark, or of one word. Signs stay where they are. Errors as
// RootSearch::Search has them, of the first search alone.
absl::StatusOr<v1::DidYouMeanResponse> RestoreMarks(TitleReader& titles, absl::string_view text, absl::Time deadline);

// The answer where `meant` is what the keys typed spell: its words with marks are the corrections.
v1::DidYouMeanResponse AsDecoded(absl::string_view meant);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SUGGEST_DID_YOU_MEAN_H_
