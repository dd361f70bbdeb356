#include "services/indexer/segment/held_terms.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

std::string Name(int number) { return absl::StrCat("từ", 20'000 + number); }

TEST(HeldTerms, WalksFromAnyPlaceInByteOrder) {
  for (const int count : {0, 1, 31, 32, 33, 1'000}) {
    HeldTerms terms;
    for (int i = 0; i < count; ++i) terms.Add(Name(2 * i), absl::StrCat("r", i));
    terms.Index();
    for (int from = -1; from <= 2 * count; ++from) {
      HeldTerms::Place place = terms.LowerBound(Name(from));
      for (int i = (from + 1) / 2; i < count; ++i) {
        const auto entry = terms.At(place);
        ASSERT_TRUE(entry.has_value()) << count << " " << from;
        ASSERT_EQ(entry->term, Name(2 * i));
        ASSERT_EQ(entry->record, absl::StrCat("r", i));
        place = HeldTerms::After(place, *entry);
      }
      ASSERT_FALSE(terms.At(place).has_value());
    }
  }
}

TEST(HeldTerms, FindsEachTermItWasGiven) {
  HeldTerms terms;
  for (int i = 0; i < 5'000; ++i) terms.Add(Name(i), std::string(static_cast<size_t>(i % 7), 'r'));
  terms.Index();
  for (int i = 0; i < 5'000; ++i) {
    const auto record = terms.Find(Name(i));
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
