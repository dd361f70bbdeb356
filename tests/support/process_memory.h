// Resident memory of this process, as Linux reports it.
#ifndef TINTINH_TESTS_SUPPORT_PROCESS_MEMORY_H_
#define TINTINH_TESTS_SUPPORT_PROCESS_MEMORY_H_

#include <cstdint>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace tintinh::bench {

// The field of /proc/self/status in bytes, 0 where there is none: "VmRSS:" now, "VmHWM:" at most so far.
inline uint64_t MemoryField(absl::string_view name) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (absl::StartsWith(line, name)) return std::stoull(line.substr(name.size())) * 1024;
  }
  return 0;
}

inline uint64_t ResidentBytes() { return MemoryField("VmRSS:"); }
inline uint64_t PeakResidentBytes() { return MemoryField("VmHWM:"); }

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_SUPPORT_PROCESS_MEMORY_H_
