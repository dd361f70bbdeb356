#include "services/cli/top/render.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "services/cli/terminal.h"

namespace tintinh::cli {
namespace {

constexpr size_t kColumns = 8;
using Row = std::array<std::string, kColumns>;

std::string BytesText(uint64_t bytes) {
  constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  while (value >= 1000 && unit + 1 < std::size(kUnits)) {
    value /= 1000;
    ++unit;
  }
  return absl::StrFormat("%.*f %s", value < 10 && unit > 0 ? 1 : 0, value, kUnits[unit]);
}

Row ShardRow(const v1::ShardStatus& shard) {
  const uint64_t behind = shard.log_last_position() - std::min(shard.log_last_position(), shard.applied_position());
  return {"",
          "",
          absl::StrCat(shard.shard()),
          absl::StrCat(shard.articles()),
          absl::StrCat(behind),
          absl::StrCat(shard.segments()),
          BytesText(shard.memory_segment_bytes()),
          BytesText(shard.disk_bytes())};
}

void AddProcess(const ProcessState& state, std::vector<Row>& rows) {
  std::vector<Row> own;
  for (const v1::ShardStatus& shard : state.shards) own.push_back(ShardRow(shard));
  if (own.empty()) own.emplace_back();
  own.front()[0] = Printable(state.process.name);
  own.front()[1] = state.serving ? "serving" : Printable(state.trouble);
  rows.insert(rows.end(), own.begin(), own.end());
}

// Names to the left, figures to the right.
std::string Table(const std::vector<Row>& rows) {
  std::array<size_t, kColumns> widths{};
  for (const Row& row : rows) {
    for (size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (size_t i = 0; i < kColumns; ++i) {
      const std::string fill(widths[i] - row[i].size(), ' ');
      absl::StrAppend(&line, i == 0 ? "" : "  ", i < 2 ? row[i] + fill : fill + row[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
  }
  return text;
}

std::string CrawlerLine(const ProcessState& state) {
  uint64_t articles = 0;
  uint64_t silent = 0;
  for (const v1::SiteStatus& site : state.crawler->sites()) {
    articles += site.articles_stored();
    silent += site.silent() ? 1 : 0;
  }
  return absl::StrCat(Printable(state.process.name), ": ", state.crawler->sites_size(), " sites, ",
                      state.crawler->urls_due(), " URLs due, ", articles, " articles stored, ", silent,
                      " sites silent\n");
}

// One shard's replicas by the position they have applied.
std::string DisagreementsOf(const Snapshot& now) {
  std::map<std::pair<uint32_t, uint64_t>, std::map<std::string, std::vector<std::string>>> digests;
  for (const ProcessState& state : now.processes) {
    for (const v1::ShardStatus& shard : state.shards) {
      digests[{shard.shard(), shard.applied_position()}][shard.digest()].push_back(state.process.name);
    }
  }
  std::string text;
  for (const auto& [where, by_digest] : digests) {
    if (by_digest.size() < 2) continue;
    std::vector<std::string> sides;
    for (const auto& [digest, names] : by_digest)
      sides.push_back(absl::StrCat(absl::StrJoin(names, ", "), ": ", digest));
    absl::StrAppend(&text, "REPLICAS DISAGREE on shard ", where.first, " at position ", where.second, " (",
                    absl::StrJoin(sides, "; "), "): rebuild one of them\n");
  }
  return text;
}

// Of each shard the replica that is furthest; replicas are not counted twice.
uint64_t ArticlesOf(const Snapshot& snapshot) {
  std::map<uint32_t, uint64_t> most;
  for (const ProcessState& state : snapshot.processes) {
    for (const v1::ShardStatus& shard : state.shards) {
      most[shard.shard()] = std::max(most[shard.shard()], shard.articles());
    }
  }
  uint64_t articles = 0;
  for (const auto& [shard, count] : most) articles += count;
  return articles;
}

std::string Summary(const Snapshot& now, const Snapshot* before) {
  const auto silent = std::count_if(now.processes.begin(), now.processes.end(),
                                    [](const ProcessState& state) { return !state.serving; });
  std::string text = absl::StrCat(ArticlesOf(now), " articles");
  if (before != nullptr && now.taken > before->taken) {
    const double grown = static_cast<double>(ArticlesOf(now)) - static_cast<double>(ArticlesOf(*before));
    absl::StrAppendFormat(&text, ", %.1f more a second", grown / absl::ToDoubleSeconds(now.taken - before->taken));
  }
  absl::StrAppend(&text, "; ", silent, " of ", now.processes.size(), " processes not serving\n");
  return text;
}

}  // namespace

std::string Render(const Snapshot& now, const Snapshot* before) {
  std::vector<Row> rows = {{"PROCESS", "STATE", "SHARD", "ARTICLES", "BEHIND", "SEGMENTS", "MEMORY", "DISK"}};
  for (const ProcessState& state : now.processes) AddProcess(state, rows);
  std::string text = Table(rows) + "\n";
  for (const ProcessState& state : now.processes) {
    if (state.crawler.has_value()) text += CrawlerLine(state);
  }
  return text + DisagreementsOf(now) + Summary(now, before);
}

}  // namespace tintinh::cli
