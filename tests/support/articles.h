// Short articles for tests.
#ifndef TINTINH_TESTS_SUPPORT_ARTICLES_H_
#define TINTINH_TESTS_SUPPORT_ARTICLES_H_

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::testing {

// 32 hex digits that end in `number`.
inline std::string ArticleId(uint32_t number) {
  return absl::StrCat(absl::Hex(number, absl::kZeroPad16), absl::Hex(0, absl::kZeroPad16));
}

// Published `number` days after 1 January 2021.
inline v1::Article MakeArticle(uint32_t number, const std::string& title, const std::string& paragraph = "") {
  v1::Article article;
  article.set_article_id(ArticleId(number));
  article.set_url(absl::StrCat("https://bao.example/bai-", number));
  article.set_site("baomau");
  article.set_source_name("Báo Mẫu");
  article.set_title(title);
  if (!paragraph.empty()) {
    v1::Paragraph& added = *article.add_paragraphs();
    added.set_kind(v1::PARAGRAPH_KIND_TEXT);
    added.set_text(paragraph);
  }
  article.mutable_published()->set_seconds(1'609'459'200 + int64_t{86'400} * number);
  article.set_published_precision(v1::TIME_PRECISION_DAY);
  return article;
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_ARTICLES_H_
