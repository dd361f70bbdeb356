#include "services/indexer/segment/held_terms.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

TEST(HeldTerms, FindsEachTermItWasGiven) {
  HeldTerms terms;
  for (int i = 0; i < 5'000; ++i) terms.Add(absl::StrCat("từ", i), std::string(static_cast<size_t>(i % 7), 'r'));
  terms.Index();
  for (int i = 0; i < 5'000; ++i) {
    const auto record = terms.Find(absl::StrCat("từ", i));
    ASSERT_TRUE(record.has_value()) << i;
    EXPECT_EQ(record->size(), static_cast<size_t>(i % 7));
  }
  EXPECT_FALSE(terms.Find("từ").has_value());
  EXPECT_FALSE(terms.Find("").has_value());
}

TEST(HeldTerms, WithoutTermsFindsNothing) {
  HeldTerms terms;
  EXPECT_FALSE(terms.Find("a").has_value());
  terms.Index();
  EXPECT_FALSE(terms.Find("a").has_value());
}

}  // namespace
}  // namespace tintinh::indexer
