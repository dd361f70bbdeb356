#include "services/indexer/segment/dictionary.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {
namespace {

// A block read for one term is looked through from its begin: small enough for that, large enough that keys and
// checksums weigh little.
constexpr size_t kBlockBytes = 2'048;

bool IsHeld(absl::string_view term) {
  const v1::KeyKind kind = KindOf(FieldOfTerm(term));
  return kind == v1::KEY_KIND_EXACT || kind == v1::KEY_KIND_FOLDED;
}

absl::Status Annotate(const absl::Status& status, uint32_t segment, absl::string_view what) {
  if (status.ok()) return status;
  return absl::Status(status.code(), absl::StrCat("segment ", segment, ", ", what, ": ", status.message()));
}

std::string NameOf(uint32_t block) {
  return block == kTermIndexBlock ? "index of terms" : absl::StrCat("block of terms ", block);
}

}  // namespace

DictionaryWriter::DictionaryWriter(uint32_t segment, Sink sink) : segment_(segment), sink_(std::move(sink)) {}

absl::Status DictionaryWriter::Add(absl::string_view term, absl::string_view record) {
  const bool full = block_.bytes() >= kBlockBytes;
  // A block is of one field, so that fields can be held or not.
  if (!block_.empty() && (full || FieldOfTerm(block_.last_term()) != FieldOfTerm(term))) RETURN_IF_ERROR(FlushBlock());
  if (block_.empty()) index_.Add(term, "");
  block_.Add(term, record);
  return absl::OkStatus();
}

absl::Status DictionaryWriter::FlushBlock() { return sink_(TermBlockKey(segment_, next_block_++), block_.Finish()); }

absl::Status DictionaryWriter::Finish() {
  if (!block_.empty()) RETURN_IF_ERROR(FlushBlock());
  return sink_(TermBlockKey(segment_, kTermIndexBlock), index_.Finish());
}

absl::StatusOr<std::unique_ptr<Dictionary>> Dictionary::Open(const kv::Database& db, uint32_t segment) {
  std::unique_ptr<Dictionary> dictionary(new Dictionary(db, segment));
  RETURN_IF_ERROR(dictionary->Load());
  return dictionary;
}

absl::Status Dictionary::Load() {
  kv::PinnedValue index;
  RETURN_IF_ERROR(LoadBlock(kTermIndexBlock, index));
  for (TermBlockReader terms(index.view()); terms.Next();) first_terms_.emplace_back(terms.term());
  checked_ = std::vector<std::atomic<bool>>(first_terms_.size());
  kv::PinnedValue value;
  for (uint32_t block = 0; block < first_terms_.size(); ++block) {
    if (!IsHeld(first_terms_[block])) continue;
    RETURN_IF_ERROR(LoadBlock(block, value));
    for (TermBlockReader terms(value.view()); terms.Next();) {
      const absl::Status sound = DecodeTermRecord(terms.record()).status();
      if (!sound.ok()) return Annotate(sound, segment_, absl::StrCat("term ", absl::CHexEscape(terms.term())));
      held_.Add(terms.term(), terms.record());
    }
  }
  held_.Index();
  return absl::OkStatus();
}

// The checksum is looked at once; RocksDB's own guard what is read from the disk again.
absl::Status Dictionary::LoadBlock(uint32_t block, kv::PinnedValue& value) const {
  ASSIGN_OR_RETURN(const bool found, value.Load(db_, kTermsFamily, TermBlockKey(segment_, block)));
  if (!found) return Annotate(absl::DataLossError("missing"), segment_, NameOf(block));
  const bool checked = block < checked_.size() && checked_[block].load(std::memory_order_acquire);
  if (checked) return absl::OkStatus();
  RETURN_IF_ERROR(Annotate(TermBlockReader::Check(value.view()), segment_, NameOf(block)));
  if (block < checked_.size()) checked_[block].store(true, std::memory_order_release);
  return absl::OkStatus();
}

std::optional<uint32_t> Dictionary::BlockOf(absl::string_view term) const {
  const auto after =
      std::upper_bound(first_terms_.begin(), first_terms_.end(), term,
                       [](absl::string_view wanted, const std::string& first) { return wanted < first; });
  if (after == first_terms_.begin()) return std::nullopt;
  return static_cast<uint32_t>(after - first_terms_.begin()) - 1;
}

absl::StatusOr<std::optional<absl::string_view>> Dictionary::Find(absl::string_view term,
                                                                  kv::PinnedValue& holder) const {
  if (term.empty()) return std::nullopt;
  if (IsHeld(term)) return held_.Find(term);
  const std::optional<uint32_t> block = BlockOf(term);
  if (!block.has_value()) return std::nullopt;
  RETURN_IF_ERROR(LoadBlock(*block, holder));
  for (TermBlockReader terms(holder.view()); terms.Next();) {
    if (terms.term() == term) return std::optional<absl::string_view>(terms.record());
    if (terms.term() > term) break;
  }
  return std::nullopt;
}

size_t Dictionary::bytes() const {
  size_t bytes = held_.bytes() + checked_.size();
  for (const std::string& term : first_terms_)
    bytes += sizeof(std::string) + (term.capacity() > 15 ? term.capacity() : 0);
  return bytes;
}

DictionaryScan::DictionaryScan(const Dictionary& dictionary, absl::string_view prefix)
    : dictionary_(dictionary), prefix_(prefix), held_(IsHeld(prefix)) {
  if (held_) {
    place_ = dictionary_.held_.LowerBound(prefix);
  } else {
    next_block_ = dictionary_.BlockOf(prefix).value_or(0);
  }
}

bool DictionaryScan::Next() { return status_.ok() && (held_ ? NextHeld() : NextInBlocks()); }

bool DictionaryScan::NextHeld() {
  const std::optional<HeldTerms::Entry> entry = dictionary_.held_.At(place_);
  if (!entry.has_value() || !absl::StartsWith(entry->term, prefix_)) return false;
  term_ = entry->term;
  record_ = entry->record;
  place_ = HeldTerms::After(place_, *entry);
  return true;
}

bool DictionaryScan::NextInBlocks() {
  while (block_.has_value() || EnterBlock()) {
    while (block_->Next()) {
      if (block_->term() < prefix_) continue;
      term_ = block_->term();
      record_ = block_->record();
      return absl::StartsWith(term_, prefix_);
    }
    block_.reset();
  }
  return false;
}

// No block is read whose terms come behind all that begin with the prefix.
bool DictionaryScan::EnterBlock() {
  if (next_block_ >= dictionary_.first_terms_.size()) return false;
  const absl::string_view first = dictionary_.first_terms_[next_block_];
  if (first > prefix_ && !absl::StartsWith(first, prefix_)) return false;
  status_ = dictionary_.LoadBlock(next_block_++, value_);
  if (!status_.ok()) return false;
  block_.emplace(value_.view());
  return true;
}

DictionaryWalker::DictionaryWalker(const kv::Database& db, uint32_t segment)
    : reader_(db, kTermsFamily, TermBlockKey(segment, 0), TermBlockKey(segment, kTermIndexBlock)) {
  EnterBlock();
}

void DictionaryWalker::Next() {
  valid_ = block_->Next();
  if (valid_) return;
  reader_.Next();
  EnterBlock();
}

void DictionaryWalker::EnterBlock() {
  valid_ = false;
  status_ = reader_.status();
  if (!reader_.Valid()) return;
  status_ = TermBlockReader::Check(reader_.value());
  if (!status_.ok()) return;
  block_.emplace(reader_.value());
  valid_ = block_->Next();
}

}  // namespace tintinh::indexer
