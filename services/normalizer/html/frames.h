// Which box around a picture a piece of text stands in.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_FRAMES_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_FRAMES_H_

#include <cstdint>
#include <vector>

#include "services/normalizer/dom/document.h"
#include "services/normalizer/html/page.h"

namespace tintinh::normalizer::html {

// A frame is a figure with a picture or film in it, or a table or a box named after pictures that holds little text for
// the pictures it has. Computed once, in time linear in the page; questions cost nothing.
class Frames {
 public:
  // Elements from `content` upwards are no frames of what stands in it.
  Frames(const Page& page, dom::NodeId content);

  // The innermost figure around the node, else the outermost other frame; the root when it stands in none.
  dom::NodeId FrameOf(dom::NodeId id) const { return figure_[id] != dom::kRoot ? figure_[id] : box_[id]; }
  // The node, or an element around it below `content`, says "caption".
  bool SaysCaption(dom::NodeId id) const { return says_caption_[id]; }
  // A film or what plays one is in the frame.
  bool HoldsFilm(dom::NodeId frame) const;

 private:
  void Count(const Page& page);
  void Place(const Page& page, dom::NodeId content);
  uint32_t Pictures(dom::NodeId id) const { return media_before_[document_.end(id)] - media_before_[id]; }
  bool HoldsLittleText(dom::NodeId id) const;

  const dom::Document& document_;
  // By node: how much stands before it in the page.
  std::vector<uint32_t> letters_before_;
  std::vector<uint32_t> media_before_;
  std::vector<uint32_t> films_before_;
  std::vector<dom::NodeId> figure_;
  std::vector<dom::NodeId> box_;
  std::vector<bool> says_caption_;
};

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_FRAMES_H_
