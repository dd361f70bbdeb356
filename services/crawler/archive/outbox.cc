#include "services/crawler/archive/outbox.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/kv/key.h"
#include "common/status/status_macros.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kFamily = "outbox";

std::string Key(uint64_t sequence) {
  std::string key;
  kv::AppendBigEndian(sequence, key);
  return key;
}

}  // namespace

std::vector<kv::ColumnFamily> Outbox::ColumnFamilies() {
  return {{.name = std::string(kFamily), .compression = kv::Compression::kZstd}};
}

absl::StatusOr<std::unique_ptr<Outbox>> Outbox::Open(kv::Database& database) {
  std::set<uint64_t> sequences;
  RETURN_IF_ERROR(database.Scan(kFamily, "", "", [&sequences](absl::string_view key, absl::string_view) {
    if (key.size() == sizeof(uint64_t)) sequences.insert(kv::ReadBigEndian<uint64_t>(key));
    return true;
  }));
  return std::unique_ptr<Outbox>(new Outbox(database, std::move(sequences)));
}

Outbox::Outbox(kv::Database& database, std::set<uint64_t> sequences)
    : database_(database),
      sequences_(std::move(sequences)),
      last_sequence_(sequences_.empty() ? 0 : *sequences_.rbegin()) {}

uint64_t Outbox::Put(disk::v1::OutboxRecord record, kv::WriteBatch& batch) {
  {
    MutexLock lock(mu_);
    record.set_sequence(++last_sequence_);
  }
  database_.Put(batch, kFamily, Key(record.sequence()), record.SerializeAsString());
  return record.sequence();
}

void Outbox::Announce(uint64_t sequence) {
  MutexLock lock(mu_);
  sequences_.insert(sequence);
}

void Outbox::Remove(uint64_t sequence, kv::WriteBatch& batch) const { database_.Delete(batch, kFamily, Key(sequence)); }

void Outbox::Forget(uint64_t sequence) {
  MutexLock lock(mu_);
  sequences_.erase(sequence);
}

absl::StatusOr<disk::v1::OutboxRecord> Outbox::Read(uint64_t sequence) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, database_.Get(kFamily, Key(sequence)));
  if (!bytes.has_value()) return absl::NotFoundError(absl::StrCat("page ", sequence, " is not in the outbox"));
  disk::v1::OutboxRecord record;
  if (!record.ParseFromString(*bytes)) {
    return absl::DataLossError(absl::StrCat("page ", sequence, " of the outbox cannot be read"));
  }
  return record;
}

size_t Outbox::size() const {
  MutexLock lock(mu_);
  return sequences_.size();
}

std::vector<uint64_t> Outbox::sequences() const {
  MutexLock lock(mu_);
  return {sequences_.begin(), sequences_.end()};
}

}  // namespace tintinh::crawler
