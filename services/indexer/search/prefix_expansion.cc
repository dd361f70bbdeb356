#include "services/indexer/search/prefix_expansion.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "common/status/status_macros.h"
#include "services/indexer/segment/segment.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kTermsPerDeadlineCheck = 4'096;

// Terms of several segments together, each once, in byte order.
class MergedScan {
 public:
  MergedScan(const Snapshot& snapshot, absl::string_view prefix, const ScanDeadline& deadline) : deadline_(deadline) {
    for (const SegmentView& view : snapshot.segments) scans_.push_back(view.segment->ScanTerms(prefix));
  }

  absl::Status Start() {
    for (const auto& scan : scans_) RETURN_IF_ERROR(Advance(scan.get()));
    return absl::OkStatus();
  }

  bool done() const { return heads_.empty() || scanned_ >= kMaxScannedTerms; }

  // REQUIRES: !done().
  absl::Status Take(ExpandedTerm& taken) {
    taken.term.assign(heads_.front()->term().data(), heads_.front()->term().size());
    taken.document_frequency = 0;
    while (!heads_.empty() && heads_.front()->term() == taken.term) {
      std::pop_heap(heads_.begin(), heads_.end(), Behind);
      TermScan* const scan = heads_.back();
      heads_.pop_back();
      ASSIGN_OR_RETURN(const uint32_t documents, scan->DocumentFrequency());
      taken.document_frequency += documents;
      RETURN_IF_ERROR(Advance(scan));
    }
    return absl::OkStatus();
  }

 private:
  static bool Behind(const TermScan* a, const TermScan* b) { return a->term() > b->term(); }

  absl::Status Advance(TermScan* scan) {
    if (scanned_++ % kTermsPerDeadlineCheck == 0) RETURN_IF_ERROR(deadline_.Check());
    if (!scan->Next()) return scan->status();
    heads_.push_back(scan);
    std::push_heap(heads_.begin(), heads_.end(), Behind);
    return absl::OkStatus();
  }

  const ScanDeadline& deadline_;
  std::vector<std::unique_ptr<TermScan>> scans_;
  std::vector<TermScan*> heads_;  // that are at a term; the least in front
  uint32_t scanned_ = 0;
};

bool Better(const ExpandedTerm& a, const ExpandedTerm& b) {
  if (a.document_frequency != b.document_frequency) return a.document_frequency > b.document_frequency;
  return a.term < b.term;
}

}  // namespace

absl::StatusOr<std::vector<ExpandedTerm>> ExpandPrefix(const Snapshot& snapshot, absl::string_view prefix, size_t most,
                                                       const ScanDeadline& deadline) {
  MergedScan scan(snapshot, prefix, deadline);
  RETURN_IF_ERROR(scan.Start());
  std::vector<ExpandedTerm> best;  // a heap, the worst in front
  ExpandedTerm next;
  while (!scan.done()) {
    RETURN_IF_ERROR(scan.Take(next));
    if (best.size() == most) {
      if (!Better(next, best.front())) continue;
      std::pop_heap(best.begin(), best.end(), Better);
      best.back() = next;
    } else {
      best.push_back(next);
    }
    std::push_heap(best.begin(), best.end(), Better);
  }
  std::sort_heap(best.begin(), best.end(), Better);
  return best;
}

}  // namespace tintinh::indexer
