#include "services/indexer/checkpoint/checkpoint_receiver.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/digest/crc32c.h"
#include "common/status/status_macros.h"
#include "services/indexer/checkpoint/checkpoint_sender.h"
#include "services/indexer/layout/data_layout.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kMaxNameBytes = 128;
constexpr int kMaxFiles = 1'000'000;
constexpr char kSource[] = ".source";
constexpr char kPart[] = ".part";

absl::Status FileError(absl::string_view doing, absl::string_view path) {
  if (errno == ENOSPC || errno == EDQUOT) {
    return absl::ResourceExhaustedError(absl::StrCat(doing, " ", path, ": ", std::strerror(errno)));
  }
  return absl::UnavailableError(absl::StrCat(doing, " ", path, ": ", std::strerror(errno)));
}

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
}

bool IsFileName(absl::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '.' && !absl::EndsWith(name, kPart) &&
         std::all_of(name.begin(), name.end(), IsNameCharacter);
}

absl::Status Misfit(const v1::StreamCheckpointResponse& chunk, absl::string_view why) {
  return absl::DataLossError(absl::StrCat("checkpoint file \"", chunk.file(), "\" at ", chunk.offset(), ": ", why));
}

absl::Status WriteAll(int file, const std::string& path, absl::string_view data, uint64_t offset) {
  while (!data.empty()) {
    const ssize_t put = ::pwrite(file, data.data(), data.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return FileError("write", path);
    data.remove_prefix(static_cast<size_t>(put));
    offset += static_cast<uint64_t>(put);
  }
  return absl::OkStatus();
}

}  // namespace

struct CheckpointReceiver::OpenFile {
  OpenFile(std::string file_name, int descriptor) : name(std::move(file_name)), fd(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { ::close(fd); }
  const std::string name;
  const int fd;
};

CheckpointReceiver::CheckpointReceiver(std::string directory) : directory_(std::move(directory)) {}
CheckpointReceiver::~CheckpointReceiver() = default;

absl::StatusOr<std::unique_ptr<CheckpointReceiver>> CheckpointReceiver::Open(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return absl::UnavailableError(absl::StrCat("make ", directory, ": ", error.message()));
  std::unique_ptr<CheckpointReceiver> receiver(new CheckpointReceiver(directory));
  RETURN_IF_ERROR(receiver->LoadHeld());
  return receiver;
}

std::string CheckpointReceiver::PathOf(absl::string_view file) const { return absl::StrCat(directory_, "/", file); }
std::string CheckpointReceiver::PartOf(absl::string_view file) const { return absl::StrCat(PathOf(file), kPart); }

absl::Status CheckpointReceiver::LoadHeld() {
  std::ifstream source(PathOf(kSource), std::ios::binary);
  source_.assign(std::istreambuf_iterator<char>(source), {});
  ASSIGN_OR_RETURN(const v1::CheckpointManifest present, ListFiles(directory_));
  for (const v1::CheckpointFile& file : present.files()) {
    if (IsImmutable(file.name())) held_[file.name()] = file.bytes();
  }
  return absl::OkStatus();
}

v1::StreamCheckpointRequest CheckpointReceiver::Request(uint32_t shard) const {
  v1::StreamCheckpointRequest request;
  request.set_shard(shard);
  request.set_source(source_);
  for (const auto& [name, bytes] : held_) {
    if (!IsImmutable(name)) continue;
    v1::CheckpointFile& file = *request.add_held();
    file.set_name(name);
    file.set_bytes(bytes);
  }
  return request;
}

uint64_t CheckpointReceiver::held_bytes() const {
  uint64_t bytes = 0;
  for (const auto& [name, there] : held_) bytes += there;
  return bytes;
}

absl::Status CheckpointReceiver::Take(const v1::StreamCheckpointResponse& message) {
  return message.has_manifest() ? Begin(message.manifest()) : TakeChunk(message);
}

absl::Status CheckpointReceiver::Begin(const v1::CheckpointManifest& manifest) {
  if (manifest.files_size() > kMaxFiles || manifest.source().empty()) {
    return absl::DataLossError(absl::StrCat("checkpoint of ", manifest.files_size(), " files from source \"",
                                            manifest.source(), "\": at most ", kMaxFiles, ", and a source"));
  }
  open_.reset();
  manifest_ = manifest;
  wanted_.clear();
  for (const v1::CheckpointFile& file : manifest.files()) {
    if (!IsFileName(file.name()) || !wanted_.emplace(file.name(), file.bytes()).second) {
      return absl::DataLossError(
          absl::StrCat("checkpoint file \"", file.name(), "\": no name of a file, or named twice"));
    }
  }
  RETURN_IF_ERROR(KeepOnlyOf(manifest.source()));
  return CheckRoom();
}

absl::Status CheckpointReceiver::CheckRoom() const {
  uint64_t missing = 0;
  for (const auto& [name, bytes] : wanted_) {
    const auto it = held_.find(name);
    const uint64_t there = it == held_.end() ? 0 : std::min(it->second, bytes);
    missing += std::min(bytes - there, UINT64_MAX - missing);
  }
  std::error_code error;
  const uint64_t room = std::filesystem::space(directory_, error).available;
  if (error || missing <= room) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      absl::StrCat("checkpoint needs ", missing, " bytes, the disk of ", directory_, " has ", room));
}

