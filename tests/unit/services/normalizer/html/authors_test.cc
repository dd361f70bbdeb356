#include "services/normalizer/html/authors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(FindAuthors, MetaAuthorIsTheSite) {
  EXPECT_THAT(ExtractFrom(PageWith("<meta name=author content='Nguyễn Văn A'>", "")).authors, IsEmpty());
}

TEST(FindAuthors, SiteInJsonLdIsNoAuthor) {
  const Draft draft = ExtractFrom(PageWith(
      "<meta property=og:site_name content='Báo Núi Xanh'><script type=application/ld+json>{\"@type\":\"NewsArticle\","
      "\"author\":{\"@type\":\"Person\",\"name\":\"Báo Núi Xanh\"}}</script>",
      ""));
  EXPECT_THAT(draft.authors, IsEmpty());
}

TEST(FindAuthors, SourceInJsonLdIsAnAgency) {
  const Draft draft = ExtractFrom(PageWith(
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":\"Theo "
      "TTXVN\"}}</script>",
      ""));
  EXPECT_THAT(draft.authors, IsEmpty());
  EXPECT_EQ(draft.agency, "TTXVN");
}

TEST(FindAuthors, BoldLastLine) {
  const Draft draft =
      ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<p><span><strong>Lam Giang</strong></span></p>")));
  EXPECT_THAT(draft.authors, ElementsAre("Lam Giang"));
  EXPECT_THAT(draft.paragraphs, SizeIs(4));
}

TEST(FindAuthors, CountOfTheWritersStoriesIsNoName) {
  const Draft draft = ExtractFrom(
      PageWith("", "<div class=author-name><a href=/user/lamgiang>Lam Giang <span class=count>(12)</span></a></div>"));
  EXPECT_THAT(draft.authors, ElementsAre("Lam Giang"));
}

TEST(FindAuthors, FirstLineOfABoxAboutTheWriter) {
  const Draft draft = ExtractFrom(
      PageWith("", "<div class=author-box><div>Lam Giang</div><div>Chuyên gia lâm nghiệp/ Giảng viên</div></div>"));
  EXPECT_THAT(draft.authors, ElementsAre("Lam Giang"));
}

TEST(FindAuthors, LastLineWithTemplateResidue) {
  const Draft draft =
      ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<p>Bài và ảnh: Minh Hiếu {name} - {time}</p>")));
  EXPECT_THAT(draft.authors, ElementsAre("Minh Hiếu"));
}

}  // namespace
}  // namespace tintinh::normalizer
