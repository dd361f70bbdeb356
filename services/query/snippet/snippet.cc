#include "services/query/snippet/snippet.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "services/query/snippet/passage.h"

namespace tintinh::query {
namespace {

constexpr size_t kMaxTextBytes = size_t{256} << 10;
constexpr size_t kMaxSnippets = 2;
constexpr double kSecondShare = 0.4;  // of the best passage's score; a weaker second one says nothing new

struct MarkedText {
  v1::Part part;
  absl::string_view text;
  std::vector<Mark> marks;
};

// The article's texts in reading order, without those beyond kMaxTextBytes.
std::vector<MarkedText> TextsOf(const v1::Article& article) {
  std::vector<MarkedText> texts;
  size_t left = kMaxTextBytes;
  const auto add = [&](v1::Part part, const std::string& text) {
    if (text.empty() || text.size() > left) return;
    left -= text.size();
    texts.push_back({part, text, {}});
  };
  add(v1::PART_BODY, article.lead());
  for (const v1::Paragraph& paragraph : article.paragraphs()) add(v1::PART_BODY, paragraph.text());
  for (const v1::Photo& photo : article.photos()) add(v1::PART_CAPTION, photo.caption());
  return texts;
}

void CollectPaired(const std::vector<Mark>& marks, absl::flat_hash_set<std::string>& paired) {
  for (const Mark& mark : marks) {
    if (mark.in_pair) paired.insert(mark.key);
  }
}

void DropStrays(const absl::flat_hash_set<std::string>& paired, std::vector<Mark>& marks) {
  const auto is_stray = [&](const Mark& mark) { return !mark.in_pair && paired.contains(mark.key); };
  marks.erase(std::remove_if(marks.begin(), marks.end(), is_stray), marks.end());
}

void AddSnippet(v1::Part part, Passage passage, v1::Hit& hit) {
  v1::Snippet& snippet = *hit.add_snippets();
  snippet.set_part(part);
  snippet.set_text(std::move(passage.text));
  snippet.mutable_highlights()->Assign(passage.highlights.begin(), passage.highlights.end());
}

void AddSnippets(const std::vector<MarkedText>& texts, uint32_t max_bytes, v1::Hit& hit) {
  std::vector<std::pair<Passage, v1::Part>> passages;
  for (const MarkedText& text : texts) {
    if (!text.marks.empty()) passages.emplace_back(BestPassage(text.text, text.marks, max_bytes), text.part);
  }
  std::stable_sort(passages.begin(), passages.end(),
                   [](const auto& a, const auto& b) { return a.first.score > b.first.score; });
  if (passages.empty() && !texts.empty()) {
    AddSnippet(texts.front().part, BestPassage(texts.front().text, {}, max_bytes), hit);
  }
  for (size_t i = 0; i < std::min(passages.size(), kMaxSnippets); ++i) {
    if (passages[i].first.score < kSecondShare * passages.front().first.score) break;
    AddSnippet(passages[i].second, passages[i].first, hit);
  }
}

}  // namespace

void FillTexts(const v1::Article& article, const WantedKeys& wanted, const Rarity& rarity, uint32_t max_bytes,
               v1::Hit& hit) {
  std::vector<MarkedText> texts = TextsOf(article);
  std::vector<Mark> title_marks = FindMarks(article.title(), wanted, rarity);
  absl::flat_hash_set<std::string> paired;
  CollectPaired(title_marks, paired);
  for (MarkedText& text : texts) {
    text.marks = FindMarks(text.text, wanted, rarity);
    CollectPaired(text.marks, paired);
  }
  DropStrays(paired, title_marks);
  for (MarkedText& text : texts) DropStrays(paired, text.marks);
  hit.set_title(article.title());
  const std::vector<v1::Highlight> highlights = ToHighlights(article.title(), title_marks);
  hit.mutable_title_highlights()->Assign(highlights.begin(), highlights.end());
  AddSnippets(texts, max_bytes, hit);
}

}  // namespace tintinh::query
