#include "tests/bench/engine/article_feed.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/simhash.h"
#include "common/text/stable_hash.h"
#include "tests/bench/engine/bench_keys.h"
#include "tests/bench/engine/token_file.h"

namespace tintinh::bench {
namespace {

constexpr size_t kSources = 40'000;
constexpr size_t kParagraphBytes = 1'000;

}  // namespace

absl::StatusOr<std::unique_ptr<ArticleFeed>> ArticleFeed::Open(const std::string& corpus) {
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, ReadTexts(corpus, kSources));
  std::vector<Source> sources;
  sources.reserve(texts.size());
  for (const std::string& text : texts) sources.push_back(SourceOf(text));
  return std::unique_ptr<ArticleFeed>(new ArticleFeed(std::move(sources)));
}

ArticleFeed::Source ArticleFeed::SourceOf(absl::string_view text) {
  Source source;
  source.simhash = text::Simhash(text);
  while (!text.empty()) {
    const size_t end = std::min(text.find(' ', kParagraphBytes), text.size());
    source.paragraphs.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return source;
}

v1::Article ArticleFeed::Next(absl::string_view extra) {
  const uint64_t number = count_++;
  const Source& source = sources_[number % sources_.size()];
  const uint64_t round = number / sources_.size();
  v1::Article article;
  article.set_article_id(ArticleIdOf(number));
  article.set_content_hash(article.article_id());
  article.set_url(absl::StrCat("https://bao.example/", number));
  article.set_site("baomau");
  article.set_title(source.paragraphs.front().substr(0, source.paragraphs.front().find(' ')));
  article.set_simhash(round == 0 ? source.simhash : text::MixBits(source.simhash + round));
  for (const std::string& paragraph : source.paragraphs) article.add_paragraphs()->set_text(paragraph);
  if (!extra.empty()) article.add_paragraphs()->set_text(std::string(extra));
  for (v1::Paragraph& paragraph : *article.mutable_paragraphs()) paragraph.set_kind(v1::PARAGRAPH_KIND_TEXT);
  return article;
}

}  // namespace tintinh::bench
