#include "services/normalizer/html/teasers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMinTeasers = 3;
constexpr uint32_t kHeadlineLetters = 15;
constexpr uint32_t kMaxTeaserLetters = 700;
constexpr uint32_t kMaxTeaserLines = 10;

// What stands below one element.
struct Sum {
  uint32_t headlines = 0;  // blocks that are links, or begin with one outside a paragraph
  uint32_t lines = 0;      // blocks that are not links alone
  uint32_t letters = 0;    // outside links
};

bool BeginsWithLink(const dom::Document& document, const Block& block) {
  if (block.link_letters < kHeadlineLetters || document.tag(block.owner) == "p") return false;
  dom::NodeId id = document.parent(block.node);
  while (id != block.owner && id != dom::kRoot && document.tag(id) != "a") id = document.parent(id);
  return document.tag(id) == "a";
}

std::vector<Sum> SumUp(const dom::Document& document, const std::vector<Block>& blocks) {
  std::vector<Sum> sums(document.size());
  for (const Block& block : blocks) {
    if (block.type != BlockType::kText) continue;
    const bool is_link = block.link_letters * 2 > block.letters;
    Sum& sum = sums[block.owner];
    sum.headlines += (is_link && block.letters >= kHeadlineLetters) || BeginsWithLink(document, block) ? 1 : 0;
    sum.lines += is_link ? 0 : 1;
    sum.letters += block.letters - block.link_letters;
  }
  for (auto id = static_cast<dom::NodeId>(document.size()); --id > dom::kRoot;) {
    Sum& parent = sums[document.parent(id)];
    parent.headlines += sums[id].headlines;
    parent.lines += sums[id].lines;
    parent.letters += sums[id].letters;
  }
  return sums;
}

bool IsTeaser(const Sum& sum) {
  return sum.headlines > 0 && sum.lines > 0 && sum.headlines + sum.lines <= kMaxTeaserLines &&
         sum.letters <= kMaxTeaserLetters;
}

// Equal for elements that one loop of a template wrote: numbers tell them apart ("post-17 post"), later classes too
// ("item last").
std::string Shape(const dom::Document& document, dom::NodeId id) {
  std::string shape = absl::StrCat(document.tag(id), ".");
  for (const char c : document.attribute(id, "class")) {
    if (c == ' ') break;
    if (absl::ascii_isdigit(static_cast<unsigned char>(c)) == 0) shape.push_back(c);
  }
  return shape;
}

class Marker {
 public:
  Marker(const dom::Document& document, const std::vector<Block>& blocks)
      : document_(document), sums_(SumUp(document, blocks)), marked_(document.size(), false) {}

  std::vector<bool> Mark() {
    for (dom::NodeId id = dom::kRoot; id < document_.size(); ++id) {
      if (document_.IsElement(id) && sums_[id].headlines >= kMinTeasers && !marked_[id]) MarkBelow(id);
    }
    return std::move(marked_);
  }

 private:
  using Group = std::pair<std::vector<dom::NodeId>, size_t>;  // elements of one shape, how many are no teasers

  void MarkBelow(dom::NodeId parent) {
    absl::flat_hash_map<std::string, Group> groups;
    for (dom::NodeId id = parent + 1; id < document_.end(parent); id = document_.end(id)) {
      if (!document_.IsElement(id) || sums_[id].headlines + sums_[id].lines == 0) continue;
      auto& [teasers, others] = groups[Shape(document_, id)];
      IsTeaser(sums_[id]) ? teasers.push_back(id) : void(++others);
    }
    for (const auto& entry : groups) {
      if (IsList(entry.second)) MarkAll(entry.second.first);
    }
  }

  bool IsList(const Group& group) const {
    const auto& [teasers, others] = group;
    if (teasers.size() < kMinTeasers || others * 4 > teasers.size()) return false;
    uint32_t letters = 0;
    for (const dom::NodeId id : teasers) letters += sums_[id].letters;
    return letters * 2 < sums_[dom::kRoot].letters;
  }

  void MarkAll(const std::vector<dom::NodeId>& teasers) {
    for (const dom::NodeId id : teasers) {
      std::fill(marked_.begin() + id, marked_.begin() + document_.end(id), true);
    }
  }

  const dom::Document& document_;
  const std::vector<Sum> sums_;
  std::vector<bool> marked_;
};

}  // namespace

std::vector<bool> MarkTeasers(const dom::Document& document, const std::vector<Block>& blocks) {
  return Marker(document, blocks).Mark();
}

}  // namespace tintinh::normalizer::html
