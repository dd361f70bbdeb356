#include "services/indexer/segment/term_table.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/term_hash.h"

namespace tintinh::indexer {
namespace {

std::string Term(uint32_t number) { return absl::StrCat("\11", number); }

TEST(TermTable, FindsWhatWasAddedWhereItWas) {
  Arena arena;
  TermTable table;
  std::vector<const TermList*> lists;
  constexpr uint32_t kTerms = 150'000;  // tables and blocks of every size
  for (uint32_t i = 0; i < kTerms; ++i) {
    ASSERT_EQ(table.Find(Term(i), TermHash(Term(i))), nullptr);
    lists.push_back(&table.FindOrAdd(Term(i), TermHash(Term(i)), arena));
  }
  ASSERT_EQ(table.size(), kTerms);
  for (uint32_t i = 0; i < kTerms; ++i) {
    const uint32_t hash = TermHash(Term(i));
    ASSERT_EQ(table.Find(Term(i), hash), lists[i]);
    ASSERT_EQ(&table.FindOrAdd(Term(i), hash, arena), lists[i]);
    ASSERT_EQ(&table[i], lists[i]);
    ASSERT_EQ(lists[i]->term(), Term(i));
    table.PrefetchSlot(hash);
    ASSERT_NE(table.PrefetchList(hash), nullptr);
  }
  EXPECT_EQ(table.size(), kTerms);
}

TEST(TermTable, TellsTermsOfOneHashApart) {
  Arena arena;
  TermTable table;
  for (uint32_t i = 0; i < 2'000; ++i) table.FindOrAdd(Term(i), 7, arena);
  EXPECT_EQ(table.size(), 2'000u);
  for (uint32_t i = 0; i < 2'000; ++i) ASSERT_EQ(table.Find(Term(i), 7)->term(), Term(i));
  EXPECT_EQ(table.Find(Term(2'000), 7), nullptr);
  EXPECT_EQ(table.Find(Term(0), 8), nullptr);
}

TEST(TermTable, CountsItsMemory) {
  Arena arena;
  TermTable table;
  EXPECT_LE(table.bytes(), 16u << 10);
  for (uint32_t i = 0; i < 100'000; ++i) {
    table.FindOrAdd(Term(i), TermHash(Term(i)), arena);
    ASSERT_GE(table.bytes(), (i + 1) * (sizeof(TermList) + 10));
  }
  EXPECT_LE(table.bytes(), 100'000 * (sizeof(TermList) + 24) + kLargeBlockBytes);
}

}  // namespace
}  // namespace tintinh::indexer
