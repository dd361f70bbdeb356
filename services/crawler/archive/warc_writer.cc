#include "services/crawler/archive/warc_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "services/crawler/archive/cdx.h"
#include "services/crawler/archive/disk_budget.h"
#include "services/crawler/archive/gzip_member.h"

namespace tintinh::crawler {
namespace {

constexpr absl::string_view kOpenSuffix = ".open";

absl::Status FileError(absl::string_view operation, absl::string_view path, int error) {
  const std::string message = absl::StrCat(operation, " ", path, ": ", std::strerror(error));
  return error == ENOSPC || error == EDQUOT ? absl::ResourceExhaustedError(message) : absl::UnavailableError(message);
}

absl::Status SyncDirectory(const std::string& directory) {
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return FileError("open", directory, errno);
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  return result == 0 ? absl::OkStatus() : FileError("sync", directory, error);
}

absl::Status WriteAll(int file, absl::string_view bytes, absl::string_view path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError("write", path, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status FromErrorCode(absl::string_view operation, const std::string& path, const std::error_code& error) {
  if (!error) return absl::OkStatus();
  return FileError(operation, path, error.value());
}

// Takes the suffix off with the index there already: at no moment is there a closed file without it.
absl::Status CloseFile(const std::string& path) {
  const std::string open_path = absl::StrCat(path, kOpenSuffix);
  RETURN_IF_ERROR(WriteCdx(path, open_path));
  std::error_code error;
  std::filesystem::rename(open_path, path, error);
  return FromErrorCode("rename", open_path, error);
}

// Cuts the torn end off a file that was left open, and closes it for good.
absl::Status Recover(const std::string& path) {
  ASSIGN_OR_RETURN(const uint64_t complete, CompleteMemberBytes(path));
  std::error_code error;
  if (complete == 0) {
    std::filesystem::remove(path, error);
    return FromErrorCode("remove", path, error);
  }
  std::filesystem::resize_file(path, complete, error);
  RETURN_IF_ERROR(FromErrorCode("truncate", path, error));
  return CloseFile(path.substr(0, path.size() - kOpenSuffix.size()));
}

absl::Status RecoverAll(const std::string& directory) {
  std::vector<std::string> left_open;
  std::error_code error;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::string path = it->path().string();
    if (absl::EndsWith(path, absl::StrCat(".warc.gz", kOpenSuffix))) left_open.push_back(std::move(path));
  }
  RETURN_IF_ERROR(FromErrorCode("list", directory, error));
  for (const std::string& path : left_open) RETURN_IF_ERROR(Recover(path));
  return SyncDirectory(directory);
}

absl::Status KeepToBudget(const WarcOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<std::string> removed, ExpireOldest(options.directory, options.max_total_bytes));
  for (const std::string& path : removed) LogInfo("an old archive file was removed", {{"path", path}});
  return absl::OkStatus();
}

}  // namespace

WarcWriter::WarcWriter(WarcOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {}

WarcWriter::~WarcWriter() { Close().IgnoreError(); }

absl::StatusOr<std::unique_ptr<WarcWriter>> WarcWriter::Open(WarcOptions options, const Clock& clock) {
  std::error_code error;
  std::filesystem::create_directories(options.directory, error);
  RETURN_IF_ERROR(FromErrorCode("make directory", options.directory, error));
  RETURN_IF_ERROR(RecoverAll(options.directory));
  RETURN_IF_ERROR(KeepToBudget(options));
  return std::unique_ptr<WarcWriter>(new WarcWriter(std::move(options), clock));
}

absl::StatusOr<std::string> WarcWriter::Append(const Exchange& exchange) {
  ASSIGN_OR_RETURN(std::vector<std::string> ids, AppendAll(absl::MakeConstSpan(&exchange, 1)));
  return std::move(ids.front());
}

absl::StatusOr<std::vector<std::string>> WarcWriter::AppendAll(absl::Span<const Exchange> exchanges) {
  MutexLock lock(mu_);
  std::vector<std::string> responses;
  if (exchanges.empty()) return responses;
  if (file_ >= 0 && size_ >= options_.max_file_bytes) RETURN_IF_ERROR(FinishFile());
  if (file_ < 0) RETURN_IF_ERROR(StartFile());
  responses.reserve(exchanges.size());
  std::string members;
  for (const Exchange& exchange : exchanges) {
    ExchangeIds ids{.request = MakeWarcId(random_), .response = MakeWarcId(random_), .warcinfo = warcinfo_id_};
    RETURN_IF_ERROR(AppendGzipMember(RequestRecord(exchange, ids).Serialize(), members));
    const bool revisit = exchange.same_as != absl::InfinitePast();
    const WarcRecord answer = revisit ? RevisitRecord(exchange, ids) : ResponseRecord(exchange, ids);
    RETURN_IF_ERROR(AppendGzipMember(answer.Serialize(), members));
    responses.push_back(std::move(ids.response));
  }
  RETURN_IF_ERROR(WriteMembers(members));
  return responses;
}

absl::Status WarcWriter::WriteMembers(absl::string_view bytes) {
  absl::Status status = WriteAll(file_, bytes, path_);
  if (status.ok() && ::fdatasync(file_) != 0) status = FileError("sync", path_, errno);
  if (status.ok()) {
    size_ += bytes.size();
    return status;
  }
  // A reader must not find half a record in the middle of the file.
  if (::ftruncate(file_, static_cast<off_t>(size_)) != 0 || ::lseek(file_, 0, SEEK_END) < 0) {
    ::close(file_);
    file_ = -1;
  }
  return status;
}

absl::Status WarcWriter::StartFile() {
  const absl::Time now = clock_.Now();
  const std::string stamp = absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone());
  std::string name;
  do {
    name = absl::StrFormat("tintinh-%s-%05d.warc.gz", stamp, ++number_);
    path_ = absl::StrCat(options_.directory, "/", name);
  } while (std::filesystem::exists(path_));
  const std::string open_path = absl::StrCat(path_, kOpenSuffix);
  file_ = ::open(open_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file_ < 0) return FileError("create", open_path, errno);
  size_ = 0;
  absl::Status status = WriteInfo(name, now);
  if (status.ok()) status = SyncDirectory(options_.directory);
  // Records of a later call would name a warcinfo record that is nowhere.
  if (!status.ok()) DiscardFile();
  return status;
}

absl::Status WarcWriter::WriteInfo(absl::string_view name, absl::Time now) {
  warcinfo_id_ = MakeWarcId(random_);
  std::string info;
  RETURN_IF_ERROR(AppendGzipMember(WarcInfo(warcinfo_id_, now, name, options_.software).Serialize(), info));
  return WriteMembers(info);
}

void WarcWriter::DiscardFile() {
  if (file_ >= 0) ::close(file_);
  file_ = -1;
  // What cannot be removed now is removed, or kept for its whole records, by the next Open.
  ::unlink(absl::StrCat(path_, kOpenSuffix).c_str());
}

absl::Status WarcWriter::FinishFile() {
  ::close(file_);
  file_ = -1;
  RETURN_IF_ERROR(CloseFile(path_));
  RETURN_IF_ERROR(KeepToBudget(options_));
  return SyncDirectory(options_.directory);
}

absl::Status WarcWriter::Close() {
  MutexLock lock(mu_);
  return file_ < 0 ? absl::OkStatus() : FinishFile();
}

}  // namespace tintinh::crawler
