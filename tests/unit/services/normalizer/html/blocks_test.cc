#include "services/normalizer/html/blocks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::html {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

dom::Document Parsed(const std::string& html) { return *dom::ParseHtml(html, dom::ParseLimits()); }

std::vector<std::string> Texts(const std::string& html) {
  std::vector<std::string> texts;
  for (const Block& block : CutIntoBlocks(Parsed(html))) texts.push_back(block.text);
  return texts;
}

TEST(CutIntoBlocks, InlineElementsStayTogether) {
  EXPECT_THAT(Texts("<p>Một <b>hai</b> <a href=x>ba</a>,<em>bốn</em></p><div>năm</div>"),
              ElementsAre("Một hai ba,bốn", "năm"));
}

TEST(CutIntoBlocks, BreaksCutAndAreMarked) {
  const std::vector<Block> blocks = CutIntoBlocks(Parsed("<p>Một<br>hai</p>"));
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_FALSE(blocks[0].after_break);
  EXPECT_TRUE(blocks[1].after_break);
}

TEST(CutIntoBlocks, HeadingsAndCaptionsAreOneLine) {
  EXPECT_THAT(Texts("<h1>Một<br>hai</h1><figure><figcaption>ba<br>bốn</figcaption></figure>"),
              ElementsAre("Một hai", "ba bốn"));
  EXPECT_THAT(Texts("<h1><span>Một:</span><span>Hai</span></h1>"), ElementsAre("Một: Hai"));
}

TEST(CutIntoBlocks, CountsLettersOfLinksAndStyles) {
  const std::vector<Block> blocks = CutIntoBlocks(Parsed("<p><b><a href=x>abc</a> de</b></p><p><em>x</em>y</p>"));
  ASSERT_THAT(blocks, SizeIs(2));
  EXPECT_EQ(blocks[0].letters, 5u);
  EXPECT_EQ(blocks[0].link_letters, 3u);
  EXPECT_TRUE(blocks[0].all_bold);
  EXPECT_FALSE(blocks[1].all_italic);
}

TEST(CutIntoBlocks, PicturesHaveTheirRealAddress) {
  const std::vector<Block> blocks =
      CutIntoBlocks(Parsed("<p>a<img src='data:image/gif;base64,R0' data-src='/b.jpg'>c</p><iframe src=x></iframe>"));
  ASSERT_THAT(blocks, SizeIs(4));
  EXPECT_EQ(blocks[1].type, BlockType::kImage);
  EXPECT_EQ(blocks[1].text, "/b.jpg");
  EXPECT_EQ(blocks[3].type, BlockType::kEmbed);
}

TEST(CutIntoBlocks, IconsDoNotCutText) {
  EXPECT_THAT(Texts("<p>a <img src=i.png width=16> b</p>"), ElementsAre("a b"));
}

TEST(CutIntoBlocks, WhatIsNeverShownIsLeftOut) {
  EXPECT_THAT(
      Texts("<p>a</p><script>b</script><p hidden>c</p><p style='display: NONE'>d</p><noscript><p>e</p></noscript>"
            "<select><option>f</option></select><span aria-hidden=true>g</span><textarea>h</textarea>"),
      ElementsAre("a"));
}

TEST(CutIntoBlocks, TextIsFoldedAndComposed) {
  EXPECT_THAT(Texts("<p>\n a&nbsp;&nbsp;e\xCC\x82\xCC\xA3 </p>"), ElementsAre("a ệ"));
}

TEST(CutIntoBlocks, FontEncodingsAreRepaired) {
  EXPECT_THAT(Texts("<p>Së Gi¸o dôc vµ §µo t¹o tæ chøc héi nghÞ</p>"),
              ElementsAre("Sở Giáo dục và Đào tạo tổ chức hội nghị"));
}

TEST(TextOf, ReadsOnlyTheBeginningOfALargeElement) {
  const dom::Document document = Parsed("<p>" + std::string(100'000, 'x') + "</p><p>y</p>");
  EXPECT_LE(TextOf(document, dom::kRoot).size(), 16u << 10);
}

TEST(TextOf, JoinsBlocksOfOneElement) {
  const dom::Document document = Parsed("<div>a<p>b</p></div>");
  EXPECT_EQ(TextOf(document, dom::kRoot), "a b");
}

TEST(FirstBlockFrom, FindsTheBlockAtOrAfterANode) {
  const dom::Document document = Parsed("<p>a</p><p>b</p>");
  const std::vector<Block> blocks = CutIntoBlocks(document);
  EXPECT_EQ(FirstBlockFrom(blocks, dom::kRoot), 0u);
  EXPECT_EQ(FirstBlockFrom(blocks, blocks[1].node), 1u);
  EXPECT_EQ(FirstBlockFrom(blocks, static_cast<dom::NodeId>(document.size())), 2u);
}

}  // namespace
}  // namespace tintinh::normalizer::html
