// Columns as stored values, one per column, and back. Layout in FORMAT.md.
#ifndef TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_CODEC_H_
#define TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_CODEC_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/container/btree_map.h"
#include "absl/status/statusor.h"
#include "services/indexer/segment/column_table.h"
#include "services/indexer/segment/columns.h"

namespace tintinh::indexer {

// By column number, ascending: the last byte of the key.
using EncodedColumns = absl::btree_map<uint8_t, std::string>;

EncodedColumns EncodeColumns(const ColumnStore& columns);

// DATA_LOSS, naming the column, unless every column is there, whole and of `size` documents. Takes memory in proportion
// to the bytes given, whatever they say.
absl::StatusOr<std::unique_ptr<const ColumnTable>> DecodeColumns(const EncodedColumns& encoded, uint32_t size);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEGMENT_COLUMN_CODEC_H_
