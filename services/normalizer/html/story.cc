#include "services/normalizer/html/story.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/lead.h"
#include "services/normalizer/grammar/words.h"
#include "services/normalizer/html/class_words.h"
#include "services/normalizer/html/photos.h"
#include "services/normalizer/html/signature.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxParagraphs = 2000;
constexpr size_t kMaxParagraphBytes = size_t{64} << 10;
constexpr size_t kObfuscatedRun = 60;
constexpr uint32_t kHeadingLetters = 120;

// A run of 60 letters of the Base64 alphabet, with capitals, small letters and digits mixed, is no word of any
// language.
bool HasEncodedRun(absl::string_view text) {
  size_t run = 0;
  bool upper = false, lower = false, digit = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool encoded = absl::ascii_isalnum(byte) || c == '+' || c == '/' || c == '=';
    if (!encoded) {
      run = 0;
      upper = lower = digit = false;
      continue;
    }
    ++run;
    upper = upper || absl::ascii_isupper(byte);
    lower = lower || absl::ascii_islower(byte);
    digit = digit || absl::ascii_isdigit(byte);
    if (run >= kObfuscatedRun && upper && lower && digit) return true;
  }
  return false;
}

class Reader {
 public:
  Reader(const Page& page, const Content& content, const Title& title, const Lead& lead)
      : page_(page),
        content_(content),
        title_(title),
        title_key_(ComparisonKey(title.text)),
        lead_(lead.text),
        photos_(page, content.node),
        from_(title.node != dom::kRoot && page.document.Contains(content.node, title.node)
                  ? page.document.end(title.node)
                  : content.node) {}

  Story Read() {
    ReadPicturesAbove();
    for (size_t i = FirstBlockFrom(page_.blocks, from_); i < page_.blocks.size() && !ended_; ++i) {
      const Block& block = page_.blocks[i];
      if (!page_.document.Contains(content_.node, block.node)) break;
      if (page_.in_chrome[block.owner] || page_.in_teasers[block.owner]) continue;
      Take(block);
    }
    EndRow();
    TakeByline();
    DropHeadingsAtEnd();
    story_.photos = photos_.Take();
    return std::move(story_);
  }

 private:
  // A picture between headline and text, outside the element that holds the text.
  void ReadPicturesAbove() {
    if (title_.node == dom::kRoot || title_.node >= content_.node) return;
    for (size_t i = FirstBlockFrom(page_.blocks, page_.document.end(title_.node)); i < page_.blocks.size(); ++i) {
      const Block& block = page_.blocks[i];
      if (block.node >= content_.node) break;
      if (page_.in_chrome[block.owner] || !page_.IsInside(block.owner, "figure")) continue;
      if (block.type == BlockType::kImage) photos_.AddImage(block);
      if (block.type == BlockType::kText) photos_.TakeCaption(block);
    }
    photos_.EndOfPictures();
  }

  void Take(const Block& block) {
    if (block.type == BlockType::kImage) {
      photos_.AddImage(block);
    } else if (block.type == BlockType::kEmbed) {
      photos_.AddEmbed(block);
    } else if (!photos_.TakeCaption(block)) {
      TakeText(block);
    }
  }

  void TakeText(const Block& block) {
    const absl::string_view line = StripTemplateResidue(block.text);
    if (line.empty() || IsFurniture(block, line)) return;
    if (HasEncodedRun(line)) {
      story_.obfuscated = true;
      return;
    }
    std::string text = lead_gone_ ? std::string(line) : WithoutLead(line);
    if (text.empty()) return;
    photos_.EndOfPictures();
    AddParagraph(block, std::move(text));
  }

  bool IsFurniture(const Block& block, absl::string_view line) {
    if (ComparisonKey(line) == title_key_ || ParseSignature(line)) return true;
    if (block.link_letters * 10 > block.letters * 7) return true;
    switch (ClassifyLine(line)) {
      case LineClass::kText:
        return false;
      case LineClass::kDrop:
        return true;
      case LineClass::kCutFromHere:
        ended_ = letters_ * 3 > content_.letters;
        return true;
    }
    return false;
  }

  // The lead stands at the head of the body again, or only there.
  std::string WithoutLead(absl::string_view line) {
    if (lead_.empty() || story_.paragraphs.size() > 3) lead_gone_ = true;
    if (lead_gone_) return std::string(line);
    if (LeadRepeats(lead_, line)) return RemoveLeadFrom(lead_, line);
    const std::string lead_key = ComparisonKey(lead_);
    const std::string key = ComparisonKey(StripDateline(line));
    return key.size() * 2 > lead_key.size() && absl::StrContains(lead_key, key) ? "" : std::string(line);
  }

