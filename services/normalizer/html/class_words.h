// What the class, id and role of an element say about its part in the page. One vocabulary for every site: words that
// content systems share, never the name of one system's element.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_CLASS_WORDS_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_CLASS_WORDS_H_

#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"

namespace tintinh::normalizer::html {

// Lower-case words of class, id, itemprop, role and data-role, each between blanks: "PhotoCMS_Caption" gives
// " photo cms caption ". Cut at 512 bytes.
std::string ClassWords(const dom::Document& document, dom::NodeId id);

// Whether one of `words` is among ClassWords(…); a word that ends in '*' is a prefix.
bool HasAnyWord(absl::string_view class_words, std::initializer_list<absl::string_view> words);

bool SaysChrome(absl::string_view class_words);   // navigation, related stories, comments, sharing, advertisements
bool SaysContent(absl::string_view class_words);  // the story's text
bool SaysLead(absl::string_view class_words);
bool SaysTitle(absl::string_view class_words);
bool SaysCaption(absl::string_view class_words);
bool SaysAuthor(absl::string_view class_words);
bool SaysTime(absl::string_view class_words);
bool SaysPlace(absl::string_view class_words);  // the dateline's place in front of a lead
bool SaysBreadcrumb(absl::string_view class_words);
bool SaysTags(absl::string_view class_words);

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_CLASS_WORDS_H_