// And of it only what the manifest wants and cannot have changed.
absl::Status CheckpointReceiver::KeepOnlyOf(const std::string& source) {
  const bool same = source == source_;
  for (auto it = held_.begin(); it != held_.end();) {
    const auto wanted = wanted_.find(it->first);
    const bool keep = same && IsImmutable(it->first) && wanted != wanted_.end() && it->second <= wanted->second;
    it = keep ? std::next(it) : held_.erase(it);
  }
  std::error_code error;
  for (std::filesystem::directory_iterator file(directory_, error), end; !error && file != end; file.increment(error)) {
    const std::string name = file->path().filename().string();
    const std::string whole = absl::EndsWith(name, kPart) ? name.substr(0, name.size() - (sizeof(kPart) - 1)) : name;
    if (!held_.contains(whole)) std::filesystem::remove_all(file->path(), error);
  }
  if (error) return absl::UnavailableError(absl::StrCat("clear ", directory_, ": ", error.message()));
  source_ = source;
  std::ofstream(PathOf(kSource), std::ios::binary) << source;
  return SyncDirectory(directory_);
}

absl::Status CheckpointReceiver::CheckChunk(const v1::StreamCheckpointResponse& chunk) const {
  const auto wanted = wanted_.find(chunk.file());
  if (wanted == wanted_.end()) return Misfit(chunk, "the manifest does not name it");
  const auto it = held_.find(chunk.file());
  const uint64_t there = it == held_.end() ? 0 : it->second;
  if (chunk.offset() != 0 && chunk.offset() != there)
    return Misfit(chunk, absl::StrCat(there, " bytes of it are here"));
  if (chunk.offset() != 0 && there == wanted->second) return Misfit(chunk, "it is whole");
  if (chunk.offset() > wanted->second || chunk.data().size() > wanted->second - chunk.offset()) {
    return Misfit(chunk, absl::StrCat("it has ", wanted->second, " bytes"));
  }
  if (Crc32c(chunk.data()) != chunk.crc32c()) return Misfit(chunk, "its checksum is another");
  return absl::OkStatus();
}

absl::Status CheckpointReceiver::TakeChunk(const v1::StreamCheckpointResponse& chunk) {
  RETURN_IF_ERROR(CheckChunk(chunk));
  if (open_ == nullptr || open_->name != chunk.file() || chunk.offset() == 0) {
    RETURN_IF_ERROR(OpenAt(chunk.file(), chunk.offset()));
  }
  RETURN_IF_ERROR(WriteAll(open_->fd, PartOf(chunk.file()), chunk.data(), chunk.offset()));
  received_bytes_ += chunk.data().size();
  uint64_t& there = held_[chunk.file()];
  there = chunk.offset() + chunk.data().size();
  return there == wanted_.at(chunk.file()) ? CloseWhole() : absl::OkStatus();
}

absl::Status CheckpointReceiver::OpenAt(const std::string& file, uint64_t offset) {
  const std::string path = PartOf(file);
  const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (offset == 0 ? O_TRUNC : 0);
  const int fd = ::open(path.c_str(), flags, 0644);
  if (fd < 0) return FileError("make", path);
  open_ = std::make_unique<OpenFile>(file, fd);
  return absl::OkStatus();
}

absl::Status CheckpointReceiver::CloseWhole() {
  const std::string name = open_->name;
  if (::fsync(open_->fd) != 0) return FileError("sync", PartOf(name));
  open_.reset();
  if (::rename(PartOf(name).c_str(), PathOf(name).c_str()) != 0) return FileError("rename", PartOf(name));
  return absl::OkStatus();
}

absl::Status CheckpointReceiver::Finish() {
  size_t missing = 0;
  for (const auto& [name, bytes] : wanted_) {
    const auto it = held_.find(name);
    missing += it == held_.end() || it->second != bytes ? 1 : 0;
  }
  if (wanted_.empty() || missing > 0) {
    return absl::UnavailableError(absl::StrCat("the stream ended without ", missing, " of ", wanted_.size(), " files"));
  }
  std::error_code error;
  std::filesystem::remove(PathOf(kSource), error);
  return SyncDirectory(directory_);
}

}  // namespace tintinh::indexer
