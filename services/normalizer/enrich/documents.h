// Legal and party documents that a story cites by number.
#ifndef TINTINH_SERVICES_NORMALIZER_ENRICH_DOCUMENTS_H_
#define TINTINH_SERVICES_NORMALIZER_ENRICH_DOCUMENTS_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::normalizer {

inline constexpr size_t kMaxDocuments = 500;

// Collects the documents of several texts in order of first mention, each number once: "22-NQ/TW", "28/2015/NĐ-CP",
// "45/2019/QH14", "86-CTr/TU", "12/2020/TTLT-BYT-BTC". A number needs a code of capitals behind it: dates (3/11/2011),
// fractions (21/21) and terms of office (2020-2025) are none. The kind is the noun in front ("Nghị quyết số …", also
// for the rest of a list), the day is the one behind (", ngày 15/5/2016"); a later mention supplies what the first did
// not state. Linear; at most kMaxDocuments.
class DocumentCollector {
 public:
  void Add(absl::string_view text);
  std::vector<v1::DocumentReference> Take();

 private:
  std::vector<v1::DocumentReference> documents_;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_ENRICH_DOCUMENTS_H_
