#include "common/server/run_service.h"

#include <fstream>
#include <memory>
#include <sstream>

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh {
namespace {

std::string WriteFile(const testing::TempDir& dir, const char* text) {
  const std::string path = dir.path() + "/config.yaml";
  std::ofstream(path) << text;
  return path;
}

int RunWith(const std::vector<std::string>& arguments) {
  config::v1::NormalizerConfig config;
  ServiceMain service;
  service.name = "tintinh-test";
  service.config = &config;
  service.server = [&config]() -> const config::v1::ServerConfig& { return config.server(); };
  service.build = [](ServiceProcess&) { return absl::UnavailableError("cannot be built"); };
  std::vector<std::string> words = {"tintinh-test"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  return RunService(static_cast<int>(argv.size()), argv.data(), service);
}

TEST(RunService, ExitStatusTellsWhatHappened) {
  testing::TempDir dir;
  const std::string good = WriteFile(dir, "max_depth: 64");
  EXPECT_EQ(RunWith({"--version"}), 0);
  EXPECT_EQ(RunWith({"--config", good, "--check-config"}), 0);
  EXPECT_EQ(RunWith({"--config", good}), 1);
  EXPECT_EQ(RunWith({}), 2);
  EXPECT_EQ(RunWith({"--config", dir.path() + "/none.yaml"}), 2);
  EXPECT_EQ(RunWith({"--config", WriteFile(dir, "max_depth: 1"), "--check-config"}), 2);
}

TEST(ServiceProcess, WritesTheBoundPortsAndDrainsTheLastBuiltFirst) {
  testing::TempDir dir;
  config::v1::ServerConfig config;
  config.set_listen("127.0.0.1:0");
  config.set_metrics_listen("127.0.0.1:0");
  config.set_max_threads(2);
  config.set_max_message_bytes(1 << 20);
  config.set_port_file(dir.path() + "/ports");
  std::string order;
  ServiceProcess process;
  process.AddPort("web", 80);
  process.OnDrain("first", [&order] { order += "1"; });
  process.OnDrain("second", [&order] { order += "2"; });
  ASSERT_THAT(process.StartServing(config), testing::IsOk());
  std::stringstream text;
  text << std::ifstream(config.port_file()).rdbuf();
  EXPECT_THAT(text.str(), ::testing::MatchesRegex("web 80\nmetrics [0-9]+\ngrpc [0-9]+\n"));
  process.Drain();
  EXPECT_EQ(order, "21");
}

class NoteOnDestruction {
 public:
  NoteOnDestruction(std::string& notes, char note) : notes_(notes), note_(note) {}
  ~NoteOnDestruction() { notes_ += note_; }
  NoteOnDestruction(const NoteOnDestruction&) = delete;
  NoteOnDestruction& operator=(const NoteOnDestruction&) = delete;

 private:
  std::string& notes_;
  char note_;
};

TEST(ServiceProcess, ReleasesWhatItOwnsInReverseOrder) {
  std::string notes;
  {
    ServiceProcess process;
    process.Own(std::make_unique<NoteOnDestruction>(notes, 'a'));
    process.Own(std::make_unique<NoteOnDestruction>(notes, 'b'));
  }
  EXPECT_EQ(notes, "ba");
}

}  // namespace
}  // namespace tintinh
