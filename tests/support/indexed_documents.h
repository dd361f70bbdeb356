// Documents for segment tests, made without the analyzer: the test says which terms stand where.
#ifndef TINTINH_TESTS_SUPPORT_INDEXED_DOCUMENTS_H_
#define TINTINH_TESTS_SUPPORT_INDEXED_DOCUMENTS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/indexer/postings/norm.h"
#include "services/indexer/segment/indexed_document.h"
#include "services/indexer/segment/packed_id.h"

namespace tintinh::testing {

inline constexpr indexer::FieldId kBodyExact = indexer::FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT);
inline constexpr indexer::FieldId kBodyPair = indexer::FieldOf(v1::PART_BODY, v1::KEY_KIND_PAIR);

inline std::string ArticleId(uint32_t number) { return absl::StrCat("0123456789abcdef01234567", 10'000'000 + number); }

// An article with these words of the body at positions 0, 1, …, each also as a "pair" key of its own.
inline indexer::IndexedDocument DocumentOf(uint32_t number, const std::vector<std::string>& words) {
  indexer::IndexedDocument document;
  uint32_t position = 0;
  for (const std::string& word : words) {
    document.terms.Add(kBodyExact, word, position);
    document.terms.Add(kBodyPair, word, position);
    ++position;
  }
  document.terms.Finish();
  document.columns.packed_id = indexer::PackId(ArticleId(number));
  document.columns.packed_hash = indexer::PackId(absl::StrCat("hash ", number));
  document.columns.published_us = number;
  document.columns.simhash = number;
  document.columns.single[0] = absl::StrCat("bao", number % 3);
  document.columns.lists[0] = {"Kinh tế", absl::StrCat("Mục ", number % 2)};
  for (size_t field = 0; field < indexer::kFieldCount; ++field) {
    document.columns.norms[field] = indexer::NormOfLength(document.terms.lengths()[field]);
  }
  document.stored = absl::StrCat("article ", number);
  return document;
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_INDEXED_DOCUMENTS_H_
