#include "services/indexer/segment/sort_terms.h"

#include <algorithm>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::indexer {
namespace {

std::vector<std::string> Sorted(const std::vector<std::string>& terms) {
  Arena arena;
  std::deque<TermList> lists;
  std::vector<const TermList*> order;
  for (const std::string& term : terms) order.push_back(&lists.emplace_back(term, arena));
  SortTerms(order);
  std::vector<std::string> sorted;
  for (const TermList* const list : order) sorted.emplace_back(list->term());
  return sorted;
}

TEST(SortTerms, TakesNoTermsAndOne) {
  EXPECT_TRUE(Sorted({}).empty());
  EXPECT_EQ(Sorted({"a"}), std::vector<std::string>{"a"});
}

TEST(SortTerms, OrdersAsBytesDo) {
  std::mt19937 random(1);
  std::vector<std::string> terms = {
      std::string("\1\0", 2), "\1", std::string("\1\0\0", 3), "\1\x7f", "\1\x80", "\1\xff\xff"};
  for (int i = 0; i < 5'000; ++i) {
    // Many share their first bytes, or are the first bytes of another.
    std::string term(1, static_cast<char>(random() % 3));
    for (size_t size = random() % 20; size > 0; --size)
      term.push_back(static_cast<char>(random() % 2 == 0 ? 0xE1 : random()));
    terms.push_back(term);
    terms.push_back(absl::StrCat(term, "x"));
  }
  std::vector<std::string> expected = terms;
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(Sorted(terms), expected);
}

}  // namespace
}  // namespace tintinh::indexer
