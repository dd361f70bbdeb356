#include "common/kv/reader.h"

#include "absl/strings/str_cat.h"
#include "common/kv/rocksdb_status.h"
#include "common/status/status_macros.h"
#include "rocksdb/db.h"
#include "rocksdb/iterator.h"
#include "rocksdb/options.h"

namespace tintinh::kv {

PinnedValue::PinnedValue() : value_(std::make_unique<rocksdb::PinnableSlice>()) {}
PinnedValue::~PinnedValue() = default;
PinnedValue::PinnedValue(PinnedValue&&) noexcept = default;
PinnedValue& PinnedValue::operator=(PinnedValue&&) noexcept = default;

absl::StatusOr<bool> PinnedValue::Load(const Database& database, absl::string_view family, absl::string_view key) {
  value_->Reset();
  const rocksdb::Status status =
      database.raw().Get(rocksdb::ReadOptions(), &database.handle(family), ToSlice(key), value_.get());
  if (status.IsNotFound()) return false;
  RETURN_IF_ERROR(FromRocksDb(status, absl::StrCat("read from ", family)));
  return true;
}

absl::string_view PinnedValue::view() const { return ToView(*value_); }

struct RangeReader::Bound {
  std::string end;
  rocksdb::Slice upper;
};

RangeReader::RangeReader(const Database& database, absl::string_view family, absl::string_view begin,
                         absl::string_view end)
    : family_(family), bound_(std::make_unique<Bound>()) {
  bound_->end = std::string(end);
  bound_->upper = bound_->end;
  rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.iterate_upper_bound = &bound_->upper;
  options.readahead_size = 256 * 1024;
  iterator_.reset(database.raw().NewIterator(options, &database.handle(family)));
  iterator_->Seek(ToSlice(begin));
}

RangeReader::~RangeReader() = default;

bool RangeReader::Valid() const { return iterator_->Valid(); }
void RangeReader::Next() { iterator_->Next(); }
absl::string_view RangeReader::key() const { return ToView(iterator_->key()); }
absl::string_view RangeReader::value() const { return ToView(iterator_->value()); }
absl::Status RangeReader::status() const {
  return FromRocksDb(iterator_->status(), absl::StrCat("read a range of ", family_));
}

}  // namespace tintinh::kv
