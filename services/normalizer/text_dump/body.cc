#include "services/normalizer/text_dump/body.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/caption.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/lead.h"
#include "services/normalizer/grammar/words.h"
#include "services/normalizer/text_dump/scene.h"
#include "services/normalizer/text_dump/title.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxCreditedBytes = 600;  // of a caption with credit
constexpr size_t kMaxPlainBytes = 280;     // of a caption or heading without
constexpr size_t kMaxLeadBytes = 650;      // of a lead that only its place tells: about 480 letters
constexpr size_t kShortLeadBytes = 320;    // shorter than that, it need not be shorter than other paragraphs
constexpr size_t kMaxCaptionWords = 40;
constexpr size_t kMaxInnerCaptionWords = 26;
constexpr size_t kTerseCaptionWords = 12;  // a whole paragraph is seldom as short

enum class Kind { kProse, kShort, kCaption, kLead, kNothing };

struct Item {
  const Line* line = nullptr;
  std::string text;
  Kind kind = Kind::kShort;
  bool sure = false;  // a caption by its credit or by the headline it is glued to
};

bool IsCaptionNumber(absl::string_view text) {
  static const LazyRE2 pattern = LazyPattern(R"((?i)ảnh(?:\s+minh\s+h(?:ọa|oạ))?\s*\d{0,2}\s*\.?)");
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *pattern);
}

bool HasCredit(absl::string_view text) { return text.size() <= kMaxCreditedBytes && !SplitCredit(text).credit.empty(); }

// What the headline's repetition or the lead's leaves of a line.
void StripRepetitions(const BodyInput& input, Item& item) {
  if (const std::optional<absl::string_view> rest = BehindTitle(input.title, item.text)) {
    const std::string glued(*rest);
    item.sure = !glued.empty() && !IsCaptionNumber(glued) && glued.size() <= kMaxCreditedBytes;
    item.kind = item.sure ? Kind::kCaption : glued.size() > kMaxCreditedBytes ? Kind::kProse : Kind::kNothing;
    item.text = glued;
  } else if (!input.lead_above.empty() && LeadRepeats(input.lead_above, item.text)) {
    item.text = RemoveLeadFrom(input.lead_above, item.text);
    item.kind = item.text.empty() ? Kind::kNothing : Kind::kProse;
  }
}

std::vector<Item> MakeItems(const BodyInput& input) {
  std::vector<Item> items;
  for (const Line& line : input.lines) {
    Item item{&line, line.text, IsProse(line) ? Kind::kProse : Kind::kShort, false};
    if (HasCredit(line.text) && !line.bulleted) {
      item.kind = Kind::kCaption;
      item.sure = true;
    }
    StripRepetitions(input, item);
    if (item.kind != Kind::kNothing) {
      items.push_back(std::move(item));
    }
  }
  return items;
}

size_t MedianProseBytes(const std::vector<Item>& items, size_t after) {
  std::vector<size_t> sizes;
  for (size_t i = after + 1; i < items.size(); ++i) {
    if (items[i].kind == Kind::kProse) {
      sizes.push_back(items[i].text.size());
    }
  }
  if (sizes.empty()) {
    return 0;
  }
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<ptrdiff_t>(sizes.size() / 2), sizes.end());
  return sizes[sizes.size() / 2];
}

size_t CountProse(const std::vector<Item>& items) {
  return static_cast<size_t>(
      std::count_if(items.begin(), items.end(), [](const Item& item) { return item.kind == Kind::kProse; }));
}

size_t CountSentences(absl::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    count += (text[i] == '.' || text[i] == '!' || text[i] == '?') && text[i + 1] == ' ' ? 1 : 0;
  }
  return count + 1;
}

std::optional<size_t> FirstProse(const std::vector<Item>& items, size_t from = 0) {
  for (size_t i = from; i < items.size(); ++i) {
    if (items[i].kind == Kind::kProse) {
      return i;
    }
  }
  return std::nullopt;
}

// A line that describes a picture well enough to be taken for its caption right behind a lead.
bool MayBeCaption(const Item& item) {
  if (item.sure) {
    return true;
  }
  const size_t words = SplitWords(item.text).size();
  return item.text.size() <= kMaxPlainBytes && words <= kMaxCaptionWords && !item.line->bulleted &&
         SceneScore(item.text) >= (EndsAsSentence(item.text) ? 2 : 1);
}

