#include "services/crawler/archive/gzip_member.h"

#include <zlib.h>

#include <array>
#include <cstddef>
#include <fstream>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace tintinh::crawler {
namespace {

constexpr int kGzipWindow = MAX_WBITS + 16;  // zlib's way to say "gzip, not zlib"
constexpr int kMemoryLevel = 8;              // zlib's default
constexpr size_t kPiece = 64 * 1024;

// zlib reads through a pointer that is not const, and does not write.
Bytef* Input(const char* bytes) { return reinterpret_cast<Bytef*>(const_cast<char*>(bytes)); }

class Inflater {
 public:
  Inflater() { ok_ = inflateInit2(&stream_, kGzipWindow) == Z_OK; }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Feeds the next bytes of the file; false when they continue no member.
  bool Feed(absl::string_view bytes) {
    stream_.next_in = Input(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    while (ok_ && stream_.avail_in > 0) Step(bytes.size());
    consumed_ += bytes.size();
    return ok_;
  }

  uint64_t complete() const { return complete_; }

 private:
  void Step(size_t piece) {
    stream_.next_out = discarded_.data();
    stream_.avail_out = static_cast<uInt>(discarded_.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      complete_ = consumed_ + piece - stream_.avail_in;
      ok_ = inflateReset(&stream_) == Z_OK;
    } else {
      ok_ = result == Z_OK;
    }
  }

  z_stream stream_ = {};
  bool ok_ = false;
  uint64_t consumed_ = 0;
  uint64_t complete_ = 0;
  std::array<Bytef, kPiece> discarded_;
};

}  // namespace

absl::StatusOr<std::string> GzipMember(absl::string_view bytes) {
  if (bytes.size() > std::numeric_limits<uInt>::max()) {
    return absl::InvalidArgumentError(absl::StrCat("record of ", bytes.size(), " bytes is too long for one member"));
  }
  z_stream stream = {};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK) {
    return absl::ResourceExhaustedError("zlib has no memory for a record");
  }
  std::string member(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = Input(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(member.data());
  stream.avail_out = static_cast<uInt>(member.size());
  const int result = deflate(&stream, Z_FINISH);
  member.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) return absl::InternalError(absl::StrCat("zlib answered ", result));
  return member;
}

absl::StatusOr<uint64_t> CompleteMemberBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return absl::NotFoundError(absl::StrCat("open ", path));
  Inflater inflater;
  std::array<char, kPiece> piece;
  while (file) {
    file.read(piece.data(), piece.size());
    const auto size = static_cast<size_t>(file.gcount());
    if (size > 0 && !inflater.Feed(absl::string_view(piece.data(), size))) break;
  }
  return inflater.complete();
}

}  // namespace tintinh::crawler
