#include "services/normalizer/html/content.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "services/normalizer/dom/selector.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/words.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

// Weights in letters. Measured on no site: a sentence of Vietnamese news has 80 letters or more, a caption or heading
// less, a menu entry under 25; half a line of stray text should not outweigh an element that says it is the story.
constexpr double kSentence = 80;
constexpr double kShortLine = 25;
constexpr double kFurniturePenalty = 40;
constexpr double kSaysContent = 1.25;
constexpr double kIsArticleBody = 1.6;
constexpr double kIsArticleTag = 1.1;

double Worth(const Page& page, const Block& block) {
  if (block.type != BlockType::kText) return 0;
  const auto letters = static_cast<double>(block.letters);
  if (page.in_chrome[block.owner] || page.in_teasers[block.owner]) return -std::min(letters, 200.0) / 2;
  if (block.link_letters * 2 > block.letters) return -20 - letters / 2;
  if (letters < kShortLine) return -5;
  if (letters < 200 && ClassifyLine(block.text) != LineClass::kText) return -kFurniturePenalty;
  const double plain = letters - block.link_letters;
  if (letters >= kSentence) return plain;
  return EndsAsSentence(block.text) ? plain / 2 : 0;
}

double Evidence(const Page& page, dom::NodeId id) {
  if (page.document.attribute(id, "itemprop") == "articleBody") return kIsArticleBody;
  if (SaysContent(page.class_words[id])) return kSaysContent;
  return page.document.tag(id) == "article" ? kIsArticleTag : 1.0;
}

bool MayHoldStory(const dom::Document& document, dom::NodeId id) {
  const absl::string_view tag = document.tag(id);
  return tag == "div" || tag == "article" || tag == "section" || tag == "main" || tag == "td" || tag == "body" ||
         tag == "form" || tag == "span" || tag == "center" || tag == "table" || tag == "tbody";
}

// A page that goes on with the next story repeats the element: of two siblings alike, each worth something, the first
// is the story when it has half of what was found. Elements that say they are sections are parts of one story.
dom::NodeId FirstOfAlike(const Page& page, const std::vector<double>& worth, dom::NodeId best) {
  const dom::Document& document = page.document;
  for (dom::NodeId id = best + 1; id < document.end(best); ++id) {
    const absl::string_view name = document.attribute(id, "class");
    if (name.empty() || worth[id] * 2 < worth[best] || !SaysContent(page.class_words[id])) continue;
    if (HasAnyWord(page.class_words[id], {"section", "part", "chunk"})) continue;
    const dom::NodeId parent_end = document.end(document.parent(id));
    for (dom::NodeId next = document.end(id); next < parent_end; next = document.end(next)) {
      if (document.attribute(next, "class") == name && worth[next] > 0) return id;
    }
  }
  return best;
}

dom::NodeId BestSubtree(const Page& page) {
  const dom::Document& document = page.document;
  std::vector<double> worth(document.size(), 0);
  for (const Block& block : page.blocks) worth[block.owner] += Worth(page, block);
  dom::NodeId best = dom::kRoot;
  double best_score = 0;
  for (dom::NodeId id = static_cast<dom::NodeId>(document.size()); --id > dom::kRoot;) {
    worth[document.parent(id)] += worth[id];
    if (worth[id] <= 0 || page.in_chrome[id] || !MayHoldStory(document, id)) continue;
    const double score = worth[id] * Evidence(page, id);
    if (score > best_score) {
      best = id;
      best_score = score;
    }
  }
  return FirstOfAlike(page, worth, best);
}

dom::NodeId Hinted(const Page& page, absl::string_view css) {
  const std::optional<dom::Selector> selector = dom::Selector::Parse(css);
  const std::optional<dom::NodeId> found = selector ? selector->FindFirst(page.document) : std::nullopt;
  if (!found) return dom::kRoot;
  const size_t at = FirstBlockFrom(page.blocks, *found);
  const bool has_text = at < page.blocks.size() && page.document.Contains(*found, page.blocks[at].node);
  return has_text ? *found : dom::kRoot;
}

void Count(const Page& page, const Block& block, Content& content) {
  content.link_letters += block.link_letters;
  const bool counts = block.type == BlockType::kText && static_cast<double>(block.letters) >= kShortLine;
  if (page.in_chrome[block.owner] || !counts) return;
  if (block.link_letters * 2 > block.letters) {
    ++content.headlines;
  } else {
    ++content.sentences;
    content.letters += block.letters - block.link_letters;
  }
}

}  // namespace

Content FindContent(const Page& page, absl::string_view selector) {
  Content content;
  content.node = Hinted(page, selector);
  if (content.node == dom::kRoot) content.node = BestSubtree(page);
  if (content.node == dom::kRoot) return content;
  const size_t first = FirstBlockFrom(page.blocks, content.node);
  const size_t last = FirstBlockFrom(page.blocks, page.document.end(content.node));
  for (size_t i = first; i < last; ++i) Count(page, page.blocks[i], content);
  content.head_end = page.document.end(content.node);
  Content passed;
  for (size_t i = first; i < last; ++i) {
    Count(page, page.blocks[i], passed);
    if (passed.letters * 5 <= content.letters) continue;
    content.head_end = page.blocks[i].node;
    break;
  }
  return content;
}

}  // namespace tintinh::normalizer::html
