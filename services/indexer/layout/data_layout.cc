#include "services/indexer/layout/data_layout.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <sstream>
#include <system_error>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/status/status_macros.h"

namespace tintinh::indexer {
namespace {

constexpr uint32_t kLayoutVersion = 1;

std::string LayoutFile(absl::string_view directory) { return absl::StrCat(directory, "/LAYOUT"); }

absl::Status FileError(absl::string_view operation, absl::string_view path) {
  return absl::UnavailableError(absl::StrCat(operation, " ", path, ": ", std::strerror(errno)));
}

absl::Status WriteSynced(const std::string& path, absl::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return FileError("make", path);
  const absl::Cleanup close = [file] { ::close(file); };
  const ssize_t written = ::write(file, text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) return FileError("write", path);
  if (::fsync(file) != 0) return FileError("sync", path);
  return absl::OkStatus();
}

constexpr char kEmbedded[] = "embedded";

std::vector<uint32_t> AllOf(uint32_t shards) {
  std::vector<uint32_t> all(shards);
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

bool ParseHeld(absl::string_view text, std::vector<uint32_t>& held) {
  held.clear();
  for (const absl::string_view number : absl::StrSplit(text, ' ')) {
    if (!absl::SimpleAtoi(number, &held.emplace_back())) return false;
  }
  return true;
}

// "version 1\nshards 2\n", "log kafka TOPIC\n" where the log is elsewhere, "held 0 2\n" where not every shard is here.
bool ParseLayout(const std::string& text, uint32_t& version, DataLayout& layout) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.size() < 3 || lines.size() > 5 || !lines.back().empty()) return false;
  if (!absl::StartsWith(lines[0], "version ") || !absl::StartsWith(lines[1], "shards ") ||
      !absl::SimpleAtoi(lines[0].substr(8), &version) || !absl::SimpleAtoi(lines[1].substr(7), &layout.shards)) {
    return false;
  }
  layout.log = kEmbedded;
  layout.held = AllOf(layout.shards);
  for (size_t i = 2; i + 1 < lines.size(); ++i) {
    absl::string_view line = lines[i];
    if (absl::ConsumePrefix(&line, "log ")) {
      layout.log = std::string(line);
    } else if (!absl::ConsumePrefix(&line, "held ") || !ParseHeld(line, layout.held)) {
      return false;
    }
  }
  return true;
}

std::string LayoutText(const DataLayout& layout) {
  const std::string log = layout.log == kEmbedded ? "" : absl::StrCat("log ", layout.log, "\n");
  const bool all = layout.held.empty() || layout.held.size() == layout.shards;
  const std::string held = all ? "" : absl::StrCat("held ", absl::StrJoin(layout.held, " "), "\n");
  return absl::StrCat("version ", kLayoutVersion, "\nshards ", layout.shards, "\n", log, held);
}

absl::Status CheckSame(absl::string_view data_directory, const DataLayout& made, const DataLayout& configured) {
  if (made.shards != configured.shards) {
    return absl::FailedPreconditionError(absl::StrCat(
        "data directory ", data_directory, " was made with shards: ", made.shards,
        ", configured is shards: ", configured.shards, "; the number of shards is fixed when the directory is made"));
  }
  if (made.log == configured.log) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("data directory ", data_directory, " follows the log \"", made.log, "\", configured is \"",
                   configured.log, "\"; start with an empty directory, or with a checkpoint of that log's"));
}

}  // namespace

absl::StatusOr<DataLayout> ReadLayout(absl::string_view data_directory) {
  std::ifstream file(LayoutFile(data_directory));
  if (!file)
    return absl::NotFoundError(
        absl::StrCat(data_directory, ": no LAYOUT, which every data directory of an indexer has"));
  std::stringstream text;
  text << file.rdbuf();
  uint32_t version = 0;
  DataLayout layout;
  if (!file || !ParseLayout(text.str(), version, layout)) {
    return absl::DataLossError(absl::StrCat(LayoutFile(data_directory), " is damaged"));
  }
  if (version == kLayoutVersion) return layout;
  return absl::FailedPreconditionError(absl::StrCat("data directory ", data_directory, " has layout version ", version,
                                                    ", this program knows ", kLayoutVersion,
                                                    ": start a release that knows it, or rebuild the index in an empty "
                                                    "directory from the log, a peer or the archive"));
}

