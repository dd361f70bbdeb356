#include "services/crawler/frontier/due_index.h"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

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

std::string KeyOf(absl::string_view host, disk::v1::UrlRank rank, int64_t due_us, absl::string_view url) {
  std::string key;
  key.reserve(host.size() + 2 + kTimeBytes + url.size());
  key.append(host.data(), host.size());
  key.push_back('\0');
  key.push_back(static_cast<char>(rank));
  kv::AppendBigEndian(static_cast<uint64_t>(due_us), key);
  key.append(url.data(), url.size());
  return key;
}

DueUrl Decode(absl::string_view key, absl::string_view value, size_t prefix_bytes) {
  key.remove_prefix(prefix_bytes);
  DueUrl entry;
  entry.due_us = static_cast<int64_t>(kv::ReadBigEndian<uint64_t>(key));
  key.remove_prefix(kTimeBytes);
  entry.url.assign(key.data(), key.size());
  entry.record.assign(value.data(), value.size());
  return entry;
}

DueUrl EntryOf(const disk::v1::UrlRecord& record, std::string value) {
  return {record.next_fetch_us(), record.url(), std::move(value)};
}

}  // namespace

bool IsScheduled(const disk::v1::UrlRecord& record) {
  return record.next_fetch_us() != std::numeric_limits<int64_t>::max() &&
         record.state() != disk::v1::URL_RECORD_STATE_IN_OUTBOX;
}

std::string DueKey(const disk::v1::UrlRecord& record) {
  return KeyOf(record.host(), record.rank(), record.next_fetch_us(), record.url());
}

// Fields are taken out and put back, for a copy of the record would cost more than all the rest of a put.
std::string DueValue(disk::v1::UrlRecord& record) {
  std::string url;
  std::string host;
  record.mutable_url()->swap(url);
  record.mutable_host()->swap(host);
  const disk::v1::UrlRank rank = record.rank();
  const int64_t next_fetch_us = record.next_fetch_us();
  record.clear_rank();
  record.clear_next_fetch_us();
  std::string value = record.SerializeAsString();
  record.mutable_url()->swap(url);
  record.mutable_host()->swap(host);
  record.set_rank(rank);
  record.set_next_fetch_us(next_fetch_us);
  return value.size() <= kMaxDueValue ? value : "";
}

std::optional<disk::v1::UrlRecord> RecordOf(const DueUrl& entry, absl::string_view host, disk::v1::UrlRank rank) {
  disk::v1::UrlRecord record;
  if (entry.record.empty() || !record.ParseFromString(entry.record)) return std::nullopt;
  record.set_url(entry.url);
  record.set_host(host.data(), host.size());
  record.set_rank(rank);
  record.set_next_fetch_us(entry.due_us);
  return record;
}

void DueIndex::Replace(const disk::v1::UrlRecord* before, disk::v1::UrlRecord* after, DueQueue* queue,
                       kv::WriteBatch& batch) const {
  if (before != nullptr && IsScheduled(*before)) {
    database_.Delete(batch, kFamily, DueKey(*before));
    if (queue != nullptr) queue->window(before->rank()).Remove(EntryOf(*before, ""));
  }
  if (after == nullptr || !IsScheduled(*after)) return;
  std::string value = DueValue(*after);
  database_.Put(batch, kFamily, DueKey(*after), value);
  if (queue != nullptr) queue->window(after->rank()).Insert(EntryOf(*after, std::move(value)));
}

absl::StatusOr<const DueUrl*> DueIndex::First(DueQueue& queue, disk::v1::UrlRank rank) const {
  DueWindow& window = queue.window(rank);
  while (window.MustRead()) RETURN_IF_ERROR(Read(queue, rank));
  return window.First();
}

absl::Status DueIndex::Read(DueQueue& queue, disk::v1::UrlRank rank) const {
  const std::string prefix = Prefix(queue.host, rank);
  const DueUrl& from = queue.window(rank).read_from();
  std::vector<DueUrl> entries;
  bool complete = true;
  const auto take = [&](absl::string_view key, absl::string_view value) {
    DueUrl entry = Decode(key, value, prefix.size());
    if (!queue.IsLeased(entry.url)) entries.push_back(std::move(entry));
    complete = entries.size() < DueWindow::kRead;
    return complete;
  };
  RETURN_IF_ERROR(database_.Scan(kFamily, KeyOf(queue.host, rank, from.due_us, from.url), AfterPrefix(prefix), take));
  queue.window(rank).Fill(std::move(entries), complete);
  return absl::OkStatus();
}

absl::Status DueIndex::Visit(absl::string_view host, disk::v1::UrlRank rank,
                             const std::function<bool(const DueUrl&)>& visit) const {
  const std::string prefix = Prefix(host, rank);
  return database_.Scan(kFamily, prefix, AfterPrefix(prefix), [&](absl::string_view key, absl::string_view value) {
    return visit(Decode(key, value, prefix.size()));
  });
}

}  // namespace tintinh::crawler
