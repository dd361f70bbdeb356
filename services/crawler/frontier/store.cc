#include "services/crawler/frontier/store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/kv/key.h"
#include "common/status/status_macros.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kMeta = "default";
constexpr absl::string_view kUrls = "urls";
constexpr absl::string_view kHosts = "hosts";
constexpr absl::string_view kSites = "sites";
constexpr absl::string_view kRobots = "robots";

// Of the two large families: fewer and larger files are written and merged.
constexpr uint64_t kWriteBuffer = 64ull << 20;

constexpr absl::string_view kFormatKey = "frontier_format";
constexpr absl::string_view kLastLeaseKey = "last_lease";

template <typename Record>
absl::StatusOr<Record> Parse(absl::string_view family, absl::string_view key, absl::string_view bytes) {
  Record record;
  if (record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return record;
  return absl::DataLossError(absl::StrCat("record \"", key, "\" of ", family, " cannot be read"));
}

template <typename Record>
absl::StatusOr<std::optional<Record>> Load(const kv::Database& database, absl::string_view family,
                                           absl::string_view key) {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, database.Get(family, key));
  if (!bytes.has_value()) return std::nullopt;
  ASSIGN_OR_RETURN(Record record, Parse<Record>(family, key, *bytes));
  return std::optional<Record>(std::move(record));
}

template <typename Record>
absl::Status VisitAll(const kv::Database& database, absl::string_view family,
                      const std::function<bool(absl::string_view, Record)>& visit) {
  absl::Status status;
  RETURN_IF_ERROR(database.Scan(family, "", "", [&](absl::string_view key, absl::string_view value) {
    absl::StatusOr<Record> record = Parse<Record>(family, key, value);
    status = record.status();
    return status.ok() && visit(key, *std::move(record));
  }));
  return status;
}

std::string LeaseKey(uint64_t id) {
  std::string key;
  kv::AppendBigEndian(id, key);
  return key;
}

}  // namespace

std::vector<kv::ColumnFamily> FrontierStore::ColumnFamilies() {
  kv::ColumnFamily urls{.name = std::string(kUrls)};
  urls.access = kv::Access::kByOrigin;
  urls.compression = kv::Compression::kZstdAtRest;
  urls.write_buffer_bytes = kWriteBuffer;
  urls.bloom_filter = true;
  kv::ColumnFamily due{.name = std::string(DueIndex::kFamily)};
  due.access = kv::Access::kWithinPrefix;
  due.write_buffer_bytes = kWriteBuffer;
  kv::ColumnFamily hosts{.name = std::string(kHosts)};
  hosts.access = kv::Access::kPoint;
  kv::ColumnFamily sites{.name = std::string(kSites)};
  sites.access = kv::Access::kPoint;
  return {urls, due, hosts, sites, {.name = std::string(kRobots), .compression = kv::Compression::kZstd}};
}

absl::Status FrontierStore::CheckFormat() {
  ASSIGN_OR_RETURN(const std::optional<std::string> format, database_.Get(kMeta, kFormatKey));
  if (format == kFormat) return absl::OkStatus();
  if (format.has_value()) {
    return absl::FailedPreconditionError(absl::StrCat("frontier in ", database_.directory(), " has format \"", *format,
                                                      "\", this program reads \"", kFormat,
                                                      "\": start with an empty data directory"));
  }
  kv::WriteBatch batch;
  database_.Put(batch, kMeta, kFormatKey, kFormat);
  return database_.Write(std::move(batch), kv::Durability::kSynced);
}

absl::StatusOr<std::optional<disk::v1::UrlRecord>> FrontierStore::Url(absl::string_view url) const {
  ASSIGN_OR_RETURN(std::optional<disk::v1::UrlRecord> record, Load<disk::v1::UrlRecord>(database_, kUrls, url));
  if (record.has_value()) record->set_url(url.data(), url.size());
  return record;
}