std::string ShardDirectory(absl::string_view data_directory, uint32_t shard) {
  return absl::StrFormat("%s/shard-%03d", data_directory, shard);
}

std::string StreamDirectory(absl::string_view data_directory) { return absl::StrCat(data_directory, "/streams"); }

bool LogIsInKafka(const config::v1::IndexerConfig& config) { return !config.kafka().brokers().empty(); }

absl::StatusOr<DataLayout> LayoutOf(const config::v1::IndexerConfig& config) {
  const bool in_kafka = LogIsInKafka(config);
  DataLayout layout{config.shards(),
                    in_kafka ? absl::StrCat("kafka ", config.kafka().topic()) : kEmbedded,
                    {config.held_shards().begin(), config.held_shards().end()}};
  if (layout.held.empty()) layout.held = AllOf(layout.shards);
  std::sort(layout.held.begin(), layout.held.end());
  if (layout.held.size() < layout.shards && !in_kafka) {
    return absl::InvalidArgumentError("held_shards: other indexers share a log in Kafka, and kafka.brokers is empty");
  }
  if (layout.held.back() >= layout.shards) {
    return absl::InvalidArgumentError(absl::StrCat("held_shards: ", layout.held.back(), " is none of the ",
                                                   layout.shards, " shards, which are 0 to ", layout.shards - 1));
  }
  const auto twice = std::adjacent_find(layout.held.begin(), layout.held.end());
  if (twice == layout.held.end()) return layout;
  return absl::InvalidArgumentError(absl::StrCat("held_shards: ", *twice, " is named twice"));
}

std::string CheckpointDirectory(absl::string_view data_directory, absl::string_view name) {
  return absl::StrCat(data_directory, "/checkpoints/", name);
}

absl::Status SyncDirectory(absl::string_view directory) {
  const std::string path(directory);
  const int file = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return FileError("open", path);
  const absl::Cleanup close = [file] { ::close(file); };
  return ::fsync(file) == 0 ? absl::OkStatus() : FileError("sync", path);
}

absl::Status WriteLayout(absl::string_view directory, const DataLayout& layout) {
  const std::string path = LayoutFile(directory);
  const std::string unfinished = path + ".new";
  RETURN_IF_ERROR(WriteSynced(unfinished, LayoutText(layout)));
  if (::rename(unfinished.c_str(), path.c_str()) != 0) return FileError("rename", unfinished);
  return SyncDirectory(directory);
}

absl::Status PrepareDataDirectory(absl::string_view data_directory, const DataLayout& layout) {
  const std::filesystem::path directory{std::string(data_directory)};
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    return absl::FailedPreconditionError(absl::StrCat("make data directory ", data_directory, ": ", error.message()));
  }
  const absl::StatusOr<DataLayout> made = ReadLayout(data_directory);
  if (made.ok()) {
    RETURN_IF_ERROR(CheckSame(data_directory, *made, layout));
    return LayoutText(*made) == LayoutText(layout) ? absl::OkStatus() : WriteLayout(data_directory, layout);
  }
  if (!absl::IsNotFound(made.status())) return made.status();
  if (std::filesystem::exists(ShardDirectory(data_directory, layout.held.empty() ? 0 : layout.held.front()), error)) {
    return absl::DataLossError(absl::StrCat("data directory ", data_directory, " holds shards but no LAYOUT"));
  }
  return WriteLayout(data_directory, layout);
}

}  // namespace tintinh::indexer
