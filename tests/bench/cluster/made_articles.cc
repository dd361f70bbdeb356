#include "tests/bench/cluster/made_articles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/text/stable_hash.h"
#include "nlohmann/json.hpp"

namespace tintinh::bench {
namespace {

constexpr size_t kSentences = 40;
constexpr size_t kSentenceSyllables = 13;
constexpr size_t kParagraphSentences = 5;
constexpr size_t kMostBytes = 60'000;  // of a paragraph; an indexer takes 64 KiB
constexpr size_t kMostTitleBytes = 1'000;
constexpr uint64_t kFirstDay = 1'609'459'200;  // 2021

constexpr const char* kOnsets[] = {"b", "c",  "ch", "d", "đ", "g", "h", "kh", "l",  "m",
                                   "n", "ng", "nh", "p", "r", "s", "t", "th", "tr", "v"};
constexpr const char* kVowels[] = {"a", "á", "à", "ả", "ã", "ạ", "ơ", "ớ", "ờ", "ở", "ợ", "ê", "ế", "ề", "ể",
                                   "ệ", "i", "í", "ì", "ị", "u", "ú", "ù", "ụ", "ư", "ứ", "ừ", "ự", "ô", "ố",
                                   "ồ", "ổ", "ộ", "o", "ó", "ò", "ỏ", "ọ", "â", "ấ", "ầ", "ẩ", "ậ", "e", "é",
                                   "è", "ẻ", "ẽ", "ẹ", "ă", "ắ", "ằ", "ẳ", "ặ", "y", "ý", "ỳ", "ỷ", "ỹ", "ỵ"};
constexpr const char* kCodas[] = {"", "n", "ng", "m", "t"};

std::vector<std::string> MadeSyllables() {
  std::vector<std::string> syllables;
  for (const char* onset : kOnsets) {
    for (const char* vowel : kVowels) {
      for (const char* coda : kCodas) syllables.push_back(absl::StrCat(onset, vowel, coda));
    }
  }
  std::shuffle(syllables.begin(), syllables.end(), std::mt19937_64(7));
  return syllables;
}

// A rank of which the chance is as 1 / (rank + 1).
size_t ZipfRank(size_t ranks, std::mt19937_64& random) {
  const double uniform = std::uniform_real_distribution<double>(0, 1)(random);
  const double rank = std::pow(static_cast<double>(ranks + 1), uniform) - 1;
  return std::min(ranks - 1, static_cast<size_t>(rank));
}

// Its lines, long ones cut at spaces.
std::vector<std::string> ParagraphsOf(const std::string& body) {
  std::vector<std::string> paragraphs;
  for (absl::string_view line : absl::StrSplit(body, '\n', absl::SkipEmpty())) {
    while (line.size() > kMostBytes) {
      const size_t end = std::max<size_t>(1, line.rfind(' ', kMostBytes));
      paragraphs.emplace_back(line.substr(0, end));
      line.remove_prefix(end);
    }
    paragraphs.emplace_back(line);
  }
  return paragraphs;
}

}  // namespace

MadeArticles::MadeArticles(const std::string& corpus) : syllables_(MadeSyllables()) {
  if (corpus.empty()) return;
  std::ifstream file(corpus);
  std::string line;
  while (std::getline(file, line)) {
    const nlohmann::json article = nlohmann::json::parse(line, nullptr, false);
    if (!article.is_object() || !article.contains("title") || !article.contains("body")) break;
    const std::string title = article["title"];
    const size_t end = title.size() <= kMostTitleBytes ? title.size() : title.rfind(' ', kMostTitleBytes);
    texts_.push_back({title.substr(0, end), ParagraphsOf(article["body"])});
  }
  if (!texts_.empty() && file.eof()) return;
  std::fprintf(stderr, "%s: line %zu is no article\n", corpus.c_str(), texts_.size() + 1);
  std::exit(1);
}

MadeArticles::Text MadeArticles::Made(uint64_t number) const {
  std::mt19937_64 random(number);
  const auto sentence = [&](size_t size) {
    std::vector<std::string> words;
    for (size_t i = 0; i < size; ++i) words.push_back(syllables_[ZipfRank(syllables_.size(), random)]);
    return absl::StrJoin(words, " ");
  };
  Text text{sentence(kSentenceSyllables), {}};
  for (size_t i = 0; i < kSentences; ++i) {
    if (i % kParagraphSentences == 0) text.paragraphs.emplace_back();
    absl::StrAppend(&text.paragraphs.back(), sentence(kSentenceSyllables), ". ");
  }
  return text;
}

v1::Article MadeArticles::Article(uint64_t number) const {
  const Text text = TextOf(number);
  v1::Article article;
  const uint64_t mixed = text::MixBits(number);
  article.set_article_id(absl::StrCat(absl::Hex(mixed, absl::kZeroPad16), absl::Hex(number, absl::kZeroPad16)));
  article.set_content_hash(article.article_id());
  article.set_url(absl::StrCat("https://bao.example/", number));
  article.set_site("baomau");
  article.set_title(text.title);
  article.set_simhash(mixed);  // no two are near
  article.mutable_published()->set_seconds(static_cast<int64_t>(kFirstDay + number));
  article.set_published_precision(v1::TIME_PRECISION_SECOND);
  for (const std::string& paragraph : text.paragraphs) {
    v1::Paragraph& added = *article.add_paragraphs();
    added.set_kind(v1::PARAGRAPH_KIND_TEXT);
    added.set_text(paragraph);
  }
  return article;
}

std::string MadeArticles::SearchText(uint64_t number) const {
  std::mt19937_64 random(number);
  const Text text = TextOf(number);
  const std::string source = text.paragraphs.empty() ? text.title : text.paragraphs[random() % text.paragraphs.size()];
  std::vector<std::string> words = absl::StrSplit(source, ' ', absl::SkipEmpty());
  const size_t count = std::min<size_t>(words.size(), 2 + random() % 4);
  const size_t first = random() % (words.size() - count + 1);
  std::string chosen = absl::StrJoin(words.begin() + static_cast<std::ptrdiff_t>(first),
                                     words.begin() + static_cast<std::ptrdiff_t>(first + count), " ");
  std::erase_if(chosen, [](char c) { return c == '"' || c == '+' || c == '-'; });  // they would be operators
  return chosen;
}

}  // namespace tintinh::bench
