// Looks at a directory in the middle of every change that this process makes to files below it, as a crash would leave
// it there. Works by taking the place of the C library's calls, which shared libraries then use too.
#ifndef TINTINH_TESTS_INTEGRATION_INDEXER_WRITE_POINTS_H_
#define TINTINH_TESTS_INTEGRATION_INDEXER_WRITE_POINTS_H_

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace tintinh::testing {

// One at a time. `visit` is called with half of a write done, and before files are renamed, linked, cut or removed; by
// one thread at a time, and nothing below the directory changes meanwhile. Files are not really synced while this
// exists: what would be is remembered.
class WritePoints {
 public:
  WritePoints(std::string directory, std::function<void(const WritePoints&)> visit);
  ~WritePoints();
  WritePoints(const WritePoints&) = delete;
  WritePoints& operator=(const WritePoints&) = delete;

  // A copy of the directory as a killed process leaves it.
  void CopyWritten(const std::string& target) const;
  // As a power cut leaves it at worst: no byte that was not synced.
  void CopySynced(const std::string& target) const;

  // Of the calls that took the place of the C library's.
  bool Covers(const std::string& path) const { return path.rfind(directory_, 0) == 0; }
  std::unique_lock<std::recursive_mutex> Enter() { return std::unique_lock<std::recursive_mutex>(mu_); }
  void Visit();
  void Synced(const std::string& path);
  void Renamed(const std::string& from, const std::string& to);
  void Linked(const std::string& from, const std::string& to);

 private:
  const std::string directory_;
  const std::function<void(const WritePoints&)> visit_;
  std::recursive_mutex mu_;
  bool visiting_ = false;
  std::map<std::string, uintmax_t> synced_;  // bytes, by path
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_INTEGRATION_INDEXER_WRITE_POINTS_H_