  v1::ParagraphKind KindOf(const Block& block, dom::NodeId& row) {
    for (dom::NodeId id = block.owner; id != content_.node && id != dom::kRoot; id = page_.document.parent(id)) {
      const absl::string_view tag = page_.document.tag(id);
      if (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') return v1::PARAGRAPH_KIND_HEADING;
      if (tag == "li") return v1::PARAGRAPH_KIND_LIST_ITEM;
      if (tag == "blockquote") return v1::PARAGRAPH_KIND_QUOTE;
      if (tag == "tr" && IsDataRow(id)) {
        row = id;
        return v1::PARAGRAPH_KIND_TABLE_ROW;
      }
    }
    const bool looks_heading = block.all_bold && block.letters <= kHeadingLetters && !EndsAsSentence(block.text);
    return looks_heading ? v1::PARAGRAPH_KIND_HEADING : v1::PARAGRAPH_KIND_TEXT;
  }

  // Two cells or more, all short: figures, not a layout of columns.
  bool IsDataRow(dom::NodeId row) {
    const auto [known, is_new] = data_rows_.try_emplace(row, false);
    if (is_new) known->second = HoldsData(row);
    return known->second;
  }

  bool HoldsData(dom::NodeId row) const {
    uint32_t cells = 0;
    for (dom::NodeId id = row + 1; id < page_.document.end(row);) {
      const bool is_cell = page_.document.tag(id) == "td" || page_.document.tag(id) == "th";
      cells += is_cell ? 1 : 0;
      id = is_cell ? page_.document.end(id) : id + 1;
    }
    if (cells < 2) return false;
    uint32_t letters = 0;
    for (size_t i = FirstBlockFrom(page_.blocks, row); i < page_.blocks.size(); ++i) {
      if (!page_.document.Contains(row, page_.blocks[i].node)) break;
      letters += page_.blocks[i].letters;
    }
    return letters <= cells * 200;
  }

  void AddParagraph(const Block& block, std::string text) {
    letters_ += block.letters;
    dom::NodeId row = dom::kRoot;
    const v1::ParagraphKind kind = KindOf(block, row);
    if (kind == v1::PARAGRAPH_KIND_TABLE_ROW && row == row_ && !story_.paragraphs.empty()) {
      std::string& cells = story_.paragraphs.back().text;
      if (cells.size() + text.size() < kMaxParagraphBytes) absl::StrAppend(&cells, " | ", text);
      return;
    }
    row_ = row;
    if (story_.paragraphs.size() >= kMaxParagraphs) return;
    if (text.size() > kMaxParagraphBytes) return SplitLong(kind, text);
    story_.paragraphs.push_back({kind, std::move(text)});
  }

  void EndRow() { row_ = dom::kRoot; }

  void SplitLong(v1::ParagraphKind kind, absl::string_view text) {
    while (!text.empty() && story_.paragraphs.size() < kMaxParagraphs) {
      size_t cut = std::min(text.size(), kMaxParagraphBytes);
      while (cut < text.size() && cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
      story_.paragraphs.push_back({kind, std::string(text.substr(0, cut))});
      text.remove_prefix(cut);
    }
  }

  // The writer signs on the last line, or the one before it when an agency follows.
  void TakeByline() {
    for (int line = 0; line < 2 && story_.paragraphs.size() > 1; ++line) {
      const DraftParagraph& last = story_.paragraphs.back();
      if (last.kind == v1::PARAGRAPH_KIND_TABLE_ROW || last.kind == v1::PARAGRAPH_KIND_LIST_ITEM) return;
      std::optional<Byline> byline = ParseByline(last.text);
      if (!byline) return;
      if (!story_.byline) story_.byline.emplace();
      story_.byline->authors.insert(story_.byline->authors.begin(), byline->authors.begin(), byline->authors.end());
      if (story_.byline->agency.empty()) story_.byline->agency = std::move(byline->agency);
      story_.paragraphs.pop_back();
    }
  }

  // What they announced was furniture.
  void DropHeadingsAtEnd() {
    while (story_.paragraphs.size() > 1 && story_.paragraphs.back().kind == v1::PARAGRAPH_KIND_HEADING) {
      story_.paragraphs.pop_back();
    }
  }

  const Page& page_;
  const Content& content_;
  const Title& title_;
  const std::string title_key_;
  const std::string& lead_;
  PhotoCollector photos_;
  const dom::NodeId from_;
  dom::NodeId row_ = dom::kRoot;
  absl::flat_hash_map<dom::NodeId, bool> data_rows_;
  uint32_t letters_ = 0;
  bool lead_gone_ = false;
  bool ended_ = false;
  Story story_;
};

}  // namespace

Story ReadStory(const Page& page, const Content& content, const Title& title, const Lead& lead) {
  return Reader(page, content, title, lead).Read();
}

}  // namespace tintinh::normalizer::html
