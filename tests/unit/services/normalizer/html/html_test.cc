#include "services/normalizer/html/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "tests/support/status_matchers.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using tintinh::testing::StatusIs;

constexpr char kUrl[] = "https://baonuixanh.vn/kinh-te/mo-duong-len-ban-vung-cao-102260301095112345.htm";

Draft ExtractFrom(const std::string& html, const std::string& url = kUrl, const v1::SiteHints& hints = {}) {
  HtmlInput input;
  input.utf8 = html;
  input.url = url;
  input.hints = hints;
  absl::StatusOr<Draft> draft = ExtractHtml(input, HtmlLimits());
  EXPECT_TRUE(draft.ok()) << draft.status();
  return draft.ok() ? *std::move(draft) : Draft();
}

Draft ExtractFixture(const std::string& name, const std::string& url = kUrl) {
  std::ifstream file(std::string(TINTINH_SOURCE_DIR) + "/tests/unit/services/normalizer/html/fixtures/" + name +
                     ".html");
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream html;
  html << file.rdbuf();
  return ExtractFrom(html.str(), url);
}

std::string Published(const Draft& draft) {
  return draft.published ? absl::FormatTime("%Y-%m-%d %H:%M", draft.published->time, VietnamTimeZone()) : "none";
}

std::vector<std::string> Texts(const Draft& draft) {
  std::vector<std::string> texts;
  for (const DraftParagraph& paragraph : draft.paragraphs) texts.push_back(paragraph.text);
  return texts;
}

std::vector<std::string> Captions(const Draft& draft) {
  std::vector<std::string> captions;
  for (const DraftPhoto& photo : draft.photos) {
    if (!photo.caption.empty()) captions.push_back(photo.caption);
  }
  return captions;
}

constexpr char kBody[] =
    "<p>Sáng nay, đoàn công tác của huyện lên kiểm tra tuyến đường mới mở, nơi hơn ba trăm hộ dân đang chờ ngày thông "
    "xe.</p>"
    "<p>Theo kế hoạch, mặt đường sẽ được thảm nhựa trước mùa mưa để xe khách có thể chạy hai chuyến mỗi ngày từ bản "
    "xuống chợ.</p>"
    "<p>Trưởng bản Lý A Páo nói bà con đã chuẩn bị sẵn cây giống, chỉ đợi có đường là chở mận, chở đào xuống bán cho "
    "khách dưới xuôi.</p>"
    "<p>Cùng với con đường, huyện đầu tư đường điện ba pha và một trạm y tế hai tầng, dự kiến đưa vào sử dụng trong "
    "quý tới.</p>";

// A page with a headline and a body; `head` and `between` are put in their places.
std::string PageWith(const std::string& head, const std::string& between, const std::string& body = kBody,
                     const std::string& after = "") {
  return absl::StrCat("<html lang=vi><head><title>Mở đường lên bản vùng cao</title>", head,
                      "</head><body><div class=top><a href='/'>Trang chủ</a></div><div class=detail>"
                      "<h1>Mở đường lên bản vùng cao</h1>",
                      between, "<div class=detail-content>", body, "</div></div>", after, "</body></html>");
}

// --- Families of content systems ---

TEST(ExtractHtmlFamily, DataRoleSystem) {
  const Draft draft = ExtractFixture("family_data_role");
  EXPECT_EQ(draft.kind, v1::PAGE_KIND_ARTICLE);
  EXPECT_EQ(draft.title, "Xã vùng cao Bản Giang mở đường mới");
  EXPECT_EQ(draft.lead,
            "Con đường dài chín cây số nối bốn thôn của xã Bản Giang đã thông xe sau mười bốn tháng thi công.");
  EXPECT_EQ(Published(draft), "2026-03-01 09:51");
  EXPECT_THAT(draft.authors, ElementsAre("Lò Văn Sơn"));
  EXPECT_THAT(draft.section_path, ElementsAre("Kinh tế", "Giao thông"));
  EXPECT_THAT(draft.tags, ElementsAre("Bản Giang", "đường mới"));
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
  ASSERT_THAT(draft.photos, SizeIs(2));
  EXPECT_EQ(draft.photos[0].caption, "Đoạn dốc Nậm Pè sau khi đổ bê tông.");
  EXPECT_EQ(draft.photos[0].credit, "Lò Văn Sơn");
  EXPECT_EQ(draft.photos[0].url, "https://cdn.baonuixanh.vn/goc/anh-duong.jpg");
  EXPECT_EQ(draft.canonical_url, "https://baonuixanh.vn/xa-vung-cao-ban-giang-mo-duong-moi-102260301095112345.htm");
  EXPECT_EQ(draft.source_name, "Báo Núi Xanh");
  EXPECT_EQ(draft.language, "vi");
}

