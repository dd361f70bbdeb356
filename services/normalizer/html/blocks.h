// A page as a reader sees it: a sequence of runs of text and pictures, with the facts about each that tell a story from
// what surrounds it.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_BLOCKS_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_BLOCKS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"

namespace tintinh::normalizer::html {

enum class BlockType : uint8_t { kText, kImage, kEmbed };

struct Block {
  BlockType type = BlockType::kText;
  dom::NodeId node = 0;   // the first text or picture in it: its place in the document
  dom::NodeId owner = 0;  // the innermost block-level element around it
  std::string text;       // fonts' encodings repaired, NFC, white space folded; of a picture its address as written
  uint32_t letters = 0;   // bytes of text outside white space
  uint32_t link_letters = 0;
  bool all_bold = true;  // every letter of it
  bool all_italic = true;
  bool after_break = false;  // a <br>, not an element, separates it from the block before
};

// Whether readers never see the element: scripts, forms' controls, display:none, the hidden attribute.
bool IsNeverShown(const dom::Document& document, dom::NodeId id);

// In document order, of everything shown. Linear in the page.
std::vector<Block> CutIntoBlocks(const dom::Document& document);

// What is shown of one element, in one line, NFC. Of a large element only the beginning: reading stops behind 8 KiB of
// text or 4,000 nodes, so that asking it of many nested elements stays cheap.
std::string TextOf(const dom::Document& document, dom::NodeId id);

// Index of the first block at or after `node`.
size_t FirstBlockFrom(const std::vector<Block>& blocks, dom::NodeId node);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_BLOCKS_H_
