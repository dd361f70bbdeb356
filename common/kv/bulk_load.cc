#include "common/kv/bulk_load.h"

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/kv/rocksdb_status.h"
#include "common/status/status_macros.h"
#include "rocksdb/convenience.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "rocksdb/sst_file_writer.h"

namespace tintinh::kv {
namespace {

constexpr char kDirectoryPrefix[] = "load-";

std::string LoadDirectory(const Database& database, absl::string_view label) {
  return absl::StrCat(database.directory(), "/", kDirectoryPrefix, label);
}

}  // namespace

BulkLoad::BulkLoad(Database& database, absl::string_view label)
    : database_(database), directory_(LoadDirectory(database, label)) {}

BulkLoad::~BulkLoad() {
  files_.clear();
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

absl::StatusOr<BulkLoad::File*> BulkLoad::FileOf(absl::string_view family) {
  const auto found = files_.find(family);
  if (found != files_.end()) return &found->second;
  std::error_code error;
  std::filesystem::create_directories(directory_, error);
  if (error) return absl::InternalError(absl::StrCat("make directory ", directory_, ": ", error.message()));
  rocksdb::ColumnFamilyHandle& handle = database_.handle(family);
  File file{
      absl::StrCat(directory_, "/", family, ".sst"),
      std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), database_.raw().GetOptions(&handle), &handle)};
  RETURN_IF_ERROR(FromRocksDb(file.writer->Open(file.path), absl::StrCat("make ", file.path)));
  return &files_.emplace(std::string(family), std::move(file)).first->second;
}

absl::Status BulkLoad::Add(absl::string_view family, absl::string_view key, absl::string_view value) {
  ASSIGN_OR_RETURN(File* const file, FileOf(family));
  return FromRocksDb(file->writer->Put(ToSlice(key), ToSlice(value)), absl::StrCat("write ", file->path));
}

absl::Status BulkLoad::Ingest() {
  std::vector<rocksdb::IngestExternalFileArg> args;
  for (auto& [family, file] : files_) {
    RETURN_IF_ERROR(FromRocksDb(file.writer->Finish(), absl::StrCat("finish ", file.path)));
    rocksdb::IngestExternalFileArg arg;
    arg.column_family = &database_.handle(family);
    arg.external_files.push_back(file.path);
    arg.options.move_files = true;
    args.push_back(std::move(arg));
  }
  if (args.empty()) return absl::OkStatus();
  return FromRocksDb(database_.raw().IngestExternalFiles(args), absl::StrCat("ingest ", directory_));
}

void RemoveBulkLoadLeftovers(const Database& database) {
  std::error_code ignored;
  std::vector<std::filesystem::path> leftovers;
  for (const auto& entry : std::filesystem::directory_iterator(database.directory(), ignored)) {
    if (absl::StartsWith(entry.path().filename().string(), kDirectoryPrefix)) leftovers.push_back(entry.path());
  }
  for (const std::filesystem::path& leftover : leftovers) std::filesystem::remove_all(leftover, ignored);
}

absl::Status DropRange(Database& database, absl::string_view family, absl::string_view begin, absl::string_view end) {
  rocksdb::ColumnFamilyHandle& handle = database.handle(family);
  const rocksdb::Slice first = ToSlice(begin);
  const rocksdb::Slice last = ToSlice(end);
  const std::string operation = absl::StrCat("drop a range of ", family);
  RETURN_IF_ERROR(FromRocksDb(
      rocksdb::DeleteFilesInRange(&database.raw(), &handle, &first, &last, /*include_end=*/false), operation));
  return FromRocksDb(database.raw().DeleteRange(rocksdb::WriteOptions(), &handle, first, last), operation);
}

}  // namespace tintinh::kv
