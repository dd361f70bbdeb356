// The terms of several segments together: one term after another, with the segments that have it.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_MERGED_TERMS_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_MERGED_TERMS_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "services/indexer/segment/segment.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

// Not thread-safe; what TermWalker needs goes for all sources.
class MergedTerms {
 public:
  explicit MergedTerms(absl::Span<const SegmentView> sources);

  // Moves to the next term in byte order. False at the end and after a failure; status() tells which.
  bool Next();

  const std::string& term() const { return term_; }
  // Which sources have the term, ascending.
  const std::vector<size_t>& holders() const { return holders_; }
  // REQUIRES: `source` is among the holders.
  absl::StatusOr<std::unique_ptr<PostingCursor>> Open(size_t source) { return walkers_[source]->Open(); }
  // As TermWalker::Whole; REQUIRES the same.
  std::optional<TermWalker::WholeList> Whole(size_t source) { return walkers_[source]->Whole(); }

  absl::Status status() const;

 private:
  std::vector<std::unique_ptr<TermWalker>> walkers_;
  std::string term_;
  std::vector<size_t> holders_;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_MERGED_TERMS_H_
