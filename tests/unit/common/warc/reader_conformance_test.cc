// Files of the WARC readers' own suites, against what their records are known to be.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "common/warc/reader.h"
#include "nlohmann/json.hpp"

namespace tintinh::warc {
namespace {

using Place = std::pair<uint64_t, size_t>;  // offset in the file, how many records of that gzip member stand before

std::string Text(const nlohmann::json& expected, const char* name) { return expected.value(name, std::string()); }

void ExpectSame(const Record& record, const nlohmann::json& expected) {
  EXPECT_EQ(record.version, Text(expected, "version"));
  EXPECT_EQ(record.Field("WARC-Type"), Text(expected, "type"));
  EXPECT_EQ(record.Field("WARC-Target-URI"), Text(expected, "uri"));
  EXPECT_EQ(record.Field("WARC-Date"), Text(expected, "date"));
  EXPECT_EQ(record.Field("Content-Type"), Text(expected, "content_type"));
  EXPECT_EQ(record.Field("WARC-Record-ID"), Text(expected, "record_id"));
  EXPECT_EQ(record.Field("WARC-Payload-Digest"), Text(expected, "payload_digest"));
  EXPECT_EQ(record.block_bytes, expected["content_length"].get<uint64_t>());
  EXPECT_EQ(Sha1Base32(record.block), Text(expected, "block_sha1_b32"));
}

TEST(ReaderConformance, RecordsAreFoundAndBreaksAreNamed) {
  const std::filesystem::path folder = std::filesystem::path(TINTINH_SHARED_DATA) / "conformance" / "warc";
  std::ifstream lines(folder / "records.jsonl");
  if (!lines) GTEST_SKIP() << "no suite in " << folder;
  std::map<std::string, std::vector<nlohmann::json>> files;
  for (std::string line; std::getline(lines, line);) {
    nlohmann::json expected = nlohmann::json::parse(line);
    files[expected["file"]].push_back(std::move(expected));
  }
  size_t records = 0, breaks = 0;
  for (const auto& [file, all] : files) {
    SCOPED_TRACE(file);
    std::map<Place, Record> found;
    std::map<uint64_t, size_t> records_at;
    const auto reader = Reader::Open(folder / file);
    ASSERT_TRUE(reader.ok());
    Record record;
    absl::StatusOr<bool> more = true;
    while ((more = (*reader)->Next(record)).ok() && *more) found[{record.offset, records_at[record.offset]++}] = record;
    for (const nlohmann::json& expected : all) {
      const Place place(expected["offset"], expected.value("in_member", size_t{0}));
      SCOPED_TRACE(place.first);
      if (expected.contains("error")) {
        EXPECT_TRUE(absl::StrContains(more.status().message(), absl::StrCat("offset ", place.first))) << more.status();
        ++breaks;
        continue;
      }
      ASSERT_TRUE(found.contains(place)) << more.status();
      ExpectSame(found[place], expected);
      ++records;
    }
  }
  std::printf("%zu records, %zu breaks in %zu files\n", records, breaks, files.size());
}

}  // namespace
}  // namespace tintinh::warc
