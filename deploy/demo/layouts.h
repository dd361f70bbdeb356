// Pages of the demo newspaper, in the HTML dialects of the content management systems Vietnamese papers use.
#ifndef TINTINH_DEPLOY_DEMO_LAYOUTS_H_
#define TINTINH_DEPLOY_DEMO_LAYOUTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "deploy/demo/content.h"

namespace tintinh::demo {

inline constexpr size_t kLayouts = 7;

// The address of an article below the site's root, such as "/thoi-su/slug-100001.html".
std::string PathOf(const Article& article);

// HTML of one article in layout article.number % kLayouts; `base` is the site's origin without a slash at the end.
std::string RenderArticle(const Article& article, const std::vector<Article>& related, absl::string_view base);

// A list page: the newest articles of a section, or of all with an empty heading.
std::string RenderList(absl::string_view heading, const std::vector<Article>& articles, absl::string_view base);

// `text` with & < > " replaced by entities.
std::string EscapeMarkup(absl::string_view text);

}  // namespace tintinh::demo

#endif  // TINTINH_DEPLOY_DEMO_LAYOUTS_H_
