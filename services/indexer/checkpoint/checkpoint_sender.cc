#include "services/indexer/checkpoint/checkpoint_sender.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/digest/crc32c.h"
#include "common/status/status_macros.h"

namespace tintinh::indexer {
namespace {

constexpr size_t kChunkBytes = size_t{1} << 20;

absl::Status FileError(absl::string_view doing, absl::string_view path) {
  return absl::UnavailableError(absl::StrCat(doing, " ", path, ": ", std::strerror(errno)));
}

// Fills `data` with what follows `offset`; shorter at the end of the file.
absl::Status ReadChunk(int file, const std::string& path, uint64_t offset, size_t bytes, std::string& data) {
  data.resize(bytes);
  size_t done = 0;
  while (done < bytes) {
    const ssize_t got = ::pread(file, data.data() + done, bytes - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path);
    if (got == 0) return absl::UnavailableError(absl::StrCat("read ", path, ": it ends at ", offset + done));
    done += static_cast<size_t>(got);
  }
  return absl::OkStatus();
}

// A file of no bytes is sent as one empty chunk, so that it is made.
absl::Status SendFile(const std::string& path, const v1::CheckpointFile& whole, uint64_t from, Throttle& throttle,
                      const CheckpointSink& sink) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return FileError("open", path);
  const absl::Cleanup close = [file] { ::close(file); };
  v1::StreamCheckpointResponse chunk;
  chunk.set_file(whole.name());
  uint64_t offset = from;
  do {
    const size_t bytes = std::min<uint64_t>(kChunkBytes, whole.bytes() - offset);
    RETURN_IF_ERROR(throttle.Pass(bytes));
    RETURN_IF_ERROR(ReadChunk(file, path, offset, bytes, *chunk.mutable_data()));
    chunk.set_offset(offset);
    chunk.set_crc32c(Crc32c(chunk.data()));
    RETURN_IF_ERROR(sink(chunk));
    offset += bytes;
  } while (offset < whole.bytes());
  return absl::OkStatus();
}

absl::flat_hash_map<std::string, uint64_t> HeldOf(const v1::StreamCheckpointRequest& request,
                                                  const std::string& source) {
  absl::flat_hash_map<std::string, uint64_t> held;
  if (request.source() != source) return held;
  for (const v1::CheckpointFile& file : request.held()) {
    if (IsImmutable(file.name())) held[file.name()] = file.bytes();
  }
  return held;
}

}  // namespace

bool IsImmutable(absl::string_view file) { return absl::EndsWith(file, ".sst"); }

absl::StatusOr<v1::CheckpointManifest> ListFiles(const std::string& directory) {
  std::vector<v1::CheckpointFile> files;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    v1::CheckpointFile& file = files.emplace_back();
    file.set_name(it->path().filename().string());
    file.set_bytes(it->file_size(error));
  }
  if (error) return absl::UnavailableError(absl::StrCat("list ", directory, ": ", error.message()));
  std::sort(files.begin(), files.end(), [](const v1::CheckpointFile& a, const v1::CheckpointFile& b) {
    return std::make_pair(!IsImmutable(a.name()), a.name()) < std::make_pair(!IsImmutable(b.name()), b.name());
  });
  v1::CheckpointManifest manifest;
  manifest.mutable_files()->Add(files.begin(), files.end());
  return manifest;
}

absl::Status SendCheckpoint(const std::string& directory, const v1::CheckpointManifest& manifest,
                            const v1::StreamCheckpointRequest& request, Throttle& throttle,
                            const CheckpointSink& sink) {
  v1::StreamCheckpointResponse first;
  *first.mutable_manifest() = manifest;
  RETURN_IF_ERROR(sink(first));
  const auto held = HeldOf(request, manifest.source());
  for (const v1::CheckpointFile& file : manifest.files()) {
    const auto it = held.find(file.name());
    const uint64_t from = it == held.end() || it->second > file.bytes() ? 0 : it->second;
    if (from > 0 && from == file.bytes()) continue;
    RETURN_IF_ERROR(SendFile(absl::StrCat(directory, "/", file.name()), file, from, throttle, sink));
  }
  return absl::OkStatus();
}

}  // namespace tintinh::indexer
