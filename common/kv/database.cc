#include "common/kv/database.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/kv/engine_log.h"
#include "common/kv/rocksdb_status.h"
#include "common/status/status_macros.h"
#include "rocksdb/cache.h"
#include "rocksdb/db.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/memtablerep.h"
#include "rocksdb/options.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "rocksdb/transaction_log.h"
#include "rocksdb/utilities/checkpoint.h"
#include "rocksdb/write_batch.h"

namespace tintinh::kv {
namespace {

// The text up to and including the first 0x00, and the byte after it.
class ZeroPrefix final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "tintinh.ZeroPrefix"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return rocksdb::Slice(key.data(), ToView(key).find('\0') + 2);
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    const size_t zero = ToView(key).find('\0');
    return zero != absl::string_view::npos && zero + 1 < key.size();
  }
};

// "https://host/" of a URL, all of what has no third slash.
class OriginPrefix final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "tintinh.OriginPrefix"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    const absl::string_view url = ToView(key);
    const size_t scheme = url.find("//");
    const size_t path = scheme == absl::string_view::npos ? scheme : url.find('/', scheme + 2);
    return ToSlice(url.substr(0, path == absl::string_view::npos ? path : path + 1));
  }
  bool InDomain(const rocksdb::Slice&) const override { return true; }
};

// REQUIRES: the write buffer's size is set: there is a bucket for every few entries that it holds.
void SetAccess(Access access, rocksdb::ColumnFamilyOptions& options) {
  constexpr size_t kBytesPerBucket = 64;
  const size_t buckets = options.write_buffer_size / kBytesPerBucket;
  if (access == Access::kOrdered) return;
  // While one is sorted for its file, puts go on.
  options.max_write_buffer_number = 3;
  if (access == Access::kPoint) {
    options.prefix_extractor.reset(rocksdb::NewNoopTransform());
    options.memtable_factory.reset(rocksdb::NewHashLinkListRepFactory(buckets));
    return;
  }
  if (access == Access::kByOrigin) {
    options.prefix_extractor = std::make_shared<OriginPrefix>();
  } else {
    options.prefix_extractor = std::make_shared<ZeroPrefix>();
  }
  options.memtable_factory.reset(rocksdb::NewHashSkipListRepFactory(buckets));
}

// A read that misses is told so by memory too.
void SetBloomFilter(rocksdb::BlockBasedTableOptions& table, rocksdb::ColumnFamilyOptions& options) {
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.memtable_whole_key_filtering = true;
  options.memtable_prefix_bloom_size_ratio = 0.05;
}

rocksdb::ColumnFamilyOptions FamilyOptions(const ColumnFamily& family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = family.block_bytes;
  table.format_version = 5;
  rocksdb::ColumnFamilyOptions options;
  if (family.bloom_filter) SetBloomFilter(table, options);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  options.compression = family.compression == Compression::kZstd ? rocksdb::kZSTD : rocksdb::kNoCompression;
  if (family.compression == Compression::kZstdAtRest) options.bottommost_compression = rocksdb::kZSTD;
  options.disable_auto_compactions = !family.automatic_compaction;
  options.write_buffer_size = family.write_buffer_bytes;
  SetAccess(family.access, options);
  return options;
}

rocksdb::DBOptions ProcessOptions() {
  rocksdb::DBOptions options;
  options.create_if_missing = true;
  options.create_missing_column_families = true;
  options.max_open_files = 512;
  options.info_log = EngineLog();
  options.max_total_wal_size = 256ull << 20;
  // A torn last record is what a crash leaves; anything else damaged in the log must not pass silently.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  return options;
}

std::vector<ColumnFamily> WithDefault(std::vector<ColumnFamily> families) {
  for (const ColumnFamily& family : families) {
    if (family.name == rocksdb::kDefaultColumnFamilyName) return families;
  }
  families.push_back({rocksdb::kDefaultColumnFamilyName});
  return families;
}

absl::Status MakeDirectory(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!error) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("make directory ", directory, ": ", error.message()));
}

