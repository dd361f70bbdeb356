#include "tests/integration/indexer/write_points.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <optional>
#include <utility>

namespace tintinh::testing {
namespace {

std::atomic<WritePoints*> watching = nullptr;

std::string PathOf(int file) {
  char path[4096];
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = ::readlink(link.c_str(), path, sizeof(path));
  return size < 0 ? std::string() : std::string(path, static_cast<size_t>(size));
}

// Who watches the path; nobody most of the time.
WritePoints* WatcherOf(const std::string& path) {
  WritePoints* const points = watching.load();
  return points != nullptr && points->Covers(path) ? points : nullptr;
}

WritePoints* WatcherOf(int file) { return watching.load() == nullptr ? nullptr : WatcherOf(PathOf(file)); }

// Halfway between `first` and `second`, which return what was written or -1.
template <typename First, typename Second>
ssize_t InHalves(WritePoints* points, const First& first, const Second& second) {
  const auto lock = points->Enter();
  const ssize_t begun = first();
  if (begun < 0) return begun;
  points->Visit();
  const ssize_t rest = second(begun);
  return rest < 0 ? rest : begun + rest;
}

// The change itself after the visit.
template <typename Change>
int AfterVisit(WritePoints* points, const Change& change) {
  if (points == nullptr) return change();
  const auto lock = points->Enter();
  points->Visit();
  return change();
}

int Sync(int file, long number) {
  if (watching.load() == nullptr) return static_cast<int>(::syscall(number, file));
  const std::string path = PathOf(file);
  if (WritePoints* const points = WatcherOf(path)) {
    const auto lock = points->Enter();
    points->Synced(path);
  }
  return 0;
}

}  // namespace

WritePoints::WritePoints(std::string directory, std::function<void(const WritePoints&)> visit)
    : directory_(std::move(directory)), visit_(std::move(visit)) {
  watching = this;
}

WritePoints::~WritePoints() { watching = nullptr; }

void WritePoints::Visit() {
  if (std::exchange(visiting_, true)) return;  // what the visitor itself writes
  visit_(*this);
  visiting_ = false;
}

void WritePoints::CopyWritten(const std::string& target) const {
  std::filesystem::copy(directory_, target, std::filesystem::copy_options::recursive);
}

void WritePoints::CopySynced(const std::string& target) const {
  CopyWritten(target);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(target)) {
    if (!entry.is_regular_file()) continue;
    const auto found = synced_.find(directory_ + entry.path().string().substr(target.size()));
    const uintmax_t kept = found == synced_.end() ? 0 : found->second;
    if (entry.file_size() > kept) std::filesystem::resize_file(entry.path(), kept);
  }
}

void WritePoints::Synced(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) synced_[path] = std::filesystem::file_size(path, ignored);
}

void WritePoints::Linked(const std::string& from, const std::string& to) {
  if (const auto found = synced_.find(from); found != synced_.end()) synced_[to] = found->second;
}

void WritePoints::Renamed(const std::string& from, const std::string& to) {
  synced_.erase(to);
  Linked(from, to);
  synced_.erase(from);
}

}  // namespace tintinh::testing

using tintinh::testing::AfterVisit;
using tintinh::testing::InHalves;
using tintinh::testing::WatcherOf;
using tintinh::testing::WritePoints;

extern "C" {

ssize_t write(int file, const void* bytes, size_t size) {
  const auto plain = [file](const void* from, size_t count) { return ::syscall(SYS_write, file, from, count); };
  WritePoints* const points = WatcherOf(file);
  if (points == nullptr) return plain(bytes, size);
  return InHalves(
      points, [&] { return plain(bytes, size / 2); },
      [&](ssize_t begun) { return plain(static_cast<const char*>(bytes) + begun, size - static_cast<size_t>(begun)); });
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  const auto plain = [file](const void* from, size_t count, off_t at) {
    return ::syscall(SYS_pwrite64, file, from, count, at);
  };
  WritePoints* const points = WatcherOf(file);
  if (points == nullptr) return plain(bytes, size, offset);
  return InHalves(
      points, [&] { return plain(bytes, size / 2, offset); },
      [&](ssize_t begun) {
        return plain(static_cast<const char*>(bytes) + begun, size - static_cast<size_t>(begun), offset + begun);
      });
}

int rename(const char* from, const char* to) noexcept {
  WritePoints* const points = WatcherOf(std::string(from));
  return AfterVisit(points, [&] {
    if (points != nullptr) points->Renamed(from, to);
    return static_cast<int>(::syscall(SYS_rename, from, to));
  });
}

int link(const char* from, const char* to) noexcept {
  WritePoints* const points = WatcherOf(std::string(to));
  return AfterVisit(points, [&] {
    if (points != nullptr) points->Linked(from, to);
    return static_cast<int>(::syscall(SYS_link, from, to));
  });
}

int unlink(const char* path) noexcept {
  return AfterVisit(WatcherOf(std::string(path)), [&] { return static_cast<int>(::syscall(SYS_unlink, path)); });
}

int ftruncate(int file, off_t size) noexcept {
  return AfterVisit(WatcherOf(file), [&] { return static_cast<int>(::syscall(SYS_ftruncate, file, size)); });
}

int fsync(int file) { return tintinh::testing::Sync(file, SYS_fsync); }

int fdatasync(int file) { return tintinh::testing::Sync(file, SYS_fdatasync); }

}  // extern "C"
