#include "services/indexer/segment/dictionary.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bytes.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/disk_format.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kSizesBytes = sizeof(uint16_t) + sizeof(uint32_t);

bool IsHeld(absl::string_view term) {
  const v1::KeyKind kind = KindOf(FieldOfTerm(term));
  return kind == v1::KEY_KIND_EXACT || kind == v1::KEY_KIND_FOLDED;
}

struct Entry {
  absl::string_view term;
  absl::string_view record;
};

Entry EntryAt(absl::string_view entries, uint64_t start) {
  const char* const sizes = entries.data() + start;
  const size_t term_size = LoadFixed<uint16_t>(sizes);
  const size_t record_size = LoadFixed<uint32_t>(sizes + sizeof(uint16_t));
  const char* const term = sizes + kSizesBytes;
  return {absl::string_view(term, term_size), absl::string_view(term + term_size, record_size)};
}

}  // namespace

absl::StatusOr<std::unique_ptr<Dictionary>> Dictionary::Open(const kv::Database& db, uint32_t segment) {
  std::unique_ptr<Dictionary> dictionary(new Dictionary(db, segment));
  RETURN_IF_ERROR(dictionary->Load());
  return dictionary;
}

absl::Status Dictionary::Load() {
  for (FieldId field = 0; field < kFieldCount; ++field) {
    const std::string begin = SegmentKey(segment_, TermOf(field, ""));
    if (!IsKnownField(field) || !IsHeld(TermOf(field, ""))) continue;
    const std::string end = SegmentKey(segment_, TermOf(static_cast<FieldId>(field + 1), ""));
    kv::RangeReader reader(db_, kTermsFamily, begin, end);
    for (; reader.Valid(); reader.Next()) {
      const absl::string_view term = reader.key().substr(sizeof(uint32_t));
      const absl::StatusOr<TermRecord> record = DecodeTermRecord(reader.value());
      if (!record.ok()) {
        return absl::Status(
            record.status().code(),
            absl::StrCat("segment ", segment_, ", term ", absl::CHexEscape(term), ": ", record.status().message()));
      }
      starts_.push_back(entries_.size());
      AppendFixed(static_cast<uint16_t>(term.size()), entries_);
      AppendFixed(static_cast<uint32_t>(reader.value().size()), entries_);
      entries_.append(term.data(), term.size());
      entries_.append(reader.value().data(), reader.value().size());
    }
    RETURN_IF_ERROR(reader.status());
  }
  entries_.shrink_to_fit();
  starts_.shrink_to_fit();
  return absl::OkStatus();
}

absl::StatusOr<std::optional<absl::string_view>> Dictionary::Find(absl::string_view term,
                                                                  kv::PinnedValue& holder) const {
  if (term.empty()) return std::nullopt;
  if (IsHeld(term)) return FindHeld(term);
  ASSIGN_OR_RETURN(const bool found, holder.Load(db_, kTermsFamily, SegmentKey(segment_, term)));
  if (!found) return std::nullopt;
  return holder.view();
}

std::optional<absl::string_view> Dictionary::FindHeld(absl::string_view term) const {
  const auto found = std::lower_bound(
      starts_.begin(), starts_.end(), term,
      [this](uint64_t start, absl::string_view wanted) { return EntryAt(entries_, start).term < wanted; });
  if (found == starts_.end()) return std::nullopt;
  const Entry entry = EntryAt(entries_, *found);
  if (entry.term != term) return std::nullopt;
  return entry.record;
}

}  // namespace tintinh::indexer