absl::Status OpenError(const rocksdb::Status& status, absl::string_view directory) {
  // RocksDB says so of its own LOCK file in words only.
  if (status.IsIOError() && absl::StrContains(absl::AsciiStrToLower(status.ToString()), "lock") &&
      !absl::StrContains(status.ToString(), std::strerror(EROFS))) {
    return absl::FailedPreconditionError(absl::StrCat("data directory ", directory, " is in use by another process"));
  }
  return FromRocksDb(status, absl::StrCat("open ", directory));
}

}  // namespace

WriteBatch::WriteBatch() : batch_(std::make_unique<rocksdb::WriteBatch>()) {}
WriteBatch::~WriteBatch() = default;
WriteBatch::WriteBatch(WriteBatch&&) noexcept = default;
WriteBatch& WriteBatch::operator=(WriteBatch&&) noexcept = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options) {
  if (!options.read_only) RETURN_IF_ERROR(MakeDirectory(options.directory));
  std::unique_ptr<Database> database(new Database);
  database->directory_ = options.directory;
  database->cache_ = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const ColumnFamily& family : WithDefault(options.column_families)) {
    descriptors.emplace_back(family.name, FamilyOptions(family, database->cache_));
    if (family.access == Access::kPoint || family.access == Access::kByOrigin) database->hashed_.insert(family.name);
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  rocksdb::DBOptions process = ProcessOptions();
  // Hashed memtables take one writer at a time.
  process.allow_concurrent_memtable_write =
      std::all_of(options.column_families.begin(), options.column_families.end(),
                  [](const ColumnFamily& family) { return family.access == Access::kOrdered; });
  const rocksdb::Status status =
      options.read_only ? rocksdb::DB::OpenForReadOnly(process, options.directory, descriptors, &handles, &db)
                        : rocksdb::DB::Open(process, options.directory, descriptors, &handles, &db);
  if (!status.ok()) return OpenError(status, options.directory);
  database->db_.reset(db);
  for (rocksdb::ColumnFamilyHandle* handle : handles) database->handles_[handle->GetName()] = handle;
  return database;
}

Database::~Database() {
  if (db_ == nullptr) return;
  for (const auto& [name, handle] : handles_) db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  db_->Close().PermitUncheckedError();
}

rocksdb::ColumnFamilyHandle& Database::handle(absl::string_view family) const {
  const auto it = handles_.find(family);
  if (it == handles_.end()) std::abort();
  return *it->second;
}

absl::StatusOr<std::optional<std::string>> Database::Get(absl::string_view family, absl::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), &handle(family), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromRocksDb(status, absl::StrCat("read from ", family)));
  return std::optional<std::string>(std::move(value));
}

absl::StatusOr<std::vector<std::optional<std::string>>> Database::GetMany(
    absl::string_view family, absl::Span<const absl::string_view> keys) const {
  std::vector<rocksdb::Slice> slices;
  slices.reserve(keys.size());
  for (const absl::string_view key : keys) slices.push_back(ToSlice(key));
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  db_->MultiGet(rocksdb::ReadOptions(), &handle(family), keys.size(), slices.data(), values.data(), statuses.data());
  std::vector<std::optional<std::string>> found(keys.size());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].IsNotFound()) continue;
    RETURN_IF_ERROR(FromRocksDb(statuses[i], absl::StrCat("read from ", family)));
    found[i] = values[i].ToString();
  }
  return found;
}

void Database::Put(WriteBatch& batch, absl::string_view family, absl::string_view key, absl::string_view value) const {
  batch.batch_->Put(&handle(family), ToSlice(key), ToSlice(value)).PermitUncheckedError();
}

void Database::Delete(WriteBatch& batch, absl::string_view family, absl::string_view key) const {
  batch.batch_->Delete(&handle(family), ToSlice(key)).PermitUncheckedError();
}

void Database::DeleteRange(WriteBatch& batch, absl::string_view family, absl::string_view begin,
                           absl::string_view end) const {
  batch.batch_->DeleteRange(&handle(family), ToSlice(begin), ToSlice(end)).PermitUncheckedError();
}

