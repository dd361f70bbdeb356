#include "services/normalizer/grammar/lead.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

struct Case {
  const char* lead;
  const char* bare;
  const char* source;
};

TEST(Lead, StripDatelineTakesThePapersMarkOff) {
  const Case cases[] = {
      {"(Baothanhhoa.vn) - Sáng nay trời đẹp", "Sáng nay trời đẹp", "Baothanhhoa.vn"},
      {"(Dân trí) - Sáng nay trời đẹp", "Sáng nay trời đẹp", "Dân trí"},
      {"(NLĐO)- Sáng nay trời đẹp", "Sáng nay trời đẹp", "NLĐO"},
      {"(TTV) Sáng nay trời đẹp", "Sáng nay trời đẹp", "TTV"},
      {"TPO - Sáng nay trời đẹp", "Sáng nay trời đẹp", "TPO"},
      {"VOV.VN - Sáng nay trời đẹp", "Sáng nay trời đẹp", "VOV.VN"},
      {"GDVN- Sáng nay trời đẹp", "Sáng nay trời đẹp", "GDVN"},
      {"QK2 – Sáng nay trời đẹp", "Sáng nay trời đẹp", "QK2"},
      {"- Sáng nay trời đẹp", "Sáng nay trời đẹp", ""},
      {"Sáng nay trời đẹp", "Sáng nay trời đẹp", ""},
      {"HĐND - UBND xã họp", "HĐND - UBND xã họp", ""},
      {"KT - XH huyện khởi sắc", "KT - XH huyện khởi sắc", ""},
      {"(nay là xã Tân Hòa) - Sáng nay", "(nay là xã Tân Hòa) - Sáng nay", ""},
      {"Covid-19 - Sáng nay", "Covid-19 - Sáng nay", ""},
  };
  for (const Case& c : cases) {
    std::string source;
    EXPECT_EQ(StripDateline(c.lead, &source), c.bare) << c.lead;
    EXPECT_EQ(source, c.source) << c.lead;
    EXPECT_EQ(HasDateline(c.lead), c.source[0] != '\0') << c.lead;
  }
}

TEST(Lead, RepeatsVerbatimOrAsTheHeadOfAParagraph) {
  const char* lead = "(Baoquehuong.vn) - Vụ chiêm năm nay, bà con xã Tân Hòa được mùa lớn.";
  EXPECT_TRUE(LeadRepeats(lead, "Vụ chiêm năm nay, bà con xã Tân Hòa được mùa lớn."));
  EXPECT_TRUE(LeadRepeats(lead, "Vụ chiêm năm nay,  bà con xã Tân Hòa được mùa lớn. Nhà nào cũng vui."));
  EXPECT_TRUE(LeadRepeats(lead, "- VỤ CHIÊM năm nay, bà con xã Tân Hòa được mùa lớn"));
  EXPECT_FALSE(LeadRepeats(lead, "Vụ chiêm năm nay, bà con xã Tân Phú được mùa lớn."));
  EXPECT_FALSE(LeadRepeats("Được mùa", "Được mùa lớn"));
}

TEST(Lead, RepeatsWhenSlightlyEdited) {
  const char* lead =
      "Vụ chiêm năm nay, bà con nông dân xã Tân Hòa được mùa lớn nhờ đưa giống lúa mới vào đồng ruộng và bơm nước kịp "
      "thời";
  const char* edited =
      "Vụ chiêm năm nay, bà con nông dân xã Tân Hòa được mùa lớn nhờ đưa giống lúa mới vào đồng ruộng và bơm nước đúng "
      "lúc.";
  EXPECT_TRUE(LeadRepeats(lead, edited));
  EXPECT_EQ(RemoveLeadFrom(lead, edited), "");
}

TEST(Lead, RemoveLeadKeepsWhatFollows) {
  const char* lead = "Vụ chiêm năm nay, bà con xã Tân Hòa được mùa lớn.";
  EXPECT_EQ(RemoveLeadFrom(lead, "Vụ chiêm năm nay, bà con xã Tân Hòa được mùa lớn. Nhà nào cũng vui."),
            "Nhà nào cũng vui.");
  EXPECT_EQ(RemoveLeadFrom(lead, "Vụ chiêm năm nay, bà con xã Tân Hòa được mùa lớn."), "");
  EXPECT_EQ(RemoveLeadFrom(lead, "Chuyện khác."), "Chuyện khác.");
}

TEST(Lead, AMatchEndsWhereAWordDoes) {
  EXPECT_FALSE(LeadRepeats("Vụ chiêm năm nay được mù", "Vụ chiêm năm nay được mùa lớn."));
}

}  // namespace
}  // namespace tintinh::normalizer
