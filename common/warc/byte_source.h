// The bytes of a WARC file, gzip taken off, and where in the file they stand.
#ifndef TINTINH_COMMON_WARC_BYTE_SOURCE_H_
#define TINTINH_COMMON_WARC_BYTE_SOURCE_H_

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::warc {

// Reads plain files and gzip files of any number of members (RFC 1952), told by their first bytes. Not thread-safe.
class ByteSource {
 public:
  // NOT_FOUND or INVALID_ARGUMENT names the file.
  static absl::StatusOr<std::unique_ptr<ByteSource>> Open(const std::string& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  // Bytes not yet consumed, of one member at a time: as many as fit 64 KiB, none at the end of a member or of the file.
  // DATA_LOSS names the offset of a member that is torn or no gzip.
  absl::StatusOr<absl::string_view> Peek();
  void Consume(size_t bytes);

  // Goes on with the next member once Peek has shown nothing; false at the end of the file. A plain file has one.
  absl::StatusOr<bool> NextMember();

  // Where the next byte stands: in a plain file its own offset; in a gzip file that of its member, and behind how many
  // unpacked bytes of it.
  uint64_t offset() const;
  uint64_t in_member() const;
  // Bytes of the file that belong to the member, or to what came before; of use once Peek has shown nothing.
  uint64_t file_position() const;

 private:
  struct Inflater;
  ByteSource(std::FILE* file, std::string path);

  absl::Status FillInput();
  absl::Status Unpack();

  std::FILE* const file_;
  const std::string path_;
  std::unique_ptr<Inflater> inflater_;  // of a gzip file
  std::string input_;                   // read from the file, from input_at_ on not yet used
  size_t input_at_ = 0;
  uint64_t input_end_offset_ = 0;  // of what follows input_
  std::string output_;
  size_t output_at_ = 0;
  uint64_t member_start_ = 0;
  uint64_t member_bytes_ = 0;  // consumed of this member
  bool member_ended_ = false;
};

}  // namespace tintinh::warc

#endif  // TINTINH_COMMON_WARC_BYTE_SOURCE_H_
