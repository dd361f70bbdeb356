#include "services/normalizer/normalizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/support/sample_page.h"
#include "tests/support/status_matchers.h"

namespace tintinh::normalizer {
namespace {

using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::SampleStory;
using tintinh::testing::StatusIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

Normalized NormalizePage(const v1::Page& page) { return Normalizer(NormalizerLimits()).Normalize(page); }

TEST(Normalizer, AStoryBecomesAnArticle) {
  const Normalized result = NormalizePage(SampleStory(7));
  ASSERT_TRUE(result.article.has_value()) << result.reason;
  EXPECT_EQ(result.article->title(), "Bản vùng cao mở đường mới 7");
  EXPECT_EQ(result.article->paragraphs_size(), 4);
  EXPECT_EQ(result.article->authors(0), "Lam Giang");
  EXPECT_EQ(result.article->site(), "baonuixanh");
  EXPECT_EQ(result.article->article_id().size(), 32u);
  EXPECT_EQ(result.canonical_url, result.article->canonical_url());
  EXPECT_FALSE(result.links.empty());
  EXPECT_FALSE(result.evidence.empty());
}

TEST(Normalizer, TheSamePageGivesTheSameArticle) {
  EXPECT_EQ(NormalizePage(SampleStory(1)).article->SerializeAsString(),
            NormalizePage(SampleStory(1)).article->SerializeAsString());
}

TEST(Normalizer, ATextDumpIsToldByItsFirstBytes) {
  v1::Page page;
  page.set_url("file:bai.txt");
  page.set_body(
      "Bản vùng cao mở đường mới\n\n08:47 | 07/03/2026\n\nSáng nay, đoàn công tác của huyện lên kiểm tra tuyến đường "
      "mới mở, nơi hơn ba "
      "trăm hộ dân chờ ngày thông xe.\n\nTheo kế hoạch, mặt đường được thảm nhựa trước mùa mưa để xe khách chạy hai "
      "chuyến mỗi ngày.\n\n"
      "Trưởng bản nói bà con đã chuẩn bị sẵn cây giống, chỉ đợi có đường là chở mận xuống bán.\n\nLam Giang\n");
  const Normalized result = NormalizePage(page);
  ASSERT_TRUE(result.article.has_value()) << result.reason;
  EXPECT_EQ(result.article->title(), "Bản vùng cao mở đường mới");
}

TEST(Normalizer, LinesOfATextDumpAreRepairedOneByOne) {
  v1::Page page;
  page.set_url("file:bai.txt");
  page.set_format(v1::PAGE_FORMAT_TEXT);
  page.set_body(
      "Bản vùng cao mở đường mới\n\nSë Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ tæng kÕt n¨m häc, cã h¬n ba tr¨m thÇy c« "
      "tham dù.\n\n"
      "Theo kế hoạch, mặt đường được thảm nhựa trước mùa mưa để xe khách chạy hai chuyến mỗi ngày từ bản xuống chợ.\n");
  const Normalized result = NormalizePage(page);
  ASSERT_TRUE(result.article.has_value()) << result.reason;
  EXPECT_THAT(result.article->DebugString(), ::testing::Not(HasSubstr("Gi\\302\\270o")));
}

TEST(Normalizer, AHintedListingGivesOnlyItsLinks) {
  v1::Page page = SampleStory(1);
  page.mutable_hints()->set_article_listing(true);
  const Normalized result = NormalizePage(page);
  EXPECT_FALSE(result.article.has_value());
  EXPECT_EQ(result.reject_reason, v1::REJECT_REASON_NOT_ARTICLE);
  EXPECT_EQ(result.kind, v1::PAGE_KIND_LISTING);
  EXPECT_FALSE(result.links.empty());
}

TEST(Normalizer, ErrorStatusesAreRejectedAndRefusalsBlock) {
  v1::Page page = SampleStory(1);
  page.set_http_status(404);
  EXPECT_EQ(NormalizePage(page).reject_reason, v1::REJECT_REASON_HTTP_STATUS);
  EXPECT_FALSE(NormalizePage(page).blocked);
  page.set_http_status(403);
  EXPECT_TRUE(NormalizePage(page).blocked);
  EXPECT_EQ(NormalizePage(page).reason, "http_status: 403");
}

TEST(Normalizer, ABotCheckIsBlocked) {
  v1::Page page = SampleStory(1);
  page.set_body("<html><script>document.cookie='D1N=1';location.reload()</script></html>");
  const Normalized result = NormalizePage(page);
  EXPECT_EQ(result.reject_reason, v1::REJECT_REASON_BLOCKED);
  EXPECT_TRUE(result.blocked);
}

TEST(Normalizer, NothingToReadIsEmpty) {
  v1::Page page = SampleStory(1);
  page.set_body("<html><body></body></html>");
  EXPECT_EQ(NormalizePage(page).reject_reason, v1::REJECT_REASON_EMPTY);
}

TEST(Normalizer, BinaryIsMalformed) {
  v1::Page page = SampleStory(1);
  page.set_body(std::string(1000, '\0'));
  EXPECT_EQ(NormalizePage(page).reject_reason, v1::REJECT_REASON_MALFORMED);
}

TEST(Normalizer, DeepPagesPassALimit) {
  v1::Page page = SampleStory(1);
  std::string body;
  for (int i = 0; i < 1000; ++i) body += "<div>";
  page.set_body(body);
  EXPECT_EQ(NormalizePage(page).reject_reason, v1::REJECT_REASON_LIMITS);
  EXPECT_THAT(NormalizePage(page).reason, HasSubstr("512"));
}

TEST(NormalizerCheck, NamesFieldValueAndLimit) {
  const Normalizer normalizer{NormalizerLimits()};
  v1::Page page = SampleStory(1);
  EXPECT_THAT(normalizer.Check(page), IsOk());
  page.set_page_id(std::string(65, 'x'));
  EXPECT_THAT(normalizer.Check(page), StatusIs(kInvalid, "page.page_id: 65 bytes, the limit is 64"));
  page = SampleStory(1);
  page.set_url(std::string(3000, 'x'));
  EXPECT_THAT(normalizer.Check(page), StatusIs(kInvalid, "page.url: 3000 bytes, the limit is 2048"));
  page.set_url("");
  EXPECT_THAT(normalizer.Check(page), StatusIs(kInvalid, HasSubstr("page.url")));
  page = SampleStory(1);
  page.set_body(std::string((5u << 20) + 1, 'x'));
  EXPECT_THAT(normalizer.Check(page), StatusIs(kInvalid, HasSubstr("page.body: 5242881 bytes")));
  page = SampleStory(1);
  for (int i = 0; i < 100; ++i) page.add_headers();
  EXPECT_THAT(normalizer.Check(page), StatusIs(kInvalid, "page.headers: 101 headers, the limit is 100"));
}

TEST(LimitsOf, ZeroKeepsTheDefaults) {
  config::v1::NormalizerConfig config;
  EXPECT_EQ(LimitsOf(config).max_nodes, NormalizerLimits().max_nodes);
  config.set_max_depth(64);
  EXPECT_EQ(LimitsOf(config).max_depth, 64u);
}

}  // namespace
}  // namespace tintinh::normalizer
