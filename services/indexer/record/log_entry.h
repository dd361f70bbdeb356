// What the indexer writes into the article log, as the payload of one record.
#ifndef TINTINH_SERVICES_INDEXER_RECORD_LOG_ENTRY_H_
#define TINTINH_SERVICES_INDEXER_RECORD_LOG_ENTRY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tintinh/disk/v1/indexer.pb.h"

namespace tintinh::indexer {

disk::v1::LogEntry PutEntry(disk::v1::StoredArticle article, absl::string_view trace_id);
disk::v1::LogEntry DeleteEntry(absl::string_view article_id, absl::string_view trace_id);

// The same entry always gives the same bytes: the log's record hash depends on it.
std::string EncodeLogEntry(const disk::v1::LogEntry& entry);

// DATA_LOSS for bytes that are no entry, of a kind this version does not know, or without an article id.
absl::StatusOr<disk::v1::LogEntry> DecodeLogEntry(absl::string_view bytes);

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_RECORD_LOG_ENTRY_H_
