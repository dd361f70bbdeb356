#include "services/crawler/archive/warc_writer.h"

#include <signal.h>
#include <sys/resource.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/archive/cdx.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/crawler/archive/warc_reader.h"

namespace tintinh::crawler {
namespace {

using testing::FakeClock;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::TempDir;

constexpr char kBody[] = "<html><body><h1>Mùa hồng chín ở bản Phìn Ngan</h1></body></html>";

// While it lives no file of this process grows beyond `bytes`: a disk that is full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : signal_(::signal(SIGXFSZ, SIG_IGN)) {
    EXPECT_EQ(::getrlimit(RLIMIT_FSIZE, &before_), 0);
    const rlimit limit{bytes, before_.rlim_max};
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  ~FileSizeLimit() {
    EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &before_), 0);
    ::signal(SIGXFSZ, signal_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  const sighandler_t signal_;
  rlimit before_{};
};

class WarcWriterTest : public ::testing::Test {
 protected:
  std::unique_ptr<WarcWriter> Open() {
    auto writer = WarcWriter::Open(options_, clock_);
    EXPECT_THAT(writer, IsOk());
    return *std::move(writer);
  }

  Exchange Page(int number, absl::string_view body = kBody) {
    Exchange exchange;
    exchange.url = absl::StrCat("https://baoa.vn/", number);
    exchange.fetched = clock_.Now();
    exchange.request_headers = absl::StrCat("GET /", number, " HTTP/1.1\r\nHost: baoa.vn\r\n\r\n");
    exchange.response_headers = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    exchange.body = body;
    return exchange;
  }

