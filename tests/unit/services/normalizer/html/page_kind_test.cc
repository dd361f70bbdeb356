#include "services/normalizer/html/page_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(PageKind, ListingGivesItsLinks) {
  const Draft draft = ExtractFixture("listing", "https://baonuixanh.vn/xay-dung-dang-23.html");
  EXPECT_EQ(draft.kind, v1::PAGE_KIND_LISTING);
  EXPECT_THAT(draft.links,
              Contains(::testing::AllOf(
                  Field(&DraftLink::url, "https://baonuixanh.vn/dang-vien-tre-lam-kinh-te-gioi-12342.html"),
                  Field(&DraftLink::kind, v1::LINK_KIND_ARTICLE))));
  EXPECT_THAT(draft.links,
              Contains(::testing::AllOf(Field(&DraftLink::url, "https://baonuixanh.vn/xay-dung-dang-23.html?page=2"),
                                        Field(&DraftLink::kind, v1::LINK_KIND_LISTING))));
  EXPECT_THAT(draft.links, Not(Contains(Field(&DraftLink::url, HasSubstr("facebook")))));
}

TEST(PageKind, NewsInBriefIsAnArticle) {
  const std::string brief =
      "<p>Chiều qua, đội cứu hộ huyện đã đưa ba ngư dân gặp nạn ngoài cửa sông vào bờ an toàn. Cả ba được đưa tới trạm "
      "y "
      "tế xã, sức khỏe ổn định, đã về nhà trong đêm.</p>";
  EXPECT_EQ(ExtractFrom(PageWith("", "<span class=time>12/05/2025 08:30</span>", brief)).kind, v1::PAGE_KIND_ARTICLE);
  EXPECT_NE(ExtractFrom(PageWith("", "", "<p>Đang cập nhật…</p>")).kind, v1::PAGE_KIND_ARTICLE);
}

TEST(PageKind, CookieStubIsBlocked) {
  const Draft draft =
      ExtractFrom("<html><body><script>document.cookie=\"D1N=abc\";location.reload();</script></body></html>");
  EXPECT_TRUE(draft.blocked);
}

TEST(PageKind, RefusalIsBlocked) {
  EXPECT_TRUE(
      ExtractFrom("<html><title>Thông báo từ chối truy cập</title><body><p>Yêu cầu của bạn không được chấp nhận.</p>")
          .blocked);
}

TEST(PageKind, StoryAboutCaptchasIsNotBlocked) {
  EXPECT_FALSE(
      ExtractFrom(
          PageWith("", "", absl::StrCat("<p>Nhiều trang dùng captcha để chặn máy.</p>", kBody, kBody, kBody, kBody)))
          .blocked);
}

TEST(PageKind, EnglishPageIsNotVietnamese) {
  std::string body;
  for (int i = 0; i < 6; ++i)
    absl::StrAppend(&body,
                    "<p>The district opened a new road to four mountain villages this week, officials said on Monday, "
                    "after fourteen months of work by local people.</p>");
  EXPECT_NE(ExtractFrom(PageWith("", "", body)).language, "vi");
}

}  // namespace
}  // namespace tintinh::normalizer
