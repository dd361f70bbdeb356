#include "services/indexer/segment/term_list.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/short_list.h"

namespace tintinh::indexer {
namespace {

// Postings as short_list.h has them.
struct Postings {
  std::string bytes;
  uint32_t previous = kBeforeFirstDoc;
  std::vector<uint32_t> positions;

  Posting Next(uint32_t doc, uint32_t freq) {
    positions.clear();
    for (uint32_t i = 0; i < freq; ++i) positions.push_back(i * 1'000'003 % 4'000'000'000u + i);
    std::sort(positions.begin(), positions.end());
    const Posting posting{
        .doc = doc, .freq = freq, .norm = static_cast<uint8_t>(doc % 200 + 7), .positions = positions};
    AppendShortPosting(posting, std::exchange(previous, doc), bytes);
    return posting;
  }
};

std::string BytesOf(TermList::Reader reader) {
  std::string bytes;
  for (uint8_t byte; reader.ReadByte(&byte);) bytes.push_back(static_cast<char>(byte));
  return bytes;
}

std::string RestOf(TermList::Reader reader) {
  std::string bytes;
  reader.ReadRest(bytes);
  return bytes;
}

TEST(TermList, KeepsTermsOfAnyLength) {
  Arena arena;
  for (const size_t size : {1u, 8u, 9u, 15u, 16u, 17u, 24u, 257u}) {
    const std::string term(size, 't');
    TermList list(term, arena);
    for (uint32_t doc = 0; doc < 100; ++doc) list.Append({.doc = doc, .freq = 1, .norm = 1, .positions = {}}, arena);
    EXPECT_EQ(list.term(), term);
    EXPECT_TRUE(list.Is(term));
    EXPECT_FALSE(list.Is(term + "t"));
    EXPECT_FALSE(list.Is(std::string(size, 'u')));
    EXPECT_EQ(BytesOf(TermList::Reader(list)).size(), 100u);
  }
}

TEST(TermList, AReaderSeesTheBytesThereWereAndNoMore) {
  Arena arena;
  TermList list("sông", arena);
  EXPECT_EQ(BytesOf(TermList::Reader(list)), "");
  EXPECT_EQ(RestOf(TermList::Reader(list)), "");
  Postings postings;
  std::vector<TermList::Reader> readers;
  std::vector<size_t> sizes;
  for (uint32_t doc = 0; doc < 65'536; doc += doc < 3'000 ? 1 : 977) {
    list.Append(postings.Next(doc, doc % 7 == 3 ? doc % 90 + 1 : 1), arena);
    readers.emplace_back(list);
    sizes.push_back(postings.bytes.size());
  }
  for (size_t i = 0; i < readers.size(); i += i < 200 ? 1 : 101) {
    ASSERT_EQ(BytesOf(readers[i]), postings.bytes.substr(0, sizes[i]));
    ASSERT_EQ(RestOf(readers[i]), postings.bytes.substr(0, sizes[i]));
  }
}

TEST(TermList, TakesTheLongestPosting) {
  Arena arena;
  TermList list("sông", arena);
  Postings postings;
  for (const uint32_t doc : {0u, 1u, 65'535u}) list.Append(postings.Next(doc, kMaxFreq), arena);
  EXPECT_EQ(RestOf(TermList::Reader(list)), postings.bytes);
  EXPECT_EQ(list.statistics().collection_frequency, 3 * kMaxFreq);
}

TEST(TermList, CountsWhatItHolds) {
  Arena arena;
  TermList list("sông", arena);
  list.Append({.doc = 3, .freq = 2, .norm = 9, .positions = {}}, arena);
  list.Append({.doc = 5, .freq = 7, .norm = 12, .positions = {}}, arena);
  list.Append({.doc = 6, .freq = 1, .norm = 11, .positions = {}}, arena);
  EXPECT_EQ(list.document_frequency(), 3u);
  EXPECT_EQ(list.statistics().document_frequency, 3u);
  EXPECT_EQ(list.statistics().collection_frequency, 10u);
  EXPECT_EQ(list.statistics().max_freq, 7u);
  EXPECT_EQ(list.statistics().min_norm, 9u);
}

}  // namespace
}  // namespace tintinh::indexer
