#include "services/normalizer/html/blocks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr dom::NodeId kMaxLineNodes = 4000;
constexpr size_t kMaxLineBytes = size_t{8} << 10;

template <size_t N>
bool IsOneOf(absl::string_view tag, const std::array<absl::string_view, N>& sorted) {
  return std::binary_search(sorted.begin(), sorted.end(), tag);
}

constexpr std::array<absl::string_view, 38> kInline = {
    "a",    "abbr",  "acronym", "b",    "bdi",       "bdo",    "big",    "cite",    "code", "data", "del", "dfn",  "em",
    "font", "i",     "ins",     "kbd",  "label",     "mark",   "o:p",    "picture", "q",    "rp",   "rt",  "ruby", "s",
    "samp", "small", "source",  "span", "st1:place", "strike", "strong", "sub",     "sup",  "time", "u",   "var"};

constexpr std::array<absl::string_view, 17> kNeverShown = {
    "audio",  "button", "canvas", "datalist", "head", "input",    "map",      "math", "noscript",
    "option", "script", "select", "style",    "svg",  "template", "textarea", "title"};

bool IsInline(absl::string_view tag) { return tag == "wbr" || IsOneOf(tag, kInline); }

bool IsHeading(absl::string_view tag) { return tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6'; }

bool IsEmbed(absl::string_view tag) { return tag == "video" || tag == "iframe" || tag == "object" || tag == "embed"; }

std::string ImageAddress(const dom::Document& document, dom::NodeId id) {
  for (const absl::string_view name : {"data-original", "data-src", "data-large-src", "data-lazy-src", "src"}) {
    const absl::string_view value = absl::StripAsciiWhitespace(document.attribute(id, name));
    if (!value.empty() && !absl::StartsWithIgnoreCase(value, "data:")) return std::string(value);
  }
  return "";
}

// Smileys, bullets and counters' pixels.
bool IsIcon(const dom::Document& document, dom::NodeId id) {
  constexpr int kIconPixels = 40;
  for (const absl::string_view name : {"width", "height"}) {
    int pixels = 0;
    if (absl::SimpleAtoi(absl::StripSuffix(document.attribute(id, name), "px"), &pixels) && pixels <= kIconPixels)
      return true;
  }
  return false;
}

class Cutter {
 public:
  // A block's text ends with the text node that makes it longer than `max_block_bytes`.
  explicit Cutter(const dom::Document& document, size_t max_block_bytes = std::numeric_limits<size_t>::max())
      : document_(document), max_block_bytes_(max_block_bytes) {}

  std::vector<Block> Cut(dom::NodeId from, dom::NodeId to) {
    for (dom::NodeId id = from; id < to;) {
      CloseBefore(id);
      id = Visit(id);
    }
    CloseBefore(to);
    Flush();
    return std::move(blocks_);
  }

 private:
  struct Open {
    dom::NodeId id;
    bool is_block;
    bool is_bold;
    bool is_italic;
    bool is_link;
    bool is_line;  // breaks inside are blanks
  };

  // Returns the next node to visit.
  dom::NodeId Visit(dom::NodeId id) {
    if (document_.IsText(id)) {
      AddText(id);
      return id + 1;
    }
    const absl::string_view tag = document_.tag(id);
    if (tag == "img" && IsIcon(document_, id)) return document_.end(id);
    if (IsEmbed(tag) || (tag == "img" && !IsNeverShown(document_, id))) {
      AddMedium(id, tag);
      return document_.end(id);
    }
    if (IsNeverShown(document_, id)) return document_.end(id);
    if (tag == "br") {
      Break();
    } else {
      Enter(id, tag);
    }
    return id + 1;
  }

  void Enter(dom::NodeId id, absl::string_view tag) {
    // A dateline's place is set apart by style alone.
    const bool is_block = !IsInline(tag) || (tag == "span" && SaysPlace(ClassWords(document_, id)));
    if (is_block) {
      Flush();
      after_break_ = false;
    } else if (!open_.empty() && open_.back().is_line && tag == last_closed_inline_) {
      raw_.push_back(' ');
    }
    Open open = open_.empty() ? Open{} : open_.back();
    open.id = id;
    open.is_block = is_block;
    open.is_bold = open.is_bold || tag == "b" || tag == "strong" || IsHeading(tag);
    open.is_italic = open.is_italic || tag == "i" || tag == "em";
    open.is_link = open.is_link || (tag == "a" && document_.HasAttribute(id, "href"));
    open.is_line = open.is_line || IsHeading(tag) || tag == "figcaption";
    open_.push_back(open);
    last_closed_inline_ = "";
  }

  void CloseBefore(dom::NodeId id) {
    while (!open_.empty() && document_.end(open_.back().id) <= id) {
      if (open_.back().is_block) {
        Flush();
        after_break_ = false;
      } else {
        last_closed_inline_ = document_.tag(open_.back().id);
      }
      open_.pop_back();
    }
  }

  void AddText(dom::NodeId id) {
    const absl::string_view text = document_.text(id);
    const auto letters =
        static_cast<uint32_t>(text.size()) - static_cast<uint32_t>(std::count_if(text.begin(), text.end(), [](char c) {
          return absl::ascii_isspace(static_cast<unsigned char>(c));
        }));
    if (letters > 0) {
      if (current_.letters == 0) current_.node = id;
      current_.letters += letters;
      if (!open_.empty()) AddStyle(open_.back(), letters);
      last_closed_inline_ = "";
    }
    if (raw_.size() < max_block_bytes_) raw_.append(text.data(), std::min(text.size(), max_block_bytes_));
  }

  void AddStyle(const Open& open, uint32_t letters) {
    current_.all_bold = current_.all_bold && open.is_bold;
    current_.all_italic = current_.all_italic && open.is_italic;
    if (open.is_link) current_.link_letters += letters;
  }

  void AddMedium(dom::NodeId id, absl::string_view tag) {
    Flush();
    Block block;
    block.type = tag == "img" ? BlockType::kImage : BlockType::kEmbed;
    block.node = id;
    block.owner = Owner();
    block.text = ImageAddress(document_, id);
    blocks_.push_back(std::move(block));
  }

  void Break() {
    if (!open_.empty() && open_.back().is_line) {
      raw_.push_back(' ');
      return;
    }
    Flush();
    after_break_ = true;
  }

  void Flush() {
    if (current_.letters > 0) {
      current_.owner = Owner();
      current_.after_break = after_break_;
      current_.text = text::CollapseWhitespace(text::NormalForm(text::RepairLegacy(raw_).text));
      if (!current_.text.empty()) blocks_.push_back(std::move(current_));
    }
    current_ = Block();
    raw_.clear();
  }

  dom::NodeId Owner() const {
    for (auto open = open_.rbegin(); open != open_.rend(); ++open) {
      if (open->is_block) return open->id;
    }
    return dom::kRoot;
  }

  const dom::Document& document_;
  const size_t max_block_bytes_;
  std::vector<Block> blocks_;
  std::vector<Open> open_;
  Block current_;
  std::string raw_;
  absl::string_view last_closed_inline_;
  bool after_break_ = false;
};

bool StyleHides(absl::string_view style) {
  if (style.empty()) return false;
  const std::string compact = absl::StrReplaceAll(absl::AsciiStrToLower(style), {{" ", ""}, {"\t", ""}, {"\n", ""}});
  return absl::StrContains(compact, "display:none") || absl::StrContains(compact, "visibility:hidden");
}

}  // namespace

