#include "services/normalizer/html/frames.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/normalizer/dom/parse.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer::html {
namespace {

// Where the text "chữ" stands: the id attribute of its frame.
struct Answer {
  std::string frame;
  bool says_caption = false;
  bool holds_film = false;
};

Answer Ask(const std::string& html) {
  const dom::Document document = *dom::ParseHtml(absl::StrCat("<div id=story>", html, "</div>"), dom::ParseLimits());
  const Page page(document, kUrl);
  dom::NodeId content = dom::kRoot;
  Answer answer;
  for (dom::NodeId id = dom::kRoot; id < document.size(); ++id) {
    if (document.attribute(id, "id") == "story") content = id;
  }
  const Frames frames(page, content);
  for (dom::NodeId id = dom::kRoot; id < document.size(); ++id) {
    if (document.text(id) != "chữ") continue;
    const dom::NodeId frame = frames.FrameOf(document.parent(id));
    answer.frame = std::string(document.attribute(frame, "id"));
    answer.says_caption = frames.SaysCaption(document.parent(id));
    answer.holds_film = frames.HoldsFilm(frame);
  }
  return answer;
}

TEST(Frames, InnermostFigureWithAPicture) {
  EXPECT_EQ(Ask("<div class=photo id=a><figure id=b><img src=x><p>chữ</p></figure></div>").frame, "b");
  EXPECT_EQ(Ask("<figure id=b><table><tr><td>chữ</table></figure>").frame, "");
}

TEST(Frames, OutermostTableOrBoxWithLittleText) {
  EXPECT_EQ(Ask("<table id=a><tr><td><div class=image id=b><img src=x></div><tr><td>chữ</table>").frame, "a");
  EXPECT_EQ(Ask(absl::StrCat("<table id=a><tr><td><img src=x><p>chữ</p>", kBody, "</table>")).frame, "");
  EXPECT_EQ(Ask("<div class=wp-caption id=a><img src=x><p>chữ</p></div>").frame, "a");
  EXPECT_EQ(Ask("<div id=a><img src=x><p>chữ</p></div>").frame, "");
}

TEST(Frames, TheStorysElementIsNone) { EXPECT_EQ(Ask("<img src=x><p>chữ</p>").frame, ""); }

TEST(Frames, CaptionsAreInherited) {
  EXPECT_TRUE(Ask("<figcaption><span>chữ</span></figcaption>").says_caption);
  EXPECT_TRUE(Ask("<div class=PhotoCMS_Caption><p>chữ</p></div>").says_caption);
  EXPECT_FALSE(Ask("<p>chữ</p>").says_caption);
}

TEST(Frames, FilmsAreTold) {
  EXPECT_TRUE(Ask("<figure id=b><video></video><figcaption>chữ</figcaption></figure>").holds_film);
  EXPECT_FALSE(Ask("<figure id=b><img src=x><figcaption>chữ</figcaption></figure>").holds_film);
}

}  // namespace
}  // namespace tintinh::normalizer::html