absl::StatusOr<std::vector<std::optional<disk::v1::UrlRecord>>> FrontierStore::Urls(
    absl::Span<const absl::string_view> urls) const {
  ASSIGN_OR_RETURN(const std::vector<std::optional<std::string>> found, database_.GetMany(kUrls, urls));
  std::vector<std::optional<disk::v1::UrlRecord>> records(urls.size());
  for (size_t i = 0; i < urls.size(); ++i) {
    if (!found[i].has_value()) continue;
    ASSIGN_OR_RETURN(records[i], Parse<disk::v1::UrlRecord>(kUrls, urls[i], *found[i]));
    records[i]->set_url(urls[i].data(), urls[i].size());
  }
  return records;
}

absl::StatusOr<disk::v1::HostRecord> FrontierStore::Host(absl::string_view host) const {
  ASSIGN_OR_RETURN(std::optional<disk::v1::HostRecord> record, Load<disk::v1::HostRecord>(database_, kHosts, host));
  if (record.has_value()) return *std::move(record);
  disk::v1::HostRecord fresh;
  fresh.set_host(host.data(), host.size());
  return fresh;
}

absl::StatusOr<disk::v1::SiteRecord> FrontierStore::Site(absl::string_view site) const {
  ASSIGN_OR_RETURN(std::optional<disk::v1::SiteRecord> record, Load<disk::v1::SiteRecord>(database_, kSites, site));
  if (record.has_value()) return *std::move(record);
  disk::v1::SiteRecord fresh;
  fresh.set_site(site.data(), site.size());
  return fresh;
}

absl::StatusOr<std::optional<disk::v1::RobotsRecord>> FrontierStore::Robots(absl::string_view origin) const {
  return Load<disk::v1::RobotsRecord>(database_, kRobots, origin);
}

void FrontierStore::PutUrl(const disk::v1::UrlRecord* before, disk::v1::UrlRecord& after, DueQueue* queue,
                           kv::WriteBatch& batch) {
  // The key says the URL already.
  std::string url;
  after.mutable_url()->swap(url);
  database_.Put(batch, kUrls, url, after.SerializeAsString());
  after.mutable_url()->swap(url);
  due_.Replace(before, &after, queue, batch);
}

void FrontierStore::PutHost(const disk::v1::HostRecord& host, kv::WriteBatch& batch) const {
  database_.Put(batch, kHosts, host.host(), host.SerializeAsString());
}

void FrontierStore::PutSite(const disk::v1::SiteRecord& site, kv::WriteBatch& batch) const {
  database_.Put(batch, kSites, site.site(), site.SerializeAsString());
}

void FrontierStore::PutRobots(const kv::Database& database, const disk::v1::RobotsRecord& robots,
                              kv::WriteBatch& batch) {
  database.Put(batch, kRobots, robots.origin(), robots.SerializeAsString());
}

absl::Status FrontierStore::VisitUrls(const kv::Database& database,
                                      const std::function<bool(disk::v1::UrlRecord)>& visit) {
  return VisitAll<disk::v1::UrlRecord>(database, kUrls, [&visit](absl::string_view key, disk::v1::UrlRecord record) {
    record.set_url(key.data(), key.size());
    return visit(std::move(record));
  });
}

absl::Status FrontierStore::VisitSites(const kv::Database& database,
                                       const std::function<bool(disk::v1::SiteRecord)>& visit) {
  return VisitAll<disk::v1::SiteRecord>(
      database, kSites, [&visit](absl::string_view, disk::v1::SiteRecord record) { return visit(std::move(record)); });
}

absl::StatusOr<uint64_t> FrontierStore::LastLease() const {
  ASSIGN_OR_RETURN(const std::optional<std::string> bytes, database_.Get(kMeta, kLastLeaseKey));
  if (!bytes.has_value()) return 0;
  if (bytes->size() != sizeof(uint64_t)) return absl::DataLossError("last_lease cannot be read");
  return kv::ReadBigEndian<uint64_t>(*bytes);
}

void FrontierStore::PutLastLease(uint64_t id, kv::WriteBatch& batch) const {
  database_.Put(batch, kMeta, kLastLeaseKey, LeaseKey(id));
}

absl::Status FrontierStore::Write(kv::WriteBatch batch, kv::Durability durability) {
  return database_.Write(std::move(batch), durability);
}

}  // namespace tintinh::crawler
