// Codec of dictionary blocks: runs of terms in byte order with their records (postings/term_record.h), each term
// without the prefix it shares with the one before. Terms that are all of one size, as pairs are, take a byte less
// each. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_TERM_BLOCK_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_TERM_BLOCK_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {

class TermBlockWriter {
 public:
  // REQUIRES: terms ascend strictly since Finish().
  void Add(absl::string_view term, absl::string_view record);

  bool empty() const { return body_.empty(); }
  size_t bytes() const { return body_.size(); }
  absl::string_view last_term() const { return last_term_; }
  // The encoded block; starts the next.
  std::string Finish();

 private:
  void Append(absl::string_view term, absl::string_view record);
  void AllowOtherSizes();

  size_t term_size_ = 0;  // of all terms; 0: of any size
  std::string body_;
  std::string last_term_;
};

// Walks a block from its first term to its last. The value must outlive it.
class TermBlockReader {
 public:
  // DATA_LOSS unless `value` is a whole, undamaged block of terms that are not empty and ascend.
  static absl::Status Check(absl::string_view value);

  explicit TermBlockReader(absl::string_view value);  // REQUIRES: Check(value) is OK

  // False at the end. Before the first call there is no term.
  bool Next();
  absl::string_view term() const { return term_; }      // valid until Next()
  absl::string_view record() const { return record_; }  // a view into the value

 private:
  friend class TermBlockWriter;
  struct Body {
    absl::string_view bytes;
  };
  explicit TermBlockReader(Body body);

  // Also false, with malformed_ set, where the bytes make no sense.
  bool ReadEntry();

  ByteReader bytes_;
  uint32_t term_size_ = 0;  // of all terms; 0: of any size
  std::string term_;
  absl::string_view record_;
  bool malformed_ = false;
};

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_TERM_BLOCK_H_
