#include "services/web/html/hits.h"

#include <cstddef>

#include "absl/algorithm/container.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/substitute.h"
#include "services/web/html/links.h"
#include "services/web/html/phrases.h"
#include "services/web/html/text.h"

namespace tintinh::web {
namespace {

absl::string_view ClusterOf(const v1::Hit& hit) {
  return hit.duplicate_cluster().empty() ? hit.article_id() : hit.duplicate_cluster();
}

absl::string_view SourceOf(const v1::Hit& hit) { return hit.source_name().empty() ? hit.site() : hit.source_name(); }

std::string TitleLink(const Params& params, const v1::Hit& hit) {
  const std::string title =
      hit.title().empty() ? Escape(ShownAddress(hit.url())) : EscapeWithMarks(hit.title(), hit.title_highlights());
  return Link(ArticleLink(params, hit.article_id()), title);
}

std::string Kicker(const v1::Hit& hit) {
  std::string parts = Element("span", "source", Escape(SourceOf(hit)));
  if (!hit.section_path().empty()) {
    parts += Element("span", "", Escape(hit.section_path(hit.section_path_size() - 1)));
  }
  return Element("p", "kicker", parts);
}

std::string Meta(const v1::Hit& hit, const Phrases& phrases) {
  std::string parts = Element("span", "", TimeHtml(hit.published(), hit.published_precision(), phrases));
  parts += Element("span", "place", Escape(FormatPlace(hit.place(), phrases)));
  if (IsWebUrl(hit.url())) {
    parts += Element("span", "", OuterLink(hit.url(), Escape(absl::Substitute(phrases.read_at, SourceOf(hit)))));
  }
  return Element("p", "meta", parts);
}

std::string Snippets(const v1::Hit& hit) {
  std::string html;
  for (const v1::Snippet& snippet : hit.snippets()) {
    html += Element("p", snippet.part() == v1::PART_CAPTION ? "snippet caption" : "snippet",
                    EscapeWithMarks(snippet.text(), snippet.highlights()));
  }
  return html;
}

std::string Headline(const Params& params, const v1::Hit& hit) {
  const Phrases& phrases = PhrasesOf(params);
  std::string meta = Element("span", "source", Escape(SourceOf(hit)));
  meta += Element("span", "", TimeHtml(hit.published(), hit.published_precision(), phrases));
  meta += Element("span", "place", Escape(FormatPlace(hit.place(), phrases)));
  return Element("li", "", absl::StrCat(TitleLink(params, hit), Element("p", "meta", meta)));
}

// Papers that carry it too, or copies where one paper has several.
std::string Duplicates(const Params& params, const HitGroup& group) {
  if (group.others.empty()) return "";
  const Phrases& phrases = PhrasesOf(params);
  const bool same_paper =
      absl::c_any_of(group.others, [&group](const v1::Hit* hit) { return SourceOf(*hit) == SourceOf(*group.first); });
  const std::string count =
      absl::Substitute(same_paper ? phrases.also_copies : phrases.also_papers, group.others.size());
  std::string items;
  for (const v1::Hit* hit : group.others) items += Headline(params, *hit);
  return Element("details", "also", absl::StrCat(Element("summary", "", Escape(count)), Element("ul", "", items)));
}

std::string GroupHtml(const Params& params, const HitGroup& group) {
  const v1::Hit& hit = *group.first;
  return Element("li", "hit",
                 absl::StrCat(Kicker(hit), Element("h2", "", TitleLink(params, hit)), Snippets(hit),
                              Meta(hit, PhrasesOf(params)), Duplicates(params, group)));
}

}  // namespace

std::vector<HitGroup> GroupDuplicates(const Hits& hits) {
  std::vector<HitGroup> groups;
  absl::flat_hash_map<absl::string_view, size_t> by_cluster;
  for (const v1::Hit& hit : hits) {
    const auto [it, added] = by_cluster.try_emplace(ClusterOf(hit), groups.size());
    if (added) {
      groups.push_back({&hit, {}});
    } else {
      groups[it->second].others.push_back(&hit);
    }
  }
  return groups;
}

std::string HitListHtml(const Params& params, const Hits& hits) {
  std::string items;
  for (const HitGroup& group : GroupDuplicates(hits)) items += GroupHtml(params, group);
  return Element("ol", "hits", items);
}

std::string HeadlinesHtml(const Params& params, const Hits& hits) {
  std::string items;
  for (const HitGroup& group : GroupDuplicates(hits)) items += Headline(params, *group.first);
  return Element("ul", "headlines", items);
}

}  // namespace tintinh::web
