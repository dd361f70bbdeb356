#include "services/normalizer/html/frames.h"

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"
#include "services/normalizer/html/blocks.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr uint32_t kCaptionLetters = 400;  // for each picture of a frame

bool IsFilm(absl::string_view tag, absl::string_view words) {
  return tag == "video" || tag == "iframe" || HasAnyWord(words, {"video*", "vid"});
}

bool MayFrame(absl::string_view tag, absl::string_view words) {
  if (tag == "table") return true;
  if (tag != "div" && tag != "p" && tag != "td" && tag != "li" && tag != "center") return false;
  return html::SaysCaption(words) || HasAnyWord(words, {"image*", "photo*", "picture*", "thumb*", "img", "figure*"});
}

}  // namespace

Frames::Frames(const Page& page, dom::NodeId content)
    : document_(page.document),
      letters_before_(page.document.size() + 1, 0),
      media_before_(page.document.size() + 1, 0),
      films_before_(page.document.size() + 1, 0),
      figure_(page.document.size(), dom::kRoot),
      box_(page.document.size(), dom::kRoot),
      says_caption_(page.document.size(), false) {
  Count(page);
  Place(page, content);
}

void Frames::Count(const Page& page) {
  for (const Block& block : page.blocks) {
    if (block.type == BlockType::kText) {
      letters_before_[block.node + 1] += block.letters;
    } else {
      ++media_before_[block.node + 1];
    }
  }
  for (dom::NodeId id = dom::kRoot; id < document_.size(); ++id) {
    const bool is_film = document_.IsElement(id) && IsFilm(document_.tag(id), page.class_words[id]);
    letters_before_[id + 1] += letters_before_[id];
    media_before_[id + 1] += media_before_[id];
    films_before_[id + 1] = films_before_[id] + (is_film ? 1 : 0);
  }
}

void Frames::Place(const Page& page, dom::NodeId content) {
  for (dom::NodeId id = dom::kRoot + 1; id < document_.size(); ++id) {
    if (id == content) continue;
    const dom::NodeId parent = document_.parent(id);
    figure_[id] = figure_[parent];
    box_[id] = box_[parent];
    says_caption_[id] = says_caption_[parent];
    if (!document_.IsElement(id)) continue;
    const absl::string_view tag = document_.tag(id);
    const std::string& words = page.class_words[id];
    says_caption_[id] = says_caption_[id] || tag == "figcaption" || html::SaysCaption(words);
    if (tag == "figure" && Pictures(id) > 0) {
      figure_[id] = id;
    } else if (box_[id] == dom::kRoot && MayFrame(tag, words) && HoldsLittleText(id)) {
      box_[id] = id;
    }
  }
}

bool Frames::HoldsLittleText(dom::NodeId id) const {
  const uint32_t letters = letters_before_[document_.end(id)] - letters_before_[id];
  return Pictures(id) > 0 && letters <= kCaptionLetters * Pictures(id);
}

bool Frames::HoldsFilm(dom::NodeId frame) const { return films_before_[document_.end(frame)] > films_before_[frame]; }

}  // namespace tintinh::normalizer::html
