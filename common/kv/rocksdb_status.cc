#include "common/kv/rocksdb_status.h"

#include "absl/strings/str_cat.h"

namespace tintinh::kv {
namespace {

absl::StatusCode CodeOf(const rocksdb::Status& status) {
  if (status.IsNotFound()) return absl::StatusCode::kNotFound;
  if (status.IsCorruption()) return absl::StatusCode::kDataLoss;
  if (status.IsInvalidArgument() || status.IsNotSupported()) return absl::StatusCode::kInvalidArgument;
  if (status.IsNoSpace()) return absl::StatusCode::kResourceExhausted;
  if (status.IsBusy() || status.IsTimedOut() || status.IsTryAgain()) return absl::StatusCode::kUnavailable;
  if (status.IsLockLimit() || status.IsShutdownInProgress() || status.IsAborted()) return absl::StatusCode::kAborted;
  return absl::StatusCode::kInternal;
}

}  // namespace

absl::Status FromRocksDb(const rocksdb::Status& status, absl::string_view operation) {
  if (status.ok()) return absl::OkStatus();
  return absl::Status(CodeOf(status), absl::StrCat(operation, ": ", status.ToString()));
}

}  // namespace tintinh::kv
