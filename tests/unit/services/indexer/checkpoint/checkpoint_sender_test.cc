#include "services/indexer/checkpoint/checkpoint_sender.h"

#include <string>
#include <vector>

#include "common/digest/crc32c.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/indexer/checkpoint/checkpoint_files.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::StatusIs;
using testing::TempDir;

TEST(CheckpointSender, SendsTheManifestThenEveryFileInPieces) {
  const TempDir dir;
  WriteFiles(dir.path(), SampleFiles());
  Files received;
  bool first = true;
  for (const v1::StreamCheckpointResponse& message : Messages(dir.path(), {})) {
    EXPECT_EQ(message.has_manifest(), first);
    first = false;
    if (message.has_manifest()) {
      EXPECT_EQ(message.manifest().files(0).name(), "000011.sst") << "what never changes comes first";
      continue;
    }
    EXPECT_LE(message.data().size(), size_t{1} << 20);
    EXPECT_EQ(message.crc32c(), Crc32c(message.data()));
    EXPECT_EQ(message.offset(), received[message.file()].size());
    received[message.file()] += message.data();
  }
  EXPECT_EQ(received, SampleFiles());
}

TEST(CheckpointSender, SendsOfTablesOnlyWhatIsMissing) {
  const TempDir dir;
  WriteFiles(dir.path(), SampleFiles());
  v1::StreamCheckpointRequest request;
  request.set_source("nguon");
  const auto hold = [&request](const std::string& name, uint64_t bytes) {
    request.add_held()->set_name(name);
    request.mutable_held()->rbegin()->set_bytes(bytes);
  };
  hold("000011.sst", size_t{1} << 20);
  hold("000012.sst", 1000);
  hold("CURRENT", 16);
  std::vector<std::string> seen;
  for (const v1::StreamCheckpointResponse& message : Messages(dir.path(), request)) {
    if (!seen.empty() && seen.back() == message.file()) continue;
    seen.push_back(message.file());
    EXPECT_EQ(message.offset(), message.file() == "000012.sst" ? 1000u : 0u) << message.file();
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"", "000012.sst", "CURRENT", "MANIFEST-000005", "OPTIONS-000007"}));
  request.set_source("khac");
  EXPECT_EQ(Messages(dir.path(), request)[1].file(), "000011.sst") << "held of another source";
}

TEST(CheckpointSender, EndsWithTheReceiver) {
  const TempDir dir;
  WriteFiles(dir.path(), SampleFiles());
  const SystemClock clock;
  int taken = 0;
  const auto refuse = [&taken](const v1::StreamCheckpointResponse&) {
    return ++taken < 3 ? absl::OkStatus() : absl::AbortedError("gone");
  };
  Throttle throttle(
      0, [] { return true; }, clock);
  EXPECT_THAT(SendCheckpoint(dir.path(), ManifestOf(dir.path()), {}, throttle, refuse),
              StatusIs(absl::StatusCode::kAborted, "gone"));
  EXPECT_EQ(taken, 3);
  Throttle stopped(
      0, [] { return false; }, clock);
  EXPECT_THAT(SendCheckpoint(dir.path(), ManifestOf(dir.path()), {}, stopped,
                             [](const v1::StreamCheckpointResponse&) { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kAborted, "the stream was ended"));
}

TEST(CheckpointSender, AFileThatHasShrunkIsAnError) {
  const TempDir dir;
  WriteFiles(dir.path(), SampleFiles());
  v1::CheckpointManifest manifest = ManifestOf(dir.path());
  manifest.mutable_files(0)->set_bytes(manifest.files(0).bytes() + 1);
  const SystemClock clock;
  Throttle throttle(
      0, [] { return true; }, clock);
  EXPECT_THAT(SendCheckpoint(dir.path(), manifest, {}, throttle,
                             [](const v1::StreamCheckpointResponse&) { return absl::OkStatus(); }),
              StatusIs(absl::StatusCode::kUnavailable, ::testing::HasSubstr("it ends at")));
}

}  // namespace
}  // namespace tintinh::indexer
