#include "services/crawler/robots/robots.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kEveryone = "*";

// RFC 9309 §2.2.1.
bool IsTokenCharacter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)) || c == '-' || c == '_'; }

// Digits, dots and other alphabets occur in real names.
bool IsNameCharacter(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return IsTokenCharacter(c) || absl::ascii_isdigit(octet) || c == '.' || octet >= 0x80;
}

std::string LeadingRun(absl::string_view text, bool (*belongs)(char)) {
  const auto* end = std::find_if_not(text.begin(), text.end(), belongs);
  return std::string(text.substr(0, static_cast<size_t>(end - text.begin())));
}

std::string NameOf(absl::string_view agent) { return absl::AsciiStrToLower(LeadingRun(agent, IsNameCharacter)); }

bool MeansEveryone(absl::string_view value) {
  return absl::StartsWith(value, kEveryone) &&
         (value.size() == 1 || absl::ascii_isspace(static_cast<unsigned char>(value[1])));
}

void AddAgent(absl::string_view value, std::vector<std::string>* agents) {
  if (MeansEveryone(value)) {
    agents->emplace_back(kEveryone);
    return;
  }
  agents->push_back(absl::AsciiStrToLower(ProductToken(value)));
}

std::optional<absl::Duration> ParseDelay(absl::string_view value) {
  double seconds = 0;
  if (!absl::SimpleAtod(value, &seconds) || !(seconds >= 0)) return std::nullopt;
  return std::min(absl::Seconds(seconds), absl::Hours(24));
}

// "/x/" for "/x/index.html": a folder's index is the folder.
std::optional<std::string> FolderOfIndex(absl::string_view pattern) {
  const size_t slash = pattern.rfind('/');
  if (slash == absl::string_view::npos || !absl::StartsWith(pattern.substr(slash), "/index.htm")) return std::nullopt;
  return absl::StrCat(pattern.substr(0, slash + 1), "$");
}

size_t Position(const std::vector<std::string>& agents, absl::string_view agent) {
  return static_cast<size_t>(std::find(agents.begin(), agents.end(), agent) - agents.begin());
}

bool Names(const std::vector<std::string>& agents, absl::string_view agent) {
  return Position(agents, agent) < agents.size();
}

}  // namespace

std::string ProductToken(absl::string_view user_agent) { return LeadingRun(user_agent, IsTokenCharacter); }

RobotsTxt RobotsTxt::Parse(absl::string_view body) {
  RobotsTxt out;
  bool open = false;  // the last group still takes user agents
  for (const RobotsLine& line : ReadRobotsLines(body)) out.Add(line, &open);
  return out;
}

void RobotsTxt::Add(const RobotsLine& line, bool* open) {
  if (line.key == RobotsKey::kSitemap) {
    if (!line.value.empty()) sitemaps_.push_back(line.value);
  } else if (line.key == RobotsKey::kUserAgent) {
    if (!*open) groups_.emplace_back();
    *open = true;
    AddAgent(line.value, &groups_.back().agents);
  } else if (groups_.empty()) {
    return;
  } else if (line.key == RobotsKey::kCrawlDelay) {
    AddDelay(line);
  } else {
    *open = false;
    AddRule(line);
  }
}

void RobotsTxt::AddDelay(const RobotsLine& line) {
  const auto delay = ParseDelay(line.value);
  if (!delay) return;
  Group& group = groups_.back();
  const bool same_agents = group.delayed == group.agents.size() && !group.delays.empty();
  const size_t first = same_agents ? group.delays.back().first : group.delayed;
  group.delays.push_back({first, group.agents.size(), *delay});
  group.delayed = group.agents.size();
}

void RobotsTxt::AddRule(const RobotsLine& line) {
  if (line.value.empty()) return;
  const bool allow = line.key == RobotsKey::kAllow;
  const std::string written = absl::StrCat(allow ? "Allow: " : "Disallow: ", line.value);
  std::vector<Rule>& rules = groups_.back().rules;
  rules.push_back({PathPattern(line.value), allow, line.number, written});
  const auto folder = FolderOfIndex(line.value);
  if (allow && folder) rules.push_back({PathPattern(*folder), allow, line.number, written});
}

std::vector<const RobotsTxt::Group*> RobotsTxt::GroupsFor(absl::Span<const std::string> agents) const {
  std::vector<const Group*> named;
  std::vector<const Group*> everyone;
  for (const Group& group : groups_) {
    const bool is_named = std::any_of(agents.begin(), agents.end(), [&group](const std::string& agent) {
      return !agent.empty() && Names(group.agents, agent);
    });
    if (is_named) named.push_back(&group);
    if (Names(group.agents, kEveryone)) everyone.push_back(&group);
  }
  return named.empty() ? everyone : named;
}

RobotsTxt::Verdict RobotsTxt::Check(absl::string_view agent_token, absl::string_view path_and_query) const {
  return CheckAny({std::string(agent_token)}, path_and_query);
}

RobotsTxt::Verdict RobotsTxt::CheckAny(absl::Span<const std::string> agent_tokens,
                                       absl::string_view path_and_query) const {
  const std::string subject = PatternSubject(path_and_query.empty() ? "/" : path_and_query);
  std::vector<std::string> agents;
  agents.reserve(agent_tokens.size());
  for (const std::string& token : agent_tokens) agents.push_back(NameOf(token));
  const Rule* best = nullptr;
  for (const Group* group : GroupsFor(agents)) {
    for (const Rule& rule : group->rules) {
      const size_t length = rule.pattern.length();
      const size_t to_beat = best == nullptr ? 0 : best->pattern.length();
      const bool better = length > to_beat || (best != nullptr && length == to_beat && rule.allow && !best->allow);
      if (better && rule.pattern.Matches(subject)) best = &rule;
    }
  }
  if (best == nullptr) return {};
  return {best->allow, absl::StrCat(best->written, " (line ", best->line, ")")};
}

std::optional<absl::Duration> RobotsTxt::CrawlDelay(absl::string_view agent_token) const {
  const std::string token = NameOf(agent_token);
  std::optional<absl::Duration> longest;
  for (const Group* group : GroupsFor({token})) {
    const absl::string_view name = Names(group->agents, token) ? absl::string_view(token) : kEveryone;
    const size_t position = Position(group->agents, name);
    for (const Delay& delay : group->delays) {
      if (position >= delay.first && position < delay.last)
        longest = std::max(longest.value_or(delay.delay), delay.delay);
    }
  }
  return longest;
}

}  // namespace tintinh::crawler