absl::Status Database::Write(WriteBatch batch, Durability durability) {
  RETURN_IF_ERROR(CheckLogTakesWrites());
  rocksdb::WriteOptions options;
  options.sync = durability == Durability::kSynced;
  const rocksdb::Status written = db_->Write(options, batch.batch_.get());
  const absl::Status status = FromRocksDb(written, absl::StrCat("write to ", directory_));
  if (written.IsIOError()) NoteFailure(status);
  return status;
}

void Database::NoteFailure(const absl::Status& failure) {
  MutexLock lock(mu_);
  failure_ = failure;
  failed_log_ = CurrentLog();
}

absl::Status Database::CheckLogTakesWrites() {
  if (failed_log_ == 0) return absl::OkStatus();
  MutexLock lock(mu_);
  if (CurrentLog() == failed_log_) db_->Resume().PermitUncheckedError();  // begins another if there is room
  if (CurrentLog() == failed_log_) return failure_;
  failed_log_ = 0;
  return absl::OkStatus();
}

uint64_t Database::CurrentLog() const {
  std::unique_ptr<rocksdb::LogFile> log;
  return db_->GetCurrentWalFile(&log).ok() && log != nullptr ? log->LogNumber() : 0;
}

// Where every key is a prefix of its own, an iterator keeps to the one it was put on unless told otherwise.
rocksdb::ReadOptions Database::OrderedRead(absl::string_view family) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = hashed_.contains(family);
  return options;
}

absl::Status Database::Scan(absl::string_view family, absl::string_view begin, absl::string_view end,
                            const std::function<bool(absl::string_view, absl::string_view)>& visit) const {
  const rocksdb::Slice upper = ToSlice(end);
  rocksdb::ReadOptions options = OrderedRead(family);
  if (!end.empty()) options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, &handle(family)));
  for (it->Seek(ToSlice(begin)); it->Valid(); it->Next()) {
    if (!visit(ToView(it->key()), ToView(it->value()))) break;
  }
  return FromRocksDb(it->status(), absl::StrCat("scan ", family));
}

absl::StatusOr<std::optional<std::pair<std::string, std::string>>> Database::Last(absl::string_view family,
                                                                                  absl::string_view begin,
                                                                                  absl::string_view end) const {
  const rocksdb::Slice upper = ToSlice(end);
  rocksdb::ReadOptions options = OrderedRead(family);
  if (!end.empty()) options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator(options, &handle(family)));
  it->SeekToLast();
  RETURN_IF_ERROR(FromRocksDb(it->status(), absl::StrCat("seek in ", family)));
  if (!it->Valid() || ToView(it->key()) < begin) return std::nullopt;
  return std::optional(std::make_pair(it->key().ToString(), it->value().ToString()));
}

absl::Status Database::Checkpoint(absl::string_view directory) {
  rocksdb::Checkpoint* raw_checkpoint = nullptr;
  RETURN_IF_ERROR(FromRocksDb(rocksdb::Checkpoint::Create(db_.get(), &raw_checkpoint), "prepare a checkpoint"));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(raw_checkpoint);
  return FromRocksDb(checkpoint->CreateCheckpoint(std::string(directory)), absl::StrCat("checkpoint to ", directory));
}

absl::StatusOr<std::string> Database::Identity() const {
  std::string identity;
  RETURN_IF_ERROR(FromRocksDb(db_->GetDbIdentity(identity), "read the database's identity"));
  return identity;
}

absl::Status Database::VerifyChecksums() const {
  return FromRocksDb(db_->VerifyChecksum(rocksdb::ReadOptions()), absl::StrCat("checksums of ", directory_));
}

uint64_t Database::DiskBytes() const {
  uint64_t bytes = 0;
  std::vector<rocksdb::LiveFileMetaData> files;
  db_->GetLiveFilesMetaData(&files);
  for (const rocksdb::LiveFileMetaData& file : files) bytes += file.size;
  return bytes;
}

}  // namespace tintinh::kv
