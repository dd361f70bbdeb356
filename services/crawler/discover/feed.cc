#include "services/crawler/discover/feed.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/url/url.h"
#include "services/crawler/discover/charset.h"
#include "services/crawler/discover/entity.h"
#include "services/crawler/discover/feed_time.h"
#include "services/crawler/discover/markup.h"
#include "services/crawler/discover/record_reader.h"

namespace tintinh::crawler {
namespace {

constexpr std::array<absl::string_view, 4> kRoots = {"rss", "feed", "rdf:rdf", "rdf"};
constexpr std::array<absl::string_view, 3> kTitles = {"title", "media:title", "dc:title"};
// The first that can be read is taken.
constexpr std::array<absl::string_view, 10> kTimes = {"pubdate",        "published",       "dc:date", "issued",
                                                      "dcterms:issued", "dcterms:created", "created", "updated",
                                                      "modified",       "dcterms:modified"};

std::string CleanUrl(absl::string_view text) {
  std::string url(StripWhitespace(text));
  // Browsers drop line breaks and tabs inside a URL (WHATWG URL §4.1); pretty-printers put them there.
  url.erase(std::remove_if(url.begin(), url.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }),
            url.end());
  return url;
}

std::string Absolute(absl::string_view base, absl::string_view text) {
  const std::string url = CleanUrl(text);
  if (url.empty()) return "";
  const auto resolved = url::Resolve(base, url);
  return resolved.ok() ? *resolved : "";
}

bool IsWebUrl(absl::string_view text) {
  return absl::StartsWithIgnoreCase(text, "http://") || absl::StartsWithIgnoreCase(text, "https://");
}

bool IsPage(const XmlField& link) {
  const absl::string_view rel = link.Attribute("rel");
  const absl::string_view type = link.Attribute("type");
  const bool alternate = rel.empty() || absl::EqualsIgnoreCase(rel, "alternate");
  return alternate && (type.empty() || absl::StrContains(type, "html"));
}

// RSS writes the URL as text, Atom as an attribute; items of real feeds hold both.
std::string LinkUrl(const XmlRecord& item) {
  std::string first_alternate;
  for (const XmlField& field : item.fields) {
    if (field.depth != 1 || field.name != "link") continue;
    const absl::string_view href = field.Attribute("href");
    std::string url = Absolute(field.base, href.empty() ? field.text : href);
    if (url.empty()) continue;
    if (href.empty() || IsPage(field)) return url;
    const absl::string_view rel = field.Attribute("rel");
    const bool alternate = rel.empty() || absl::EqualsIgnoreCase(rel, "alternate");
    if (first_alternate.empty() && alternate) first_alternate = std::move(url);
  }
  return first_alternate;
}

// Where an item has no link, an identifier that looks like a URL is one, whatever isPermaLink says.
std::string IdentifierUrl(const XmlRecord& item) {
  const XmlField* guid = item.Find("guid");
  if (guid == nullptr) guid = item.Find("id");
  if (guid == nullptr) return "";
  const absl::string_view text = StripWhitespace(guid->text);
  return IsWebUrl(text) ? Absolute(guid->base, text) : "";
}

std::string ItemUrl(const XmlRecord& item) {
  if (const XmlField* original = item.Find("feedburner:origlink")) {
    std::string url = Absolute(original->base, original->text);
    if (!url.empty()) return url;
  }
  std::string url = LinkUrl(item);
  if (url.empty()) url = IdentifierUrl(item);
  if (url.empty()) url = Absolute(item.self.base, item.self.Attribute("rdf:about"));
  return url;
}

std::string ItemTitle(const XmlRecord& item) {
  for (const absl::string_view name : kTitles) {
    const XmlField* field = item.Find(name);
    if (field == nullptr) continue;
    std::string title = PlainTitle(field->text, kMaxTitleBytes);
    if (!title.empty()) return title;
  }
  return "";
}

std::optional<absl::Time> ItemTime(const XmlRecord& item) {
  for (const absl::string_view name : kTimes) {
    const XmlField* field = item.Find(name);
    const auto time = field == nullptr ? std::nullopt : ParseFeedTime(StripWhitespace(field->text));
    if (time) return time;
  }
  return std::nullopt;
}

std::optional<absl::Duration> NamedPeriod(absl::string_view name) {
  static constexpr std::array<std::pair<absl::string_view, int>, 5> kPeriods = {
      {{"hourly", 1}, {"daily", 24}, {"weekly", 24 * 7}, {"monthly", 24 * 30}, {"yearly", 24 * 365}}};
  for (const auto& [period, hours] : kPeriods) {
    if (absl::EqualsIgnoreCase(name, period)) return absl::Hours(hours);
  }
  return std::nullopt;
}

class FeedReading {
 public:
  bool Add(const XmlRecord& item) {
    FeedItem read{ItemUrl(item), ItemTitle(item), ItemTime(item)};
    if (!read.url.empty() && seen_.insert(read.url).second) feed_.items.push_back(std::move(read));
    return feed_.items.size() < kMaxFeedItems;
  }

  void AddHeader(const XmlField& field) {
    const absl::string_view text = StripWhitespace(field.text);
    uint32_t number = 0;
    const bool positive = absl::SimpleAtoi(text, &number) && number > 0;
    if (field.name == "ttl" && positive) ttl_ = absl::Minutes(number);
    if (field.name == "sy:updateperiod") period_ = NamedPeriod(text);
    if (field.name == "sy:updatefrequency" && positive) frequency_ = number;
  }

  Feed Finish() {
    if (period_) feed_.update_period = *period_ / frequency_;
    if (ttl_) feed_.update_period = ttl_;
    if (feed_.update_period) {
      feed_.update_period = std::clamp(*feed_.update_period, absl::Minutes(1), absl::Hours(24 * 365));
    }
    return std::move(feed_);
  }

 private:
  Feed feed_;
  absl::flat_hash_set<std::string> seen_;
  std::optional<absl::Duration> ttl_, period_;
  uint32_t frequency_ = 1;
};

}  // namespace

absl::StatusOr<Feed> ParseFeed(absl::string_view xml, absl::string_view base_url) {
  if (xml.size() > kMaxFeedBytes) {
    return absl::InvalidArgumentError(absl::StrCat("feed: ", xml.size(), " bytes, limit ", kMaxFeedBytes));
  }
  FeedReading reading;
  const std::string root = ReadRecords(PrepareMarkup(ToUtf8(xml)), base_url, {"item", "entry"},
                                       {[&](const XmlRecord& item) { return reading.Add(item); },
                                        [&](const XmlField& field) { reading.AddHeader(field); }});
  if (std::find(kRoots.begin(), kRoots.end(), root) == kRoots.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("feed: root element is \"", root.substr(0, 64), "\", not rss, feed or rdf:RDF"));
  }
  return reading.Finish();
}

}  // namespace tintinh::crawler
