#include "common/text/legacy.h"

#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

TEST(LegacyTest, Tcvn3IsFoundAndRead) {
  const LegacyRepair repair = RepairLegacy("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp");
  EXPECT_EQ(repair.encoding, "TCVN3");
  EXPECT_EQ(repair.text, "Cộng hoà xã hội chủ nghĩa Việt Nam, Độc lập");
}

TEST(LegacyTest, SoftHyphenIsALetterOfTcvn3) {
  EXPECT_EQ(RepairLegacy("n\u00ADíc ch\u00ADa trong, l\u00ADîng m\u00ADa lín").text, "nước chưa trong, lượng mưa lớn");
}

// Split at « and ©, what is left of the words would look like syllables.
TEST(LegacyTest, SignsInsideWordsAreLettersOfTcvn3) {
  EXPECT_EQ(RepairLegacy("B·o lín ®æ bé vµo bê T©y").text, "Bão lớn đổ bộ vào bờ Tây");
}

TEST(LegacyTest, OneRepairedWordIsNotEnough) { EXPECT_EQ(RepairLegacy("ViÖt").encoding, ""); }

TEST(LegacyTest, VniIsFoundAndRead) {
  const LegacyRepair repair = RepairLegacy("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, ñöôøng saét, TÆNH ÑOÀNG");
  EXPECT_EQ(repair.encoding, "VNI");
  EXPECT_EQ(repair.text, "Cộng hòa xã hội chủ nghĩa Việt Nam, đường sắt, TỈNH ĐỒNG");
}

TEST(LegacyTest, RareNamesAreNoMojibake) {
  for (const char* text : {"Làng Chám", "chám hái", "xóm Chám", "Xã Chám Lám", "Ông Trà Bá", "bản Pá Lám, xã Chám",
                           "Hà Giáng", "già Kpá"}) {
    EXPECT_EQ(RepairLegacy(text).encoding, "") << text;
  }
}

TEST(LegacyTest, UnicodeTextsAreLeftAsTheyAre) {
  for (const char* text : {"Cộng hòa xã hội chủ nghĩa Việt Nam", "Ông Ba và bà Hà là bà con",
                           "à côté de la fenêtre, déjà", "Copyright © 2020 © 2021", "5 µm ± 2 µm", "", "España, mañana",
                           "xã Kon Đào", "«Việt Nam» 30°C, 5 m²", "\xFF\xE1"}) {
    const LegacyRepair repair = RepairLegacy(text);
    EXPECT_EQ(repair.encoding, "") << text;
    EXPECT_EQ(repair.text, text);
  }
}

}  // namespace
}  // namespace tintinh::text
