// Leads (sapo): the paper's mark in front of them, and their repetition at the head of the body.
#ifndef TINTINH_SERVICES_NORMALIZER_GRAMMAR_LEAD_H_
#define TINTINH_SERVICES_NORMALIZER_GRAMMAR_LEAD_H_

#include <string>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer {

// `lead` without the dateline in front: "(Baothanhhoa.vn) - ", "(NLĐO)- ", "TPO - ", "(TTV) ", "- ". The paper or
// agency it names goes to `source` when given; `source` is untouched when the dateline names none.
absl::string_view StripDateline(absl::string_view lead, std::string* source = nullptr);

// True when `lead` names its paper in a dateline, so that only a lead can look like this.
bool HasDateline(absl::string_view lead);

// True when `paragraph` says the lead again: the same letters (case, white space, datelines and final punctuation
// aside) as the whole paragraph or its head, or 80 % of the six-syllable shingles of a lead of much the same length.
// Leads under 20 bytes never repeat.
bool LeadRepeats(absl::string_view lead, absl::string_view paragraph);

// What remains of `paragraph` behind the lead, trimmed; empty when it is the lead and nothing else, `paragraph` itself
// when the lead does not repeat there.
std::string RemoveLeadFrom(absl::string_view lead, absl::string_view paragraph);

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_GRAMMAR_LEAD_H_
