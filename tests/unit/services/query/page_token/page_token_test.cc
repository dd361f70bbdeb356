#include "services/query/page_token/page_token.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::query {
namespace {

using ::testing::HasSubstr;
using ::tintinh::testing::IsOk;
using ::tintinh::testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

PageStart Start() {
  PageStart start;
  start.after.set_score(3.25);
  start.after.set_published_us(-5);
  start.after.set_article_id("0123456789abcdef0123456789abcdef");
  start.widened = true;
  return start;
}

v1::SearchRequest Request() {
  v1::SearchRequest request;
  request.set_query("cầu Long Biên");
  request.mutable_filter()->add_provinces("Hà Nội");
  return request;
}

TEST(PageToken, GivesBackWhatWasPutIn) {
  v1::SearchRequest request = Request();
  request.set_page_token(MakePageToken(Start(), request));
  const auto start = ReadPageToken(request);
  ASSERT_THAT(start, IsOk());
  EXPECT_EQ(start->after.SerializeAsString(), Start().after.SerializeAsString());
  EXPECT_TRUE(start->widened);
}

TEST(PageToken, NeedsNoEscapingInUrls) {
  EXPECT_EQ(MakePageToken(Start(), Request())
                .find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(PageToken, PageSizeAndSnippetsMayChange) {
  v1::SearchRequest request = Request();
  request.set_page_token(MakePageToken(Start(), request));
  request.set_page_size(50);
  request.set_snippet_bytes(100);
  EXPECT_THAT(ReadPageToken(request), IsOk());
}

TEST(PageToken, OfAnotherSearchIsRefused) {
  const std::string token = MakePageToken(Start(), Request());
  v1::SearchRequest other = Request();
  other.set_page_token(token);
  other.set_query("cầu Thê Húc");
  EXPECT_THAT(ReadPageToken(other), StatusIs(kInvalid, HasSubstr("page_token")));
  other = Request();
  other.set_page_token(token);
  other.set_sort(v1::SORT_ORDER_OLDEST);
  EXPECT_THAT(ReadPageToken(other), StatusIs(kInvalid, HasSubstr("page_token")));
  other = Request();
  other.set_page_token(token);
  other.mutable_filter()->add_sites("baomau");
  EXPECT_THAT(ReadPageToken(other), StatusIs(kInvalid, HasSubstr("page_token")));
}

TEST(PageToken, EveryDamagedLetterIsFound) {
  v1::SearchRequest request = Request();
  const std::string token = MakePageToken(Start(), request);
  for (size_t i = 0; i < token.size(); ++i) {
    std::string damaged = token;
    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    request.set_page_token(damaged);
    EXPECT_THAT(ReadPageToken(request), StatusIs(kInvalid, HasSubstr("page_token"))) << i;
  }
}

TEST(PageToken, GarbageIsRefused) {
  v1::SearchRequest request = Request();
  for (const std::string& garbage : {std::string("x"), std::string("không phải"), std::string(1025, 'A'),
                                     MakePageToken(Start(), request).substr(0, 40)}) {
    request.set_page_token(garbage);
    EXPECT_THAT(ReadPageToken(request), StatusIs(kInvalid, HasSubstr("page_token")));
  }
}

}  // namespace
}  // namespace tintinh::query