TEST(ExtractHtmlFamily, ZceSystem) {
  const Draft draft = ExtractFixture("family_zce", "https://baodongmay.vn/lua-nep-ta-van-duoc-mua-post998877.html");
  EXPECT_EQ(draft.title, "Lúa nếp Tả Van được mùa");
  EXPECT_EQ(draft.lead, "Năm nay, cánh đồng lúa nếp Tả Van cho năng suất cao nhất trong mười năm trở lại đây.");
  EXPECT_EQ(Published(draft), "2025-09-20 07:05");
  EXPECT_THAT(draft.authors, ElementsAre("Mai Phương"));
  EXPECT_EQ(draft.agency, "TTXVN");
  EXPECT_THAT(draft.section_path, ElementsAre("Nông nghiệp"));
  ASSERT_THAT(draft.paragraphs, SizeIs(8));
  EXPECT_EQ(draft.paragraphs[2].kind, v1::PARAGRAPH_KIND_QUOTE);
  EXPECT_EQ(draft.paragraphs[3].kind, v1::PARAGRAPH_KIND_HEADING);
  EXPECT_EQ(draft.paragraphs[5].kind, v1::PARAGRAPH_KIND_TABLE_ROW);
  EXPECT_EQ(draft.paragraphs[5].text, "Vụ | Năng suất");
  EXPECT_EQ(draft.paragraphs[7].kind, v1::PARAGRAPH_KIND_LIST_ITEM);
}

TEST(ExtractHtmlFamily, OneCmsSystem) {
  const Draft draft =
      ExtractFixture("family_onecms", "https://baocaonguyen.vn/pho-co-dong-van-them-tuyen-di-bo-731520.html");
  EXPECT_EQ(draft.title, "Phố cổ Đồng Văn: Thêm tuyến đi bộ về đêm");
  EXPECT_EQ(Published(draft), "2026-01-28 06:52");
  EXPECT_THAT(draft.authors, ElementsAre("Thanh Hằng"));
  EXPECT_THAT(draft.lead, HasSubstr("Từ tối thứ sáu tuần này"));
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
  ASSERT_THAT(draft.photos, SizeIs(1));
  EXPECT_EQ(draft.photos[0].caption, "Phố cổ Đồng Văn lên đèn.");
  EXPECT_EQ(draft.photos[0].credit, "Sùng Mí");
}

TEST(ExtractHtmlFamily, MasterCmsSystem) {
  const Draft draft =
      ExtractFixture("family_mastercms", "https://kinhtemiennui.vn/cho-phien-bac-ha-hop-som-d538952.html");
  EXPECT_EQ(draft.title, "Chợ phiên Bắc Hà họp sớm");
  EXPECT_EQ(Published(draft), "2026-11-07 08:47");
  EXPECT_THAT(draft.authors, ElementsAre("Hoàng Minh Đức"));
  EXPECT_THAT(draft.section_path, ElementsAre("Thị trường"));
  EXPECT_THAT(draft.lead, HasSubstr("Trước Tết ba tháng"));
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
  EXPECT_THAT(Captions(draft), ElementsAre("Gian hàng thổ cẩm của chị Sùng Thị Dế."));
}

TEST(ExtractHtmlFamily, NukeVietSystem) {
  const Draft draft =
      ExtractFixture("family_nukeviet", "https://bao-son.edu.vn/tin/truong-tieu-hoc-phong-nien-don-chuan-45.html");
  EXPECT_EQ(draft.title, "Trường Tiểu học Phong Niên đón chuẩn quốc gia");
  EXPECT_EQ(Published(draft), "2025-11-20 14:05");
  EXPECT_THAT(draft.lead, HasSubstr("Sáng 20/11"));
  EXPECT_THAT(draft.authors, ElementsAre("Đỗ Thị Hảo"));
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
  EXPECT_THAT(Captions(draft), ElementsAre("Học sinh múa xòe chào mừng buổi lễ."));
}

