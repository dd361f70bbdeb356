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

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxPhotos = 500;
constexpr size_t kMaxCaptionBytes = 1500;
constexpr uint32_t kCaptionLetters = 400;

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

}  // namespace

void PhotoCollector::AddImage(const Block& image) {
  if (pictures_.size() >= kMaxPhotos) return;
  Picture picture{image.node, image.owner, frames_.FrameOf(image.owner), "", "", false};
  picture.is_embed = picture.frame != dom::kRoot && frames_.HoldsFilm(picture.frame);
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
  pictures_.push_back({embed.node, embed.owner, frames_.FrameOf(embed.owner), "", "", true});
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
  const dom::NodeId frame = frames_.FrameOf(block.owner);
  const bool is_caption =
      frame != dom::kRoot || (frames_.SaysCaption(block.owner) && block.letters <= kCaptionLetters * 2);
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
