// Writes sorted key ranges past the memtable: a file per column family, all of them added to the database in one step;
// and drops whole ranges. For owners of immutable runs.
#ifndef TINTINH_COMMON_KV_BULK_LOAD_H_
#define TINTINH_COMMON_KV_BULK_LOAD_H_

#include <memory>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"

namespace rocksdb {
class SstFileWriter;
}  // namespace rocksdb

namespace tintinh::kv {

// Not thread-safe. Without Ingest() the database stays as it was; the files are removed either way.
class BulkLoad {
 public:
  // Files are made in a folder named `label` below the database's own directory, on the same file system. `database`
  // must outlive this.
  BulkLoad(Database& database, absl::string_view label);
  ~BulkLoad();
  BulkLoad(const BulkLoad&) = delete;
  BulkLoad& operator=(const BulkLoad&) = delete;

  // REQUIRES: within one family keys ascend strictly.
  absl::Status Add(absl::string_view family, absl::string_view key, absl::string_view value);

  // Syncs the files and adds all of them or none: after a crash too. Call once.
  absl::Status Ingest();

 private:
  struct File {
    std::string path;
    std::unique_ptr<rocksdb::SstFileWriter> writer;
  };
  absl::StatusOr<File*> FileOf(absl::string_view family);

  Database& database_;
  const std::string directory_;
  absl::btree_map<std::string, File> files_;  // by column family
};

// Removes what loads left behind when their process was killed. REQUIRES: no BulkLoad of `database` exists.
void RemoveBulkLoadLeftovers(const Database& database);

// Forgets the keys in [begin, end), giving whole files back to the file system at once. Readers that hold an older view
// of the range may miss its keys: call it when there are none.
absl::Status DropRange(Database& database, absl::string_view family, absl::string_view begin, absl::string_view end);

}  // namespace tintinh::kv

#endif  // TINTINH_COMMON_KV_BULK_LOAD_H_
