// Pictures of a story with their captions, in every form that pages give them.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_PHOTOS_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_PHOTOS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/normalizer/dom/document.h"
#include "services/normalizer/draft/draft.h"
#include "services/normalizer/html/blocks.h"
#include "services/normalizer/html/frames.h"
#include "services/normalizer/html/page.h"

namespace tintinh::normalizer::html {

// Collects pictures and captions while the blocks of a story pass in order.
class PhotoCollector {
 public:
  // `page` outlives this; frames are looked for below `content`.
  PhotoCollector(const Page& page, dom::NodeId content) : page_(page), frames_(page, content) {}

  void AddImage(const Block& image);
  void AddEmbed(const Block& embed);
  // True when the block is a caption; it is then taken. Frames: figure, a table or box around a picture with hardly
  // any other text, an element that says "caption", and after a picture a short line that is italic, centred or in
  // the picture's own paragraph.
  bool TakeCaption(const Block& block);
  // A paragraph of the story passed: what follows no longer belongs to the picture before it.
  void EndOfPictures() { adjacent_ = false; }

  // Credits split off; pictures with neither address nor caption dropped; at most 500.
  std::vector<DraftPhoto> Take();

 private:
  struct Picture {
    dom::NodeId node;
    dom::NodeId owner;
    dom::NodeId frame;
    std::string url;
    std::string caption;
    bool is_embed;
  };

  bool LooksLikeCaption(const Block& block) const;
  void Attach(const Block& block, dom::NodeId frame);

  const Page& page_;
  const Frames frames_;
  std::vector<Picture> pictures_;
  std::string waiting_caption_;  // of a frame whose picture comes after it
  dom::NodeId waiting_frame_ = dom::kRoot;
  bool adjacent_ = false;
};

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_PHOTOS_H_
