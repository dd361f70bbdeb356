#include "services/node/crawl_tools.h"

#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/url/url.h"
#include "nlohmann/json.hpp"
#include "services/crawler/discover/feed.h"
#include "services/crawler/discover/sitemap.h"
#include "services/crawler/fetch/address_guard.h"
#include "services/crawler/fetch/retry_after.h"
#include "services/crawler/robots/robots.h"

namespace tintinh::node {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string Error(absl::string_view what) { return Dump({{"error", std::string(what)}}); }

// The object of one line, or nothing.
std::optional<Json> Parse(absl::string_view line) {
  Json json = Json::parse(line.begin(), line.end(), nullptr, false);
  return json.is_object() ? std::optional<Json>(std::move(json)) : std::nullopt;
}

// The text of a field, or nothing where it is absent or no text.
std::optional<std::string> TextOf(const Json& json, const char* field) {
  const auto at = json.find(field);
  return at != json.end() && at->is_string() ? std::optional<std::string>(at->get<std::string>()) : std::nullopt;
}

std::optional<std::string> RobotsOf(const Json& json) {
  const std::optional<std::string> encoded = TextOf(json, "robots_b64");
  if (!encoded) return TextOf(json, "robots");
  std::string bytes;
  return absl::Base64Unescape(*encoded, &bytes) ? std::optional<std::string>(std::move(bytes)) : std::nullopt;
}

std::vector<std::string> AgentsOf(const Json& json) {
  std::vector<std::string> agents;
  if (const std::optional<std::string> agent = TextOf(json, "agent")) agents.push_back(*agent);
  const auto list = json.find("agents");
  if (list == json.end() || !list->is_array()) return agents;
  for (const Json& agent : *list) {
    if (agent.is_string()) agents.push_back(agent.get<std::string>());
  }
  return agents;
}

// As written: robots.txt is compared with what was asked for, not with a canonical form of it.
std::string PathAndQuery(std::string url) {
  url = url.substr(0, url.find('#'));
  const size_t scheme = url.find("://");
  const size_t path = url.find_first_of("/?", scheme == std::string::npos ? 0 : scheme + 3);
  if (path == std::string::npos) return "/";
  return url[path] == '/' ? url.substr(path) : "/" + url.substr(path);
}

Json OrNull(const absl::StatusOr<std::string>& text) { return text.ok() ? Json(*text) : Json(nullptr); }

std::optional<crawler::IpAddress> AddressIn(const url::Parts& parts) {
  absl::string_view host = parts.host;
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  return crawler::ParseAddress(host);
}

void AddTime(const std::optional<absl::Time>& time, const std::string& name, Json& json) {
  if (!time) return;
  json[name] = absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", *time, absl::UTCTimeZone());
  json[name + "_ms"] = absl::ToUnixMillis(*time);
}

Json UrlsOf(const std::vector<crawler::SitemapUrl>& urls) {
  Json list = Json::array();
  for (const crawler::SitemapUrl& url : urls) {
    Json entry = {{"loc", url.url}};
    AddTime(url.last_modified, "lastmod", entry);
    AddTime(url.published, "published", entry);
    if (!url.title.empty()) entry["title"] = url.title;
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

std::string AskRobots(absl::string_view question) {
  const std::optional<Json> json = Parse(question);
  if (!json) return Error("no JSON object");
  const std::optional<std::string> robots = RobotsOf(*json);
  const std::optional<std::string> url = TextOf(*json, "url");
  if (!robots) return Error("robots: no text");
  if (!url) return Error("url: no text");
  const auto verdict = crawler::RobotsTxt::Parse(*robots).CheckAny(AgentsOf(*json), PathAndQuery(*url));
  return Dump({{"allowed", verdict.allowed}, {"rule", verdict.rule}});
}

std::string AskUrlNormalize(absl::string_view question) {
  const std::optional<Json> json = Parse(question);
  const std::optional<std::string> url = json ? TextOf(*json, "url") : std::nullopt;
  return url ? Dump({{"normalized", OrNull(url::Normalize(*url))}}) : Error("url: no text");
}

std::string AskUrlResolve(absl::string_view question) {
  const std::optional<Json> json = Parse(question);
  const std::optional<std::string> base = json ? TextOf(*json, "base") : std::nullopt;
  const std::optional<std::string> input = json ? TextOf(*json, "input") : std::nullopt;
  if (!base) return Error("base: no text");
  return input ? Dump({{"resolved", OrNull(url::Resolve(*base, *input))}}) : Error("input: no text");
}

std::string AskRetryAfter(absl::string_view question) {
  const std::optional<Json> json = Parse(question);
  const std::optional<std::string> header = json ? TextOf(*json, "header") : std::nullopt;
  if (!header) return Error("header: no text");
  if (!json->contains("now") || !(*json)["now"].is_number_integer()) return Error("now: no Unix seconds");
  const auto delay = crawler::ParseRetryAfter(*header, absl::FromUnixSeconds((*json)["now"].get<int64_t>()));
  return Dump({{"delay_s", delay ? Json(absl::ToInt64Seconds(*delay)) : Json(nullptr)}});
}

// Names that no public server has: RFC 6761, RFC 6762, and the one ICANN keeps for private use.
bool IsLocalName(absl::string_view host) {
  const std::string name = absl::AsciiStrToLower(absl::StripSuffix(host, "."));
  for (const absl::string_view top : {"localhost", "local", "internal"}) {
    if (name == top || absl::EndsWith(name, absl::StrCat(".", top))) return true;
  }
  return false;
}

std::string AskBlocked(absl::string_view question) {
  const std::optional<Json> json = Parse(question);
  if (!json) return Error("no JSON object");
  if (const std::optional<std::string> text = TextOf(*json, "address")) {
    const std::optional<crawler::IpAddress> address = crawler::ParseAddress(*text);
    return Dump({{"blocked", !address || !crawler::IsPublic(*address)}});
  }
  const std::optional<std::string> url = TextOf(*json, "url");
  if (!url) return Error("address or url: no text");
  const absl::StatusOr<url::Parts> parts = url::Parse(*url);
  const std::optional<crawler::IpAddress> address = parts.ok() ? AddressIn(*parts) : std::nullopt;
  return Dump({{"blocked", !parts.ok() || IsLocalName(parts->host) || (address && !crawler::IsPublic(*address))}});
}

absl::StatusOr<std::string> SitemapAsJson(absl::string_view bytes, absl::string_view base_url) {
  ASSIGN_OR_RETURN(const crawler::Sitemap sitemap, crawler::ParseSitemap(bytes, base_url));
  return Dump(
      {{"urls", UrlsOf(sitemap.urls)}, {"sitemaps", UrlsOf(sitemap.children)}, {"truncated", sitemap.truncated}});
}

absl::StatusOr<std::string> FeedAsJson(absl::string_view bytes, absl::string_view base_url) {
  ASSIGN_OR_RETURN(const crawler::Feed feed, crawler::ParseFeed(bytes, base_url));
  Json entries = Json::array();
  for (const crawler::FeedItem& item : feed.items) {
    Json entry = {{"link", item.url}, {"title", item.title}};
    AddTime(item.published, "published", entry);
    entries.push_back(std::move(entry));
  }
  Json json = {{"entries", std::move(entries)}};
  if (feed.update_period) json["update_period_s"] = absl::ToInt64Seconds(*feed.update_period);
  return Dump(json);
}

}  // namespace tintinh::node
