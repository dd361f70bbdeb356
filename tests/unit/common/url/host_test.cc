#include "common/url/host.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::url {
namespace {

using ::testing::HasSubstr;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(CanonicalHost, LowersDecodesAndDropsTheFinalDot) {
  EXPECT_THAT(CanonicalHost("WWW.BaoLaoCai.VN"), IsOkAndHolds("www.baolaocai.vn"));
  EXPECT_THAT(CanonicalHost("baolaocai%2Evn."), IsOkAndHolds("baolaocai.vn"));
  EXPECT_THAT(CanonicalHost("bao_tinh.vn"), IsOkAndHolds("bao_tinh.vn"));
}

TEST(CanonicalHost, WritesInternationalNamesAsALabels) {
  EXPECT_THAT(CanonicalHost("báo.vn"), IsOkAndHolds("xn--bo-mia.vn"));
  EXPECT_THAT(CanonicalHost("B%C3%81O.vn"), IsOkAndHolds("xn--bo-mia.vn"));
  EXPECT_THAT(CanonicalHost("xn--bo-mia.vn"), IsOkAndHolds("xn--bo-mia.vn"));
}

TEST(CanonicalHost, WritesNumberFormsOfIpv4AsFourNumbers) {
  for (const char* host : {"127.0.0.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "127.0.0.1."}) {
    EXPECT_THAT(CanonicalHost(host), IsOkAndHolds("127.0.0.1")) << host;
  }
  EXPECT_THAT(CanonicalHost("0"), IsOkAndHolds("0.0.0.0"));
}

TEST(CanonicalHost, WritesIpv6InBracketsAndShort) {
  EXPECT_THAT(CanonicalHost("[2001:0DB8:0:0:0:0:0:1]"), IsOkAndHolds("[2001:db8::1]"));
  EXPECT_THAT(CanonicalHost("[fe80::1%25eth0]"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("zone")));
}

TEST(CanonicalHost, RefusesWhatIsNoHost) {
  const std::string long_label(64, 'a');
  for (const std::string& host :
       {std::string(), std::string("."), std::string("a..vn"), std::string("a b.vn"), std::string("a/b"),
        std::string("a%2fb"), std::string("a@b"), std::string("a:1"), std::string("1.2.3.4.5"),
        std::string("256.1.1.1"), std::string("[1::2::3]"), std::string("%5B::1]"), std::string("[::1"),
        std::string("\xff.vn"), long_label + ".vn"}) {
    EXPECT_THAT(CanonicalHost(host), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("host"))) << host;
  }
}

TEST(IsAddress, TellsAddressesFromNames) {
  EXPECT_TRUE(IsAddress("127.0.0.1"));
  EXPECT_TRUE(IsAddress("[::1]"));
  EXPECT_FALSE(IsAddress("1.vn"));
  EXPECT_FALSE(IsAddress("localhost"));
}

}  // namespace
}  // namespace tintinh::url
