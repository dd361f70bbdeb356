#include "services/cli/warc_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tintinh::testing::StatusIs;

std::string Response(const std::string& status, const std::string& type, const std::string& body,
                     const std::string& more = "") {
  const std::string block = absl::StrCat("HTTP/1.1 ", status, "\r\nContent-Type: ", type, "\r\n", more, "\r\n", body);
  return absl::StrCat(
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://bao.vn/tin>\r\nWARC-Date: "
      "2021-09-20T07:00:05Z\r\nContent-Length: ",
      block.size(), "\r\n\r\n", block, "\r\n\r\n");
}

class WarcPagesTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& bytes) {
    std::ofstream(dir_.path() + "/" + name, std::ios::binary) << bytes;
    return dir_.path() + "/" + name;
  }

  // "name: body" or "name: error".
  std::vector<std::string> Read(const std::string& bytes, size_t most = 100) {
    std::vector<std::string> read;
    const std::string file = Write("a.warc", bytes);
    end_ = ReadWarcPages(file, [&](const std::string& name, absl::StatusOr<v1::Page> page) {
      read.push_back(absl::StrCat(name, ": ", page.ok() ? page->body() : std::string(page.status().message())));
      if (page.ok()) last_ = *std::move(page);
      return read.size() < most;
    });
    return read;
  }

  tintinh::testing::TempDir dir_;
  v1::Page last_;
  absl::Status end_;
};

TEST_F(WarcPagesTest, HtmlThatAnswered200IsAPage) {
  const std::string first = Response("200 OK", "text/html; charset=utf-8", "bài một");
  EXPECT_THAT(Read(first + Response("404 Not Found", "text/html", "không") + Response("200 OK", "image/png", "ảnh") +
                   Response("200 OK", "application/xhtml+xml", "bài hai")),
              ElementsAre("a.warc@0: bài một", HasSubstr(": bài hai")));
  EXPECT_TRUE(end_.ok());
  EXPECT_EQ(last_.url(), "https://bao.vn/tin");
  EXPECT_EQ(last_.fetched().seconds(), 1632121205);
  EXPECT_EQ(last_.headers(0).name(), "content-type");
}

TEST_F(WarcPagesTest, AResponseThatCannotBeReadIsNamedAndPassedOver) {
  EXPECT_THAT(
      Read(Response("200 OK", "text/html", "x", "Content-Encoding: br\r\n") + Response("200 OK", "text/html", "y")),
      ElementsAre(HasSubstr("Content-Encoding"), HasSubstr(": y")));
}

TEST_F(WarcPagesTest, ABrokenFileEndsWithItsOffset) {
  const std::string good = Response("200 OK", "text/html", "x");
  EXPECT_EQ(Read(good + "rác rưởi\r\n").size(), 1u);
  EXPECT_THAT(end_, StatusIs(absl::StatusCode::kDataLoss, HasSubstr(absl::StrCat("offset ", good.size()))));
}

TEST_F(WarcPagesTest, TheVisitorMayStop) {
  const std::string page = Response("200 OK", "text/html", "x");
  EXPECT_EQ(Read(page + page + page, 2).size(), 2u);
}

TEST_F(WarcPagesTest, ADirectoryStandsForItsWarcFilesInOrder) {
  Write("b.warc.gz", "");
  Write("a.warc", "");
  Write("c.warc.gz.open", "");
  const auto files = WarcFiles({dir_.path(), "khac.warc"});
  ASSERT_TRUE(files.ok());
  EXPECT_THAT(*files, ElementsAre(dir_.path() + "/a.warc", dir_.path() + "/b.warc.gz", "khac.warc"));
}

TEST_F(WarcPagesTest, ADirectoryWithoutAnyIsAnError) {
  EXPECT_THAT(WarcFiles({dir_.path()}).status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no *.warc")));
}

}  // namespace
}  // namespace tintinh::cli
