// The matches of a query in one segment, document at a time.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_DOC_ITERATOR_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_DOC_ITERATOR_H_

#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/search/query_plan.h"
#include "services/indexer/segment/snapshot.h"

namespace tintinh::indexer {

// Stands on its first match when made. Deleted documents are matches like others. Not thread-safe.
class DocIterator {
 public:
  virtual ~DocIterator() = default;

  // kNoMoreDocs at the end and after a failure; status() tells which.
  uint32_t doc() const { return doc_; }

  // Moves to the first match >= target and returns it. Never moves back.
  uint32_t Seek(uint32_t target) { return doc_ < target ? doc_ = Advance(target) : doc_; }

  // Of the current document. REQUIRES: doc() != kNoMoreDocs.
  virtual double Score() = 0;

  virtual uint64_t cost() const = 0;  // an upper bound of the number of matches
  virtual absl::Status status() const = 0;

 protected:
  // The first match >= target. Called with ascending targets.
  virtual uint32_t Advance(uint32_t target) = 0;

  uint32_t doc_ = 0;
};

// `plan` and `view` must outlive the iterator. DATA_LOSS names what is damaged.
absl::StatusOr<std::unique_ptr<DocIterator>> OpenIterator(const PlanNode& plan, const SegmentView& view);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_DOC_ITERATOR_H_
