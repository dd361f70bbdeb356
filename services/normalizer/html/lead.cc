#include "services/normalizer/html/lead.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/normalizer/dom/selector.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/lead.h"
#include "services/normalizer/grammar/time_line.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMinLeadBytes = 50;
constexpr size_t kMaxLeadBytes = 2500;
constexpr size_t kHeadBlocks = 6;
constexpr size_t kMaxLeadBlocks = 50;

bool HasLeadLength(absl::string_view text) { return text.size() >= kMinLeadBytes && text.size() <= kMaxLeadBytes; }

// The description as the page gives it to search engines, often cut.
bool DescriptionRepeats(const Page& page, absl::string_view text) {
  const std::string key = ComparisonKey(StripDateline(text));
  for (const absl::string_view name : {"og:description", "description"}) {
    std::string description = ComparisonKey(StripDateline(page.metadata.Meta(name)));
    if (description.size() < 30) continue;
    description.resize(std::min(description.size(), size_t{100}));
    if (absl::StartsWith(key, description)) return true;
  }
  return false;
}

Lead FromText(absl::string_view text) {
  Lead lead;
  lead.text = std::string(StripDateline(text, &lead.source));
  return lead;
}

std::optional<Lead> Hinted(const Page& page, absl::string_view css) {
  const std::optional<dom::Selector> selector = dom::Selector::Parse(css);
  const std::optional<dom::NodeId> node = selector ? selector->FindFirst(page.document) : std::nullopt;
  const std::string text = node ? TextOf(page.document, *node) : std::string();
  return text.empty() ? std::nullopt : std::optional<Lead>(FromText(text));
}

// Where a lead may stand: from the headline to the first paragraphs of the story.
std::pair<dom::NodeId, dom::NodeId> LeadRange(const Page& page, const Content& content, const Title& title) {
  const dom::NodeId from = title.node != dom::kRoot && title.node < page.document.end(content.node)
                               ? page.document.end(title.node)
                               : content.node;
  size_t last = FirstBlockFrom(page.blocks, std::max(content.node, from)) + kHeadBlocks;
  last = std::min(last, page.blocks.size());
  return {from, last < page.blocks.size() ? page.blocks[last].node : page.document.end(content.node)};
}

bool RepeatsTitle(const Title& title, absl::string_view text) {
  return ComparisonKey(text) == ComparisonKey(title.text);
}

// The text of a lead element; the related stories that some systems list inside it are left out.
std::string LeadText(const Page& page, dom::NodeId id) {
  std::string text;
  const size_t first = FirstBlockFrom(page.blocks, id);
  for (size_t i = first; i < std::min(page.blocks.size(), first + kMaxLeadBlocks); ++i) {
    const Block& block = page.blocks[i];
    if (!page.document.Contains(id, block.node) || text.size() > kMaxLeadBytes) break;
    const bool is_text = block.type == BlockType::kText && block.link_letters * 2 <= block.letters &&
                         !SaysPlace(page.class_words[block.owner]);
    if (is_text && !ParseVietnameseTime(block.text)) absl::StrAppend(&text, text.empty() ? "" : " ", block.text);
  }
  return text;
}

std::optional<Lead> FromLeadElement(const Page& page, const Content& content, const Title& title) {
  const auto [from, to] = LeadRange(page, content, title);
  std::optional<Lead> first;
  for (dom::NodeId id = from; id < to; ++id) {
    if (!page.document.IsElement(id) || page.in_chrome[id] || id == content.node) continue;
    if (!SaysLead(page.class_words[id]) || page.document.tag(id) == "figcaption") continue;
    if (page.IsInside(id, "figure")) continue;
    const std::string text = LeadText(page, id);
    if (!HasLeadLength(text) || RepeatsTitle(title, text)) continue;
    if (DescriptionRepeats(page, text)) return FromText(text);
    if (!first) first = FromText(text);
  }
  return first;
}

// Not one of the paragraphs that follow: outside the story's element, or in an element of its own inside it.
bool StandsApart(const Page& page, const Content& content, size_t at) {
  const dom::NodeId owner = page.blocks[at].owner;
  if (!page.document.Contains(content.node, owner)) return true;
  for (size_t i = at + 1; i < page.blocks.size(); ++i) {
    const Block& next = page.blocks[i];
    if (next.type != BlockType::kText || next.letters < kMinLeadBytes) continue;
    return owner != next.owner && page.document.parent(owner) != page.document.parent(next.owner);
  }
  return true;
}

std::optional<Lead> FromHeadOfStory(const Page& page, const Content& content, const Title& title, std::string& rule) {
  const auto [from, to] = LeadRange(page, content, title);
  for (size_t i = FirstBlockFrom(page.blocks, from); i < page.blocks.size() && page.blocks[i].node < to; ++i) {
    const Block& block = page.blocks[i];
    if (block.type != BlockType::kText || page.in_chrome[block.owner] || page.in_teasers[block.owner] ||
        !HasLeadLength(block.text)) {
      continue;
    }
    if (block.link_letters * 2 > block.letters || RepeatsTitle(title, block.text)) continue;
    if (ParseVietnameseTime(block.text) || ClassifyLine(block.text) != LineClass::kText) continue;
    const bool described = DescriptionRepeats(page, block.text);
    rule = HasDateline(block.text) ? "dateline" : block.all_bold ? "bold first paragraph" : "description";
    if (HasDateline(block.text) || block.all_bold || (described && StandsApart(page, content, i)))
      return FromText(block.text);
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Lead FindLead(const Page& page, const Content& content, const Title& title, absl::string_view selector,
              std::vector<Evidence>& evidence) {
  std::string rule = "site hint";
  std::optional<Lead> lead = Hinted(page, selector);
  if (!lead) {
    rule = "element that says it is the lead";
    lead = FromLeadElement(page, content, title);
  }
  if (!lead) lead = FromHeadOfStory(page, content, title, rule);
  if (!lead) return Lead();
  evidence.push_back({"lead", rule, lead->text, true});
  return *std::move(lead);
}

}  // namespace tintinh::normalizer::html
