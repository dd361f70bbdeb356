#include "services/indexer/verify/document_sums.h"

#include "absl/hash/hash.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/types/span.h"

namespace tintinh::indexer {
namespace {

bool StoresPositions(absl::string_view term) { return PositionsOf(FieldOfTerm(term)) == Positions::kStored; }

uint64_t HashOf(absl::string_view term, uint32_t freq, absl::Span<const uint32_t> positions) {
  return absl::HashOf(term, freq, positions);
}

absl::Status Damaged(absl::string_view term, absl::string_view what) {
  return absl::DataLossError(
      absl::StrCat("term \"", absl::CHexEscape(term.substr(1)), "\" of field ", FieldOfTerm(term), ": ", what));
}

}  // namespace

void DocumentSums::AddText(uint32_t ordinal, const DocumentTerms& terms) {
  for (const DocumentTerms::Term& term : terms.terms()) {
    const auto positions = StoresPositions(term.term) ? term.positions : absl::Span<const uint32_t>();
    texts_[ordinal] += HashOf(term.term, static_cast<uint32_t>(term.positions.size()), positions);
  }
}

absl::Status DocumentSums::AddList(absl::string_view term, PostingCursor& postings) {
  uint32_t read = 0;
  for (uint32_t doc = postings.Seek(0); doc != kNoMoreDocs; doc = postings.Seek(doc + 1)) {
    if (doc >= lists_.size()) return Damaged(term, absl::StrCat("document ", doc, " of ", lists_.size()));
    const uint32_t freq = postings.freq();
    lists_[doc] += HashOf(term, freq, StoresPositions(term) ? postings.PositionsOfDoc() : absl::Span<const uint32_t>());
    ++read;
  }
  if (!postings.status().ok()) return postings.status();
  postings_ += read;
  if (read == postings.statistics().document_frequency) return absl::OkStatus();
  return Damaged(term, absl::StrCat("its list has ", read, " documents, its record says ",
                                    postings.statistics().document_frequency));
}

}  // namespace tintinh::indexer
