#include "services/query/parse/scope.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::query {
namespace {

TEST(ReadScopeName, NamesAreReadInLettersOfEitherCaseWithTheirColon) {
  EXPECT_EQ(ReadScopeName("title:lũ").scope, Scope::kTitle);
  EXPECT_EQ(ReadScopeName("Site:x").scope, Scope::kSite);
  EXPECT_EQ(ReadScopeName("doc:22-NQ/TW").size, 4U);
}

TEST(ReadScopeName, OtherWordsBeforeAColonAreNone) {
  for (const char* text : {"10:30", "titles:x", "titl:x", "title", "", ":", "https://baomau.vn"}) {
    EXPECT_EQ(ReadScopeName(text).scope, Scope::kNone) << text;
  }
}

TEST(NameOf, IsReadAsTheSameScope) {
  for (const Scope scope : {Scope::kTitle, Scope::kAuthor, Scope::kSite, Scope::kProvince, Scope::kDistrict,
                            Scope::kSection, Scope::kDocument, Scope::kFrom, Scope::kTo}) {
    const std::string text = std::string(NameOf(scope)) + ":x";
    EXPECT_EQ(ReadScopeName(text).scope, scope) << text;
  }
}

TEST(IsCondition, AllButTheTitle) {
  EXPECT_FALSE(IsCondition(Scope::kNone));
  EXPECT_FALSE(IsCondition(Scope::kTitle));
  EXPECT_TRUE(IsCondition(Scope::kAuthor));
  EXPECT_TRUE(IsCondition(Scope::kTo));
  EXPECT_TRUE(IsDate(Scope::kFrom));
  EXPECT_FALSE(IsDate(Scope::kSite));
}

}  // namespace
}  // namespace tintinh::query
