#include "services/crawler/fetch/response_head.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

TEST(ResponseHead, KeepsLinesAndReadsHeaders) {
  ResponseHead head(1000);
  for (const char* line :
       {"HTTP/1.1 200 OK\r\n", "ETag:  \"a\" \r\n", "X-Dai: một\r\n", "\t hai\r\n", "rác\r\n", "\r\n"}) {
    EXPECT_TRUE(head.Add(line));
  }
  EXPECT_THAT(head.headers(), ElementsAre(Pair("ETag", "\"a\""), Pair("X-Dai", "một hai")));
  EXPECT_EQ(FindHeader(head.headers(), "etag"), "\"a\"");
  EXPECT_EQ(FindHeader(head.headers(), "vary"), "");
  EXPECT_EQ(head.raw().substr(0, 17), "HTTP/1.1 200 OK\r\n");
}

TEST(ResponseHead, AStatusLineStartsAnew) {
  ResponseHead head(1000);
  for (const char* line : {"HTTP/1.1 103 Early\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: b\r\n", "\r\n"})
    head.Add(line);
  EXPECT_THAT(head.headers(), ElementsAre(Pair("A", "b")));
  EXPECT_EQ(head.raw(), "HTTP/1.1 200 OK\r\nA: b\r\n\r\n");
}

TEST(ResponseHead, CountsInterimResponsesTowardsTheLimit) {
  ResponseHead head(40);
  EXPECT_TRUE(head.Add("HTTP/1.1 100 x\r\n"));
  EXPECT_TRUE(head.Add("HTTP/1.1 100 x\r\n"));
  EXPECT_FALSE(head.Add("HTTP/1.1 100 x\r\n"));
}

}  // namespace
}  // namespace tintinh::crawler
