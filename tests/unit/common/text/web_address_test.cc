#include <string>

#include "common/text/identifiers.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/common/text/found_keys.h"

namespace tintinh::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WebAddressTest, UrlsGiveTheirHostAndNothingOfTheirPath) {
  EXPECT_THAT(FoundKeys("xem https://WWW.Tin-Tinh.example.vn/2020/11/26/bai-22-nq/tw.html, rồi"),
              ElementsAre("tin-tinh.example.vn"));
  EXPECT_THAT(FoundKeys("www.tin.example 3/11"), ElementsAre("tin.example", "d:--11-03"));
}

TEST(WebAddressTest, MailAddressesAreWhole) {
  EXPECT_THAT(FoundKeys("Gửi về: Toa.Soan_1@tin.example.vn."), ElementsAre("toa.soan_1@tin.example.vn"));
}

TEST(WebAddressTest, OtherTextIsNone) {
  for (const char* text : {"https", "giao thức http: xong", "a @ b", "a@b", "TP.HCM", "www", "www.tin"}) {
    EXPECT_THAT(FoundKeys(text), IsEmpty()) << text;
  }
}

TEST(WebAddressTest, HostsBeyondTheBoundGiveNoKey) {
  std::string text = "https://";
  for (int i = 0; i < 7; ++i) text += std::string(40, 'a') + ".";
  EXPECT_THAT(FoundKeys(text + "vn"), IsEmpty());
}

}  // namespace
}  // namespace tintinh::text