  TempDir dir_;
  FakeClock clock_;
  WarcOptions options_{.directory = dir_.path() + "/warc", .max_file_bytes = 1 << 20, .software = "tintinh/0.1"};
};

TEST_F(WarcWriterTest, AClosedFileHoldsWarcinfoThenRequestAndResponseOfEveryExchange) {
  const auto writer = Open();
  const auto id = writer->Append(Page(1));
  ASSERT_THAT(id, IsOk());
  ASSERT_THAT(writer->Append(Page(2)), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  const auto files = FilesIn(options_.directory);
  ASSERT_EQ(files.size(), 1u);
  EXPECT_TRUE(absl::EndsWith(files[0], "/tintinh-20231114T221320Z-00001.warc.gz"));
  const auto records = ReadWarc(files[0]);
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(records[0].fields.at("warc-type"), "warcinfo");
  EXPECT_EQ(records[1].fields.at("warc-type"), "request");
  EXPECT_EQ(records[2].fields.at("warc-record-id"), *id);
  EXPECT_EQ(records[2].fields.at("warc-warcinfo-id"), records[0].fields.at("warc-record-id"));
  EXPECT_THAT(records[2].block, HasSubstr(kBody));
  EXPECT_EQ(records[4].fields.at("warc-target-uri"), "https://baoa.vn/2");
}

TEST_F(WarcWriterTest, AFileIsOpenByNameWhileItGrows) {
  const auto writer = Open();
  ASSERT_THAT(writer->Append(Page(1)), IsOk());
  EXPECT_TRUE(absl::EndsWith(FilesIn(options_.directory).at(0), ".warc.gz.open"));
  EXPECT_EQ(ReadWarc(FilesIn(options_.directory)[0]).size(), 3u) << "on disk when Append returned";
}

TEST_F(WarcWriterTest, AFullFileIsFollowedByAnother) {
  options_.max_file_bytes = 1;
  const auto writer = Open();
  for (int i = 0; i < 3; ++i) ASSERT_THAT(writer->Append(Page(i)), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  const auto files = FilesIn(options_.directory);
  ASSERT_EQ(files.size(), 3u);
  for (const std::string& file : files) EXPECT_EQ(ReadWarc(file).size(), 3u) << file;
}

TEST_F(WarcWriterTest, ManyExchangesAreWrittenTogetherInOrder) {
  const auto writer = Open();
  std::vector<Exchange> exchanges = {Page(1), Page(2), Page(3)};
  exchanges[1].same_as = clock_.Now() - absl::Hours(1);
  const auto ids = writer->AppendAll(exchanges);
  ASSERT_THAT(ids, IsOk());
  const auto records = ReadWarc(FilesIn(options_.directory).at(0));
  ASSERT_EQ(records.size(), 7u);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(records[2 * i + 2].fields.at("warc-record-id"), (*ids)[i]);
  EXPECT_EQ(records[4].fields.at("warc-type"), "revisit");
}

TEST_F(WarcWriterTest, AFileWhoseIndexCannotBeWrittenStaysOpenUntilItCan) {
  auto writer = Open();
  ASSERT_THAT(writer->Append(Page(1)), IsOk());
  const std::string open_path = FilesIn(options_.directory).at(0);
  const std::string closed = open_path.substr(0, open_path.size() - 5);
  const std::string in_the_way = CdxPath(closed) + ".tmp";
  std::filesystem::create_directory(in_the_way);
  EXPECT_FALSE(writer->Close().ok());
  EXPECT_FALSE(std::filesystem::exists(closed));
  std::filesystem::remove(in_the_way);
  writer.reset();
  writer = Open();
  EXPECT_TRUE(std::filesystem::exists(closed));
  EXPECT_TRUE(std::filesystem::exists(CdxPath(closed)));
}

TEST_F(WarcWriterTest, ABudgetRemovesTheOldestClosedFilesAndTheirIndexes) {
  options_.max_file_bytes = 1;
  options_.max_total_bytes = 3000;
  const auto writer = Open();
  for (int i = 0; i < 12; ++i) {
    ASSERT_THAT(writer->Append(Page(i)), IsOk());
    clock_.Advance(absl::Minutes(1));
  }
  ASSERT_THAT(writer->Close(), IsOk());
  const auto files = FilesIn(options_.directory);
  ASSERT_FALSE(files.empty());
  EXPECT_LT(files.size(), 12u);
  uint64_t total = 0;
  for (const std::string& file : files) {
    total += std::filesystem::file_size(file);
    EXPECT_TRUE(std::filesystem::exists(CdxPath(file))) << file;
  }
  EXPECT_LE(total, options_.max_total_bytes);
  EXPECT_EQ(ReadWarc(files.back())[2].fields.at("warc-target-uri"), Page(11).url) << "the newest is there";
}

TEST_F(WarcWriterTest, ABudgetHoldsFromTheStartForWhatKilledProcessesLeft) {
  options_.max_file_bytes = 1;
  {
    const auto writer = Open();
    for (int i = 0; i < 12; ++i) {
      ASSERT_THAT(writer->Append(Page(i)), IsOk());
      clock_.Advance(absl::Minutes(1));
    }
  }
  ASSERT_EQ(FilesIn(options_.directory).size(), 12u);
  options_.max_total_bytes = 3000;
  Open();
  uint64_t total = 0;
  for (const std::string& file : FilesIn(options_.directory)) total += std::filesystem::file_size(file);
  EXPECT_GT(total, 0u);
  EXPECT_LE(total, options_.max_total_bytes);
}

TEST_F(WarcWriterTest, ATornTailIsCutWhenTheDirectoryIsOpenedAgain) {
  std::string whole;
  {
    const auto writer = Open();
    ASSERT_THAT(writer->Append(Page(1)), IsOk());
    whole = ReadFile(FilesIn(options_.directory).at(0));
    ASSERT_THAT(writer->Append(Page(2)), IsOk());
  }
  const std::string closed = FilesIn(options_.directory).at(0);
  const std::string both = ReadFile(closed);
  for (size_t size : {whole.size(), whole.size() + 1, both.size() - 1}) {
    std::filesystem::remove(closed);
    std::ofstream(closed + ".open", std::ios::binary).write(both.data(), static_cast<std::streamsize>(size));
    Open();
    ASSERT_EQ(FilesIn(options_.directory), std::vector<std::string>{closed});
    const auto records = ReadWarc(closed);
    EXPECT_GE(records.size(), 3u);
    EXPECT_LE(records.size(), 4u) << "the request of the second exchange may be whole";
  }
}

TEST_F(WarcWriterTest, AFileWithoutAnyWholeRecordIsRemoved) {
  std::filesystem::create_directories(options_.directory);
  std::ofstream(options_.directory + "/tintinh-20230101T000000Z-00001.warc.gz.open") << "\x1f\x8b\x08";
  Open();
  EXPECT_TRUE(FilesIn(options_.directory).empty());
}

TEST_F(WarcWriterTest, AFileWhoseWarcinfoCouldNotBeWrittenIsRemovedAndTheNextAppendStartsAnother) {
  const auto writer = Open();
  bool refused = false;
  {
    const FileSizeLimit full(10);
    refused = !writer->Append(Page(1)).ok();
  }
  EXPECT_TRUE(refused);
  EXPECT_TRUE(FilesIn(options_.directory).empty());
  ASSERT_THAT(writer->Append(Page(2)), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  const auto records = ReadWarc(FilesIn(options_.directory).at(0));
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].fields.at("warc-type"), "warcinfo");
  EXPECT_EQ(records[2].fields.at("warc-warcinfo-id"), records[0].fields.at("warc-record-id"));
}

TEST_F(WarcWriterTest, FilesOfOneSecondGetDifferentNames) {
  for (int i = 0; i < 3; ++i) ASSERT_THAT(Open()->Append(Page(i)), IsOk());
  EXPECT_EQ(FilesIn(options_.directory).size(), 3u);
}

// Leaves its files where another program can look at them: see warc_readable_test.py.
TEST_F(WarcWriterTest, WritesFilesForOtherPrograms) {
  const char* const directory = std::getenv("TINTINH_WARC_DIRECTORY");
  if (directory != nullptr) options_.directory = directory;
  const auto writer = Open();
  for (int i = 0; i < 20; ++i) ASSERT_THAT(writer->Append(Page(i)), IsOk());
  ASSERT_THAT(writer->Close(), IsOk());
  EXPECT_EQ(ReadWarc(FilesIn(options_.directory).at(0)).size(), 41u);
}

}  // namespace
}  // namespace tintinh::crawler