bool IsNeverShown(const dom::Document& document, dom::NodeId id) {
  if (!document.IsElement(id)) return false;
  return IsOneOf(document.tag(id), kNeverShown) || document.HasAttribute(id, "hidden") ||
         document.attribute(id, "aria-hidden") == "true" || StyleHides(document.attribute(id, "style"));
}

std::vector<Block> CutIntoBlocks(const dom::Document& document) {
  return Cutter(document).Cut(dom::kRoot, static_cast<dom::NodeId>(document.size()));
}

std::string TextOf(const dom::Document& document, dom::NodeId id) {
  std::string line;
  if (IsNeverShown(document, id)) return line;
  const dom::NodeId end = std::min(document.end(id), id + kMaxLineNodes);
  for (const Block& block : Cutter(document, kMaxLineBytes).Cut(id, end)) {
    if (block.type != BlockType::kText) continue;
    if (line.size() > kMaxLineBytes) break;
    if (!line.empty()) line.push_back(' ');
    line += block.text;
  }
  return line;
}

size_t FirstBlockFrom(const std::vector<Block>& blocks, dom::NodeId node) {
  const auto at = std::lower_bound(blocks.begin(), blocks.end(), node,
                                   [](const Block& block, dom::NodeId id) { return block.node < id; });
  return static_cast<size_t>(at - blocks.begin());
}

}  // namespace tintinh::normalizer::html
