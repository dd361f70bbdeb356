#include "common/text/plain_word.h"

#include <random>
#include <string>

#include "common/text/syllable.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

struct Keys {
  std::string exact;
  std::string folded;
  size_t size = 0;  // bytes read
  size_t letters = 0;
  uint8_t flags = 0;

  bool operator==(const Keys&) const = default;
};

Keys LongWay(const std::string& source) {
  WordLetters word;
  const char* const limit = source.data() + source.size();
  ReadWordLetters(source.data(), limit, &word);
  RepairEth(&word);
  char key[kMaxKeyBytes];
  Keys keys;
  keys.exact.assign(key, WriteExactKey(word, key));
  keys.folded.assign(key, WriteFoldedKey(word, key));
  keys.size = static_cast<size_t>(word.end - source.data());
  keys.letters = word.size;
  keys.flags = word.all_flags;
  return keys;
}

// False where the word is not plain.
bool ShortWay(const std::string& source, Keys* keys) {
  char exact[kMaxPlainKeyBytes];
  PlainWord word;
  if (!ReadPlainWord(source.data(), source.data() + source.size(), exact, &word)) return false;
  keys->exact.assign(exact, word.exact_size);
  for (int i = 0; i < word.letters; ++i) keys->folded.push_back(static_cast<char>(word.folded >> (8 * i)));
  EXPECT_EQ(word.same_keys, keys->exact == keys->folded) << source;
  keys->size = static_cast<size_t>(word.end - source.data());
  keys->letters = word.letters;
  keys->flags = word.flags;
  return true;
}

TEST(PlainWordTest, VietnameseWordsNumbersAndCodesArePlain) {
  for (const char* source :
       {"nghiêng", "Đường",   "HOÁ",  "kỹ", "KỲ", "quý", "thy", "my",  "A1",  "m²",   "2026",
        "30a",     "QĐ-UBND", "tỉnh", "a",  "ỹ",  "xã,", "xã”", "xã…", "xã–", "xã »", "12345678"}) {
    Keys keys;
    ASSERT_TRUE(ShortWay(source, &keys)) << source;
    EXPECT_EQ(keys, LongWay(source)) << source;
  }
}

TEST(PlainWordTest, OtherWordsAreLeftToTheLongWay) {
  for (const char* source : {"Vie\u0323\u0302t", "hóá", "Ðà", "ðà", "Ɖà", "straße", "Москва", "Hà\u200BNội",
                             "ng\u00ADhị", "123456789", "nguyễnvăn", "xã\xE1\xBA", "xã\xFF", "xã\u0301"}) {
    Keys keys;
    EXPECT_FALSE(ShortWay(source, &keys)) << source;
  }
}

TEST(PlainWordTest, BothWaysGiveTheSameKeys) {
  const std::string pieces[] = {"a",      "b",  "d",    "đ", "Đ", "h", "k",  "l",  "m",   "q",      "s", "t",
                                "y",      "ý",  "Ỹ",    "i", "ỉ", "u", "ư",  "Ứ",  "ơ",   "ộ",      "1", "²",
                                "9",      " ",  "'",    "-", "/", "”", "…",  "×",  "ð",   "\u0301", "é", "\u00AD",
                                "\u200B", "中", "\xC3", "ấ", "Z", "G", "hy", "ky", "quy", "thy",    "ß"};
  std::mt19937 random(1);
  size_t plain = 0;
  for (int round = 0; round < 200000; ++round) {
    std::string source(1, "htqkay1"[random() % 7]);
    for (size_t size = random() % 6; size > 0; --size) source += pieces[random() % std::size(pieces)];
    Keys keys;
    if (!ShortWay(source, &keys)) continue;
    ++plain;
    ASSERT_EQ(keys, LongWay(source)) << source;
  }
  EXPECT_GT(plain, 50000U);
}

}  // namespace
}  // namespace tintinh::text
