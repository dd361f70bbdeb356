#include "services/normalizer/text_dump/text_dump.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using tintinh::testing::StatusIs;

// Paragraphs long enough that nothing takes them for a heading or a caption.
constexpr char kTitle[] = "Xã Tân Hòa mở lối cho cây cam trên đất đồi";
constexpr char kLead[] =
    "Từ những quả đồi bỏ hoang, bà con xã Tân Hòa đã gây dựng được hơn hai trăm héc ta cam, mỗi năm thu về hàng chục "
    "tỷ đồng.";
constexpr char kFirst[] =
    "Chúng tôi trở lại Tân Hòa vào một ngày cuối đông, khi những vườn cam đã vào độ chín rộ. Con đường bê tông nối các "
    "thôn trải dài giữa hai bên đồi cam trĩu quả, xe tải nối nhau vào tận vườn để chở cam đi các tỉnh, tiếng cười nói "
    "của người hái cam vang khắp triền đồi từ sáng sớm cho tới tối mịt.";
constexpr char kSecond[] =
    "Mười năm trước, ít ai dám nghĩ vùng đất sỏi đá này có thể nuôi được loại cây khó tính như cam. Xã khi đó còn hơn "
    "bốn mươi phần trăm hộ nghèo, thanh niên bỏ làng đi làm thuê, ruộng nương để cỏ mọc. Nhờ chủ trương chuyển đổi cây "
    "trồng, cùng nguồn vốn vay ưu đãi và sự kiên trì của những hộ đi đầu, diện mạo của xã đã đổi khác từng ngày.";
constexpr char kThird[] =
    "Năm nay, toàn xã ước thu gần bốn nghìn tấn quả, tăng một phần ba so với năm trước. Hợp tác xã đã ký được hợp đồng "
    "bao tiêu với ba doanh nghiệp lớn, giá bán tại vườn ổn định quanh mức hai mươi nghìn đồng một cân, người trồng cam "
    "yên tâm mở rộng diện tích và đầu tư hệ thống tưới nhỏ giọt cho những vườn ở lưng chừng đồi.";

std::string Page(std::vector<std::string> blocks) { return absl::StrJoin(blocks, "\n\n"); }

Draft Extract(const std::string& dump) {
  absl::StatusOr<Draft> draft = ExtractTextDump(dump);
  EXPECT_TRUE(draft.ok()) << draft.status();
  return draft.ok() ? *std::move(draft) : Draft();
}

Draft Extract(std::vector<std::string> blocks) { return Extract(Page(std::move(blocks))); }

std::vector<std::string> Paragraphs(const Draft& draft) {
  std::vector<std::string> texts;
  for (const DraftParagraph& paragraph : draft.paragraphs) {
    texts.push_back(paragraph.text);
  }
  return texts;
}

// "caption [credit]" for each photo.
std::vector<std::string> Photos(const Draft& draft) {
  std::vector<std::string> photos;
  for (const DraftPhoto& photo : draft.photos) {
    photos.push_back(absl::StrCat(photo.caption, " [", photo.credit, "]"));
  }
  return photos;
}

std::string Published(const Draft& draft) {
  return draft.published.has_value() ? absl::FormatTime("%Y-%m-%d %H:%M", draft.published->time, VietnamTimeZone())
                                     : "none";
}

// ---- layouts of pages

TEST(TextDump, NewspaperLayoutTimeLeadBodyAuthor) {
  const Draft draft =
      Extract({kTitle, "17/12/2021 08:15", kLead, kFirst, kSecond, kThird, "Vũ Hải", "Chuyên mục khác"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_EQ(Published(draft), "2021-12-17 08:15");
  EXPECT_EQ(draft.published->precision, v1::TIME_PRECISION_MINUTE);
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
  EXPECT_THAT(draft.authors, ElementsAre("Vũ Hải"));
  EXPECT_THAT(draft.photos, IsEmpty());
  EXPECT_EQ(draft.kind, v1::PAGE_KIND_ARTICLE);
}

TEST(TextDump, PortalLayoutHasSectionAndTimeBelowAndNoLead) {
  const Draft draft =
      Extract({"TIN TRONG HUYỆN", kTitle, kLead, kFirst, "Bà con thôn Đồi Sim, xã Tân Hòa thu hoạch cam", kSecond,
               kThird, "Lê Mơ", "Ngày đăng: 17/12/2021\n  • Tiêu đề *\n  • Người gửi *", "Các tin cùng chuyên mục"});
  EXPECT_THAT(draft.section_path, ElementsAre("TIN TRONG HUYỆN"));
  EXPECT_EQ(draft.lead, "");
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kLead, kFirst, kSecond, kThird));
  EXPECT_THAT(Photos(draft), ElementsAre("Bà con thôn Đồi Sim, xã Tân Hòa thu hoạch cam []"));
  EXPECT_EQ(Published(draft), "2021-12-17 00:00");
  EXPECT_EQ(draft.published->precision, v1::TIME_PRECISION_DAY);
  EXPECT_THAT(draft.authors, ElementsAre("Lê Mơ"));
}

