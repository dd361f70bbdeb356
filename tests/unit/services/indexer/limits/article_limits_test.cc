#include "services/indexer/limits/article_limits.h"

#include <functional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

v1::Article ArticleAtEveryLimit() {
  v1::Article article;
  article.set_article_id(std::string(32, 'a'));
  article.set_content_hash(std::string(32, '0'));
  article.set_url(std::string(2048, 'u'));
  article.set_canonical_url(std::string(2048, 'c'));
  article.set_site(std::string(255, 's'));
  article.set_title(std::string(1024, 't'));
  for (int i = 0; i < 2000; ++i) article.add_paragraphs()->set_text("Đoạn văn");
  article.mutable_paragraphs(7)->set_text(std::string(65536, 'p'));
  for (int i = 0; i < 500; ++i) article.add_photos()->set_caption("Ảnh");
  for (int i = 0; i < 20; ++i) article.add_authors("Tác giả");
  for (int i = 0; i < 100; ++i) article.add_tags("thẻ");
  for (int i = 0; i < 500; ++i) article.add_documents()->set_number("1-NQ/TW");
  article.mutable_published()->set_seconds(253'402'300'799);
  article.mutable_published()->set_nanos(999'999'999);
  article.mutable_modified()->set_seconds(-62'135'596'800);
  return article;
}

TEST(ArticleLimits, AnArticleAtEveryLimitIsAccepted) { EXPECT_THAT(CheckArticle("a", ArticleAtEveryLimit()), IsOk()); }

struct Violation {
  std::string field;
  std::string value;
  std::string limit;
  std::function<void(v1::Article&)> commit;
};

TEST(ArticleLimits, OnePastEachLimitIsRefusedNamingFieldValueAndLimit) {
  const std::vector<Violation> violations = {
      {"article_id", "AA", "32 lower-case hex", [](v1::Article& a) { a.set_article_id(std::string(32, 'A')); }},
      {"content_hash", "\"\"", "32 lower-case hex", [](v1::Article& a) { a.clear_content_hash(); }},
      {"url", "2049", "2048", [](v1::Article& a) { a.mutable_url()->push_back('x'); }},
      {"canonical_url", "2049", "2048", [](v1::Article& a) { a.mutable_canonical_url()->push_back('x'); }},
      {"site", "256", "255", [](v1::Article& a) { a.mutable_site()->push_back('x'); }},
      {"title", "1025", "1024", [](v1::Article& a) { a.mutable_title()->push_back('x'); }},
      {"paragraphs", "2001", "2000", [](v1::Article& a) { a.add_paragraphs(); }},
      {"paragraphs[7].text", "65537", "65536",
       [](v1::Article& a) { a.mutable_paragraphs(7)->mutable_text()->push_back('x'); }},
      {"photos", "501", "500", [](v1::Article& a) { a.add_photos(); }},
      {"authors", "21", "20", [](v1::Article& a) { a.add_authors(); }},
      {"tags", "101", "100", [](v1::Article& a) { a.add_tags(); }},
      {"documents", "501", "500", [](v1::Article& a) { a.add_documents(); }},
      {"published", "253402300800", "9999", [](v1::Article& a) { a.mutable_published()->set_seconds(253402300800); }},
      {"modified", "-62135596801", "years 1", [](v1::Article& a) { a.mutable_modified()->set_seconds(-62135596801); }},
      {"fetched", "-1 ns", "years", [](v1::Article& a) { a.mutable_fetched()->set_nanos(-1); }},
  };
  for (const Violation& violation : violations) {
    v1::Article article = ArticleAtEveryLimit();
    violation.commit(article);
    EXPECT_THAT(
        CheckArticle("articles[3]", article),
        StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("articles[3]." + violation.field + ": "),
                                                           HasSubstr(violation.value), HasSubstr(violation.limit))));
  }
}

TEST(ArticleLimits, AnArticleAbove4MiBIsRefused) {
  v1::Article article;
  article.set_article_id(std::string(32, 'a'));
  article.set_content_hash(std::string(32, '0'));
  article.set_lead(std::string(4 << 20, 'x'));
  EXPECT_THAT(CheckArticle("articles[0]", article),
              StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("articles[0]: "), HasSubstr("4194304"))));
}

}  // namespace
}  // namespace tintinh::indexer