TEST(ExtractHtmlFamily, WordPress) {
  const Draft draft = ExtractFixture("family_wordpress", "https://quankhuvungcao.vn/bo-doi-giup-dan-gat-lua-chay-lu/");
  EXPECT_EQ(draft.title, "Bộ đội giúp dân gặt lúa chạy lũ");
  EXPECT_EQ(Published(draft), "2025-07-05 00:00");
  EXPECT_THAT(draft.lead, HasSubstr("Hai trăm cán bộ, chiến sĩ"));
  EXPECT_THAT(draft.authors, ElementsAre("HOÀNG TRUNG", "MẠNH DŨNG"));
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
  EXPECT_THAT(Captions(draft), ElementsAre("Chiến sĩ Trung đoàn 98 gặt lúa giúp dân."));
}

TEST(ExtractHtmlFamily, DcontentSystemHidesItsBody) {
  const Draft draft =
      ExtractFixture("family_dcontent", "https://baosongma.vn/hop-tac-xa-rau-quang-thang-mo-rong-nha-luoi-45677.htm");
  EXPECT_TRUE(draft.body_obfuscated);
  EXPECT_EQ(draft.title, "Hợp tác xã rau Quảng Thắng mở rộng nhà lưới");
  EXPECT_THAT(draft.lead, HasSubstr("Sau hai năm thử nghiệm"));
  EXPECT_EQ(draft.kind, v1::PAGE_KIND_ARTICLE);
  EXPECT_THAT(Texts(draft), Each(Not(HasSubstr("4buY"))));
}

// --- Dates ---

TEST(ExtractHtmlDates, MonthFirstMetaLosesToIso) {
  const Draft draft = ExtractFrom(PageWith(
      "<meta name=article:published_time content='3/7/2026 6:52:01 AM'>"
      "<script "
      "type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":\"2026-03-07T06:52:01+07:00\"}</script>",
      ""));
  EXPECT_EQ(Published(draft), "2026-03-07 06:52");
}

TEST(ExtractHtmlDates, ZonelessTimesAreVietnams) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("<meta property=article:published_time content=2026-03-07T00:01:00>", ""))),
            "2026-03-07 00:01");
}

TEST(ExtractHtmlDates, ShownClockCorrectsAWrongZone) {
  const Draft draft = ExtractFrom(PageWith("<meta itemprop=datePublished content='2018-09-29T12:40:25+08:00'>",
                                           "<span class=time>Thứ bảy, 29/9/2018, 12:40 (GMT+7)</span>"));
  EXPECT_EQ(Published(draft), "2018-09-29 12:40");
}

TEST(ExtractHtmlDates, BlankBeforeTheOffset) {
  EXPECT_EQ(
      Published(ExtractFrom(PageWith("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"datePublished\":"
                                     "\"2026-03-07T08:52:11.000 +07:00\"}</script>",
                                     ""))),
      "2026-03-07 08:52");
}

TEST(ExtractHtmlDates, EntityInTheAttributeIsDecoded) {
  EXPECT_EQ(Published(ExtractFrom(
                PageWith("<meta property=article:published_time content='2026-03-01T09:51:00&#x2B;07:00'>", ""))),
            "2026-03-01 09:51");
}

TEST(ExtractHtmlDates, ModifiedBeforePublishedIsIgnored) {
  const Draft draft =
      ExtractFrom(PageWith("<meta property=article:published_time content=2026-03-01T09:51:00+07:00>"
                           "<meta property=article:modified_time content=2026-03-01T09:00:00+07:00>",
                           ""));
  EXPECT_FALSE(draft.modified.has_value());
}

TEST(ExtractHtmlDates, ClockOfThePageIsNoDate) {
  const std::string page = absl::StrCat(
      "<body><header><span class=clock>Thứ ba Ngày 18 Tháng 08 Năm 2026, 01:53:59</span><a href=/a>A</a></header><div "
      "class=main>"
      "<h1>Mở đường lên bản vùng cao</h1><div class=detail-content>",
      kBody, "</div><p>Ngày đăng: 05/07/2025</p></div>");
  EXPECT_EQ(Published(ExtractFrom(page)), "2025-07-05 00:00");
}

TEST(ExtractHtmlDates, DatesOfRelatedStoriesAreNoDate) {
  const Draft draft = ExtractFrom(PageWith("", "", kBody,
                                           "<div class=tinkhac><p class=d_tinkhacItemDate>12:27 18/08/2026</p>"
                                           "<a href='/x-y-z-t-12345.html'>Tin khác</a></div>"));
  EXPECT_EQ(Published(draft), "none");
}

