// What a site's robots.txt allows: RFC 9309, with crawl delays and sitemaps as sites write them.
//
// Where the RFC is silent or sites differ from it, the widely deployed reading is taken: unknown lines end no group,
// rules before any user agent count for nobody, and "Allow: /x/index.html" allows "/x/" too.
#ifndef TINTINH_SERVICES_CRAWLER_ROBOTS_ROBOTS_H_
#define TINTINH_SERVICES_CRAWLER_ROBOTS_ROBOTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/crawler/robots/lines.h"
#include "services/crawler/robots/pattern.h"

namespace tintinh::crawler {

// The product token that groups name (§2.2.1: letters, "_" and "-"), "tintinh" of "tintinh/0.1 (+https://…)".
std::string ProductToken(absl::string_view user_agent);

// Immutable after Parse; thread-safe.
class RobotsTxt {
 public:
  // Whatever the bytes, there is a result: what cannot be read restricts nothing. Limits: lines.h.
  static RobotsTxt Parse(absl::string_view body);

  struct Verdict {
    bool allowed = true;
    std::string rule;  // "Disallow: /quan-tri/ (line 12)", or empty where no rule matched
  };

  // `agent_token` is the product token ("TinTinhBot": letters, '-' and '_', §2.2.1); anything from its first '/' or
  // space on is ignored. All groups that name it count as one, else all groups for '*'; the longest matching pattern
  // decides, Allow before Disallow at equal length. `path_and_query` begins with '/'; "/robots.txt" is judged as any
  // path, since nobody asks before reading it (§2.2.2).
  Verdict Check(absl::string_view agent_token, absl::string_view path_and_query) const;

  // The same for a robot that goes by several names: all groups that name any of them count as one.
  Verdict CheckAny(absl::Span<const std::string> agent_tokens, absl::string_view path_and_query) const;

  // The longest delay that the groups for the agent state (same choice of groups); never negative, at most a day. A
  // delay counts for the agents named since the delay before it.
  std::optional<absl::Duration> CrawlDelay(absl::string_view agent_token) const;

  // As written, in order.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    PathPattern pattern;
    bool allow = false;
    uint32_t line = 0;
    std::string written;
  };
  struct Delay {
    size_t first = 0, last = 0;  // it counts for these agents of the group, `last` excluded
    absl::Duration delay;
  };
  struct Group {
    std::vector<std::string> agents;  // lower case; "*" for everyone
    std::vector<Rule> rules;
    std::vector<Delay> delays;
    size_t delayed = 0;  // agents that a delay line has been read for already
  };

  void Add(const RobotsLine& line, bool* open);
  void AddDelay(const RobotsLine& line);
  void AddRule(const RobotsLine& line);
  std::vector<const Group*> GroupsFor(absl::Span<const std::string> agents) const;

  std::vector<Group> groups_;
  std::vector<std::string> sitemaps_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ROBOTS_ROBOTS_H_
