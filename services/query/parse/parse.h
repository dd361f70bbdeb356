// From what a reader typed to the query the shards execute.
#ifndef TINTINH_SERVICES_QUERY_PARSE_PARSE_H_
#define TINTINH_SERVICES_QUERY_PARSE_PARSE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/query/alias/alias.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

inline constexpr size_t kMaxQueryBytes = 1024;
// Syllables of one query that are searched; what a reader pastes beyond them is left out and `shortened` says so.
inline constexpr uint32_t kMaxQueryTerms = 64;

// How the hits will be ordered. By score, plain words are optional: a hit with more of them ranks higher. By date no
// rank puts a passing mention behind, so nearly all plain words are required (all of up to four), and of words without
// marks also half of their pairs.
enum class Ranking { kScore, kDate };

// The analyzed keys of everything a reader wants to find, for marking them in a text.
struct WantedKeys {
  absl::flat_hash_set<std::string> exact;
  absl::flat_hash_set<std::string> folded;
  absl::flat_hash_set<std::string> pairs;
  absl::flat_hash_set<std::string> identifiers;
  std::vector<NameKeys> names;                                                    // by their pairs, side by side
  std::vector<std::string> exact_prefixes, folded_prefixes, identifier_prefixes;  // of words that end in '*'
};

struct ParsedQuery {
  // INVALID_ARGUMENT, with the column in the text, where a condition or a bracket cannot be followed (LANGUAGE.md);
  // nothing else is set then. No plain text is such.
  absl::Status status;
  v1::Filter conditions;  // site:, province:, from: and so on; checked, names official
  // What to execute first. No node is set when the text holds no letter and no digit.
  v1::LeafQuery strict;
  // For when `strict` finds too little: marks ignored at a penalty or, by date without marks, no pairs required. No
  // node is set where that would be `strict` again.
  v1::LeafQuery widened;
  WantedKeys strict_keys;
  WantedKeys widened_keys;
  bool only_exclusions = false;  // nothing but -not clauses: everything else matches, no score means anything
  bool shortened = false;
  uint32_t searched_terms = kMaxQueryTerms;  // how many syllables were; the rest was left out if `shortened`
  std::vector<ProvinceNames> provinces;  // named in it; their articles of the other epoch are found too, behind others
  std::string repaired;  // the text as it was read where that differs from what was typed (legacy encodings)
};

// Reads the language of LANGUAGE.md. Words with marks are taken as typed, and so are unmarked words beside them;
// without any mark words match whatever their marks. Deterministic; at most 1,000 nodes, the expansions of prefixes
// among them, at most 16 deep; linear in the size of `text`, which is cut at kMaxQueryBytes.
ParsedQuery Parse(absl::string_view text, Ranking ranking);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_PARSE_PARSE_H_
