#include "common/warc/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/gzip.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::warc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tintinh::testing::Gzip;
using tintinh::testing::StatusIs;

std::string RecordOf(const std::string& type, const std::string& block, const std::string& more = "") {
  return absl::StrCat("WARC/1.1\r\nWARC-Type: ", type, "\r\n", more, "Content-Length: ", block.size(), "\r\n\r\n",
                      block, "\r\n\r\n");
}

class ReaderTest : public ::testing::Test {
 protected:
  // What Next gives, as "type@offset+in_member=block" lines, and how it ended.
  std::vector<std::string> Read(const std::string& bytes, ReaderLimits limits = {}) {
    const std::string path = dir_.path() + "/trang.warc";
    std::ofstream(path, std::ios::binary) << bytes;
    const auto reader = Reader::Open(path, limits);
    std::vector<std::string> read;
    Record record;
    absl::StatusOr<bool> more = true;
    while ((more = (*reader)->Next(record)).ok() && *more) {
      read.push_back(
          absl::StrCat(record.Field("warc-type"), "@", record.offset, "+", record.in_member, "=", record.block));
      last_ = record;
    }
    end_ = more.status();
    return read;
  }

  tintinh::testing::TempDir dir_;
  Record last_;
  absl::Status end_;
};

TEST_F(ReaderTest, ReadsPlainRecordsWithTheirOffsets) {
  const std::string first = RecordOf("warcinfo", "software: x");
  EXPECT_THAT(Read(first + RecordOf("response", "bài")),
              ElementsAre("warcinfo@0+0=software: x", absl::StrCat("response@", first.size(), "+0=bài")));
  EXPECT_TRUE(end_.ok());
  EXPECT_EQ(last_.version, "1.1");
  EXPECT_EQ(last_.stored_bytes, RecordOf("response", "bài").size());
}

TEST_F(ReaderTest, ReadsOneGzipMemberARecord) {
  const std::string first = Gzip(RecordOf("warcinfo", "a"));
  const std::string second = Gzip(RecordOf("response", "b"));
  EXPECT_THAT(Read(first + second), ElementsAre("warcinfo@0+0=a", absl::StrCat("response@", first.size(), "+0=b")));
  EXPECT_EQ(last_.stored_bytes, second.size());
}

TEST_F(ReaderTest, ReadsSeveralRecordsOfOneMember) {
  const std::string first = RecordOf("warcinfo", "a");
  EXPECT_THAT(Read(Gzip(first + RecordOf("response", "b"))),
              ElementsAre("warcinfo@0+0=a", absl::StrCat("response@0+", first.size(), "=b")));
}

TEST_F(ReaderTest, AnEmptyFileHasNoRecords) {
  EXPECT_THAT(Read(""), ElementsAre());
  EXPECT_TRUE(end_.ok());
}

TEST_F(ReaderTest, FoldedLinesAndBracketsAreUndone) {
  Read(RecordOf("response", "x", "WARC-Target-URI: <https://bao.vn/a>\r\nX-Dai: một\r\n  hai\r\n"));
  EXPECT_EQ(last_.TargetUri(), "https://bao.vn/a");
  EXPECT_EQ(last_.Field("x-dai"), "một hai");
}

TEST_F(ReaderTest, LargeBlocksAreKeptInPart) {
  ReaderLimits limits;
  limits.max_block_bytes = 100;
  const std::string large(300'000, 'x');
  EXPECT_THAT(Read(RecordOf("response", large) + RecordOf("request", "q"), limits),
              ElementsAre(absl::StrCat("response@0+0=", large.substr(0, 100)), HasSubstr("request@")));
}

TEST_F(ReaderTest, WhatIsBrokenIsNamedWithItsOffset) {
  const std::string good = RecordOf("warcinfo", "a");
  const std::string at = absl::StrCat("offset ", good.size());
  const struct {
    std::string bytes;
    const char* what;
  } cases[] = {
      {"HTTP/1.1 200 OK\r\n\r\n", "no WARC record begins here"},
      {"WARC/1.0\r\nContent-Length: nhieu\r\n\r\n", "Content-Length is no number: \"nhieu\""},
      {"WARC/1.0\r\nContent-Length: -1\r\n\r\n", "Content-Length is no number"},
      {"WARC/1.0\r\nContent-Length: 99\r\n\r\nngắn", "the block lacks"},
      {"WARC/1.0\r\nContent-Length: 1", "ends inside its header"},
      {"WARC/1.0\r\nkhông có dấu hai chấm\r\n\r\n", "no field"},
      {"WARC/1.0\r\nX: " + std::string(70'000, 'x'), "a header of more than 65536 bytes"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Read(good + c.bytes).size(), 1u) << c.bytes.substr(0, 60);
    EXPECT_THAT(end_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(c.what)));
    EXPECT_THAT(end_.message(), HasSubstr(at));
  }
}

TEST_F(ReaderTest, TornAndDamagedMembersAreNamed) {
  const std::string good = Gzip(RecordOf("warcinfo", "a"));
  const std::string bad = Gzip(RecordOf("response", std::string(5000, 'x')));
  Read(good + bad.substr(0, bad.size() / 2));
  EXPECT_THAT(end_.message(), HasSubstr(absl::StrCat("the gzip member at offset ", good.size(), " is torn")));
  Read(good + "rác");
  EXPECT_THAT(end_.message(), HasSubstr(absl::StrCat("the gzip member at offset ", good.size(), " is damaged")));
}

TEST_F(ReaderTest, FilesThatCannotBeReadAreNamed) {
  EXPECT_THAT(Reader::Open(dir_.path() + "/khong.warc").status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("khong.warc")));
  EXPECT_THAT(Reader::Open(dir_.path()).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("directory")));
}

}  // namespace
}  // namespace tintinh::warc
