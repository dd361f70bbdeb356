// The only place that knows both rocksdb::Status and absl::Status, and both string views.
#ifndef TINTINH_COMMON_KV_ROCKSDB_STATUS_H_
#define TINTINH_COMMON_KV_ROCKSDB_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/slice.h"
#include "rocksdb/status.h"

namespace tintinh::kv {

// `operation` becomes the start of the message: "open /data/shard-0: …".
absl::Status FromRocksDb(const rocksdb::Status& status, absl::string_view operation);

inline rocksdb::Slice ToSlice(absl::string_view text) { return rocksdb::Slice(text.data(), text.size()); }
inline absl::string_view ToView(const rocksdb::Slice& slice) { return absl::string_view(slice.data(), slice.size()); }

}  // namespace tintinh::kv

#endif  // TINTINH_COMMON_KV_ROCKSDB_STATUS_H_
