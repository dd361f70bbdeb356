#include "common/places/name_key.h"

#include "gtest/gtest.h"

namespace tintinh::places {
namespace {

TEST(NameKey, ExactKeysKeepTonesButNotTheirPlace) {
  EXPECT_EQ(MakeNameKey("Hòa Bình").exact, "hoa2binh2");
  EXPECT_EQ(MakeNameKey("Hoà Bình").exact, MakeNameKey("Hòa Bình").exact);
  EXPECT_EQ(MakeNameKey("HÒA BÌNH").exact, MakeNameKey("Hòa Bình").exact);
  EXPECT_NE(MakeNameKey("Hoa Binh").exact, MakeNameKey("Hòa Bình").exact);
}

TEST(NameKey, ApostrophesHyphensAndBlanksGo) {
  EXPECT_EQ(MakeNameKey("Ia H’Drai").exact, "iahdrai");
  EXPECT_EQ(MakeNameKey("Ia H'Drai").exact, "iahdrai");
  EXPECT_EQ(MakeNameKey("Ia H' Drai").exact, "iahdrai");
  EXPECT_EQ(MakeNameKey("Bà Rịa-Vũng Tàu").exact, MakeNameKey("Bà Rịa - Vũng Tàu").exact);
}

TEST(NameKey, FoldedKeysJoinSpellings) {
  for (const char* name : {"Đắk Lắk", "Đăk Lăk", "Đắc Lắc", "Daklak", "DAK LAK"}) {
    EXPECT_EQ(MakeNameKey(name).folded, "daklak") << name;
  }
  EXPECT_EQ(MakeNameKey("Mỹ Đức").folded, MakeNameKey("Mĩ Đức").folded);
}

TEST(NameKey, AnyBytesGiveAKey) { EXPECT_EQ(MakeNameKey("\xFF\xC3 .-").exact, ""); }

}  // namespace
}  // namespace tintinh::places
