// What a hit shows of its article: the title with highlights and the passages that tell why it was found.
#ifndef TINTINH_SERVICES_QUERY_SNIPPET_SNIPPET_H_
#define TINTINH_SERVICES_QUERY_SNIPPET_SNIPPET_H_

#include <cstdint>
#include <vector>

#include "services/query/parse/parse.h"
#include "services/query/snippet/marks.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::query {

inline constexpr uint32_t kMinSnippetBytes = 40;
inline constexpr uint32_t kMaxSnippetBytes = 1000;
inline constexpr uint32_t kDefaultSnippetBytes = 240;

// Fills title, title_highlights and at most two snippets of `hit`. Snippets come from lead, paragraphs and captions,
// the best first, each from another one; where none holds a wanted word, the begin of the text stands alone. A wanted
// syllable that stands beside its neighbour of the query somewhere in the article is marked only where it does: for
// "Quảng Nam" the "Nam" of "Việt Nam" is not. At most 256 KiB of an article's text are looked at.
//
// REQUIRES: kMinSnippetBytes <= max_bytes <= kMaxSnippetBytes.
void FillTexts(const v1::Article& article, const WantedKeys& wanted, const Rarity& rarity, uint32_t max_bytes,
               v1::Hit& hit);

}  // namespace tintinh::query

#endif  // TINTINH_SERVICES_QUERY_SNIPPET_SNIPPET_H_
