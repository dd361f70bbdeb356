#include "common/text/normal_form.h"

#include <string>

#include "common/text/letter.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

TEST(NormalFormTest, NfdBecomesNfc) {
  EXPECT_EQ(NormalForm("Hô\u0323i đô\u0300ng nhân dân"), "Hội đồng nhân dân");
  EXPECT_EQ(NormalForm("Vie\u0323\u0302t"), "Việt");
}

TEST(NormalFormTest, DotBelowTypedBeforeOrAfterTheHatGivesOneLetter) {
  EXPECT_EQ(NormalForm("e\u0323\u0302 e\u0302\u0323 o\u031B\u0323 o\u0323\u031B a\u0306\u0323 a\u0323\u0306"),
            "ệ ệ ợ ợ ặ ặ");
}

TEST(NormalFormTest, Windows1258ToneMarksAfterComposedVowelsCompose) {
  EXPECT_EQ(NormalForm("Tiê\u0301ng Viê\u0323t, đươ\u0300ng să\u0301t"), "Tiếng Việt, đường sắt");
}

TEST(NormalFormTest, DeprecatedToneMarksCompose) { EXPECT_EQ(NormalForm("a\u0340 e\u0341"), "à é"); }

TEST(NormalFormTest, EveryLetterSurvivesEveryOrderOfItsMarks) {
  const char32_t shape_marks[] = {0x0302, 0x0306, 0x031B};
  const char32_t tone_marks[] = {0x0301, 0x0300, 0x0309, 0x0303, 0x0323};
  for (const char base : std::string("aeouAEOU")) {
    for (const char32_t shape : shape_marks) {
      for (const char32_t tone : tone_marks) {
        Letter letter = ClassifyLetter(static_cast<char32_t>(base));
        if (!AddMark(ClassifyMark(shape), &letter)) continue;
        std::string shape_first(1, base);
        AppendUtf8(shape, &shape_first);
        AppendUtf8(tone, &shape_first);
        std::string tone_first(1, base);
        AppendUtf8(tone, &tone_first);
        AppendUtf8(shape, &tone_first);
        EXPECT_EQ(NormalForm(shape_first), NormalForm(tone_first));
        EXPECT_LE(NormalForm(shape_first).size(), 3U);
      }
    }
  }
}

// A text that is its own normal form takes a short way; an invisible character behind it bars it.
TEST(NormalFormTest, EveryCharacterComesOutTheSameWhicheverWayItTakes) {
  for (char32_t value = 0; value < 0x11000; ++value) {
    if (value >= 0xD800 && value < 0xE000) continue;
    std::string text = "a";
    AppendUtf8(value, &text);
    ASSERT_EQ(NormalForm(text), NormalForm(text + "\u200B")) << static_cast<uint32_t>(value);
  }
}

TEST(NormalFormTest, IsNfcForOtherScripts) {
  EXPECT_EQ(NormalForm("nin\u0303o u\u0308ber и\u0306 \u212B"), "niño über й Å");
  EXPECT_EQ(NormalForm("\u1112\u1161\u11ab"), "한");
  EXPECT_EQ(NormalForm("中文 ไทย 😀"), "中文 ไทย 😀");
}

TEST(NormalFormTest, EthAndRetroflexBecomeDInVietnameseWordsOnly) {
  EXPECT_EQ(NormalForm("Ðà Lạt, ðồng, HÐND, Ɖồng Tháp, ɖường"), "Đà Lạt, đồng, HĐND, Đồng Tháp, đường");
  EXPECT_EQ(NormalForm("Guðmundsdóttir, Daðason"), "Guðmundsdóttir, Daðason");
}

TEST(NormalFormTest, InvisibleCharactersAreDropped) {
  EXPECT_EQ(NormalForm("\uFEFFHà\u200B Nộ\u00ADi\u200C\u200D\u2060"), "Hà Nội");
}

TEST(NormalFormTest, DashesQuotesApostrophesAndSpacesStayAsTyped) {
  const char* text = "“Ia H’Drai” – ‘xã’ — 5‑6\u00A0km…";
  EXPECT_EQ(NormalForm(text), text);
}

TEST(NormalFormTest, IllFormedBytesBecomeReplacementCharacters) { EXPECT_EQ(NormalForm("tỉ\xE1\xBAnh"), "tỉ\uFFFDnh"); }

TEST(NormalFormTest, MarksBeyondTheThirtiethAreDropped) {
  std::string text = "a";
  for (int i = 0; i < 100; ++i) text += "\u0316";
  EXPECT_EQ(NormalForm(text).size(), 1 + 2 * 30U);
}

TEST(NormalFormTest, IsIdempotent) {
  for (const char* text :
       {"ê\u0323\u0301", "a\u0301\u0300", "ð\u0301à", "\u0301\u0302", "e\u0302\u0306", "Ầ", "ä\u0301"}) {
    const std::string once = NormalForm(text);
    EXPECT_EQ(NormalForm(once), once) << text;
  }
}

TEST(FoldTest, TakesEveryMarkOffAndCaseDown) {
  EXPECT_EQ(Fold("Huyện Đắk Tô, ỦY BAN, Vĩnh Phúc"), "huyen dak to, uy ban, vinh phuc");
  EXPECT_EQ(Fold("Ia H’Drăi"), "ia h’drai");
  EXPECT_EQ(Fold("Đa\u0323i ho\u0323\u0302i Ðảng"), "dai hoi dang");
}

TEST(FoldTest, OtherLatinLettersLoseTheirMarksAndOtherLettersStay) {
  EXPECT_EQ(Fold("Müller, Niño, Straße, МОСКВА"), "muller, nino, straße, москва");
}

TEST(LowerCaseTest, ChangesCaseOnly) {
  EXPECT_EQ(LowerCase("ĐẢNG BỘ Huyện Ư Ơ Ẵ"), "đảng bộ huyện ư ơ ẵ");
  EXPECT_EQ(LowerCase("E\u0302\u0323"), "e\u0302\u0323");
}

}  // namespace
}  // namespace tintinh::text
