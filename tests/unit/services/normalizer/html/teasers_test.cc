#include "services/normalizer/html/teasers.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/normalizer/dom/parse.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer::html {
namespace {

constexpr char kTeasers[] =
    "<div class='tin-1 dau'><h3><a href=/a>Chợ phiên vùng cao đông khách ngày cuối năm</a></h3><span>Bà con mang mật "
    "ong, gà đen xuống chợ từ tinh mơ.</span></div>"
    "<div class='tin-2'><h3><a href=/b>Thêm hai điểm trường có điện lưới quốc gia</a></h3><span>Công trình hoàn thành "
    "trước năm học mới.</span></div>"
    "<div class='tin-3 cuoi'><h3><a href=/c>Mùa mận chín sớm trên cao nguyên đá</a></h3><span>Năm nay được mùa, giá "
    "ổn định.</span></div>";

// How many blocks of text are marked, and how many there are.
std::pair<size_t, size_t> Marked(const std::string& body) {
  const dom::Document document = *dom::ParseHtml(absl::StrCat("<body>", body, "</body>"), dom::ParseLimits());
  const std::vector<Block> blocks = CutIntoBlocks(document);
  const std::vector<bool> marked = MarkTeasers(document, blocks);
  size_t count = 0;
  for (const Block& block : blocks) count += marked[block.owner] ? 1 : 0;
  return {count, blocks.size()};
}

TEST(MarkTeasers, ElementsBuiltAlikeOfALinkAndAFewLinesAreOtherStories) {
  const auto [marked, all] = Marked(absl::StrCat("<div>", kBody, "</div><div>", kTeasers, "</div>"));
  EXPECT_EQ(marked, 6u);
  EXPECT_EQ(all, 10u);
}

TEST(MarkTeasers, OnAListingNothingIsMarked) { EXPECT_EQ(Marked(kTeasers).first, 0u); }

TEST(MarkTeasers, ParagraphsWithLinksAreNoTeasers) {
  const std::string paragraph =
      "<p class=x>Theo <a href=/luat>Luật Đất đai số 31/2024/QH15</a>, người dân được cấp giấy chứng nhận sau ba mươi "
      "ngày làm việc.</p>";
  EXPECT_EQ(Marked(absl::StrCat("<div>", kBody, paragraph, paragraph, paragraph, "</div>")).first, 0u);
}

TEST(MarkTeasers, SectionsOfAStoryAreNoTeasers) {
  const std::string section = absl::StrCat("<div class=s><h3>Ở cuối bản</h3>", kBody, "</div>");
  EXPECT_EQ(
      Marked(absl::StrCat("<div>", section, section, section, "</div><div>", kBody, kBody, kBody, "</div>")).first, 0u);
}

TEST(MarkTeasers, TwoAreNoList) {
  const std::string teasers = kTeasers;
  const std::string two = teasers.substr(0, teasers.find("<div class='tin-3"));
  EXPECT_EQ(Marked(absl::StrCat("<div>", kBody, "</div><div>", two, "</div>")).first, 0u);
}

TEST(MarkTeasers, TheStoryAboveThemEndsBeforeTheirHeading) {
  const Draft draft = ExtractFrom(PageWith("", "", absl::StrCat(kBody, "<h2>Chuyện quanh ta</h2>", kTeasers)));
  EXPECT_EQ(draft.paragraphs.size(), 4u);
}

}  // namespace
}  // namespace tintinh::normalizer::html
