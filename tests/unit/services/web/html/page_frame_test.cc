#include "services/web/html/page_frame.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const FrameContent kResults{"results", "<t>", "<p>M</p>", "/search?q=x&lang=en"};

TEST(Frame, FillsTheFormAndEscapesIt) {
  const std::string html = Frame({{"q", "\"><script>alert(1)"}}, kResults);
  EXPECT_THAT(html, HasSubstr("<title>&lt;t&gt;</title>"));
  EXPECT_THAT(html, HasSubstr("value=\"&quot;&gt;&lt;script&gt;alert(1)\""));
  EXPECT_THAT(html, HasSubstr("<p>M</p>"));
  EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST(Frame, WhatAReaderTypesIsNoTemplate) {
  EXPECT_THAT(Frame({{"q", "{{main}}"}}, kResults), HasSubstr("value=\"{{main}}\""));
}

TEST(Frame, ConditionsWithoutAFieldStay) {
  const Params params{{"document", "22-NQ/TW"}, {"site", "bao&mau"}};
  const std::string results = Frame(params, kResults);
  EXPECT_THAT(results, HasSubstr("<input type=\"hidden\" name=\"document\" value=\"22-NQ/TW\">"));
  EXPECT_THAT(results, Not(HasSubstr("name=\"site\""))) << "the results have a field for it";
  EXPECT_THAT(Frame(params, {"error", "t", "", "/"}),
              HasSubstr("<input type=\"hidden\" name=\"site\" value=\"bao&amp;mau\">"));
  EXPECT_THAT(Frame(params, {"article", "t", "", "/"}), Not(HasSubstr("type=\"hidden\"")));
}

TEST(Frame, SpeaksTheLanguageAskedForAndOffersTheOther) {
  const std::string vietnamese = Frame({}, kResults);
  EXPECT_THAT(vietnamese, HasSubstr("<html lang=\"vi\">"));
  EXPECT_THAT(vietnamese, HasSubstr("<a href=\"/search?q=x&amp;lang=en\" lang=\"en\" hreflang=\"en\">English</a>"));
  const std::string english = Frame({{"lang", "en"}}, {"results", "t", "", "/search?q=x"});
  EXPECT_THAT(english, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(english, HasSubstr(">Tiếng Việt</a>"));
  EXPECT_THAT(english, HasSubstr("<input type=\"hidden\" name=\"lang\" value=\"en\">"));
}

TEST(Frame, HoldsNoInlineScriptOrStyle) {
  const std::string html = Frame({}, kResults);
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
  EXPECT_THAT(html, Not(HasSubstr("<style")));
  EXPECT_THAT(html, Not(HasSubstr("style=")));
  EXPECT_THAT(html, Not(HasSubstr(" onclick")));
}

}  // namespace
}  // namespace tintinh::web