TEST(TextDump, LeadOverTheTitleIsSaidAgainBelow) {
  const Draft draft = Extract({absl::StrCat("(Baoquehuong.vn) - ", kLead), kTitle, kLead,
                               absl::StrCat(kTitle, "Một góc vườn cam ở thôn Đồi Sim."), kFirst, kSecond, kThird,
                               "Bài và ảnh: Vũ Hải {name} - {time}", " Trả lời", "{body}\n {name}- {time}",
                               "0 bình luận", "Địa phương", "Xem thêm TP.Vinh"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_EQ(draft.source_name, "Baoquehuong.vn");
  EXPECT_THAT(Photos(draft), ElementsAre("Một góc vườn cam ở thôn Đồi Sim. []"));
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
  EXPECT_THAT(draft.authors, ElementsAre("Vũ Hải"));
  EXPECT_EQ(Published(draft), "none");
}

TEST(TextDump, LeadOverTheTitleNotRepeated) {
  const Draft draft = Extract({absl::StrCat("(Baoquehuong.vn) - ", kLead), kTitle, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, LeadIsThePrefixOfTheFirstParagraph) {
  const Draft draft =
      Extract({kTitle, "12:11 | 26/11/2021\n|", kLead, absl::StrCat(kLead, " ", kFirst), kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, DashOpensTheLead) {
  const Draft draft = Extract({"Tiếng việt |  English", kTitle, absl::StrCat("- ", kLead),
                               "Cán bộ thôn Đồi Sim thăm vườn cam\ndo bà con trong thôn trồng và chăm sóc.", kFirst,
                               kSecond, "   Bài, ảnh: Vũ Hải", "Tin cùng chuyên mục"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_THAT(Photos(draft),
              ElementsAre("Cán bộ thôn Đồi Sim thăm vườn cam do bà con trong thôn trồng và chăm sóc. []"));
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond));
}

TEST(TextDump, LeadSharesItsBlockWithTheCaption) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", absl::StrCat(kLead, "\nVườn cam ở xã Tân Hòa. Ảnh: VH"), " ",
                               kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_THAT(Photos(draft), ElementsAre("Vườn cam ở xã Tân Hòa. [VH]"));
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, NoLeadWhenTheFirstParagraphIsAsLongAsTheRest) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kSecond, kFirst, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.lead, "");
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kSecond, kFirst, kThird));
}

// ---- title and section

TEST(TextDump, TitleInCapitalsUnderASection) {
  const Draft draft = Extract({"CHÍNH TRỊ", "XÃ TÂN HÒA MỞ LỐI CHO CÂY CAM TRÊN ĐẤT ĐỒI", kFirst, kSecond, "Vũ Hải"});
  EXPECT_EQ(draft.title, "XÃ TÂN HÒA MỞ LỐI CHO CÂY CAM TRÊN ĐẤT ĐỒI");
  EXPECT_THAT(draft.section_path, ElementsAre("CHÍNH TRỊ"));
}

TEST(TextDump, TrailGivesTheSectionPath) {
  const Draft draft = Extract({"Trang chủ » Tin tức » Xây dựng Đảng", kTitle, kFirst, kSecond, "Vũ Hải"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_THAT(draft.section_path, ElementsAre("Tin tức", "Xây dựng Đảng"));
}

TEST(TextDump, SectionNameInOrdinaryLetters) {
  const Draft draft = Extract({"Kinh tế", kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_THAT(draft.section_path, ElementsAre("Kinh tế"));
}

TEST(TextDump, MenuIsNoSection) {
  const Draft draft = Extract({"Trang chủ\nChính trị\nKinh tế\nXã hội\nVăn hóa\nThể thao", kTitle, "17/06/2022 13:04",
                               kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_THAT(draft.section_path, IsEmpty());
}

TEST(TextDump, TitleBrokenOverTwoLines) {
  const Draft draft =
      Extract({"Xã Tân Hòa mở lối\ncho cây cam trên đất đồi", "17/06/2022 13:04", kLead, kFirst, kSecond, kThird});
  EXPECT_EQ(draft.title, kTitle);
}

TEST(TextDump, RepeatedTitleIsNoParagraph) {
  const Draft draft = Extract({kTitle, kTitle, "17/06/2022 13:04", kLead, kFirst, kTitle, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

// ---- captions

TEST(TextDump, SeveralPhotosWithAndWithoutCredit) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, "Người dân thôn Đồi Sim hái cam", kFirst,
                               "Cán bộ khuyến nông hướng dẫn tỉa cành. Ảnh: Lê Mơ", kSecond,
                               "Cam Tân Hòa lên kệ siêu thị (Ảnh: TTXVN)", kThird, "Vũ Hải"});
  EXPECT_THAT(Photos(draft),
              ElementsAre("Người dân thôn Đồi Sim hái cam []", "Cán bộ khuyến nông hướng dẫn tỉa cành. [Lê Mơ]",
                          "Cam Tân Hòa lên kệ siêu thị [TTXVN]"));
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, CaptionsThatEndLikeSentences) {
  const Draft draft =
      Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, "Đường vào vườn cam thôn Đồi Sim.", kSecond,
               "Người dân thôn Đồi Sim rất phấn khởi, nhà nào cũng có thêm việc làm.", kThird, "Vũ Hải"});
  EXPECT_THAT(Photos(draft), ElementsAre("Đường vào vườn cam thôn Đồi Sim. []"));
  EXPECT_THAT(
      Paragraphs(draft),
      ElementsAre(kFirst, kSecond, "Người dân thôn Đồi Sim rất phấn khởi, nhà nào cũng có thêm việc làm.", kThird));
}

TEST(TextDump, CreditOnALineOfItsOwnBelongsToTheCaptionAbove) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, "Người dân thôn Đồi Sim hái cam\nẢnh: Lê Mơ", kFirst,
                               kSecond, "Lãnh đạo xã Tân Hòa thăm vườn cam", "Ảnh: TTXVN", kThird, "Vũ Hải"});
  EXPECT_THAT(Photos(draft),
              ElementsAre("Người dân thôn Đồi Sim hái cam [Lê Mơ]", "Lãnh đạo xã Tân Hòa thăm vườn cam [TTXVN]"));
}

TEST(TextDump, CaptionOfSeveralLines) {
  const Draft draft =
      Extract({kTitle, "17/06/2022 13:04", kLead,
               "Đồng chí Lê Mơ, Bí thư\nĐảng ủy xã Tân Hòa\ntrao giống cam cho các hộ nghèo. Ảnh: Vũ Hải", kFirst,
               kSecond, kThird, "Vũ Hải"});
  EXPECT_THAT(Photos(draft),
              ElementsAre("Đồng chí Lê Mơ, Bí thư Đảng ủy xã Tân Hòa trao giống cam cho các hộ nghèo. [Vũ Hải]"));
}

TEST(TextDump, CaptionGluedToTheTitleWithCredit) {
  const Draft draft =
      Extract({kTitle, "17/06/2022 13:04", kLead, absl::StrCat(kTitle, "Vườn cam ở thôn Đồi Sim. Ảnh: Vũ Hải"), kFirst,
               kSecond, kThird, "Vũ Hải"});
  EXPECT_THAT(Photos(draft), ElementsAre("Vườn cam ở thôn Đồi Sim. [Vũ Hải]"));
}

// ---- body

TEST(TextDump, HeadingsInsideTheBody) {
  const Draft draft = Extract(
      {kTitle, "17/06/2022 13:04", kLead, kFirst, "Khó khăn ban đầu", kSecond, "2. Hướng đi mới", kThird, "Vũ Hải"});
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, "Khó khăn ban đầu", kSecond, "2. Hướng đi mới", kThird));
  EXPECT_EQ(draft.paragraphs[1].kind, v1::PARAGRAPH_KIND_HEADING);
  EXPECT_EQ(draft.paragraphs[3].kind, v1::PARAGRAPH_KIND_HEADING);
  EXPECT_THAT(draft.photos, IsEmpty());
}

