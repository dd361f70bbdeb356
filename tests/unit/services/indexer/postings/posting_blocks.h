// Blocks of postings for tests.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_POSTINGS_POSTING_BLOCKS_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_POSTINGS_POSTING_BLOCKS_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

inline PostingBlock BlockOf(const std::vector<uint32_t>& docs) {
  PostingBlock block;
  block.size = static_cast<uint32_t>(docs.size());
  for (uint32_t i = 0; i < block.size; ++i) {
    block.docs[i] = docs[i];
    block.freqs[i] = 1 + i % 7;
  }
  return block;
}

inline std::vector<uint32_t> DocsBy(uint32_t size, const std::function<uint32_t(uint32_t)>& doc) {
  std::vector<uint32_t> docs(size);
  for (uint32_t i = 0; i < size; ++i) docs[i] = doc(i);
  return docs;
}

// Far apart, and so written as gaps.
inline std::vector<uint32_t> SparseDocs(uint32_t first, uint32_t size = kBlockSize) {
  return DocsBy(size, [first](uint32_t i) { return first + i * 1'000 + i * i % 777; });
}

// Close to each other, and so written as a bitset.
inline std::vector<uint32_t> DenseDocs(uint32_t first, uint32_t size = kBlockSize) {
  return DocsBy(size, [first](uint32_t i) { return first + i + i / 3; });
}

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_POSTINGS_POSTING_BLOCKS_H_
