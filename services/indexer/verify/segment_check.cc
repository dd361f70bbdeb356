#include "services/indexer/verify/segment_check.h"

#include <array>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/analyzer.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/packed_id.h"
#include "services/indexer/verify/document_sums.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {
namespace {

// The first column in which they differ; empty: none.
absl::string_view Difference(const ColumnValues& stored, const ColumnValues& wanted) {
  if (stored.packed_id != wanted.packed_id) return "id";
  if (stored.packed_hash != wanted.packed_hash) return "content hash";
  if (stored.published_us != wanted.published_us) return "time of publication";
  if (stored.simhash != wanted.simhash) return "simhash";
  if (stored.single != wanted.single) return "columns of one value";
  if (stored.lists != wanted.lists) return "columns of several values";
  if (stored.norms != wanted.norms) return "lengths";
  return "";
}

class SegmentCheck {
 public:
  SegmentCheck(const Segment& segment, uint32_t documents, FaultSink report)
      : segment_(segment), documents_(documents), report_(report), sums_(documents) {}

  void ReadDocuments() {
    for (uint32_t ordinal = 0; ordinal < documents_; ++ordinal) {
      const absl::Status status = ReadDocument(ordinal);
      if (!status.ok()) report_(absl::StrCat("document ", ordinal, ": ", status.message()));
    }
  }

  void ReadLists() {
    const std::unique_ptr<TermWalker> walker = segment_.WalkTerms();
    std::string before;
    for (; walker->Valid(); walker->Next()) {
      if (walker->term() <= before) report_("its terms are not in order");
      before.assign(walker->term().data(), walker->term().size());
      const absl::Status status = ReadList(*walker);
      if (!status.ok()) report_(std::string(status.message()));
    }
    if (!walker->status().ok()) report_(std::string(walker->status().message()));
  }

  void Compare() {
    for (uint32_t ordinal = 0; ordinal < documents_; ++ordinal) {
      if (!sums_.Agree(ordinal))
        report_(absl::StrCat("article ", IdOf(ordinal), ": posting lists differ from its text"));
    }
    const AllFieldFigures stored = segment_.figures();
    for (size_t field = 0; field < kFieldCount; ++field) {
      if (stored[field].documents == figures_[field].documents && stored[field].length == figures_[field].length)
        continue;
      report_(absl::StrCat("field ", field, ": ", stored[field].documents, " documents and ", stored[field].length,
                           " terms are recorded, ", figures_[field].documents, " and ", figures_[field].length,
                           " are there"));
    }
  }

  uint64_t postings() const { return sums_.postings(); }

 private:
  std::string IdOf(uint32_t ordinal) const { return UnpackId(segment_.columns().packed_ids[ordinal]); }

  absl::Status ReadDocument(uint32_t ordinal) {
    ASSIGN_OR_RETURN(const std::string stored, segment_.Document(ordinal));
    disk::v1::StoredArticle article;
    if (!article.ParseFromString(stored)) return absl::DataLossError("its article cannot be read");
    const IndexedDocument document = IndexDocument(article, analyzer_);
    sums_.AddText(ordinal, document.terms);
    AddFigures(document.terms.lengths());
    const absl::string_view column = Difference(segment_.Row(ordinal), document.columns);
    if (!column.empty()) return absl::DataLossError(absl::StrCat("its ", column, " differ from its article's"));
    return FindById(ordinal, document.columns.packed_id);
  }

  absl::Status FindById(uint32_t ordinal, absl::string_view packed_id) const {
    ASSIGN_OR_RETURN(const std::optional<uint32_t> found, segment_.FindArticle(packed_id));
    if (found == ordinal) return absl::OkStatus();
    return absl::DataLossError(absl::StrCat("its id ", UnpackId(packed_id), " leads to ",
                                            found ? absl::StrCat("document ", *found) : "no document"));
  }

  absl::Status ReadList(TermWalker& walker) {
    ASSIGN_OR_RETURN(const std::unique_ptr<PostingCursor> postings, walker.Open());
    return sums_.AddList(walker.term(), *postings);
  }

  void AddFigures(const std::array<uint32_t, kFieldCount>& lengths) {
    for (size_t field = 0; field < kFieldCount; ++field) {
      figures_[field].documents += lengths[field] > 0 ? 1 : 0;
      figures_[field].length += lengths[field];
    }
  }

  const Segment& segment_;
  const uint32_t documents_;
  const FaultSink report_;
  const text::Analyzer analyzer_{};
  DocumentSums sums_;
  AllFieldFigures figures_{};
};

}  // namespace

uint64_t CheckSegment(const Segment& segment, uint32_t documents, FaultSink report) {
  SegmentCheck check(segment, documents, report);
  check.ReadDocuments();
  check.ReadLists();
  check.Compare();
  return check.postings();
}

}  // namespace tintinh::indexer
