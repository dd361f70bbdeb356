// A database with the column families of a shard, in a directory that lives as long as the object.
#ifndef TINTINH_TESTS_SUPPORT_SHARD_DATABASE_H_
#define TINTINH_TESTS_SUPPORT_SHARD_DATABASE_H_

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "common/kv/database.h"
#include "services/indexer/shard/shard.h"
#include "tests/support/temp_dir.h"

namespace tintinh::testing {

class ShardDatabase {
 public:
  ShardDatabase() { Reopen(); }

  kv::Database& get() { return *db_; }

  void Reopen() {
    db_.reset();
    auto opened =
        kv::Database::Open({.directory = dir_.path() + "/db", .column_families = indexer::Shard::ColumnFamilies()});
    if (!opened.ok()) std::abort();
    db_ = *std::move(opened);
  }

  void Put(absl::string_view family, absl::string_view key, absl::string_view value) {
    kv::WriteBatch batch;
    db_->Put(batch, family, key, value);
    if (!db_->Write(std::move(batch), kv::Durability::kBuffered).ok()) std::abort();
  }

  void Delete(absl::string_view family, absl::string_view key) {
    kv::WriteBatch batch;
    db_->Delete(batch, family, key);
    if (!db_->Write(std::move(batch), kv::Durability::kBuffered).ok()) std::abort();
  }

 private:
  TempDir dir_;
  std::unique_ptr<kv::Database> db_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_SHARD_DATABASE_H_
