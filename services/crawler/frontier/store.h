// The frontier's records in their column families. Storage only: what the records mean is Frontier's.
#ifndef TINTINH_SERVICES_CRAWLER_FRONTIER_STORE_H_
#define TINTINH_SERVICES_CRAWLER_FRONTIER_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/kv/database.h"
#include "services/crawler/frontier/due_index.h"
#include "tintinh/disk/v1/crawler.pb.h"

namespace tintinh::crawler {

// Not thread-safe. `database` must outlive this. FORMAT.md describes the families.
class FrontierStore {
 public:
  static constexpr absl::string_view kFormat = "2";

  static std::vector<kv::ColumnFamily> ColumnFamilies();

  explicit FrontierStore(kv::Database& database) : database_(database), due_(database) {}

  // FAILED_PRECONDITION when the directory was written in another format; a new directory is marked with ours.
  absl::Status CheckFormat();

  absl::StatusOr<std::optional<disk::v1::UrlRecord>> Url(absl::string_view url) const;
  absl::StatusOr<std::vector<std::optional<disk::v1::UrlRecord>>> Urls(absl::Span<const absl::string_view> urls) const;
  absl::StatusOr<disk::v1::HostRecord> Host(absl::string_view host) const;  // as made when absent
  absl::StatusOr<disk::v1::SiteRecord> Site(absl::string_view site) const;  // likewise
  absl::StatusOr<std::optional<disk::v1::RobotsRecord>> Robots(absl::string_view origin) const;

  // `before` is the record as stored, or null when there is none; `queue` its host's, or null. `after` does not change.
  void PutUrl(const disk::v1::UrlRecord* before, disk::v1::UrlRecord& after, DueQueue* queue, kv::WriteBatch& batch);
  void PutHost(const disk::v1::HostRecord& host, kv::WriteBatch& batch) const;
  void PutSite(const disk::v1::SiteRecord& site, kv::WriteBatch& batch) const;
  static void PutRobots(const kv::Database& database, const disk::v1::RobotsRecord& robots, kv::WriteBatch& batch);

  // Every record of a family, until `visit` returns false; DATA_LOSS when one cannot be read.
  static absl::Status VisitUrls(const kv::Database& database, const std::function<bool(disk::v1::UrlRecord)>& visit);
  static absl::Status VisitSites(const kv::Database& database, const std::function<bool(disk::v1::SiteRecord)>& visit);

  // The greatest lease id ever given, 0 when none.
  absl::StatusOr<uint64_t> LastLease() const;
  void PutLastLease(uint64_t id, kv::WriteBatch& batch) const;

  absl::Status Write(kv::WriteBatch batch, kv::Durability durability);

  const DueIndex& due() const { return due_; }

 private:
  kv::Database& database_;
  DueIndex due_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FRONTIER_STORE_H_
