// A directory that looks like a shard's copy, and what a sender makes of it.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_FILES_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_FILES_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "services/indexer/checkpoint/checkpoint_sender.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {

using Files = std::map<std::string, std::string>;

inline void WriteFiles(const std::string& directory, const Files& files) {
  std::filesystem::create_directories(directory);
  for (const auto& [name, bytes] : files) std::ofstream(directory + "/" + name, std::ios::binary) << bytes;
}

inline Files ReadFiles(const std::string& directory) {
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    files[entry.path().filename().string()].assign(std::istreambuf_iterator<char>(file), {});
  }
  return files;
}

// Of 2.5 pieces, of one piece exactly, of a few bytes and of none.
inline Files SampleFiles() {
  Files files = {{"CURRENT", "MANIFEST-000005\n"}, {"MANIFEST-000005", "m"}, {"OPTIONS-000007", ""}};
  for (size_t i = 0; i < (size_t{5} << 19); ++i) files["000012.sst"].push_back(static_cast<char>(i * 31 + i / 7919));
  files["000011.sst"] = files["000012.sst"].substr(0, size_t{1} << 20);
  return files;
}

inline v1::CheckpointManifest ManifestOf(const std::string& directory, const std::string& source = "nguon") {
  auto manifest = ListFiles(directory);
  EXPECT_THAT(manifest, testing::IsOk());
  manifest->set_source(source);
  manifest->set_shards(2);
  return *std::move(manifest);
}

// All messages of a stream.
inline std::vector<v1::StreamCheckpointResponse> Messages(const std::string& directory,
                                                          const v1::StreamCheckpointRequest& request,
                                                          const std::string& source = "nguon") {
  static const SystemClock clock;
  std::vector<v1::StreamCheckpointResponse> messages;
  Throttle throttle(
      0, [] { return true; }, clock);
  const auto keep = [&messages](const v1::StreamCheckpointResponse& message) {
    messages.push_back(message);
    return absl::OkStatus();
  };
  EXPECT_THAT(SendCheckpoint(directory, ManifestOf(directory, source), request, throttle, keep), testing::IsOk());
  return messages;
}

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_CHECKPOINT_CHECKPOINT_FILES_H_
