// Reads that copy nothing (PinnedValue) and reads in key order that the caller pulls (RangeReader).
#ifndef TINTINH_COMMON_KV_READER_H_
#define TINTINH_COMMON_KV_READER_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "common/kv/database.h"

namespace rocksdb {
class Iterator;
class PinnableSlice;
}  // namespace rocksdb

namespace tintinh::kv {

// A value held where RocksDB has it. Keep it no longer than the read needs: it pins a cache block.
class PinnedValue {
 public:
  PinnedValue();
  ~PinnedValue();
  PinnedValue(const PinnedValue&) = delete;
  PinnedValue& operator=(const PinnedValue&) = delete;
  PinnedValue(PinnedValue&&) noexcept;
  PinnedValue& operator=(PinnedValue&&) noexcept;

  // Replaces what is held. False when the key is absent. `database` must outlive this.
  absl::StatusOr<bool> Load(const Database& database, absl::string_view family, absl::string_view key);

  // What the last successful Load() found; valid until the next one.
  absl::string_view view() const;

 private:
  std::unique_ptr<rocksdb::PinnableSlice> value_;
};

// The keys of [begin, end) in order, on one snapshot, without filling the block cache.
class RangeReader {
 public:
  // `database` must outlive this.
  RangeReader(const Database& database, absl::string_view family, absl::string_view begin, absl::string_view end);
  ~RangeReader();
  RangeReader(const RangeReader&) = delete;
  RangeReader& operator=(const RangeReader&) = delete;

  // False at the end of the range and after an error; status() tells them apart.
  bool Valid() const;
  void Next();  // REQUIRES: Valid()

  // Valid until Next(). REQUIRES: Valid()
  absl::string_view key() const;
  absl::string_view value() const;

  absl::Status status() const;

 private:
  struct Bound;
  const std::string family_;
  const std::unique_ptr<Bound> bound_;  // must outlive iterator_
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

}  // namespace tintinh::kv

#endif  // TINTINH_COMMON_KV_READER_H_
