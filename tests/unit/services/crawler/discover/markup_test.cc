#include "services/crawler/discover/markup.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(PrepareMarkup, DropsDeclarationsAndComments) {
  EXPECT_EQ(PrepareMarkup("<?xml version='1.0'?><!-- <a> --><?x y?><a/>"), "<a/>");
  EXPECT_EQ(PrepareMarkup("<!DOCTYPE rss [<!ENTITY x \"]>\"> <!ELEMENT a (b)>]><a>&x;</a>"), "<a>&amp;x;</a>");
  EXPECT_EQ(PrepareMarkup("<!DOCTYPE rss"), "");
}

TEST(PrepareMarkup, DecodesHtmlReferencesAndEscapesTheRest) {
  EXPECT_EQ(PrepareMarkup("<a b='?x=1&y=2'>L&agrave;o &amp; &lt; &#7841; &#38; &nope;</a>"),
            "<a b='?x=1&amp;y=2'>Lào &amp; &lt; ạ &#38; &amp;nope;</a>");
}

TEST(PrepareMarkup, WhatGrowsWithoutMeasureEndsEarly) {
  const std::string hostile(1 << 20, '&');
  EXPECT_LE(PrepareMarkup(hostile).size(), 3 * hostile.size());
}

TEST(PrepareMarkup, EscapesALessThatOpensNothing) {
  EXPECT_EQ(PrepareMarkup("<a>1 < 2 <3</a>"), "<a>1 &lt; 2 &lt;3</a>");
}

TEST(PrepareMarkup, LeavesCdataAloneAndClosesIt) {
  EXPECT_EQ(PrepareMarkup("<a><![CDATA[<b>&x;<!--]]></a>"), "<a><![CDATA[<b>&x;<!--]]></a>");
  EXPECT_EQ(PrepareMarkup("<a><![CDATA[x"), "<a><![CDATA[x]]>");
}

TEST(PrepareMarkup, ControlCharactersBecomeSpaces) {
  EXPECT_EQ(PrepareMarkup("<a>x\x0by\t\n<![CDATA[\x01]]></a>"), "<a>x y\t\n<![CDATA[ ]]></a>");
}

}  // namespace
}  // namespace tintinh::crawler