TEST(TextDump, QuotesAndListItems) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, "“Cây cam đã giữ chân lớp trẻ ở lại làng.”",
                               "- Trồng mới 50 ha cam;\n- Lắp thêm 10 trạm bơm.",
                               "• Đường vào vườn được mở rộng\n• Kho lạnh hoàn thành", kSecond, kThird, "Vũ Hải"});
  ASSERT_THAT(Paragraphs(draft), ElementsAre(kFirst, "“Cây cam đã giữ chân lớp trẻ ở lại làng.”",
                                             "- Trồng mới 50 ha cam;", "- Lắp thêm 10 trạm bơm.",
                                             "Đường vào vườn được mở rộng", "Kho lạnh hoàn thành", kSecond, kThird));
  EXPECT_EQ(draft.paragraphs[1].kind, v1::PARAGRAPH_KIND_QUOTE);
  for (const size_t item : {2, 3, 4, 5}) {
    EXPECT_EQ(draft.paragraphs[item].kind, v1::PARAGRAPH_KIND_LIST_ITEM);
  }
}

TEST(TextDump, ShortParagraphsStayParagraphs) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, "Nhờ vậy, đời sống bà con đã khá lên nhiều.",
                               kSecond, "Ông Lê Mơ chia sẻ:", kThird, "Vũ Hải"});
  EXPECT_THAT(Paragraphs(draft),
              ElementsAre(kFirst, "Nhờ vậy, đời sống bà con đã khá lên nhiều.", kSecond, "Ông Lê Mơ chia sẻ:", kThird));
}

