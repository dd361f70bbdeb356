#include "services/crawler/discover/gunzip.h"

#include <zlib.h>

#include <array>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace tintinh::crawler {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;

class Inflater {
 public:
  explicit Inflater(absl::string_view bytes) : input_(bytes) {
    ready_ = inflateInit2(&stream_, kGzipOnly) == Z_OK;
    stream_.next_in = reinterpret_cast<Bytef*>(input_.data());
    stream_.avail_in = static_cast<uInt>(input_.size());
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool ready() const { return ready_; }

  // The next bytes; empty at the end, or where the data are broken.
  absl::string_view Next() {
    while (ready_) {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const size_t size = buffer_.size() - stream_.avail_out;
      if (result == Z_STREAM_END) {
        ready_ = stream_.avail_in > 0 && inflateReset(&stream_) == Z_OK;
      } else if (result != Z_OK) {
        ready_ = false;
      }
      if (size > 0) return {reinterpret_cast<const char*>(buffer_.data()), size};
    }
    return {};
  }

 private:
  std::string input_;
  z_stream stream_{};
  std::array<Bytef, 64 * 1024> buffer_{};
  bool ready_ = false;
};

}  // namespace

bool IsGzip(absl::string_view bytes) { return absl::StartsWith(bytes, "\x1F\x8B\x08"); }

absl::StatusOr<std::string> Gunzip(absl::string_view bytes, size_t max_bytes) {
  Inflater inflater(bytes);
  std::string out;
  for (absl::string_view next = inflater.Next(); !next.empty(); next = inflater.Next()) {
    if (next.size() > max_bytes - out.size()) {
      return absl::ResourceExhaustedError(absl::StrCat("gzip: expands to more than ", max_bytes, " bytes"));
    }
    out.append(next.data(), next.size());
  }
  if (out.empty()) return absl::DataLossError(absl::StrCat("gzip: nothing can be read of ", bytes.size(), " bytes"));
  return out;
}

}  // namespace tintinh::crawler
