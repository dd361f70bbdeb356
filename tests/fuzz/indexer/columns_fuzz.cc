// Damaged columns and deletions: any bytes are decoded or refused, also behind a good checksum.
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/segment/column_codec.h"
#include "services/indexer/segment/deleted_documents.h"

// The first byte names a column of two good documents, the rest replaces its body.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tintinh::indexer;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  ColumnStore columns(2);
  for (const char* site : {"baophutho", "baovinhphuc"}) {
    ColumnValues row;
    row.packed_id = site;
    row.single[IndexOf(Column::kSite)] = site;
    row.lists[0] = {"Kinh tế", "Xã hội"};
    columns.Append(row);
  }
  EncodedColumns encoded = EncodeColumns(columns);
  encoded[data[0]] = CheckedValue(bytes.substr(1));
  if (const auto decoded = DecodeColumns(encoded, 2); decoded.ok()) {
    for (uint32_t ordinal = 0; ordinal < 2; ++ordinal) (*decoded)->Row(ordinal);
  }
  DeletedDocuments::Decode(bytes, 100).status().IgnoreError();
  DeletedDocuments::Decode(CheckedValue(bytes), 100).status().IgnoreError();
  return 0;
}
