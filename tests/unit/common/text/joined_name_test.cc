#include "common/text/joined_name.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

// The first joined name's folded key, or "".
std::string JoinedIn(absl::string_view source) {
  const WordList list = ScanWords(source);
  for (size_t i = 0; i < list.words.size(); ++i) {
    const size_t end = JoinedNameEnd(list, i);
    if (end > i + 1) return JoinKeys(list, i, end).folded;
  }
  return "";
}

TEST(JoinedNameTest, ApostrophesOfEveryKindJoinNames) {
  for (const char* name : {"H'Drai", "H’Drai", "Hʼ Drai", "H` Drai", "h´drai", "H '​Drai", "H' DRAI"}) {
    EXPECT_EQ(JoinedIn(name), "hdrai") << name;
  }
  EXPECT_EQ(JoinedIn("huyện M'Đrắk"), "mdrak");
  EXPECT_EQ(JoinedIn("M’Drắk"), "mdrak");
  EXPECT_EQ(JoinedIn("Y'Hoa K’Bang"), "yhoa");
  EXPECT_EQ(JoinedIn("rock’n’roll"), "rocknroll");
}

TEST(JoinedNameTest, QuotedWordsAreNoNames) {
  for (const char* text : {"từ 'xanh' và", "vitamin 'A' hay", "‘xã’ mới", "nói: 'B' rồi", "5'30", "anh ' ấy"}) {
    EXPECT_EQ(JoinedIn(text), "") << text;
  }
}

TEST(JoinedNameTest, DottedAbbreviationsJoinWhateverTheirCase) {
  EXPECT_EQ(JoinedIn("TP.HCM"), "tphcm");
  EXPECT_EQ(JoinedIn("tp.hcm"), "tphcm");
  EXPECT_EQ(JoinedIn("TP. HCM"), "tphcm");
  EXPECT_EQ(JoinedIn("T.Ư"), "tu");
  EXPECT_EQ(JoinedIn("Nguyễn N.V.A"), "nva");
}

TEST(JoinedNameTest, SentencesAreNoAbbreviations) {
  for (const char* text :
       {"đẹp.Hôm nay", "về xã. TP", "TP. Hồ Chí Minh", "ông A. B nói", "ở HTX. HTX", "trang baoviet.vn"}) {
    EXPECT_EQ(JoinedIn(text), "") << text;
  }
}

TEST(JoinedNameTest, EndlessChainsAreNoNames) {
  std::string chain = "h";
  for (int i = 0; i < 100000; ++i) chain += "'h";
  EXPECT_EQ(JoinedIn(chain), "");
}

TEST(JoinedNameTest, EthIsRepairedInEachPart) { EXPECT_EQ(JoinedIn("M'Ðrắk"), JoinedIn("M'Đrắk")); }

}  // namespace
}  // namespace tintinh::text
