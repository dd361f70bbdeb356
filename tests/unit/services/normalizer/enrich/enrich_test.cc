#include "services/normalizer/enrich/enrich.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/digest/digest.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;

Draft Story() {
  Draft draft;
  draft.kind = v1::PAGE_KIND_ARTICLE;
  draft.title = "Huyện Lập Thạch mở lối cho cây cam";
  draft.lead = "Những vườn cam ở huyện Lập Thạch đang vào vụ.";
  draft.paragraphs = {{v1::PARAGRAPH_KIND_TEXT, "Thực hiện Nghị quyết số 12-NQ/HU ngày 5/6/2020, xã đã trồng 200 ha."},
                      {v1::PARAGRAPH_KIND_HEADING, "Hướng đi mới"}};
  draft.photos = {{"Vườn cam vào vụ.", "Lê Mơ", ""}};
  draft.authors = {"Vũ Hải"};
  draft.published =
      DraftTime{absl::FromCivil(absl::CivilMinute(2021, 9, 20, 8, 15), VietnamTimeZone()), v1::TIME_PRECISION_MINUTE};
  return draft;
}

EnrichContext Context() {
  EnrichContext context;
  context.url = "https://Bao.example.vn/mua-cam-123.html?utm_source=x#top";
  context.site = "bao";
  return context;
}

TEST(Enrich, IdentityIsTheCanonicalFormOfTheUrlFetched) {
  const v1::Article article = Enrich(Story(), Context());
  EXPECT_EQ(article.canonical_url(), "https://bao.example.vn/mua-cam-123.html");
  EXPECT_EQ(article.article_id(), Sha256Hex128("https://bao.example.vn/mua-cam-123.html"));
  EXPECT_EQ(article.url(), Context().url);
  EXPECT_EQ(article.site(), "bao");
  EXPECT_EQ(article.normalizer_version(), kNormalizerVersion);
}

TEST(Enrich, ThePagesOwnCanonicalUrlCountsOnItsOwnSiteOnly) {
  Draft draft = Story();
  draft.canonical_url = "https://m.bao.example.vn/mua-cam-123.html";
  EXPECT_EQ(Enrich(std::move(draft), Context()).canonical_url(), "https://m.bao.example.vn/mua-cam-123.html");
  draft = Story();
  draft.canonical_url = "https://other.example.com/mua-cam.html";
  EXPECT_EQ(Enrich(std::move(draft), Context()).canonical_url(), "https://bao.example.vn/mua-cam-123.html");
  draft = Story();
  draft.canonical_url = "https://bao.example.vn/";
  EXPECT_EQ(Enrich(std::move(draft), Context()).canonical_url(), "https://bao.example.vn/mua-cam-123.html");
}

TEST(Enrich, AFileStandsForItself) {
  EnrichContext context;
  context.url = "file:mua-cam.txt";
  const v1::Article article = Enrich(Story(), context);
  EXPECT_EQ(article.canonical_url(), "file:mua-cam.txt");
  EXPECT_EQ(article.article_id(), Sha256Hex128("file:mua-cam.txt"));
  EXPECT_EQ(article.site(), "");
}

TEST(Enrich, TheHostIsTheSiteWhenNoneIsNamed) {
  EnrichContext context = Context();
  context.site.clear();
  EXPECT_EQ(Enrich(Story(), context).site(), "bao.example.vn");
}

TEST(Enrich, DocumentsAndPlaceAreFound) {
  const v1::Article article = Enrich(Story(), Context());
  ASSERT_EQ(article.documents_size(), 1);
  EXPECT_EQ(article.documents(0).number(), "12-NQ/HU");
  EXPECT_EQ(article.documents(0).kind(), "Nghị quyết");
  EXPECT_EQ(article.documents(0).date(), "2020-06-05");
  EXPECT_EQ(article.place().district(), "Lập Thạch");
  EXPECT_EQ(article.place().province(), "Vĩnh Phúc");
  EXPECT_EQ(article.place().province_today(), "Phú Thọ");
}

TEST(Enrich, TheSitesProvincePlacesAStoryThatNamesNone) {
  Draft draft = Story();
  draft.title = "Mùa cam chín";
  draft.lead.clear();
  EnrichContext context = Context();
  EXPECT_FALSE(Enrich(Draft(draft), context).has_place());
  context.hints.set_province("Hà Giang");
  const v1::Article article = Enrich(Draft(draft), context);
  EXPECT_EQ(article.place().province(), "Hà Giang");
  EXPECT_EQ(article.place().province_today(), "Tuyên Quang");
  context.hints.clear_province();
  context.site = "baokontum.com.vn";
  EXPECT_EQ(Enrich(std::move(draft), context).place().province(), "Kon Tum");
}