TEST(ExtractHtmlDates, DatesInTheBodyAreNoDate) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<p>12-8-1952</p>", kBody)))), "none");
}

TEST(ExtractHtmlDates, LabelledDateBehindTheStory) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("", "", absl::StrCat(kBody, kBody, "<p>Ngày đăng: 20/09/2021</p>")))),
            "2021-09-20 00:00");
}

TEST(ExtractHtmlDates, UnfilledTemplateIsNoDate) {
  EXPECT_EQ(Published(ExtractFrom(PageWith("", "<span class=time>${distributionDateSource} (GMT +7)</span>"))), "none");
}

// --- Titles ---

TEST(ExtractHtmlTitles, LogoInH1LosesToTheHeadline) {
  const Draft draft =
      ExtractFrom(absl::StrCat("<head><meta property=og:title content='Mở đường lên bản'><meta property=og:site_name "
                               "content='Báo Núi Xanh'></head><body>"
                               "<h1><a href=/>Báo Núi Xanh</a></h1><div><h2>Mở đường lên bản</h2><div class=content>",
                               kBody, "</div></div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
}

TEST(ExtractHtmlTitles, DialogsInH1Lose) {
  const Draft draft = ExtractFrom(PageWith("<meta property=og:title content='Mở đường lên bản vùng cao'>", "", kBody,
                                           "<h1>Thông tin bạn đọc</h1><h1>Thông báo</h1>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản vùng cao");
}

TEST(ExtractHtmlTitles, NoHeadingAtAll) {
  const Draft draft = ExtractFrom(
      absl::StrCat("<title>Mở đường lên bản - Báo Núi Xanh</title><body><div class=title-detail>Mở đường lên bản</div>"
                   "<div class=content>",
                   kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
}

TEST(ExtractHtmlTitles, EscapedTwiceInJsonLd) {
  const Draft draft = ExtractFrom(
      absl::StrCat("<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"M&amp;#7903; đường "
                   "l&#234;n bản vùng cao\"}</script>"
                   "<body><div class=content>",
                   kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản vùng cao");
}

TEST(ExtractHtmlTitles, SplitHeadlineGetsItsBlank) {
  const Draft draft = ExtractFrom(
      absl::StrCat("<body><div><h1><span>Bản vùng cao:</span><span>Mở đường mới</span></h1><div class=content>", kBody,
                   "</div></div>"));
  EXPECT_EQ(draft.title, "Bản vùng cao: Mở đường mới");
}

TEST(ExtractHtmlTitles, SiteNameIsTakenOffTheTitleElement) {
  const Draft draft = ExtractFrom(absl::StrCat(
      "<title>Mở đường lên bản - Báo Núi Xanh | baonuixanh.vn</title><body><div class=content>", kBody, "</div>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
}

// --- Authors ---

TEST(ExtractHtmlAuthors, MetaAuthorIsTheSite) {
  EXPECT_THAT(ExtractFrom(PageWith("<meta name=author content='Nguyễn Văn A'>", "")).authors, IsEmpty());
}

TEST(ExtractHtmlAuthors, SiteInJsonLdIsNoAuthor) {
  const Draft draft = ExtractFrom(PageWith(
      "<meta property=og:site_name content='Báo Núi Xanh'><script type=application/ld+json>{\"@type\":\"NewsArticle\","
      "\"author\":{\"@type\":\"Person\",\"name\":\"Báo Núi Xanh\"}}</script>",
      ""));
  EXPECT_THAT(draft.authors, IsEmpty());
}

TEST(ExtractHtmlAuthors, SourceInJsonLdIsAnAgency) {
  const Draft draft = ExtractFrom(PageWith(
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":\"Theo "
      "TTXVN\"}}</script>",
      ""));
  EXPECT_THAT(draft.authors, IsEmpty());
  EXPECT_EQ(draft.agency, "TTXVN");
}

TEST(ExtractHtmlAuthors, BoldLastLine) {
  const Draft draft =
      ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<p><span><strong>Lam Giang</strong></span></p>")));
  EXPECT_THAT(draft.authors, ElementsAre("Lam Giang"));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ExtractHtmlAuthors, LastLineWithTemplateResidue) {
  const Draft draft =
      ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<p>Bài và ảnh: Minh Hiếu {name} - {time}</p>")));
  EXPECT_THAT(draft.authors, ElementsAre("Minh Hiếu"));
}

// --- Body ---

TEST(ExtractHtmlBody, LeadIsNotRepeated) {
  const std::string lead = "Tuyến đường dài chín cây số lên bốn bản vùng cao của huyện sẽ thông xe vào cuối tháng này.";
  const Draft draft =
      ExtractFrom(PageWith("", absl::StrCat("<h2 class=sapo>", lead, "</h2>"),
                           absl::StrCat("<p>", lead, " Đây là công trình người dân mong đợi từ lâu.</p>", kBody)));
  EXPECT_EQ(draft.lead, lead);
  ASSERT_THAT(draft.paragraphs, SizeIs(5));
  EXPECT_EQ(draft.paragraphs[0].text, "Đây là công trình người dân mong đợi từ lâu.");
}

TEST(ExtractHtmlBody, CombiningMarksAreComposed) {
  const Draft draft =
      ExtractFrom(PageWith("", "",
                           absl::StrCat("<p>Huye\xCC\xA3\xCC\x82n Ye\xCC\x82n Sơn tổ chức hội nghị tổng kết phong trào "
                                        "thi đua năm học vừa qua tại nhà văn hóa.</p>",
                                        kBody)));
  EXPECT_THAT(Texts(draft), Contains(HasSubstr("Huyện Yên Sơn")));
}

TEST(ExtractHtmlBody, HiddenDuplicatesAreLeftOut) {
  const Draft draft =
      ExtractFrom(PageWith("", "", absl::StrCat("<div style='DISPLAY : none'>", kBody, "</div>", kBody)));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ExtractHtmlBody, PageWideFormIsNoObstacle) {
  const Draft draft =
      ExtractFrom(absl::StrCat("<body><form method=post><input type=hidden name=__VIEWSTATE value=x><div><h1>Mở đường "
                               "lên bản</h1><div class=content>",
                               kBody, "</div></div></form>"));
  EXPECT_EQ(draft.title, "Mở đường lên bản");
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ExtractHtmlBody, TextBehindTheEndOfHtmlIsRead) {
  const Draft draft =
      ExtractFrom(absl::StrCat("<html lang=vi></html><head><title>Mở đường lên bản</title></head><body><h1>Mở đường "
                               "lên bản</h1><div class=content>",
                               kBody, "</div>"));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ExtractHtmlBody, CutsAtRelatedStoriesAndDropsTools) {
  const Draft draft =
      ExtractFrom(PageWith("", "",
                           absl::StrCat("<p>In trang</p>", kBody,
                                        "<p>Tin liên quan</p><p>Một đoạn giới thiệu dài của bài khác mà người đọc bài "
                                        "này không cần biết tới, nằm cuối trang.</p>")));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(ExtractHtmlBody, LinesWithoutParagraphElements) {
  const Draft draft = ExtractFrom(
      "<body><div><h1>Mở đường lên bản</h1><div class=bodytext>Sáng nay đoàn công tác của huyện lên kiểm tra tuyến "
      "đường mới mở và động viên công nhân.<br><br>"
      "Theo kế hoạch, mặt đường sẽ được thảm nhựa trước mùa mưa để xe khách chạy được hai chuyến.<br>Trưởng bản nói bà "
      "con đã sẵn cây giống, chỉ đợi có đường là chở mận xuống bán.</div></div>");
  EXPECT_THAT(draft.paragraphs, SizeIs(3));
}

// --- Captions ---

TEST(ExtractHtmlCaptions, ItalicLineUnderACentredPicture) {
  const Draft draft = ExtractFrom(PageWith(
      "", "",
      absl::StrCat(kBody, "<p align=center><img src=/a.jpg></p><p align=center><em>Dân bản làm đường.</em></p>",
                   kBody)));
  EXPECT_THAT(Captions(draft), ElementsAre("Dân bản làm đường."));
}

TEST(ExtractHtmlCaptions, PictureAndCaptionInOneParagraph) {
  const Draft draft = ExtractFrom(
      PageWith("", "", absl::StrCat(kBody, "<p><img src=/a.jpg><br>Dân bản làm đường. Ảnh: VP</p>", kBody)));
  ASSERT_THAT(draft.photos, SizeIs(1));
  EXPECT_EQ(draft.photos[0].caption, "Dân bản làm đường.");
  EXPECT_EQ(draft.photos[0].credit, "VP");
}

TEST(ExtractHtmlCaptions, CaptionOfAVideoIsNoPhoto) {
  const Draft draft = ExtractFrom(PageWith(
      "", "",
      absl::StrCat(kBody, "<figure><video poster=/a.jpg></video><figcaption>Đoạn phim làm đường.</figcaption></figure>",
                   kBody)));
  EXPECT_THAT(draft.photos, IsEmpty());
  EXPECT_THAT(Texts(draft), Not(Contains("Đoạn phim làm đường.")));
}

TEST(ExtractHtmlCaptions, AltIsNoCaption) {
  const Draft draft = ExtractFrom(
      PageWith("", "", absl::StrCat(kBody, "<p><img src=/a.jpg alt='Mở đường lên bản vùng cao'></p>", kBody)));
  ASSERT_THAT(draft.photos, SizeIs(1));
  EXPECT_EQ(draft.photos[0].caption, "");
  EXPECT_EQ(draft.photos[0].url, "https://baonuixanh.vn/a.jpg");
}

// --- Whole pages ---

TEST(ExtractHtmlPages, ListingGivesItsLinks) {
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

TEST(ExtractHtmlPages, CookieStubIsBlocked) {
  const Draft draft =
      ExtractFrom("<html><body><script>document.cookie=\"D1N=abc\";location.reload();</script></body></html>");
  EXPECT_TRUE(draft.blocked);
}

TEST(ExtractHtmlPages, RefusalIsBlocked) {
  EXPECT_TRUE(
      ExtractFrom("<html><title>Thông báo từ chối truy cập</title><body><p>Yêu cầu của bạn không được chấp nhận.</p>")
          .blocked);
}

TEST(ExtractHtmlPages, StoryAboutCaptchasIsNotBlocked) {
  EXPECT_FALSE(
      ExtractFrom(
          PageWith("", "", absl::StrCat("<p>Nhiều trang dùng captcha để chặn máy.</p>", kBody, kBody, kBody, kBody)))
          .blocked);
}

TEST(ExtractHtmlPages, CanonicalOfAnotherSiteIsIgnored) {
  EXPECT_EQ(ExtractFrom(PageWith("<link rel=canonical href='https://example.com/x'>", "")).canonical_url, "");
  EXPECT_EQ(ExtractFrom(PageWith("<link rel=canonical href='https://baonuixanh.vn/'>", "")).canonical_url, "");
}

TEST(ExtractHtmlPages, EnglishPageIsNotVietnamese) {
  std::string body;
  for (int i = 0; i < 6; ++i)
    absl::StrAppend(&body,
                    "<p>The district opened a new road to four mountain villages this week, officials said on Monday, "
                    "after fourteen months of work by local people.</p>");
  EXPECT_NE(ExtractFrom(PageWith("", "", body)).language, "vi");
}

TEST(ExtractHtmlPages, HintsHelpWhereTheyMatch) {
  v1::SiteHints hints;
  hints.set_title_selector("div.ten-bai");
  hints.set_body_selector("#noi-dung-rieng");
  hints.set_lead_selector("p.khong-co");
  const Draft draft = ExtractFrom(
      absl::StrCat("<body><h1>Chuyên trang</h1><div class=ten-bai>Mở đường lên bản</div><div class=content>", kBody,
                   kBody, "</div><div id=noi-dung-rieng><p>Chỉ đoạn này là thân bài theo gợi ý.</p></div>"),
      kUrl, hints);
  EXPECT_EQ(draft.title, "Mở đường lên bản");
  EXPECT_THAT(Texts(draft), ElementsAre("Chỉ đoạn này là thân bài theo gợi ý."));
}

TEST(ExtractHtmlPages, LimitsAreNamed) {
  HtmlInput input;
  const std::string page(200, 'x');
  input.utf8 = page;
  input.url = kUrl;
  HtmlLimits limits;
  limits.parse.max_bytes = 100;
  EXPECT_THAT(ExtractHtml(input, limits),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("200 bytes, the limit is 100")));
}

TEST(ExtractHtmlPages, LinksAreBounded) {
  std::string links;
  for (int i = 0; i < 2500; ++i) absl::StrAppend(&links, "<a href=/bai-", i, ">x</a>");
  EXPECT_THAT(ExtractFrom(PageWith("", "", kBody, links)).links, SizeIs(2000));
}

}  // namespace
}  // namespace tintinh::normalizer