TEST(TextDump, ParagraphsShownTwiceAreSaidOnce) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, kFirst, kSecond, kSecond, kThird, "Vũ Hải"});
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, LeadsOfOtherStoriesUnderTheAuthorAreNotTheStorys) {
  const Draft draft =
      Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, "Vũ Hải", "Chuyện khác ở làng bên", kLead});
  EXPECT_THAT(draft.authors, ElementsAre("Vũ Hải"));
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, LabelsOverTheFirstParagraphAreNotTheStorys) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", "758", "Hồ sơ", kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.lead, kLead);
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, ABoxOfRelatedStoriesNearTheTopDoesNotEndTheStory) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", "Tin liên quan", "Ngày hội cam ở Tân Hòa", kLead, kFirst,
                               kSecond, kThird, "Vũ Hải", "Tin liên quan", "Chuyện khác ở làng bên"});
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
  EXPECT_EQ(draft.lead, kLead);
}

TEST(TextDump, CommentsRelatedStoriesAndFooterAreCut) {
  for (const char* cut : {"Cùng chuyên mục", "TIN LIÊN QUAN", "Ý kiến bạn đọc", "Bình luận (0)", "Đọc thêm", "Xem thêm",
                          "Giấy phép số 01/GP-BTTTT", "Tổng Biên tập: Lê Mơ"}) {
    const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, "Vũ Hải", cut,
                                 "Chuyện khác ở làng bên", "01/01/2023", "Lê Mơ"});
    EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird)) << cut;
    EXPECT_THAT(draft.authors, ElementsAre("Vũ Hải")) << cut;
    EXPECT_EQ(Published(draft), "2022-06-17 13:04") << cut;
  }
}

TEST(TextDump, TagsComeFromTheirLine) {
  const Draft draft =
      Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, "Vũ Hải", "Từ khóa: cam, đất đồi"});
  EXPECT_THAT(draft.tags, ElementsAre("cam", "đất đồi"));
}

TEST(TextDump, ParagraphsSetInWidthAreJoined) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04",
                               "Đồng đất nơi đây vốn chua mặn, cấy lúa một vụ cũng bấp bênh, nay\n"
                               "Người dân đã đắp bờ, ngăn mặn, nuôi tôm xen lúa theo cách mới mà\n"
                               "Trạm khuyến nông huyện hướng dẫn, mỗi vụ thu về gấp ba lần trước.",
                               kFirst, kSecond, "Vũ Hải"});
  EXPECT_THAT(draft.paragraphs.size() + (draft.lead.empty() ? 0 : 1), 3u);
}

// ---- authors

TEST(TextDump, AuthorForms) {
  const struct {
    const char* line;
    std::vector<std::string> authors;
    const char* agency;
  } kCases[] = {
      {"Bài, ảnh: Vũ Hải", {"Vũ Hải"}, ""},
      {"Bài và ảnh: Vũ Hải", {"Vũ Hải"}, ""},
      {"Tin, ảnh: Vũ Hải", {"Vũ Hải"}, ""},
      {"VŨ HẢI - LÊ MƠ", {"VŨ HẢI", "LÊ MƠ"}, ""},
      {"Vũ Hải - Lê Mơ", {"Vũ Hải", "Lê Mơ"}, ""},
      {"Vũ Hải (thực hiện)", {"Vũ Hải"}, ""},
      {"Theo TTXVN", {}, "TTXVN"},
      {"Vũ Hải (Theo TTXVN)", {"Vũ Hải"}, "TTXVN"},
      {"P.V", {"P.V"}, ""},
      {"Vũ Hải\nTheo Báo Nhân Dân", {"Vũ Hải"}, "Báo Nhân Dân"},
      {"Bài: Vũ Hải\nẢnh: Lê Mơ", {"Vũ Hải"}, ""},
      {"Vũ Hải - Đài Truyền thanh huyện", {"Vũ Hải"}, ""},
  };
  for (const auto& c : kCases) {
    const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, c.line, "Tin khác"});
    EXPECT_EQ(draft.authors, c.authors) << c.line;
    EXPECT_EQ(draft.agency, c.agency) << c.line;
    EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird)) << c.line;
  }
}

