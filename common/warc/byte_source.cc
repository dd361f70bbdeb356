#include "common/warc/byte_source.h"

#include <zlib.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::warc {
namespace {

constexpr size_t kPieceBytes = size_t{64} << 10;
constexpr absl::string_view kGzipMagic("\x1f\x8b", 2);

}  // namespace

struct ByteSource::Inflater {
  Inflater() { ok = inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK; }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  z_stream stream{};
  bool ok = false;
};

absl::StatusOr<std::unique_ptr<ByteSource>> ByteSource::Open(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return absl::InvalidArgumentError(absl::StrCat(path, ": a directory, not a WARC file"));
  }
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  std::unique_ptr<ByteSource> source(new ByteSource(file, path));
  RETURN_IF_ERROR(source->FillInput());
  if (!absl::StartsWith(source->input_, kGzipMagic)) return source;
  source->inflater_ = std::make_unique<Inflater>();
  if (!source->inflater_->ok) return absl::ResourceExhaustedError(absl::StrCat(path, ": no memory to unpack it"));
  return source;
}

ByteSource::ByteSource(std::FILE* file, std::string path) : file_(file), path_(std::move(path)) {}

ByteSource::~ByteSource() { std::fclose(file_); }

absl::Status ByteSource::FillInput() {
  input_.resize(kPieceBytes);
  input_.resize(std::fread(input_.data(), 1, input_.size(), file_));
  input_at_ = 0;
  input_end_offset_ += input_.size();
  if (std::ferror(file_) != 0) return absl::UnavailableError(absl::StrCat(path_, ": reading failed"));
  return absl::OkStatus();
}

absl::StatusOr<absl::string_view> ByteSource::Peek() {
  if (inflater_ == nullptr) {
    if (input_at_ == input_.size()) RETURN_IF_ERROR(FillInput());
    return absl::string_view(input_).substr(input_at_);
  }
  while (output_at_ == output_.size() && !member_ended_) RETURN_IF_ERROR(Unpack());
  return absl::string_view(output_).substr(output_at_);
}

absl::Status ByteSource::Unpack() {
  if (input_at_ == input_.size()) RETURN_IF_ERROR(FillInput());
  if (input_.empty()) {
    return absl::DataLossError(absl::StrCat(path_, ": the gzip member at offset ", member_start_, " is torn"));
  }
  output_.resize(kPieceBytes);
  output_at_ = 0;
  z_stream& stream = inflater_->stream;
  stream.next_in = reinterpret_cast<Bytef*>(input_.data() + input_at_);
  stream.avail_in = static_cast<uInt>(input_.size() - input_at_);
  stream.next_out = reinterpret_cast<Bytef*>(output_.data());
  stream.avail_out = static_cast<uInt>(output_.size());
  const int code = inflate(&stream, Z_NO_FLUSH);
  input_at_ = input_.size() - stream.avail_in;
  output_.resize(output_.size() - stream.avail_out);
  member_ended_ = code == Z_STREAM_END;
  if (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat(path_, ": the gzip member at offset ", member_start_,
                                          " is damaged: ", stream.msg == nullptr ? "bad data" : stream.msg));
}

void ByteSource::Consume(size_t bytes) {
  member_bytes_ += bytes;
  (inflater_ == nullptr ? input_at_ : output_at_) += bytes;
}

absl::StatusOr<bool> ByteSource::NextMember() {
  if (inflater_ == nullptr) return false;
  member_start_ = file_position();
  if (input_at_ == input_.size()) RETURN_IF_ERROR(FillInput());
  if (input_.empty()) return false;
  inflateReset(&inflater_->stream);
  member_bytes_ = 0;
  member_ended_ = false;
  return true;
}

uint64_t ByteSource::offset() const { return inflater_ == nullptr ? file_position() : member_start_; }

uint64_t ByteSource::in_member() const { return inflater_ == nullptr ? 0 : member_bytes_; }

uint64_t ByteSource::file_position() const { return input_end_offset_ - (input_.size() - input_at_); }

}  // namespace tintinh::warc
