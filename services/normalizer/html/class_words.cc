#include "services/normalizer/html/class_words.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxBytes = 512;

void AppendWords(absl::string_view name, std::string& words) {
  char previous = ' ';
  for (const char c : name.substr(0, kMaxBytes)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool starts_word = absl::ascii_isupper(byte) && absl::ascii_islower(static_cast<unsigned char>(previous));
    const bool is_letter = absl::ascii_isalnum(byte) != 0;
    if ((starts_word || !is_letter) && words.back() != ' ') words.push_back(' ');
    if (is_letter) words.push_back(absl::ascii_tolower(byte));
    previous = c;
  }
  if (words.back() != ' ') words.push_back(' ');
}

// `word` may end in "*": the beginning is enough.
bool IsWord(absl::string_view own, absl::string_view word) {
  if (own.front() != word.front()) return false;
  return word.back() == '*' ? absl::StartsWith(own, word.substr(0, word.size() - 1)) : own == word;
}

}  // namespace

std::string ClassWords(const dom::Document& document, dom::NodeId id) {
  std::string words = " ";
  for (const absl::string_view name : {"class", "id", "itemprop", "role", "data-role"}) {
    AppendWords(document.attribute(id, name), words);
  }
  words.resize(std::min(words.size(), kMaxBytes));
  return words;
}

bool HasAnyWord(absl::string_view class_words, std::initializer_list<absl::string_view> words) {
  for (size_t at = 1; at < class_words.size();) {
    const size_t end = std::min(class_words.find(' ', at), class_words.size());
    const absl::string_view own = class_words.substr(at, end - at);
    if (std::any_of(words.begin(), words.end(), [own](absl::string_view word) { return IsWord(own, word); }))
      return true;
    at = end + 1;
  }
  return false;
}

bool SaysChrome(absl::string_view class_words) {
  return HasAnyWord(
      class_words,
      {"related*",  "relate",   "relation",   "relations",  "lienquan*", "tinkhac*",    "comment*",    "cmt",
       "binhluan*", "footer*",  "sidebar*",   "social*",    "share*",    "sharing",     "breadcrumb*", "menu*",
       "nav",       "navbar*",  "navigation", "banner*",    "advert*",   "ads",         "adv",         "qc",
       "quangcao*", "popup*",   "modal*",     "docnhieu*",  "xemnhieu*", "newsletter*", "toolbar*",    "tools",
       "tags",      "tag",      "taglist",    "keyword*",   "rating*",   "vote*",       "copyright*",  "recommend*",
       "readmore*", "xemthem*", "othernews*", "tinmoi*",    "widget*",   "login*",      "subscribe*",  "topbar*",
       "sticky",    "respond",  "toc",        "pagination", "pager",     "search"});
}

bool SaysContent(absl::string_view class_words) {
  return HasAnyWord(class_words, {"content*", "contents", "body*", "articlebody", "detail*", "entry", "fck", "post",
                                  "story", "journal", "maincontent*", "newscontents", "dcontent", "noidung*"});
}

bool SaysLead(absl::string_view class_words) {
  return HasAnyWord(class_words, {"sapo*", "lead", "summary", "desc", "description", "hometext", "intro*", "chapeau",
                                  "excerpt", "standfirst", "tomtat*", "trichyeu*"});
}

bool SaysTitle(absl::string_view class_words) { return HasAnyWord(class_words, {"title*", "headline", "tieude*"}); }

bool SaysCaption(absl::string_view class_words) {
  return HasAnyWord(class_words, {"caption*", "pcaption", "figcaption", "chuthich*", "photonote"});
}

bool SaysAuthor(absl::string_view class_words) {
  return HasAnyWord(class_words, {"author*", "byline", "tacgia*", "writer", "reporter", "butdanh*"});
}

bool SaysTime(absl::string_view class_words) {
  return HasAnyWord(class_words, {"time*", "date*", "datetime", "pubdate", "published", "publish*", "ngaydang*", "ngay",
                                  "meta", "posted"});
}

bool SaysPlace(absl::string_view class_words) { return HasAnyWord(class_words, {"location*", "dateline*"}); }

bool SaysBreadcrumb(absl::string_view class_words) { return HasAnyWord(class_words, {"breadcrumb*", "crumb*"}); }

bool SaysTags(absl::string_view class_words) {
  return HasAnyWord(class_words, {"tag", "tags", "taglist", "keyword*", "tukhoa*"});
}

}  // namespace tintinh::normalizer::html
