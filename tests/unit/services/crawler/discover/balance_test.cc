#include "services/crawler/discover/balance.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(BalanceTags, LeavesWhatFits) {
  const std::string fits = "<a x='>'><b/>chữ<c>d</c ></a>";
  EXPECT_EQ(BalanceTags(fits), "<a x='>'><b/>chữ<c>d</c></a>");
}

TEST(BalanceTags, ClosesWhatIsOpenInBetween) { EXPECT_EQ(BalanceTags("<a><br><p>x</a>"), "<a><br><p>x</p></br></a>"); }

TEST(BalanceTags, DropsEndTagsThatFitNothing) { EXPECT_EQ(BalanceTags("<a>x</b></A></a>"), "<a>x</a>"); }

TEST(BalanceTags, DropsTagsThatNeverEnd) { EXPECT_EQ(BalanceTags("<a><b x='1<c/></a><d"), "<a><c/></a>"); }

TEST(BalanceTags, LeavesCdataAlone) {
  EXPECT_EQ(BalanceTags("<a><![CDATA[</b><c>]]></a>"), "<a><![CDATA[</b><c>]]></a>");
}

TEST(BalanceTags, LooksNoFurtherThanSixtyFourElements) {
  std::string deep = "<a>";
  for (int i = 0; i < 64; ++i) deep += "<b>";
  EXPECT_EQ(BalanceTags(deep + "</a>"), deep);
}

}  // namespace
}  // namespace tintinh::crawler
