// One RocksDB directory with named column families: opening, point reads, atomic writes, ordered scans, checkpoints.
// RocksDB types stay behind this folder; the indexer's shard, which builds its own files, may use raw() and handle().
#ifndef TINTINH_COMMON_KV_DATABASE_H_
#define TINTINH_COMMON_KV_DATABASE_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "common/sync/mutex.h"

namespace rocksdb {
class Cache;
class ColumnFamilyHandle;
class DB;
class WriteBatch;
struct ReadOptions;
}  // namespace rocksdb

namespace tintinh::kv {

// kZstdAtRest: only of what has come to rest in the last level, so that new keys are not compressed again and again.
enum class Compression { kNone, kZstd, kZstdAtRest };

// What a family's reads look like: it decides how writes not yet in files are held. Hashes make puts cheap, and are
// sorted when they go to a file.
enum class Access {
  kOrdered,       // any read
  kPoint,         // by hash; a scan first sorts all that is not yet in files
  kWithinPrefix,  // by hash, for Get and scans whose keys all share the text up to and including the first 0x00 and the
                  // byte after it
  kByOrigin,      // as kPoint, for keys that are URLs: with those of one origin together there is less to sort
};

// How a column family is read decides its options; names are permanent.
struct ColumnFamily {
  std::string name;
  Access access = Access::kOrdered;
  Compression compression = Compression::kNone;
  bool bloom_filter = false;         // worth it for point reads that often miss
  bool automatic_compaction = true;  // off where the owner rewrites its own key ranges
  uint32_t block_bytes = 16 * 1024;  // uncompressed
  uint64_t write_buffer_bytes = 16 * 1024 * 1024;
};

struct DatabaseOptions {
  std::string directory;  // made if absent, parents included
  uint64_t block_cache_bytes = 64 * 1024 * 1024;
  std::vector<ColumnFamily> column_families;  // "default" is added when missing
  // Nothing is made, written or locked: writes fail, and the directory must be nobody else's meanwhile.
  bool read_only = false;
};

// Puts and deletes that reach the disk together or not at all.
class WriteBatch {
 public:
  WriteBatch();
  ~WriteBatch();
  WriteBatch(WriteBatch&&) noexcept;
  WriteBatch& operator=(WriteBatch&&) noexcept;
  WriteBatch(const WriteBatch&) = delete;
  WriteBatch& operator=(const WriteBatch&) = delete;

 private:
  friend class Database;
  std::unique_ptr<rocksdb::WriteBatch> batch_;
};

// kSynced returns when the write-ahead log is on disk: the write survives a power cut. kBuffered survives a killed
// process.
enum class Durability { kBuffered, kSynced };

// Thread-safe. Column families are named as in the options; naming another one is a programming error and aborts.
class Database {
 public:
  // Fails with FAILED_PRECONDITION when another process holds the directory, DATA_LOSS when files are damaged.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // The value, nothing when absent, or an error.
  absl::StatusOr<std::optional<std::string>> Get(absl::string_view family, absl::string_view key) const;

  // The same for each of many keys, at less than the cost of as many calls.
  absl::StatusOr<std::vector<std::optional<std::string>>> GetMany(absl::string_view family,
                                                                  absl::Span<const absl::string_view> keys) const;

  void Put(WriteBatch& batch, absl::string_view family, absl::string_view key, absl::string_view value) const;
  void Delete(WriteBatch& batch, absl::string_view family, absl::string_view key) const;
  // All keys in [begin, end), at the cost of one; for ranges that will not be read again.
  void DeleteRange(WriteBatch& batch, absl::string_view family, absl::string_view begin, absl::string_view end) const;
  // After a write that failed, the write-ahead log it went to takes no more: writes fail in the same way until there is
  // another one, which RocksDB begins when the disk takes writes again, or the next process.
  absl::Status Write(WriteBatch batch, Durability durability);

  // Calls `visit` for each key in [begin, end) in order, on one snapshot, until it returns false; an empty `end` means
  // the end of the family. The views live for the call only.
  absl::Status Scan(absl::string_view family, absl::string_view begin, absl::string_view end,
                    const std::function<bool(absl::string_view key, absl::string_view value)>& visit) const;

  // The last key before `end` (empty: the very last) and its value, at or after `begin`.
  absl::StatusOr<std::optional<std::pair<std::string, std::string>>> Last(absl::string_view family,
                                                                          absl::string_view begin,
                                                                          absl::string_view end) const;

  // A consistent copy (hard links where the file system allows) in `directory`, which must not exist.
  absl::Status Checkpoint(absl::string_view directory);

  // Of this directory's files, whoever opens them; a copy has one of its own.
  absl::StatusOr<std::string> Identity() const;

  // Reads every live file once. DATA_LOSS names the first that is damaged.
  absl::Status VerifyChecksums() const;

  // Bytes of all live files.
  uint64_t DiskBytes() const;

  const std::string& directory() const { return directory_; }
  rocksdb::DB& raw() const { return *db_; }
  rocksdb::ColumnFamilyHandle& handle(absl::string_view family) const;

 private:
  Database() = default;
  rocksdb::ReadOptions OrderedRead(absl::string_view family) const;
  absl::Status CheckLogTakesWrites();
  void NoteFailure(const absl::Status& failure);
  uint64_t CurrentLog() const;

  std::string directory_;
  std::shared_ptr<rocksdb::Cache> cache_;
  std::unique_ptr<rocksdb::DB> db_;
  absl::flat_hash_map<std::string, rocksdb::ColumnFamilyHandle*> handles_;  // owned; released before db_
  absl::flat_hash_set<std::string> hashed_;                                 // families of kPoint and kByOrigin
  Mutex mu_;
  absl::Status failure_ ABSL_GUARDED_BY(mu_);  // of the last write that failed
  std::atomic<uint64_t> failed_log_ = 0;       // number of the write-ahead log that it went to; 0: none
};

}  // namespace tintinh::kv

#endif  // TINTINH_COMMON_KV_DATABASE_H_
