#include "services/indexer/record/log_entry.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace tintinh::indexer {
namespace {

bool IsComplete(const disk::v1::LogEntry& entry) {
  switch (entry.kind()) {
    case disk::v1::LOG_ENTRY_KIND_PUT:
      return entry.article().article_id() == entry.article_id();
    case disk::v1::LOG_ENTRY_KIND_DELETE:
      return true;
    default:
      return false;
  }
}

}  // namespace

disk::v1::LogEntry PutEntry(disk::v1::StoredArticle article, absl::string_view trace_id) {
  disk::v1::LogEntry entry;
  entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
  entry.set_article_id(article.article_id());
  entry.set_trace_id(trace_id.data(), trace_id.size());
  *entry.mutable_article() = std::move(article);
  return entry;
}

disk::v1::LogEntry DeleteEntry(absl::string_view article_id, absl::string_view trace_id) {
  disk::v1::LogEntry entry;
  entry.set_kind(disk::v1::LOG_ENTRY_KIND_DELETE);
  entry.set_article_id(article_id.data(), article_id.size());
  entry.set_trace_id(trace_id.data(), trace_id.size());
  return entry;
}

std::string EncodeLogEntry(const disk::v1::LogEntry& entry) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    entry.SerializeToCodedStream(&coded);
  }
  return bytes;
}

absl::StatusOr<disk::v1::LogEntry> DecodeLogEntry(absl::string_view bytes) {
  disk::v1::LogEntry entry;
  if (!entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::DataLossError(absl::StrCat("log entry of ", bytes.size(), " bytes is no LogEntry"));
  }
  if (entry.article_id().empty() || !IsComplete(entry)) {
    return absl::DataLossError(
        absl::StrCat("log entry of kind ", static_cast<int>(entry.kind()), " for \"", entry.article_id(), "\""));
  }
  return entry;
}

}  // namespace tintinh::indexer
