#include "services/crawler/archive/cdx.h"

#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/crawler/archive/warc_writer.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/crawler/archive/warc_reader.h"

namespace tintinh::crawler {
namespace {

using testing::IsOk;
using testing::StatusIs;

Exchange Page(const std::string& url, absl::Time fetched) {
  Exchange exchange;
  exchange.url = url;
  exchange.fetched = fetched;
  exchange.request_headers = "GET / HTTP/1.1\r\n\r\n";
  exchange.response_headers = "HTTP/1.1 200 OK\r\nContent-Type: text/HTML; charset=utf-8\r\n\r\n";
  exchange.body = "<p>Lễ hội Xên bản</p>";
  return exchange;
}

TEST(SurtKey, HostsAreReversedAndTheRestIsAsItStands) {
  EXPECT_EQ(SurtKey("https://www.baolaichau.vn/thoi-su/?trang=2"), "vn,baolaichau)/thoi-su/?trang=2");
  EXPECT_EQ(SurtKey("http://bao.vn:8080/"), "vn,bao:8080)/");
  EXPECT_EQ(SurtKey("http://127.0.0.1:81/a"), "127.0.0.1:81)/a");
}

class CdxTest : public ::testing::Test {
 protected:
  testing::TempDir dir_;
  testing::FakeClock clock_;
};

TEST_F(CdxTest, EveryAnswerOfAClosedFileIsFoundByItsOffset) {
  const std::string directory = dir_.path() + "/warc";
  auto writer = WarcWriter::Open({.directory = directory, .software = "tintinh"}, clock_);
  ASSERT_THAT(writer, IsOk());
  std::vector<Exchange> pages = {Page("https://b.vn/2", clock_.Now()), Page("https://a.vn/1", clock_.Now())};
  pages.push_back(Page("https://b.vn/2", clock_.Now() + absl::Hours(1)));
  pages.back().same_as = clock_.Now();
  ASSERT_THAT((*writer)->AppendAll(pages), IsOk());
  ASSERT_THAT((*writer)->Close(), IsOk());
  const std::string warc = FilesIn(directory).at(0);
  const std::vector<std::string> lines = absl::StrSplit(ReadFile(CdxPath(warc)), '\n', absl::SkipEmpty());
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0],
              ::testing::StartsWith("vn,a)/1 20231114221320 {\"url\":\"https://a.vn/1\",\"mime\":\"text/html\""));
  EXPECT_THAT(lines[1], ::testing::StartsWith("vn,b)/2 20231114221320 "));
  EXPECT_THAT(lines[2], ::testing::HasSubstr("\"mime\":\"warc/revisit\""));
  for (const std::string& line : lines) {
    const auto fields = nlohmann::json::parse(line.substr(line.find('{')));
    size_t offset = 0;
    size_t length = 0;
    ASSERT_TRUE(absl::SimpleAtoi(fields["offset"].get<std::string>(), &offset));
    ASSERT_TRUE(absl::SimpleAtoi(fields["length"].get<std::string>(), &length));
    const ReadRecord record = ParseRecord(ReadMembers(ReadFile(warc).substr(offset, length)).at(0));
    EXPECT_EQ(record.fields.at("warc-target-uri"), fields["url"].get<std::string>());
    EXPECT_EQ(fields["status"], "200");
  }
}

TEST_F(CdxTest, AFileThatIsNoneHasNoIndex) {
  const std::string path = dir_.path() + "/a.warc.gz";
  std::ofstream(path) << "nothing of the kind";
  EXPECT_THAT(WriteCdx(path, path), StatusIs(absl::StatusCode::kDataLoss, ::testing::HasSubstr("a.warc.gz")));
  EXPECT_FALSE(std::filesystem::exists(CdxPath(path)));
}

}  // namespace
}  // namespace tintinh::crawler
