#include "common/url/percent.h"

#include "gtest/gtest.h"

namespace tintinh::url {
namespace {

TEST(NormalizeEscapes, DecodesUnreservedAndRaisesDigits) {
  EXPECT_EQ(NormalizeEscapes("/tin%2Dt%c3%a9%7e"), "/tin-t%C3%A9~");
  EXPECT_EQ(NormalizeEscapes("/a%2fb%3f"), "/a%2Fb%3F");
}

TEST(NormalizeEscapes, EscapesWhatMayNotStand) {
  EXPECT_EQ(NormalizeEscapes("/Lào Cai"), "/L%C3%A0o%20Cai");
  EXPECT_EQ(NormalizeEscapes("/\"<>{}|^`\\"), "/%22%3C%3E%7B%7D%7C%5E%60%5C");
}

TEST(NormalizeEscapes, StrayPercentIsEscapedOnce) {
  EXPECT_EQ(NormalizeEscapes("100%"), "100%25");
  EXPECT_EQ(NormalizeEscapes("100%25"), "100%25");
  EXPECT_EQ(NormalizeEscapes("%zz%4"), "%25zz%254");
}

TEST(EscapeForbidden, LeavesEscapesAsTyped) { EXPECT_EQ(EscapeForbidden("/a%2f 50%é"), "/a%2f%2050%%C3%A9"); }

TEST(DecodeEscapes, LeavesInvalidEscapes) { EXPECT_EQ(DecodeEscapes("%41%4g%"), "A%4g%"); }

}  // namespace
}  // namespace tintinh::url
