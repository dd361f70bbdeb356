// A set of documents that can be searched: in memory and growing, or on disk and immutable.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_SEGMENT_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_SEGMENT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/posting_cursor.h"
#include "services/indexer/segment/columns.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {

// The terms of a segment in byte order. Not thread-safe; the segment must outlive it and, in memory, not grow
// meanwhile.
class TermWalker {
 public:
  virtual ~TermWalker() = default;
  virtual bool Valid() const = 0;  // false at the end and after a failure
  virtual void Next() = 0;
  virtual absl::string_view term() const = 0;  // until Next()
  virtual absl::StatusOr<std::unique_ptr<PostingCursor>> Open() = 0;
  // The postings in the form of postings/short_list.h, where they are kept so: cheaper than a cursor.
  struct WholeList {
    TermStatistics statistics;
    absl::string_view bytes;  // until Next()
  };
  virtual std::optional<WholeList> Whole() { return std::nullopt; }
  virtual absl::Status status() const = 0;
};

// The terms that begin alike, in byte order. Starts before the first. Not thread-safe; the segment must outlive it and,
// in memory, may grow meanwhile.
class TermScan {
 public:
  virtual ~TermScan() = default;
  virtual bool Next() = 0;                     // false at the end and after a failure
  virtual absl::string_view term() const = 0;  // until Next()
  virtual absl::StatusOr<uint32_t> DocumentFrequency() const = 0;
  virtual absl::Status status() const = 0;
};

// Thread-safe. Documents are numbered from 0 in the order they were added; a reader that learned of n documents passes
// n as the limit and sees no others. Messages of DATA_LOSS name the segment and the term.
class Segment {
 public:
  virtual ~Segment() = default;

  // Null when no document has the term. `term` as TermOf() makes it. The segment must outlive the cursor.
  virtual absl::StatusOr<std::unique_ptr<PostingCursor>> OpenTerm(absl::string_view term, uint32_t limit) const = 0;
  virtual absl::StatusOr<uint32_t> DocumentFrequency(absl::string_view term) const = 0;
  virtual std::unique_ptr<TermWalker> WalkTerms() const = 0;
  // `prefix` is a field, not of pairs (their keys are hashes), and the first bytes of a key.
  virtual std::unique_ptr<TermScan> ScanTerms(absl::string_view prefix) const = 0;

  virtual bool is_on_disk() const = 0;
  virtual const ColumnArrays& columns() const = 0;
  virtual std::optional<uint32_t> FindCode(Column column, absl::string_view value) const = 0;
  virtual std::string ValueOf(Column column, uint32_t code) const = 0;
  virtual ColumnValues Row(uint32_t ordinal) const = 0;
  virtual AllFieldFigures figures() const = 0;
  // The average length of the field at which stored impacts were taken (postings/impact.h).
  virtual double impact_average(FieldId field) const = 0;

  // The newest version this segment has of the article, deleted or not.
  virtual absl::StatusOr<std::optional<uint32_t>> FindArticle(absl::string_view packed_id) const = 0;
  // The article as given to the index: a serialized StoredArticle.
  virtual absl::StatusOr<std::string> Document(uint32_t ordinal) const = 0;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_SEGMENT_H_
