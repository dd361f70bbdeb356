#include "common/warc/reader.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::warc {
namespace {

constexpr absl::string_view kMagic = "WARC/";

// Colon and value behind a field's name, or nothing.
bool SplitField(absl::string_view line, std::pair<std::string, std::string>& field) {
  const size_t colon = line.find(':');
  if (colon == absl::string_view::npos || colon == 0) return false;
  field.first = std::string(absl::StripAsciiWhitespace(line.substr(0, colon)));
  field.second = std::string(absl::StripAsciiWhitespace(line.substr(colon + 1)));
  return true;
}

}  // namespace

absl::string_view Record::Field(absl::string_view name) const {
  for (const auto& [own, value] : fields) {
    if (absl::EqualsIgnoreCase(own, name)) return value;
  }
  return "";
}

absl::string_view Record::TargetUri() const {
  const absl::string_view uri = Field("WARC-Target-URI");
  const bool bracketed = absl::StartsWith(uri, "<") && absl::EndsWith(uri, ">");
  return bracketed ? uri.substr(1, uri.size() - 2) : uri;
}

absl::StatusOr<std::unique_ptr<Reader>> Reader::Open(const std::string& path, ReaderLimits limits) {
  ASSIGN_OR_RETURN(std::unique_ptr<ByteSource> source, ByteSource::Open(path));
  return std::unique_ptr<Reader>(new Reader(path, std::move(source), limits));
}

Reader::Reader(std::string path, std::unique_ptr<ByteSource> source, ReaderLimits limits)
    : path_(std::move(path)), source_(std::move(source)), limits_(limits) {}

absl::StatusOr<bool> Reader::Next(Record& record) {
  ASSIGN_OR_RETURN(const bool at_end, AtEnd());
  if (at_end) return false;
  record = Record();
  record.offset = offset_ = source_->offset();
  record.in_member = in_member_ = source_->in_member();
  RETURN_IF_ERROR(ReadHeader(record));
  RETURN_IF_ERROR(ReadBlock(record));
  RETURN_IF_ERROR(ReadEnd());
  if (in_member_ == 0) record.stored_bytes = source_->file_position() - offset_;
  return true;
}

// Of the file: empty members are passed over.
absl::StatusOr<bool> Reader::AtEnd() {
  while (true) {
    ASSIGN_OR_RETURN(const absl::string_view bytes, source_->Peek());
    if (!bytes.empty()) return false;
    ASSIGN_OR_RETURN(const bool more, source_->NextMember());
    if (!more) return true;
  }
}

absl::Status Reader::Broken(absl::string_view what) const {
  std::string where = absl::StrCat(path_, ": offset ", offset_);
  if (in_member_ != 0) absl::StrAppend(&where, ", unpacked byte ", in_member_);
  return absl::DataLossError(absl::StrCat(where, ": ", what));
}

// Without its CRLF or LF. What ends without one is broken.
absl::StatusOr<std::string> Reader::ReadLine() {
  std::string line;
  while (true) {
    ASSIGN_OR_RETURN(const absl::string_view bytes, source_->Peek());
    if (bytes.empty()) return Broken("the record ends inside its header");
    const size_t end = bytes.find('\n');
    const size_t taken = end == absl::string_view::npos ? bytes.size() : end + 1;
    header_bytes_ += taken;
    if (header_bytes_ > limits_.max_header_bytes) {
      return Broken(absl::StrCat("a header of more than ", limits_.max_header_bytes, " bytes"));
    }
    line.append(bytes.data(), taken);
    source_->Consume(taken);
    if (end == absl::string_view::npos) continue;
    line.pop_back();
    if (absl::EndsWith(line, "\r")) line.pop_back();
    return line;
  }
}

absl::Status Reader::ReadHeader(Record& record) {
  header_bytes_ = 0;
  ASSIGN_OR_RETURN(const std::string first, ReadLine());
  if (!absl::StartsWith(first, kMagic)) return Broken("no WARC record begins here");
  record.version = std::string(absl::StripAsciiWhitespace(first.substr(kMagic.size())));
  while (true) {
    ASSIGN_OR_RETURN(const std::string line, ReadLine());
    if (line.empty()) break;
    if ((line[0] == ' ' || line[0] == '\t') && !record.fields.empty()) {
      absl::StrAppend(&record.fields.back().second, " ", absl::StripAsciiWhitespace(line));
      continue;
    }
    std::pair<std::string, std::string> field;
    if (!SplitField(line, field)) return Broken(absl::StrCat("no field: \"", line.substr(0, 80), "\""));
    record.fields.push_back(std::move(field));
  }
  if (absl::SimpleAtoi(record.Field("Content-Length"), &record.block_bytes)) return absl::OkStatus();
  return Broken(absl::StrCat("Content-Length is no number: \"", record.Field("Content-Length").substr(0, 80), "\""));
}

absl::Status Reader::ReadBlock(Record& record) {
  for (uint64_t left = record.block_bytes; left > 0;) {
    ASSIGN_OR_RETURN(absl::string_view bytes, source_->Peek());
    if (bytes.empty()) {
      // Some writers begin a member inside a record.
      ASSIGN_OR_RETURN(const bool more, source_->NextMember());
      if (!more) return Broken(absl::StrCat("the block lacks ", left, " of ", record.block_bytes, " bytes"));
      continue;
    }
    bytes = bytes.substr(0, std::min<uint64_t>(left, bytes.size()));
    const uint64_t room = limits_.max_block_bytes - record.block.size();
    record.block.append(bytes.data(), std::min<uint64_t>(room, bytes.size()));
    left -= bytes.size();
    source_->Consume(bytes.size());
  }
  return absl::OkStatus();
}

// Two line ends, of which lenient readers miss none, one or both at the end of a file.
absl::Status Reader::ReadEnd() {
  for (int seen = 0; seen < 4; ++seen) {
    ASSIGN_OR_RETURN(const absl::string_view bytes, source_->Peek());
    if (bytes.empty() || (bytes[0] != '\r' && bytes[0] != '\n')) break;
    source_->Consume(1);
  }
  // Takes in what closes a gzip member, so that its length is known.
  return source_->Peek().status();
}

}  // namespace tintinh::warc
