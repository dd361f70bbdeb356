#include "services/normalizer/html/photos.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/text/normal_form.h"
#include "common/url/url.h"
#include "services/normalizer/grammar/caption.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxPhotos = 500;
constexpr size_t kMaxCaptionBytes = 1500;
constexpr uint32_t kCaptionLetters = 400;  // per picture in one frame

// What editors leave in an empty caption.
bool IsPlaceholder(absl::string_view text) {
  const std::string folded = text::Fold(text);
  return folded == "nhap chu thich anh" || folded == "nhap chu thich";
}

bool IsCentred(const dom::Document& document, dom::NodeId id) {
  for (int level = 0; level < 2 && id != dom::kRoot; ++level, id = document.parent(id)) {
    const std::string style = absl::StrReplaceAll(absl::AsciiStrToLower(document.attribute(id, "style")), {{" ", ""}});
    if (absl::StrContains(style, "text-align:center") || document.tag(id) == "center" ||
        absl::AsciiStrToLower(document.attribute(id, "align")) == "center") {
      return true;
    }
  }
  return false;
}

// The still of a video, which its own caption describes.
bool FramesVideo(const Page& page, dom::NodeId frame) {
  for (dom::NodeId id = frame; id < page.document.end(frame); ++id) {
    if (page.document.tag(id) == "video" || page.document.tag(id) == "iframe") return true;
    if (page.document.IsElement(id) && HasAnyWord(ClassWords(page.document, id), {"video*", "vid"})) return true;
  }
  return false;
}

}  // namespace

// A frame holds its pictures, their captions and nothing else worth naming.
bool PhotoCollector::HoldsLittleText(dom::NodeId id) const {
  uint32_t letters = 0;
  uint32_t pictures = 0;
  for (size_t i = FirstBlockFrom(page_.blocks, id); i < page_.blocks.size(); ++i) {
    const Block& block = page_.blocks[i];
    if (!page_.document.Contains(id, block.node)) break;
    if (block.type == BlockType::kText) letters += block.letters;
    if (block.type != BlockType::kText) ++pictures;
    if (letters > kCaptionLetters * (pictures + 1)) return false;
  }
  return pictures > 0 && letters <= kCaptionLetters * pictures;
}

dom::NodeId PhotoCollector::FrameOf(dom::NodeId id) const {
  dom::NodeId frame = dom::kRoot;
  for (; id != content_ && id != dom::kRoot; id = page_.document.parent(id)) {
    const absl::string_view tag = page_.document.tag(id);
    if (tag == "figure") return id;
    const bool may_frame =
        tag == "table" || tag == "div" || tag == "p" || tag == "td" || tag == "li" || tag == "center";
    if (!may_frame) continue;
    const bool says_frame =
        tag == "table" || SaysCaption(ClassWords(page_.document, id)) ||
        HasAnyWord(ClassWords(page_.document, id), {"image*", "photo*", "picture*", "thumb*", "img", "figure*"});
    if (says_frame && HoldsLittleText(id)) frame = id;
  }
  return frame;
}

void PhotoCollector::AddImage(const Block& image) {
  if (pictures_.size() >= kMaxPhotos) return;
  Picture picture{image.node, image.owner, FrameOf(image.owner), "", "", false};
  picture.is_embed = picture.frame != dom::kRoot && FramesVideo(page_, picture.frame);
  const absl::StatusOr<std::string> url = url::Resolve(page_.url, image.text);
  if (url.ok()) picture.url = *url;
  if (waiting_frame_ != dom::kRoot && waiting_frame_ == picture.frame) picture.caption = std::move(waiting_caption_);
  waiting_caption_.clear();
  waiting_frame_ = dom::kRoot;
  pictures_.push_back(std::move(picture));
  adjacent_ = true;
}

void PhotoCollector::AddEmbed(const Block& embed) {
  if (pictures_.size() >= kMaxPhotos) return;
  pictures_.push_back({embed.node, embed.owner, FrameOf(embed.owner), "", "", true});
  adjacent_ = true;
}

bool PhotoCollector::LooksLikeCaption(const Block& block) const {
  if (!adjacent_ || pictures_.empty() || block.letters > kCaptionLetters) return false;
  const Picture& last = pictures_.back();
  if (!last.caption.empty() || last.is_embed) return false;
  if (block.all_italic || last.owner == block.owner) return true;
  if (!SplitCredit(block.text).credit.empty()) return true;
  return IsCentred(page_.document, block.owner) && !block.all_bold;
}

bool PhotoCollector::TakeCaption(const Block& block) {
  const dom::NodeId frame = FrameOf(block.owner);
  bool says_caption = false;
  for (dom::NodeId id = block.owner; id != content_ && id != dom::kRoot; id = page_.document.parent(id)) {
    says_caption =
        says_caption || page_.document.tag(id) == "figcaption" || SaysCaption(ClassWords(page_.document, id));
  }
  const bool is_caption = frame != dom::kRoot || (says_caption && block.letters <= kCaptionLetters * 2);
  if (!is_caption && !LooksLikeCaption(block)) return false;
  if (!IsPlaceholder(block.text)) Attach(block, frame);
  return true;
}

void PhotoCollector::Attach(const Block& block, dom::NodeId frame) {
  const bool has_picture = !pictures_.empty() && (frame == dom::kRoot || pictures_.back().frame == frame ||
                                                  (adjacent_ && pictures_.back().frame == dom::kRoot) ||
                                                  page_.document.Contains(frame, pictures_.back().node));
  std::string& caption = has_picture ? pictures_.back().caption : waiting_caption_;
  if (!has_picture) waiting_frame_ = frame;
  if (caption.size() + block.text.size() > kMaxCaptionBytes) return;
  absl::StrAppend(&caption, caption.empty() ? "" : " ", block.text);
}

std::vector<DraftPhoto> PhotoCollector::Take() {
  std::vector<DraftPhoto> photos;
  for (Picture& picture : pictures_) {
    if (picture.is_embed || (picture.url.empty() && picture.caption.empty())) continue;
    CaptionParts parts = SplitCredit(picture.caption);
    photos.push_back({std::move(parts.caption), std::move(parts.credit), std::move(picture.url)});
  }
  return photos;
}

}  // namespace tintinh::normalizer::html