bool SharesBlockWithCaption(const std::vector<Item>& items, size_t index) {
  bool shares = false;
  for (size_t i = index + 1; i < items.size() && items[i].line->block == items[index].line->block; ++i) {
    if (!MayBeCaption(items[i])) {
      return false;
    }
    shares = true;
  }
  return shares;
}

bool StartsWithDash(absl::string_view text) {
  return absl::StartsWith(text, "- ") || absl::StartsWith(text, "– ") || absl::StartsWith(text, "+ ");
}

// The rule by which the first paragraph is a lead, or "".
absl::string_view LeadRule(const BodyInput& input, const std::vector<Item>& items, size_t first) {
  const std::string& text = items[first].text;
  const std::optional<size_t> second = FirstProse(items, first + 1);
  const bool dash = StartsWithDash(text) && (!second.has_value() || !StartsWithDash(items[*second].text));
  if (HasDateline(text) || (dash && StripDateline(text).size() != text.size())) {
    return "first paragraph, dateline";
  }
  if (second.has_value() && LeadRepeats(text, items[*second].text)) {
    return "first paragraph, said again by the second";
  }
  if (StartsWithDash(text) || text.size() > kMaxLeadBytes || CountProse(items) < 3) {
    return "";
  }
  if (SharesBlockWithCaption(items, first)) {
    return "first paragraph, in one block with a caption";
  }
  const size_t median = MedianProseBytes(items, first);
  if (input.time_above && text.size() <= std::max(median, kShortLeadBytes) && CountSentences(text) <= 3) {
    return "first paragraph, under the time line";
  }
  const bool caption_next = first + 1 < items.size() && MayBeCaption(items[first + 1]);
  if (!input.time_below && caption_next && text.size() * 5 <= median * 3) {
    return "first paragraph, over a caption";
  }
  return "";
}

void TakeLead(const BodyInput& input, std::vector<Item>& items, Body& body) {
  if (!input.lead_above.empty()) {
    body.lead = std::string(StripDateline(input.lead_above, &body.source_name));
    body.lead_rule = "paragraph over the title";
    return;
  }
  const std::optional<size_t> first = FirstProse(items);
  if (!first.has_value()) {
    return;
  }
  const absl::string_view rule = LeadRule(input, items, *first);
  if (rule.empty()) {
    return;
  }
  body.lead = std::string(StripDateline(items[*first].text, &body.source_name));
  body.lead_rule = std::string(rule);
  items[*first].kind = Kind::kLead;
  if (const std::optional<size_t> second = FirstProse(items, *first + 1)) {
    if (LeadRepeats(body.lead, items[*second].text)) {
      items[*second].text = RemoveLeadFrom(body.lead, items[*second].text);
      items[*second].kind = items[*second].text.empty() ? Kind::kNothing : Kind::kProse;
    }
  }
}

// Paragraphs that a page shows twice, as slide shows do, are said once.
void DropRepetitions(std::vector<Item>& items) {
  absl::flat_hash_set<absl::string_view> said;
  for (Item& item : items) {
    const bool text = item.kind == Kind::kProse || item.kind == Kind::kLead;
    if (text && !said.insert(item.text).second) {
      item.kind = Kind::kNothing;
    }
  }
}

struct Surroundings {
  bool behind_lead = false;  // between the lead (or first paragraph) and the next
  bool below_text = false;   // in one block with the paragraph above
  bool last = false;         // nothing but short lines below
};

Surroundings Look(const std::vector<Item>& items, size_t index, std::optional<size_t> first) {
  Surroundings around;
  around.behind_lead = first.has_value() && index > *first && FirstProse(items, *first + 1).value_or(index) >= index;
  around.below_text = index > 0 && items[index - 1].line->block == items[index].line->block &&
                      (items[index - 1].kind == Kind::kProse || items[index - 1].kind == Kind::kLead);
  around.last = !FirstProse(items, index + 1).has_value();
  return around;
}

