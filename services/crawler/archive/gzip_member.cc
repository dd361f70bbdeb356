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
// Of newspapers' pages level 4 leaves 6 % more than zlib's default of 6, in 60 % of the time.
constexpr int kLevel = 4;
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

// Kept from member to member: zlib's tables are 256 KiB, and setting them up costs as much as a short record.
class Deflater {
 public:
  Deflater() {
    ok_ = deflateInit2(&stream_, kLevel, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  absl::Status Append(absl::string_view bytes, std::string& members) {
    if (!ok_ || deflateReset(&stream_) != Z_OK) return absl::ResourceExhaustedError("zlib has no memory for a record");
    const size_t begin = members.size();
    members.resize(begin + deflateBound(&stream_, static_cast<uLong>(bytes.size())));
    stream_.next_in = Input(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(members.data() + begin);
    stream_.avail_out = static_cast<uInt>(members.size() - begin);
    const int result = deflate(&stream_, Z_FINISH);
    members.resize(begin + stream_.total_out);
    if (result != Z_STREAM_END) return absl::InternalError(absl::StrCat("zlib answered ", result));
    return absl::OkStatus();
  }

 private:
  z_stream stream_ = {};
  bool ok_ = false;
};

}  // namespace

absl::Status AppendGzipMember(absl::string_view bytes, std::string& members) {
  if (bytes.size() > std::numeric_limits<uInt>::max()) {
    return absl::InvalidArgumentError(absl::StrCat("record of ", bytes.size(), " bytes is too long for one member"));
  }
  thread_local Deflater deflater;
  return deflater.Append(bytes, members);
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
