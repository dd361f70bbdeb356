#include "services/indexer/segment/term_block.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/indexer/postings/checked_value.h"

namespace tintinh::indexer {
namespace {

// Lengths below this share a byte.
constexpr size_t kLongLength = 15;

size_t SharedPrefix(absl::string_view a, absl::string_view b) {
  const size_t most = std::min(a.size(), b.size());
  size_t shared = 0;
  while (shared < most && a[shared] == b[shared]) ++shared;
  return shared;
}

absl::string_view BodyOf(absl::string_view value) {
  return value.substr(kCheckedValueHead, value.size() - kCheckedValueHead - kCheckedValueTail);
}

}  // namespace

void TermBlockWriter::Add(absl::string_view term, absl::string_view record) {
  if (empty()) {
    term_size_ = term.size();
    AppendVarint(term_size_, body_);
  } else if (term_size_ != 0 && term_size_ != term.size()) {
    AllowOtherSizes();
  }
  Append(term, record);
}

// Writes the terms that are there once more.
void TermBlockWriter::AllowOtherSizes() {
  const std::string of_one_size = std::exchange(body_, std::string());
  term_size_ = 0;
  AppendVarint(term_size_, body_);
  last_term_.clear();
  for (TermBlockReader terms(TermBlockReader::Body{of_one_size}); terms.Next();) Append(terms.term(), terms.record());
}

void TermBlockWriter::Append(absl::string_view term, absl::string_view record) {
  const size_t shared = SharedPrefix(last_term_, term);
  const size_t rest = term.size() - shared;
  const size_t second = term_size_ != 0 ? record.size() : rest;
  const auto nibble = [](size_t length) { return static_cast<uint8_t>(std::min(length, kLongLength)); };
  AppendFixed(static_cast<uint8_t>(nibble(shared) << 4 | nibble(second)), body_);
  if (shared >= kLongLength) AppendVarint(shared - kLongLength, body_);
  if (second >= kLongLength) AppendVarint(second - kLongLength, body_);
  body_.append(term.data() + shared, rest);
  if (term_size_ == 0) AppendVarint(record.size(), body_);
  body_.append(record.data(), record.size());
  last_term_.assign(term.data(), term.size());
}

std::string TermBlockWriter::Finish() {
  last_term_.clear();
  std::string value = CheckedValue(body_);
  body_.clear();
  return value;
}

absl::Status TermBlockReader::Check(absl::string_view value) {
  RETURN_IF_ERROR(CheckedBody(value).status());
  TermBlockReader block(value);
  std::string previous;
  while (block.Next()) {
    if (block.term() <= previous) return absl::DataLossError("dictionary block: terms do not ascend");
    previous.assign(block.term().data(), block.term().size());
  }
  return block.malformed_ ? absl::DataLossError("dictionary block: malformed") : absl::OkStatus();
}

TermBlockReader::TermBlockReader(absl::string_view value) : TermBlockReader(Body{BodyOf(value)}) {}

TermBlockReader::TermBlockReader(Body body) : bytes_(body.bytes) {
  malformed_ = !body.bytes.empty() && !ReadVarint32(bytes_, &term_size_);
}

bool TermBlockReader::Next() {
  if (malformed_ || bytes_.rest().empty()) return false;
  malformed_ = !ReadEntry();
  return !malformed_;
}

bool TermBlockReader::ReadEntry() {
  uint8_t lengths;
  if (!bytes_.ReadByte(&lengths)) return false;
  const auto read_length = [this](size_t nibble, size_t* length) {
    uint32_t more = 0;
    if (nibble == kLongLength && !ReadVarint32(bytes_, &more)) return false;
    *length = nibble + more;
    return true;
  };
  size_t shared;
  size_t second;
  absl::string_view suffix;
  if (!read_length(lengths >> 4, &shared) || !read_length(lengths & kLongLength, &second)) return false;
  if (shared > term_.size()) return false;
  const size_t rest = term_size_ != 0 ? term_size_ - shared : second;
  if (!bytes_.ReadBytes(rest, &suffix)) return false;
  term_.resize(shared);
  term_.append(suffix.data(), suffix.size());
  return term_size_ != 0 ? bytes_.ReadBytes(second, &record_) : bytes_.ReadSized(&record_);
}

}  // namespace tintinh::indexer