TEST(Enrich, TimesKeepTheirPrecision) {
  EnrichContext context = Context();
  context.fetched.set_seconds(1'700'000'000);
  const v1::Article article = Enrich(Story(), context);
  EXPECT_EQ(article.published().seconds(), 1'632'100'500);  // 2021-09-20T01:15:00Z
  EXPECT_EQ(article.published_precision(), v1::TIME_PRECISION_MINUTE);
  EXPECT_EQ(article.fetched().seconds(), 1'700'000'000);
  EXPECT_FALSE(article.has_modified());
}

TEST(Enrich, ReadingTakesAMinuteFor240Syllables) {
  Draft draft;
  draft.title = "cam";
  std::string text;
  for (int i = 0; i < 239; ++i) {
    absl::StrAppend(&text, i == 0 ? "" : " ", "cam");
  }
  draft.paragraphs = {{v1::PARAGRAPH_KIND_TEXT, text}};
  EXPECT_EQ(Enrich(std::move(draft), Context()).reading_seconds(), 60u);
}

TEST(Enrich, ContentHashCoversWhatReadersSee) {
  const std::string hash = Enrich(Story(), Context()).content_hash();
  EXPECT_TRUE(IsHex128(hash));
  EnrichContext other = Context();
  other.fetched.set_seconds(1);
  other.url = "https://bao.example.vn/other";
  EXPECT_EQ(Enrich(Story(), other).content_hash(), hash);
  const auto changed = [&](auto change) {
    Draft draft = Story();
    change(draft);
    return Enrich(std::move(draft), Context()).content_hash() != hash;
  };
  EXPECT_TRUE(changed([](Draft& d) { d.title += "!"; }));
  EXPECT_TRUE(changed([](Draft& d) { d.lead += "!"; }));
  EXPECT_TRUE(changed([](Draft& d) { d.paragraphs.pop_back(); }));
  EXPECT_TRUE(changed([](Draft& d) { d.photos[0].caption += "!"; }));
  EXPECT_TRUE(changed([](Draft& d) { d.authors.clear(); }));
  EXPECT_TRUE(changed([](Draft& d) { d.published->time += absl::Minutes(1); }));
  EXPECT_TRUE(changed([](Draft& d) { std::swap(d.title, d.lead); }));
  EXPECT_FALSE(changed([](Draft& d) { d.photos[0].url = "https://bao.example.vn/a.jpg"; }));
}

TEST(Enrich, SimhashIsZeroForLessThanThreeSyllables) {
  EXPECT_NE(Enrich(Story(), Context()).simhash(), 0u);
  Draft draft;
  draft.title = "Mùa cam chín rộ";
  EXPECT_EQ(Enrich(std::move(draft), Context()).simhash(), 0u);
}

TEST(Enrich, LanguageIsVietnameseWhenMarked) {
  EXPECT_EQ(Enrich(Story(), Context()).language(), "vi");
  Draft draft = Story();
  draft.language = "sed";
  EXPECT_EQ(Enrich(std::move(draft), Context()).language(), "sed");
  draft = Draft();
  draft.paragraphs = {{v1::PARAGRAPH_KIND_TEXT, "Farmers in the highlands harvest their first oranges."}};
  EXPECT_EQ(Enrich(std::move(draft), Context()).language(), "");
}

TEST(Enrich, EveryLimitOfTheArticleIsKept) {
  Draft draft;
  draft.title = std::string(5000, 'a');
  draft.lead = std::string(100'000, 'a');
  draft.paragraphs.assign(3000, {v1::PARAGRAPH_KIND_TEXT, "Cam."});
  draft.paragraphs[0].text = std::string(100'000, 'a');
  draft.paragraphs[1].text.clear();
  draft.photos.assign(700, {"Vườn cam", "", ""});
  draft.photos[0] = {"", "Lê Mơ", ""};
  for (int i = 0; i < 300; ++i) {
    draft.authors.push_back(absl::StrCat("Tác giả ", i));
    draft.tags.push_back(absl::StrCat("thẻ ", i));
  }
  EnrichContext context = Context();
  context.site = std::string(1000, 's');
  const v1::Article article = Enrich(std::move(draft), context);
  EXPECT_EQ(article.title().size(), 1024u);
  EXPECT_LE(article.lead().size(), 65'536u);
  EXPECT_EQ(article.paragraphs_size(), 1999);
  EXPECT_EQ(article.paragraphs(0).text().size(), 65'536u);
  EXPECT_EQ(article.photos_size(), 500);
  EXPECT_EQ(article.authors_size(), 20);
  EXPECT_EQ(article.tags_size(), 100);
  EXPECT_EQ(article.site().size(), 255u);
}

TEST(Enrich, CutAtLetterSplitsNoLetter) {
  EXPECT_EQ(CutAtLetter("cam", 10), "cam");
  EXPECT_EQ(CutAtLetter("ứng", 2), "");
  EXPECT_EQ(CutAtLetter("ứng", 3), "ứ");
  EXPECT_EQ(CutAtLetter("ae\u0301", 3), "a");  // the accent would be lost from its e
  EXPECT_EQ(CutAtLetter("ae\u0301", 4), "ae\u0301");
  EXPECT_EQ(CutAtLetter("", 0), "");
}

}  // namespace
}  // namespace tintinh::normalizer
