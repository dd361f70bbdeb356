// The leapfrog of conjunctions: every one of several sorted lists moves to the next document that all have.
#ifndef TINTINH_SERVICES_INDEXER_SEARCH_SEEK_ALL_H_
#define TINTINH_SERVICES_INDEXER_SEARCH_SEEK_ALL_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/indexer/postings/posting_block.h"

namespace tintinh::indexer {

// The first document >= target of all lists, kNoMoreDocs when there is none. `List` has uint32_t Seek(uint32_t target).
// REQUIRES: at least one list; the rarest comes first.
template <typename List>
uint32_t SeekAll(const std::vector<List*>& lists, uint32_t target) {
  for (;;) {
    const uint32_t doc = lists.front()->Seek(target);
    if (doc == kNoMoreDocs) return doc;
    uint32_t furthest = doc;
    for (size_t i = 1; i < lists.size() && furthest == doc; ++i) furthest = lists[i]->Seek(doc);
    if (furthest == doc) return doc;
    if (furthest == kNoMoreDocs) return kNoMoreDocs;
    target = furthest;
  }
}

}  // namespace tintinh::indexer

#endif  // TINTINH_SERVICES_INDEXER_SEARCH_SEEK_ALL_H_
