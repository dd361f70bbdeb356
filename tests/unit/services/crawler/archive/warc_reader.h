// An independent reader of .warc.gz files: each gzip member alone, each record by its Content-Length, digests checked.
#ifndef TINTINH_TESTS_UNIT_SERVICES_CRAWLER_ARCHIVE_WARC_READER_H_
#define TINTINH_TESTS_UNIT_SERVICES_CRAWLER_ARCHIVE_WARC_READER_H_

#include <zlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {

struct ReadRecord {
  std::map<std::string, std::string> fields;  // names in lower case
  std::string block;
};

inline std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The members of a gzip file, each inflated; fails the test when the last one is torn.
inline std::vector<std::string> ReadMembers(std::string bytes) {
  std::vector<std::string> members;
  z_stream stream = {};
  EXPECT_EQ(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::array<char, 4096> piece;
  std::string member;
  while (stream.avail_in > 0) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    const int result = inflate(&stream, Z_NO_FLUSH);
    member.append(piece.data(), piece.size() - stream.avail_out);
    if (result == Z_STREAM_END) {
      members.push_back(std::move(member));
      member.clear();
      inflateReset(&stream);
    } else if (result != Z_OK) {
      ADD_FAILURE() << "inflate answered " << result;
      break;
    }
  }
  inflateEnd(&stream);
  EXPECT_EQ(member, "") << "torn member";
  return members;
}

inline ReadRecord ParseRecord(const std::string& member) {
  ReadRecord record;
  EXPECT_EQ(member.substr(0, 10), "WARC/1.1\r\n");
  const size_t end = member.find("\r\n\r\n");
  EXPECT_NE(end, std::string::npos);
  for (size_t at = 10; at < end;) {
    const size_t line_end = member.find("\r\n", at);
    const std::string line = member.substr(at, line_end - at);
    const size_t colon = line.find(": ");
    EXPECT_NE(colon, std::string::npos) << line;
    record.fields[absl::AsciiStrToLower(line.substr(0, colon))] = line.substr(colon + 2);
    at = line_end + 2;
  }
  size_t length = 0;
  EXPECT_TRUE(absl::SimpleAtoi(record.fields["content-length"], &length));
  record.block = member.substr(end + 4, length);
  EXPECT_EQ(member.substr(end + 4 + length), "\r\n\r\n");
  if (const auto digest = record.fields.find("warc-block-digest"); digest != record.fields.end()) {
    EXPECT_EQ(digest->second, absl::StrCat("sha1:", Sha1Base32(record.block)));
  }
  return record;
}

inline std::vector<ReadRecord> ReadWarc(const std::string& path) {
  std::vector<ReadRecord> records;
  for (const std::string& member : ReadMembers(ReadFile(path))) records.push_back(ParseRecord(member));
  return records;
}

// But for indexes.
inline std::vector<std::string> FilesIn(const std::string& directory) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (entry.path().extension() != ".cdxj") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_UNIT_SERVICES_CRAWLER_ARCHIVE_WARC_READER_H_