// For lines that end without a sentence mark.
v1::ParagraphKind KindOfOpenLine(const Item& item, const Surroundings& around) {
  const size_t words = SplitWords(item.text).size();
  const int scene = SceneScore(item.text) + (around.behind_lead ? 2 : 0) + (around.below_text ? 1 : 0);
  const int heading = HeadingScore(item.text);
  const bool terse = words <= 6 && !around.behind_lead && !around.below_text && SceneScore(item.text) <= 2;
  if (scene > heading && !terse) {
    return v1::PARAGRAPH_KIND_UNSPECIFIED;  // a caption
  }
  return around.last && heading <= 1 ? v1::PARAGRAPH_KIND_TEXT : v1::PARAGRAPH_KIND_HEADING;
}

// For short lines that are sentences.
v1::ParagraphKind KindOfSentence(const Item& item, const Surroundings& around) {
  const size_t words = SplitWords(item.text).size();
  if (absl::EndsWith(item.text, ":") || absl::EndsWith(item.text, ";")) {
    return v1::PARAGRAPH_KIND_TEXT;
  }
  const int scene = SceneScore(item.text);
  const bool set_as_caption = around.below_text || item.line->source_lines > 1;
  const int wanted = set_as_caption ? 2 : around.behind_lead || words <= kTerseCaptionWords ? 3 : 4;
  const size_t most_words = set_as_caption || around.behind_lead ? kMaxCaptionWords : kMaxInnerCaptionWords;
  if (scene >= wanted && words <= most_words) {
    return v1::PARAGRAPH_KIND_UNSPECIFIED;
  }
  const bool asks = absl::EndsWith(item.text, "?") || absl::EndsWith(item.text, "!");
  const int heading = HeadingScore(item.text);
  return words <= 14 && (heading >= 5 || (asks && heading >= 4)) ? v1::PARAGRAPH_KIND_HEADING : v1::PARAGRAPH_KIND_TEXT;
}

bool IsQuote(absl::string_view text) {
  return absl::StartsWith(text, "“") && (absl::EndsWith(text, "”") || absl::EndsWith(text, "”."));
}

// PARAGRAPH_KIND_UNSPECIFIED means a caption.
v1::ParagraphKind KindOf(const Item& item, const Surroundings& around) {
  if (item.line->bulleted || StartsWithDash(item.text)) {
    return v1::PARAGRAPH_KIND_LIST_ITEM;
  }
  if (IsQuote(item.text)) {
    return v1::PARAGRAPH_KIND_QUOTE;
  }
  if (item.text.size() > kMaxPlainBytes) {
    return v1::PARAGRAPH_KIND_TEXT;
  }
  return EndsAsSentence(item.text) ? KindOfSentence(item, around) : KindOfOpenLine(item, around);
}

// Labels between the headline and the first paragraph belong to the page; only a numbered heading opens a story.
bool IsLabelAbove(const Item& item, v1::ParagraphKind kind, bool above_text) {
  const bool label = kind == v1::PARAGRAPH_KIND_HEADING && HeadingScore(item.text) < 4;
  return !HasLetter(item.text) || (above_text && item.kind == Kind::kShort && label);
}

void AddPhoto(absl::string_view text, Body& body) {
  CaptionParts parts = SplitCredit(text);
  const bool credit_only = parts.caption.empty();
  if (credit_only && !body.photos.empty() && body.photos.back().credit.empty()) {
    body.photos.back().credit = std::move(parts.credit);
  } else if (!credit_only) {
    body.photos.push_back({std::move(parts.caption), std::move(parts.credit), ""});
  }
}

}  // namespace

Body ReadBody(const BodyInput& input) {
  Body body;
  std::vector<Item> items = MakeItems(input);
  const std::optional<size_t> first = input.lead_above.empty() ? FirstProse(items) : std::optional<size_t>(0);
  TakeLead(input, items, body);
  DropRepetitions(items);
  for (size_t i = 0; i < items.size(); ++i) {
    Item& item = items[i];
    if (item.kind == Kind::kLead || item.kind == Kind::kNothing) {
      continue;
    }
    const v1::ParagraphKind kind =
        item.kind == Kind::kCaption ? v1::PARAGRAPH_KIND_UNSPECIFIED : KindOf(item, Look(items, i, first));
    if (kind == v1::PARAGRAPH_KIND_UNSPECIFIED) {
      AddPhoto(item.text, body);
    } else if (!IsLabelAbove(item, kind, first.has_value() && i < *first)) {
      body.paragraphs.push_back({kind, std::move(item.text)});
    }
  }
  return body;
}

}  // namespace tintinh::normalizer
