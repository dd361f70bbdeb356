#include "common/warc/http_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/gzip.h"
#include "tests/support/status_matchers.h"

namespace tintinh::warc {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::Gzip;
using tintinh::testing::StatusIs;

constexpr size_t kMax = 1 << 20;

std::string BodyOf(const std::string& headers, const std::string& body) {
  const auto response = ParseHttpResponse(absl::StrCat("HTTP/1.1 200 OK\r\n", headers, "\r\n", body), kMax);
  return response.ok() ? response->body : response.status().ToString();
}

TEST(ParseHttpResponse, ReadsStatusHeadersAndBody) {
  const auto response =
      ParseHttpResponse("HTTP/1.0 404 Not Found\r\nContent-Type: text/html\r\nlạ\r\n\r\nkhông thấy", kMax);
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 404u);
  EXPECT_EQ(response->Header("content-TYPE"), "text/html");
  EXPECT_EQ(response->body, "không thấy");
}

TEST(HttpStatusOf, ReadsTheFirstLineAlone) {
  EXPECT_EQ(HttpStatusOf("HTTP/2 301 \r\nLocation: /x\r\n"), 301u);
  EXPECT_EQ(HttpStatusOf("GET / HTTP/1.1\r\n"), std::nullopt);
  EXPECT_EQ(HttpStatusOf("HTTP/1.1 20\r\n"), std::nullopt);
}

TEST(ParseHttpResponse, TakesChunksApart) {
  EXPECT_EQ(BodyOf("Transfer-Encoding: chunked\r\n", "3;x=y\r\nmot\r\n4\r\n hai\r\n0\r\n\r\n"), "mot hai");
}

TEST(ParseHttpResponse, ABodyThatIsNotAsItsHeaderSaysIsTakenAsItStands) {
  EXPECT_EQ(BodyOf("Transfer-Encoding: chunked\r\n", "<html>bài</html>"), "<html>bài</html>");
  EXPECT_EQ(BodyOf("Content-Encoding: gzip\r\n", "<html>bài</html>"), "<html>bài</html>");
  EXPECT_EQ(BodyOf("Transfer-Encoding: chunked\r\n", "5\r\nngan"), "ngan");
}

TEST(ParseHttpResponse, Unpacks) {
  const std::string text(100'000, 'v');
  EXPECT_EQ(BodyOf("Content-Encoding: gzip\r\n", Gzip(text)), text);
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
  EXPECT_EQ(BodyOf("Content-Encoding: zstd\r\n", packed), text);
  // gzip is bare deflate between a header of ten bytes and a trailer of eight.
  const std::string gzip = Gzip(text);
  EXPECT_EQ(BodyOf("Content-Encoding: deflate\r\n", gzip.substr(10, gzip.size() - 18)), text);
}

TEST(ParseHttpResponse, BoundsWhatUnpacks) {
  const std::string bomb = Gzip(std::string(4 << 20, '\0'));
  EXPECT_THAT(BodyOf("Content-Encoding: gzip\r\n", bomb), HasSubstr("body: unpacks to more than 1048576 bytes"));
}

TEST(ParseHttpResponse, NamesWhatItDoesNotRead) {
  EXPECT_THAT(BodyOf("Content-Encoding: br\r\n", "x"), HasSubstr("Content-Encoding: \"br\" is not read"));
  EXPECT_THAT(ParseHttpResponse("dns:bao.vn", kMax).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no HTTP response: \"dns:bao.vn\"")));
}

}  // namespace
}  // namespace tintinh::warc
