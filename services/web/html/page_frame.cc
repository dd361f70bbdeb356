#include "services/web/html/page_frame.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/web/html/links.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"
#include "services/web/page/page_files.h"

namespace tintinh::web {
namespace {

void AddHidden(const Params& params, const std::string& name, std::string& inputs) {
  const auto [begin, end] = params.equal_range(name);
  for (auto it = begin; it != end; ++it) {
    if (it->second.empty()) continue;
    absl::StrAppend(&inputs, "<input type=\"hidden\" name=\"", name, "\" value=\"", Escape(it->second), "\">");
  }
}

std::string HiddenInputs(const Params& params, absl::string_view kind) {
  std::string inputs;
  if (kind == "results" || kind == "error") {
    for (const char* name : {"district", "language", "document", "author"}) AddHidden(params, name, inputs);
  }
  if (kind == "error") {
    for (const char* name : {"province", "site", "section", "from", "to", "sort"}) AddHidden(params, name, inputs);
  }
  if (Param(params, "lang") == "en") AddHidden(params, "lang", inputs);
  return inputs;
}

std::string OtherLanguageLink(const Phrases& phrases, absl::string_view url) {
  const absl::string_view code = phrases.code == "vi" ? "en" : "vi";
  return Link(url, Escape(phrases.other_language), absl::StrCat("lang=\"", code, "\" hreflang=\"", code, "\""));
}

}  // namespace

std::string Frame(const Params& params, const FrameContent& content) {
  const Phrases& phrases = PhrasesOf(params);
  return absl::StrReplaceAll(PageHtml(), {{"{{lang}}", phrases.code},
                                          {"{{kind}}", content.kind},
                                          {"{{title}}", Escape(content.title)},
                                          {"{{description}}", Escape(phrases.description)},
                                          {"{{skip}}", Escape(phrases.skip)},
                                          {"{{home}}", Escape(HomeLink(params))},
                                          {"{{motto}}", Escape(phrases.motto)},
                                          {"{{other_language}}", OtherLanguageLink(phrases, content.other_language)},
                                          {"{{theme}}", Escape(phrases.theme)},
                                          {"{{operator}}", Escape(OperatorLink(params))},
                                          {"{{operations}}", Escape(phrases.operations)},
                                          {"{{q}}", Escape(Param(params, "q"))},
                                          {"{{placeholder}}", Escape(phrases.placeholder)},
                                          {"{{search_label}}", Escape(phrases.search_label)},
                                          {"{{suggestions}}", Escape(phrases.suggestions)},
                                          {"{{search}}", Escape(phrases.search)},
                                          {"{{offline}}", Escape(phrases.offline)},
                                          {"{{hidden}}", HiddenInputs(params, content.kind)},
                                          {"{{main}}", content.main_html},
                                          {"{{foot}}", Escape(phrases.foot)}});
}

}  // namespace tintinh::web
