#include "services/normalizer/html/html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;
using tintinh::testing::StatusIs;

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

TEST(ExtractHtmlPages, CanonicalOfAnotherSiteIsIgnored) {
  EXPECT_EQ(ExtractFrom(PageWith("<link rel=canonical href='https://example.com/x'>", "")).canonical_url, "");
  EXPECT_EQ(ExtractFrom(PageWith("<link rel=canonical href='https://baonuixanh.vn/'>", "")).canonical_url, "");
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
