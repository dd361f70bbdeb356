#include "services/crawler/frontier/due_index.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "common/kv/key.h"
#include "common/status/status_macros.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kTimeBytes = sizeof(uint64_t);

std::string Prefix(absl::string_view host, disk::v1::UrlRank rank) {
  std::string prefix(host);
  prefix.push_back('\0');
  prefix.push_back(static_cast<char>(rank));
  return prefix;
}

std::string AfterPrefix(std::string prefix) {
  prefix.back() = static_cast<char>(prefix.back() + 1);
  return prefix;
}

DueUrl Decode(absl::string_view key, size_t prefix_bytes) {
  key.remove_prefix(prefix_bytes);
  const auto due_us = static_cast<int64_t>(kv::ReadBigEndian<uint64_t>(key));
  key.remove_prefix(kTimeBytes);
  return {std::string(key), absl::FromUnixMicros(due_us)};
}

}  // namespace

bool IsScheduled(const disk::v1::UrlRecord& record) {
  return record.next_fetch_us() != std::numeric_limits<int64_t>::max() &&
         record.state() != disk::v1::URL_RECORD_STATE_LEASED && record.state() != disk::v1::URL_RECORD_STATE_IN_OUTBOX;
}

std::string DueKey(const disk::v1::UrlRecord& record) {
  std::string key = Prefix(record.host(), record.rank());
  kv::AppendBigEndian(static_cast<uint64_t>(record.next_fetch_us()), key);
  key += record.url();
  return key;
}

void DueIndex::Replace(const disk::v1::UrlRecord* before, const disk::v1::UrlRecord* after, kv::WriteBatch& batch) {
  if (before != nullptr && IsScheduled(*before)) database_.Delete(batch, kFamily, DueKey(*before));
  if (after == nullptr || !IsScheduled(*after)) return;
  const std::string key = DueKey(*after);
  database_.Put(batch, kFamily, key, "");
  const auto it = lower_bounds_.find(Prefix(after->host(), after->rank()));
  if (it != lower_bounds_.end() && key < it->second) it->second = key;
}

absl::StatusOr<std::optional<DueUrl>> DueIndex::First(absl::string_view host, disk::v1::UrlRank rank) {
  const std::string prefix = Prefix(host, rank);
  const std::string end = AfterPrefix(prefix);
  std::string& lower_bound = lower_bounds_.try_emplace(prefix, prefix).first->second;
  std::optional<DueUrl> first;
  std::string found = end;
  RETURN_IF_ERROR(database_.Scan(kFamily, lower_bound, end, [&](absl::string_view key, absl::string_view) {
    first = Decode(key, prefix.size());
    found = std::string(key);
    return false;
  }));
  lower_bound = std::move(found);
  return first;
}

absl::Status DueIndex::Visit(absl::string_view host, disk::v1::UrlRank rank,
                             const std::function<bool(const DueUrl&)>& visit) const {
  const std::string prefix = Prefix(host, rank);
  return database_.Scan(kFamily, prefix, AfterPrefix(prefix),
                        [&](absl::string_view key, absl::string_view) { return visit(Decode(key, prefix.size())); });
}

}  // namespace tintinh::crawler