TEST(TextDump, AuthorAtTheEndOfTheLastParagraph) {
  const Draft draft = Extract(
      {kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, absl::StrCat(kThird, " Bài, ảnh: Vũ Hải"), "Tin khác"});
  EXPECT_THAT(draft.authors, ElementsAre("Vũ Hải"));
  EXPECT_THAT(Paragraphs(draft), ElementsAre(kFirst, kSecond, kThird));
}

TEST(TextDump, AuthorBesideTheTime) {
  for (const char* line : {"Vũ Hải - 17/06/2022 13:04", "17/06/2022 13:04 | Vũ Hải", "Vũ Hải\n17/06/2022 13:04"}) {
    const Draft draft = Extract({kTitle, line, kLead, kFirst, kSecond, kThird, "Tin khác"});
    EXPECT_THAT(draft.authors, ElementsAre("Vũ Hải")) << line;
    EXPECT_EQ(Published(draft), "2022-06-17 13:04") << line;
    EXPECT_EQ(draft.lead, kLead) << line;
  }
}

TEST(TextDump, NoAuthorIsInvented) {
  const Draft draft = Extract({kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, "Tin khác", "Lê Mơ"});
  EXPECT_THAT(draft.authors, IsEmpty());
}

// ---- times

TEST(TextDump, APagesClockIsNotTheStorysTime) {
  const Draft draft = Extract({"Thứ ba Ngày 18 Tháng 08 Năm 2026, 01:53:59", kTitle, "Ngày đăng: 05/07/2025", kLead,
                               kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(Published(draft), "2025-07-05 00:00");
}

TEST(TextDump, AnUpdateIsTheModifiedTime) {
  const Draft draft =
      Extract({kTitle, "17/06/2022 13:04", "Cập nhật: 18/06/2022 07:00", kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(Published(draft), "2022-06-17 13:04");
  ASSERT_TRUE(draft.modified.has_value());
}

TEST(TextDump, TimeOverTheTitle) {
  const Draft draft = Extract({"17/06/2022 13:04", kTitle, kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(draft.title, kTitle);
  EXPECT_EQ(Published(draft), "2022-06-17 13:04");
}

TEST(TextDump, DatesInTheBodyAreNoPublication) {
  const Draft draft = Extract({kTitle, kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  EXPECT_EQ(Published(draft), "none");
}

// ---- limits and odd input

TEST(TextDump, RefusesTooManyBytesAndLines) {
  EXPECT_THAT(ExtractTextDump(std::string(kMaxTextDumpBytes + 1, 'a')),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("limit 5242880")));
  EXPECT_THAT(ExtractTextDump(std::string(kMaxTextDumpLines + 1, '\n')),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("limit 50000")));
}

TEST(TextDump, NothingToReadGivesADraftWithoutTitle) {
  for (const char* dump : {"", "\n\n \n", "|\n\n|", "Trang chủ\n\nTin khác"}) {
    const Draft draft = Extract(std::string(dump));
    EXPECT_EQ(draft.title, "") << dump;
    EXPECT_NE(draft.kind, v1::PAGE_KIND_ARTICLE) << dump;
  }
}

TEST(TextDump, EveryChosenFieldSaysItsRule) {
  const Draft draft = Extract({"Kinh tế", kTitle, "17/06/2022 13:04", kLead, kFirst, kSecond, kThird, "Vũ Hải"});
  std::vector<std::string> fields;
  for (const Evidence& evidence : draft.evidence) {
    fields.push_back(evidence.field);
    EXPECT_NE(evidence.rule, "");
  }
  EXPECT_THAT(fields, ::testing::UnorderedElementsAre("title", "section_path", "published", "authors", "lead"));
}

}  // namespace
}  // namespace tintinh::normalizer
