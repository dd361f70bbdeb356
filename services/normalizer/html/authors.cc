#include "services/normalizer/html/authors.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "services/normalizer/html/class_words.h"
#include "services/normalizer/html/signature.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxAuthors = 20;
constexpr size_t kMaxElements = 200;

// "Nguyễn Văn A (37)": how many stories the writer has on the site.
absl::string_view WithoutCount(absl::string_view line) {
  if (!absl::EndsWith(line, ")")) return line;
  const size_t digits = line.find_last_not_of("0123456789", line.size() - 2);
  const bool is_count = digits != absl::string_view::npos && digits + 2 < line.size() && line[digits] == '(';
  return is_count ? absl::StripTrailingAsciiWhitespace(line.substr(0, digits)) : line;
}

// The byline without the time that stands behind it on one line ("Nguyễn Văn A - 07/03/2026 08:47").
std::optional<Byline> BylineIn(absl::string_view line) {
  line = WithoutCount(line);
  if (std::optional<Byline> byline = ParseByline(line)) return byline;
  const std::optional<Signature> signature = ParseSignature(line);
  return signature ? signature->byline : std::nullopt;
}

// Names of the site itself are left out; what remains may be nothing.
Byline WithoutSite(const Page& page, Byline byline) {
  auto& names = byline.authors;
  names.erase(
      std::remove_if(names.begin(), names.end(), [&](const std::string& name) { return NamesSite(page, name); }),
      names.end());
  if (names.size() > kMaxAuthors) names.resize(kMaxAuthors);
  return byline;
}

bool SaysSomething(const Byline& byline) { return !byline.authors.empty() || !byline.agency.empty(); }

bool IsAuthorElement(const Page& page, dom::NodeId id) {
  return SaysAuthor(page.class_words[id]) || page.document.attribute(id, "rel") == "author";
}

// What an author element says, or its first line: what the writer is and when the story appeared may follow below.
std::optional<Byline> BylineOf(const Page& page, dom::NodeId id) {
  if (std::optional<Byline> byline = BylineIn(TextOf(page.document, id))) return byline;
  const size_t first = FirstBlockFrom(page.blocks, id);
  if (first == page.blocks.size() || !page.document.Contains(id, page.blocks[first].node)) return std::nullopt;
  return BylineIn(page.blocks[first].text);
}

// Around the story: inside the smallest element that holds headline and text.
std::optional<Byline> FromElements(const Page& page, const Content& content, const Title& title) {
  const dom::NodeId anchor = title.node == dom::kRoot ? content.node : title.node;
  dom::NodeId around = page.document.CommonAncestor(anchor, content.node);
  const absl::string_view tag = page.document.tag(around);
  const bool whole_page = around == dom::kRoot || tag == "body" || tag == "html";
  const dom::NodeId from = whole_page ? std::min(anchor, content.node) : around;
  const dom::NodeId to = whole_page ? page.document.end(content.node) : page.document.end(around);
  size_t read = 0;
  for (dom::NodeId id = from; id < to; ++id) {
    if (!page.document.IsElement(id) || page.in_chrome[id] || !IsAuthorElement(page, id)) continue;
    if (++read > kMaxElements) break;
    std::optional<Byline> byline = BylineOf(page, id);
    if (!byline) continue;
    byline = WithoutSite(page, *std::move(byline));
    if (SaysSomething(*byline)) return byline;
  }
  return std::nullopt;
}

std::optional<Byline> FromJsonLd(const Page& page) {
  Byline found;
  for (const std::string& name : page.metadata.json_ld().people) {
    std::optional<Byline> byline = ParseByline(name);
    if (!byline) continue;
    found.authors.insert(found.authors.end(), byline->authors.begin(), byline->authors.end());
    if (found.agency.empty()) found.agency = std::move(byline->agency);
  }
  found = WithoutSite(page, std::move(found));
  return SaysSomething(found) ? std::optional<Byline>(std::move(found)) : std::nullopt;
}

}  // namespace

Byline FindAuthors(const Page& page, const Content& content, const Title& title, const std::optional<Byline>& last_line,
                   std::vector<Evidence>& evidence) {
  Byline chosen;
  const auto offer = [&](std::optional<Byline> byline, const char* rule) {
    if (!byline) return;
    byline = WithoutSite(page, *std::move(byline));
    if (!SaysSomething(*byline)) return;
    const bool taken = chosen.authors.empty() && !byline->authors.empty();
    if (taken) chosen.authors = byline->authors;
    if (chosen.agency.empty()) chosen.agency = byline->agency;
    evidence.push_back({"authors", rule, absl::StrJoin(byline->authors, ", "), taken});
  };
  offer(last_line, "last lines, byline grammar");
  offer(FromElements(page, content, title), "author element");
  offer(FromJsonLd(page), "JSON-LD author");
  return chosen;
}

}  // namespace tintinh::normalizer::html
