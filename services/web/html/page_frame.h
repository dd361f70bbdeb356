// The frame around every page: head, search form, foot.
#ifndef TINTINH_SERVICES_WEB_HTML_PAGE_FRAME_H_
#define TINTINH_SERVICES_WEB_HTML_PAGE_FRAME_H_

#include <string>

#include "absl/strings/string_view.h"
#include "services/web/api/search_params.h"

namespace tintinh::web {

// What a page puts into the frame. `title` is text, `main_html` is HTML; `kind` (home, results, article, error,
// operator) is for the style sheet and says which conditions the form has fields for; `other_language` is the address
// of the same page in the other language.
struct FrameContent {
  absl::string_view kind;
  std::string title;
  std::string main_html;
  std::string other_language;
};

// In the language that `params` ask for, with the form filled from them. Conditions that are no field of `main_html`
// go along with the form unseen.
std::string Frame(const Params& params, const FrameContent& content);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_PAGE_FRAME_H_
