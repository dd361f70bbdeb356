#include "services/web/html/phrases.h"

#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

TEST(PhrasesOf, IsVietnameseUnlessEnglishIsAskedFor) {
  EXPECT_EQ(PhrasesOf({}).code, "vi");
  EXPECT_EQ(PhrasesOf({{"lang", "en"}}).code, "en");
  EXPECT_EQ(PhrasesOf({{"lang", "\"><script>"}}).code, "vi");
}

// All members are views of texts, so that the struct can be looked at as a row of them.
TEST(PhrasesOf, EnglishSaysEverythingAndDiffersWhereVietnameseSpeaks) {
  static_assert(sizeof(Phrases) % sizeof(absl::string_view) == 0);
  constexpr size_t kCount = sizeof(Phrases) / sizeof(absl::string_view);
  const auto* vietnamese = reinterpret_cast<const absl::string_view*>(&PhrasesOf({}));
  const auto* english = reinterpret_cast<const absl::string_view*>(&PhrasesOf({{"lang", "en"}}));
  constexpr size_t kNotices = 5;  // the query service's own words serve Vietnamese readers
  for (size_t i = 0; i < kCount; ++i) {
    EXPECT_FALSE(english[i].empty()) << i;
    EXPECT_EQ(vietnamese[i].empty(), i >= kCount - kNotices) << i << " " << english[i];
    const bool takes_value = english[i].find("$0") != absl::string_view::npos;
    if (!vietnamese[i].empty()) {
      EXPECT_EQ(vietnamese[i].find("$0") != absl::string_view::npos, takes_value) << english[i];
      EXPECT_EQ(vietnamese[i].find("$1") != absl::string_view::npos, english[i].find("$1") != absl::string_view::npos);
    }
  }
}

}  // namespace
}  // namespace tintinh::web
