// Small valid articles that differ by a number.
#ifndef TINTINH_TESTS_SUPPORT_SAMPLE_ARTICLE_H_
#define TINTINH_TESTS_SUPPORT_SAMPLE_ARTICLE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::testing {

inline std::string SampleUrl(int number) { return absl::StrCat("https://bao.example/tin-", number, ".html"); }
inline std::string SampleId(int number) { return Sha256Hex128(SampleUrl(number)); }

// Another `edition` of the same number is the same article with another content.
inline v1::Article SampleArticle(int number, int edition = 1) {
  v1::Article article;
  article.set_article_id(SampleId(number));
  article.set_url(SampleUrl(number));
  article.set_canonical_url(SampleUrl(number));
  article.set_site(number % 2 == 0 ? "bao-bien" : "bao-nui");
  article.set_title(absl::StrCat("Bản tin số ", number, " về mùa gặt"));
  article.add_paragraphs()->set_text(absl::StrCat("Bà con xã Phù Sa xuống đồng, lần ", edition, "."));
  article.mutable_place()->set_province("Thái Bình");
  article.mutable_place()->set_province_today("Hưng Yên");
  article.mutable_published()->set_seconds(1'600'000'000 + number * 60);
  article.set_published_precision(v1::TIME_PRECISION_MINUTE);
  article.set_kind(v1::PAGE_KIND_ARTICLE);
  article.set_content_hash(Sha256Hex128(absl::StrCat(article.title(), "\n", edition)));
  return article;
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_SAMPLE_ARTICLE_H_
