#include "services/crawler/discover/sitemap.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "services/crawler/discover/charset.h"
#include "services/crawler/discover/entity.h"
#include "services/crawler/discover/feed.h"
#include "services/crawler/discover/feed_time.h"
#include "services/crawler/discover/gunzip.h"
#include "services/crawler/discover/markup.h"
#include "services/crawler/discover/record_reader.h"

namespace tintinh::crawler {
namespace {

bool IsWebUrl(absl::string_view text) {
  return absl::StartsWithIgnoreCase(text, "http://") || absl::StartsWithIgnoreCase(text, "https://");
}

// Adds to a sitemap what is a URL and not there yet.
class SitemapReading {
 public:
  explicit SitemapReading(absl::string_view base_url) : base_url_(base_url) {}

  // False when there is no room for more.
  bool AddRecord(const XmlRecord& record) {
    std::vector<SitemapUrl>& list = record.self.name == "sitemap" ? sitemap_.children : sitemap_.urls;
    SitemapUrl entry;
    for (const XmlField& field : record.fields) {
      // Broken generators forget to close a record: the next <loc> begins the next one.
      if (field.name == "loc" && field.depth == 1 && !entry.url.empty()) Add(std::exchange(entry, SitemapUrl()), &list);
      ReadField(field, &entry);
    }
    if (entry.url.empty()) entry.url = Absolute(record.self.text);
    Add(std::move(entry), &list);
    return !sitemap_.truncated;
  }

  void AddPage(SitemapUrl page) { Add(std::move(page), &sitemap_.urls); }

  std::string Absolute(absl::string_view text) const {
    const absl::string_view stripped = StripWhitespace(text);
    if (stripped.empty()) return "";
    const auto resolved = url::Resolve(base_url_, stripped);
    return resolved.ok() ? *resolved : "";
  }

  bool truncated() const { return sitemap_.truncated; }
  Sitemap Take() { return std::move(sitemap_); }

 private:
  void ReadField(const XmlField& field, SitemapUrl* entry) const {
    const absl::string_view text = StripWhitespace(field.text);
    if (field.name == "loc" && field.depth == 1) entry->url = Absolute(text);
    if (field.name == "lastmod" && field.depth == 1) entry->last_modified = ParseFeedTime(text);
    if (field.name == "news:publication_date") entry->published = ParseFeedTime(text);
    if (field.name == "news:title") entry->title = PlainTitle(text, kMaxTitleBytes);
  }

  void Add(SitemapUrl entry, std::vector<SitemapUrl>* list) {
    if (entry.url.empty() || sitemap_.truncated) return;
    if (sitemap_.urls.size() + sitemap_.children.size() == kMaxSitemapUrls) {
      sitemap_.truncated = true;
      return;
    }
    if (seen_.insert(entry.url).second) list->push_back(std::move(entry));
  }

  std::string base_url_;
  Sitemap sitemap_;
  absl::flat_hash_set<std::string> seen_;
};

absl::StatusOr<Sitemap> ReadText(absl::string_view text, absl::string_view base_url) {
  SitemapReading reading(base_url);
  for (const absl::string_view line : absl::StrSplit(text, absl::ByAnyChar("\r\n"))) {
    const absl::string_view url = StripWhitespace(line);
    if (IsWebUrl(url)) reading.AddPage({reading.Absolute(url), std::nullopt, std::nullopt, ""});
    if (reading.truncated()) break;
  }
  return reading.Take();
}

absl::StatusOr<Sitemap> ReadFeed(absl::string_view xml, absl::string_view base_url) {
  ASSIGN_OR_RETURN(Feed feed, ParseFeed(xml, base_url));
  SitemapReading reading(base_url);
  for (FeedItem& item : feed.items) {
    reading.AddPage({std::move(item.url), std::nullopt, item.published, std::move(item.title)});
  }
  return reading.Take();
}

// Without an address that the end of the file has cut off: it would be one that nobody has written.
absl::string_view WithoutTornEntry(absl::string_view utf8) {
  const size_t begun = utf8.rfind("<loc>");
  const bool torn = begun != absl::string_view::npos && utf8.find('<', begun + 1) == absl::string_view::npos;
  return torn ? utf8.substr(0, begun) : utf8;
}

absl::StatusOr<Sitemap> ReadXml(absl::string_view utf8, absl::string_view base_url) {
  SitemapReading reading(base_url);
  const std::string root =
      ReadRecords(PrepareMarkup(WithoutTornEntry(utf8)), base_url, {"url", "sitemap"},
                  {[&](const XmlRecord& record) { return reading.AddRecord(record); }, [](const XmlField&) {}});
  if (root == "urlset" || root == "sitemapindex") return reading.Take();
  if (root == "rss" || root == "feed" || root == "rdf:rdf") return ReadFeed(utf8, base_url);
  return absl::InvalidArgumentError(
      absl::StrCat("sitemap: root element is \"", root.substr(0, 64), "\", not urlset or sitemapindex"));
}

absl::StatusOr<Sitemap> ReadPlain(absl::string_view bytes, absl::string_view base_url) {
  if (bytes.size() > kMaxSitemapBytes) {
    return absl::InvalidArgumentError(absl::StrCat("sitemap: ", bytes.size(), " bytes, limit ", kMaxSitemapBytes));
  }
  const std::string utf8 = ToUtf8(bytes);
  return IsWebUrl(StripWhitespace(utf8)) ? ReadText(utf8, base_url) : ReadXml(utf8, base_url);
}

}  // namespace

absl::StatusOr<Sitemap> ParseSitemap(absl::string_view bytes, absl::string_view base_url) {
  if (!IsGzip(bytes)) return ReadPlain(bytes, base_url);
  ASSIGN_OR_RETURN(const std::string expanded, Gunzip(bytes, kMaxSitemapBytes));
  return ReadPlain(expanded, base_url);
}

}  // namespace tintinh::crawler
