#include "services/web/html/boxes.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "services/web/html/links.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

bool Counts(const v1::Facet& facet, const std::string& value) {
  return absl::c_any_of(facet.values(), [&value](const v1::FacetValue& counted) { return counted.value() == value; });
}

}  // namespace

const v1::Facet& FacetOf(const v1::FacetsResponse& counts, v1::FacetField field) {
  const auto it = absl::c_find_if(counts.facets(), [field](const v1::Facet& facet) { return facet.field() == field; });
  return it == counts.facets().end() ? v1::Facet::default_instance() : *it;
}

const std::string& LabelOf(const Labels& labels, const std::string& value) {
  const auto it = labels.find(value);
  return it == labels.end() ? value : it->second;
}

std::vector<Box> BoxesOf(const Params& params, const std::string& name, const v1::Facet& facet, const Labels& labels) {
  std::vector<Box> boxes;
  for (const v1::FacetValue& value : facet.values()) {
    boxes.push_back(
        {name, value.value(), LabelOf(labels, value.value()), value.count(), HasParam(params, name, value.value())});
  }
  const auto [begin, end] = params.equal_range(name);
  for (auto it = begin; it != end; ++it) {
    if (!it->second.empty() && !Counts(facet, it->second))
      boxes.push_back({name, it->second, LabelOf(labels, it->second), 0, true});
  }
  return boxes;
}

std::string BoxHtml(const Params& params, const Box& box) {
  return absl::StrCat("<label class=\"box\"><input type=\"checkbox\" form=\"search\" name=\"", box.name, "\" value=\"",
                      Escape(box.value), "\"", box.ticked ? " checked" : "", "><span class=\"value\">",
                      Escape(box.label), "</span> <span class=\"count\">", FormatCount(box.articles, PhrasesOf(params)),
                      "</span></label>");
}

std::string BoxList(const Params& params, const std::vector<Box>& boxes, size_t shown) {
  if (boxes.size() <= shown + 2) shown = boxes.size();
  std::string first, rest;
  size_t folded = 0;
  for (size_t i = 0; i < boxes.size(); ++i) {
    const std::string item = Element("li", "", BoxHtml(params, boxes[i]));
    if (i < shown || boxes[i].ticked) {
      first += item;
    } else if (i < kMostBoxes) {
      rest += item;
      ++folded;
    }
  }
  std::string html = Element("ul", "boxes", first);
  if (folded > 0) {
    html += Unfolding(absl::StrCat("more-", boxes.front().name),
                      Escape(absl::Substitute(PhrasesOf(params).others, folded)), Element("ul", "boxes", rest));
  }
  return html;
}

std::string Unfolding(const std::string& id, const std::string& summary_html, const std::string& html) {
  return absl::StrCat("<details id=\"", id, "\"><summary>", summary_html, "</summary>", html, "</details>");
}

}  // namespace tintinh::web
