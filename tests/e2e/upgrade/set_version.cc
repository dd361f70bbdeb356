// Makes a stopped service's database one of another version: what a process meets after a release that changed a
// format.
//   set_version SHARD_DIRECTORY format|analyzer N
//   set_version FRONTIER_DIRECTORY frontier N
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/article_log/embedded_article_log.h"
#include "common/kv/database.h"
#include "common/status/status_macros.h"
#include "services/crawler/archive/outbox.h"
#include "services/crawler/frontier/frontier.h"
#include "services/indexer/shard/manifest.h"
#include "services/indexer/shard/shard.h"

namespace tintinh {
namespace {

void Append(std::vector<kv::ColumnFamily> more, std::vector<kv::ColumnFamily>& families) {
  for (kv::ColumnFamily& family : more) families.push_back(std::move(family));
}

absl::Status SetShardVersion(const std::string& directory, bool is_format, uint32_t version) {
  std::vector<kv::ColumnFamily> families = indexer::Shard::ColumnFamilies();
  families.push_back(article_log::EmbeddedArticleLog::ColumnFamily());
  ASSIGN_OR_RETURN(const std::unique_ptr<kv::Database> database,
                   kv::Database::Open({.directory = directory, .column_families = families}));
  ASSIGN_OR_RETURN(std::optional<disk::v1::Manifest> manifest, indexer::ReadManifest(*database));
  if (!manifest.has_value()) return absl::NotFoundError(absl::StrCat(directory, ": no manifest"));
  if (is_format) manifest->set_format_version(version);
  if (!is_format) manifest->set_analyzer_version(version);
  return indexer::CommitManifest(*database, *manifest, {});
}

absl::Status SetFrontierVersion(const std::string& directory, uint32_t version) {
  std::vector<kv::ColumnFamily> families = crawler::Frontier::ColumnFamilies();
  Append(crawler::Outbox::ColumnFamilies(), families);
  ASSIGN_OR_RETURN(const std::unique_ptr<kv::Database> database,
                   kv::Database::Open({.directory = directory, .column_families = families}));
  kv::WriteBatch batch;
  database->Put(batch, "default", "frontier_format", absl::StrCat(version));
  return database->Write(std::move(batch), kv::Durability::kSynced);
}

absl::Status Run(const std::string& directory, const std::string& what, const std::string& number) {
  uint32_t version = 0;
  if (!absl::SimpleAtoi(number, &version)) return absl::InvalidArgumentError(absl::StrCat(number, " is no version"));
  if (what == "frontier") return SetFrontierVersion(directory, version);
  if (what == "format" || what == "analyzer") return SetShardVersion(directory, what == "format", version);
  return absl::InvalidArgumentError(absl::StrCat(what, " is none of format, analyzer, frontier"));
}

}  // namespace
}  // namespace tintinh

int main(int argc, char** argv) {
  if (argc != 4) {
    std::cerr << "set_version DIRECTORY format|analyzer|frontier N\n";
    return 2;
  }
  const absl::Status status = tintinh::Run(argv[1], argv[2], argv[3]);
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}
