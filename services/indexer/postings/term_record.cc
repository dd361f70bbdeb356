#include "services/indexer/postings/term_record.h"

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/bytes.h"

namespace tintinh::indexer {
namespace {

absl::Status Malformed(absl::string_view what) { return absl::DataLossError(absl::StrCat("term record: ", what)); }

// The first number of a short list is even where its first posting has one occurrence, that of other records odd.
bool IsSinglePosting(absl::string_view bytes) { return !bytes.empty() && (bytes.front() & 1) == 0; }

void AppendFrequency(const TermStatistics& statistics, std::string& body) {
  AppendVarint(uint64_t{statistics.document_frequency} << 1 | 1, body);
}

bool ReadFrequency(ByteReader& bytes, TermStatistics& statistics) {
  if (IsSinglePosting(bytes.rest())) {
    statistics.document_frequency = 1;
    return true;
  }
  uint64_t odd;
  if (!ReadVarint64(bytes, &odd) || odd == 1 || odd >> 33 != 0) return false;
  statistics.document_frequency = static_cast<uint32_t>(odd >> 1);
  return true;
}

bool ReadChunk(ByteReader& bytes, uint64_t previous_end, BlockBounds& chunk) {
  uint32_t gap;
  if (!ReadVarint32(bytes, &gap) || !bytes.ReadFixed(&chunk.impact)) return false;
  if (previous_end + gap >= kNoMoreDocs) return false;
  chunk.last_doc = static_cast<uint32_t>(previous_end + gap);
  return true;
}

absl::Status ReadDirectory(ByteReader& bytes, TermRecord& record) {
  uint32_t count;
  if (!ReadVarint32(bytes, &record.first_chunk) || !ReadVarint32(bytes, &count)) {
    return Malformed("directory cut off");
  }
  if (count == 0 || count > bytes.rest().size()) return Malformed("number of chunks out of range");
  record.chunks.reserve(count);
  uint64_t previous_end = 0;
  for (uint32_t i = 0; i < count; ++i) {
    BlockBounds chunk;
    if (!ReadChunk(bytes, previous_end, chunk)) return Malformed("directory cut off or out of order");
    previous_end = static_cast<uint64_t>(chunk.last_doc) + 1;
    record.chunks.push_back(chunk);
  }
  return absl::OkStatus();
}

absl::Status ReadChampions(ByteReader& bytes, TermRecord& record) {
  uint32_t count;
  if (!ReadVarint32(bytes, &count) || count > kMaxChampions) return Malformed("number of champions out of range");
  record.champions.resize(count);
  uint64_t next = 0;
  for (ChampionPosting& champion : record.champions) {
    uint32_t gap;
    if (!ReadVarint32(bytes, &gap) || !ReadVarint32(bytes, &champion.freq)) return Malformed("champions cut off");
    if (next + gap > record.chunks.back().last_doc || champion.freq == 0 || champion.freq > kMaxFreq) {
      return Malformed("champion out of range");
    }
    champion.doc = static_cast<uint32_t>(next + gap);
    next = uint64_t{champion.doc} + 1;
  }
  return bytes.rest().empty() ? absl::OkStatus() : Malformed("bytes after the champions");
}

void AppendDirectory(const TermRecord& record, std::string& body) {
  AppendVarint(record.first_chunk, body);
  AppendVarint(record.chunks.size(), body);
  uint32_t next = 0;
  for (const BlockBounds& chunk : record.chunks) {
    AppendVarint(chunk.last_doc - next, body);
    AppendFixed(chunk.impact, body);
    next = chunk.last_doc + 1;
  }
}

void AppendChampions(const TermRecord& record, std::string& body) {
  AppendVarint(record.champions.size(), body);
  uint32_t next = 0;
  for (const ChampionPosting& champion : record.champions) {
    AppendVarint(champion.doc - next, body);
    AppendVarint(champion.freq, body);
    next = champion.doc + 1;
  }
}

}  // namespace

std::string EncodeTermRecord(const TermRecord& record) {
  std::string body;
  if (IsInline(record.statistics)) {
    EncodeInlineRecord(record.statistics, record.inline_list, 0, body);
    return body;
  }
  AppendFrequency(record.statistics, body);
  AppendVarint(record.statistics.collection_frequency, body);
  AppendDirectory(record, body);
  AppendChampions(record, body);
  return body;
}

void EncodeInlineRecord(const TermStatistics& statistics, absl::string_view list, uint32_t moved_by,
                        std::string& record) {
  record.clear();
  if (statistics.document_frequency > 1 || !IsSinglePosting(list)) AppendFrequency(statistics, record);
  // Only the first document is not counted from another.
  ByteReader rest(list);
  uint64_t first;
  if (moved_by > 0 && ReadVarint64(rest, &first)) AppendVarint(first + (uint64_t{moved_by} << 1), record);
  record.append(rest.rest().data(), rest.rest().size());
}

absl::StatusOr<TermRecord> DecodeTermRecord(absl::string_view bytes) {
  ByteReader reader(bytes);
  TermRecord record;
  if (!ReadFrequency(reader, record.statistics)) return Malformed("no document frequency");
  if (IsInline(record.statistics)) {
    record.inline_list = reader.rest();
    return record;
  }
  if (!ReadVarint64(reader, &record.statistics.collection_frequency)) return Malformed("no collection frequency");
  RETURN_IF_ERROR(ReadDirectory(reader, record));
  RETURN_IF_ERROR(ReadChampions(reader, record));
  return record;
}

absl::StatusOr<uint32_t> DecodeDocumentFrequency(absl::string_view bytes) {
  ByteReader reader(bytes);
  TermStatistics statistics;
  if (!ReadFrequency(reader, statistics)) return Malformed("no document frequency");
  return statistics.document_frequency;
}

}  // namespace tintinh::indexer
