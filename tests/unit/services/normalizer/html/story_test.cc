#include "services/normalizer/html/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(ReadStory, LeadIsNotRepeated) {
  const std::string lead = "Tuyến đường dài chín cây số lên bốn bản vùng cao của huyện sẽ thông xe vào cuối tháng này.";
  const Draft draft =
      ExtractFrom(PageWith("", absl::StrCat("<h2 class=sapo>", lead, "</h2>"),
                           absl::StrCat("<p>", lead, " Đây là công trình người dân mong đợi từ lâu.</p>", kBody)));
  EXPECT_EQ(draft.lead, lead);
  ASSERT_THAT(draft.paragraphs, SizeIs(5));
  EXPECT_EQ(draft.paragraphs[0].text, "Đây là công trình người dân mong đợi từ lâu.");
}

TEST(ReadStory, CombiningMarksAreComposed) {
  const Draft draft =
      ExtractFrom(PageWith("", "",
                           absl::StrCat("<p>Huye\xCC\xA3\xCC\x82n Ye\xCC\x82n Sơn tổ chức hội nghị tổng kết phong trào "
                                        "thi đua năm học vừa qua tại nhà văn hóa.</p>",
                                        kBody)));
  EXPECT_THAT(Texts(draft), Contains(HasSubstr("Huyện Yên Sơn")));
}

TEST(ReadStory, HiddenDuplicatesAreLeftOut) {
  const Draft draft =
      ExtractFrom(PageWith("", "", absl::StrCat("<div style='DISPLAY : none'>", kBody, "</div>", kBody)));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ReadStory, PageWideFormIsNoObstacle) {
  const Draft draft =
      ExtractFrom(absl::StrCat("<body><form method=post><input type=hidden name=__VIEWSTATE value=x><div><h1>Mở đường "
                               "lên bản</h1><div class=content>",
                               kBody, "</div></div></form>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ReadStory, TextBehindTheEndOfHtmlIsRead) {
  const Draft draft =
      ExtractFrom(absl::StrCat("<html lang=vi></html><head><title>Mở đường lên bản</title></head><body><h1>Mở đường "
                               "lên bản</h1><div class=content>",
                               kBody, "</div>"));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ReadStory, CutsAtRelatedStoriesAndDropsTools) {
  const Draft draft =
      ExtractFrom(PageWith("", "",
                           absl::StrCat("<p>In trang</p>", kBody,
                                        "<p>Tin liên quan</p><p>Một đoạn giới thiệu dài của bài khác mà người đọc bài "
                                        "này không cần biết tới, nằm cuối trang.</p>")));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ReadStory, LinesWithoutParagraphElements) {
  const Draft draft = ExtractFrom(
      "<body><div><h1>Mở đường lên bản</h1><div class=bodytext>Sáng nay đoàn công tác của huyện lên kiểm tra tuyến "
      "đường mới mở và động viên công nhân.<br><br>"
      "Theo kế hoạch, mặt đường sẽ được thảm nhựa trước mùa mưa để xe khách chạy được hai chuyến.<br>Trưởng bản nói bà "
      "con đã sẵn cây giống, chỉ đợi có đường là chở mận xuống bán.</div></div>");
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
}

}  // namespace
}  // namespace tintinh::normalizer
