#include "services/normalizer/html/title.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/normalizer/dom/selector.h"
#include "services/normalizer/html/blocks.h"
#include "services/normalizer/html/class_words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxTitleBytes = 600;
constexpr size_t kMaxShown = 200;
constexpr size_t kMaxRead = 2000;

struct Candidate {
  std::string text;
  std::string key;
  std::string rule;
  dom::NodeId node = dom::kRoot;
  double score = 0;
};

// Without "- Báo X", "| x.vn" at the end, once each.
std::string WithoutSiteName(const Page& page, std::string title) {
  for (int round = 0; round < 2; ++round) {
    for (const absl::string_view separator : {" - ", " | ", " – ", " — ", " :: ", " » "}) {
      const size_t at = title.rfind(separator.data(), std::string::npos, separator.size());
      if (at == std::string::npos || at == 0) continue;
      if (NamesSite(page, absl::string_view(title).substr(at + separator.size()))) title.resize(at);
    }
  }
  return title;
}

std::vector<Candidate> Named(const Page& page) {
  std::vector<Candidate> named;
  const auto add = [&](absl::string_view text, absl::string_view rule, double score) {
    if (text.empty()) return;
    Candidate candidate;
    candidate.text = WithoutSiteName(page, std::string(text));
    candidate.key = ComparisonKey(candidate.text);
    candidate.rule = std::string(rule);
    candidate.score = score;
    if (!candidate.key.empty()) named.push_back(std::move(candidate));
  };
  add(page.metadata.Meta("og:title"), "meta[og:title]", 1.0);
  add(page.metadata.json_ld().headline, "JSON-LD headline", 0.9);
  add(page.metadata.title_element(), "title element", 0.5);
  return named;
}

// How much the two say the same: 1 when equal, less when one begins with or holds the other.
double Agreement(const std::string& shown, const std::string& named) {
  if (shown == named) return 1;
  if (shown.size() < 12 || named.size() < 12) return 0;
  if (absl::StartsWith(named, shown) || absl::StartsWith(shown, named)) return 0.7;
  return absl::StrContains(named, shown) || absl::StrContains(shown, named) ? 0.5 : 0;
}

double BaseScore(const Page& page, dom::NodeId id) {
  const absl::string_view tag = page.document.tag(id);
  const bool says_title = SaysTitle(page.class_words[id]);
  if (page.document.attribute(id, "itemprop") == "headline") return 4;
  if (tag == "h1") return says_title ? 3.5 : 3;
  if (tag == "h2" || tag == "h3") return says_title ? 1.5 : 1;
  return says_title && (tag == "div" || tag == "p" || tag == "span" || tag == "td" || tag == "header") ? 1 : 0;
}

// A headline stands before the story and near it; one behind its beginning needs others to confirm it.
double PlaceScore(const Page& page, const Content& content, dom::NodeId id) {
  if (content.node == dom::kRoot) return 0;
  const bool inside = page.document.Contains(content.node, id);
  if (id >= (inside ? content.head_end : content.node)) return -4;
  const dom::NodeId common = page.document.CommonAncestor(content.node, id);
  const absl::string_view tag = page.document.tag(common);
  return inside || (tag != "body" && tag != "html") ? 2.5 : 0;
}

std::vector<Candidate> Shown(const Page& page, const Content& content) {
  std::vector<Candidate> shown;
  size_t read = 0;
  for (dom::NodeId id = dom::kRoot + 1; id < page.document.size() && shown.size() < kMaxShown; ++id) {
    if (IsNeverShown(page.document, id)) {
      id = page.document.end(id) - 1;
      continue;
    }
    const double base = BaseScore(page, id);
    if (base == 0) continue;
    if (++read > kMaxRead) break;
    Candidate candidate;
    candidate.text = TextOf(page.document, id);
    candidate.key = ComparisonKey(candidate.text);
    if (candidate.key.empty() || candidate.text.size() > kMaxTitleBytes || NamesSite(page, candidate.text)) continue;
    candidate.node = id;
    candidate.rule = absl::StrCat(page.document.tag(id), " element");
    candidate.score = base + PlaceScore(page, content, id) - (page.in_chrome[id] ? 3 : 0);
    shown.push_back(std::move(candidate));
  }
  return shown;
}

std::optional<Title> Hinted(const Page& page, absl::string_view css, std::vector<Evidence>& evidence) {
  const std::optional<dom::Selector> selector = dom::Selector::Parse(css);
  const std::optional<dom::NodeId> node = selector ? selector->FindFirst(page.document) : std::nullopt;
  if (!node) return std::nullopt;
  Title title;
  title.text = TextOf(page.document, *node);
  title.node = *node;
  title.agreed = true;
  if (title.text.empty() || title.text.size() > kMaxTitleBytes) return std::nullopt;
  evidence.push_back({"title", "site hint", title.text, true});
  return title;
}

}  // namespace

Title FindTitle(const Page& page, const Content& content, absl::string_view selector, std::vector<Evidence>& evidence) {
  if (std::optional<Title> hinted = Hinted(page, selector, evidence)) return *std::move(hinted);
  std::vector<Candidate> named = Named(page);
  std::vector<Candidate> candidates = Shown(page, content);
  Title title;
  std::vector<double> agreements(candidates.size(), 0);
  for (size_t i = 0; i < candidates.size(); ++i) {
    for (const Candidate& name : named) agreements[i] += 3 * Agreement(candidates[i].key, name.key);
    candidates[i].score += agreements[i];
  }
  for (size_t i = 0; i < named.size(); ++i) {
    for (size_t j = 0; j < named.size(); ++j) {
      if (i != j) named[i].score += 1.5 * Agreement(named[i].key, named[j].key);
    }
  }
  agreements.resize(candidates.size() + named.size(), 0);
  candidates.insert(candidates.end(), named.begin(), named.end());
  if (candidates.empty()) return title;
  const auto best = std::max_element(candidates.begin(), candidates.end(),
                                     [](const Candidate& a, const Candidate& b) { return a.score < b.score; });
  title.text = best->text;
  title.node = best->node;
  title.agreed = agreements[static_cast<size_t>(best - candidates.begin())] > 0;
  for (const Candidate& candidate : candidates) {
    if (candidate.score > 2) evidence.push_back({"title", candidate.rule, candidate.text, &candidate == &*best});
  }
  return title;
}

}  // namespace tintinh::normalizer::html
