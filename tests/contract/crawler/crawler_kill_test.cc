// The crawler as a process, killed at any moment: what the site's access log and the normalizer saw must not show it.
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "gtest/gtest.h"
#include "tests/contract/crawler/news_site.h"
#include "tests/contract/crawler/recording_normalizer.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"

namespace tintinh::crawler {
namespace {

constexpr absl::Duration kDelay = absl::Milliseconds(50);
constexpr int kArticles = 60;
constexpr int kKills = 10;

class CrawlerProcess {
 public:
  CrawlerProcess(const std::string& config, std::string port_file) : port_file_(std::move(port_file)) {
    ::unlink(port_file_.c_str());
    std::string program = absl::StrCat(TINTINH_BINARY_DIR, "/bin/tintinh-crawler");
    std::string flag = "--config";
    std::string value = config;
    char* const arguments[] = {program.data(), flag.data(), value.data(), nullptr};
    EXPECT_EQ(::posix_spawn(&pid_, program.c_str(), nullptr, nullptr, arguments, environ), 0);
  }
  ~CrawlerProcess() {
    if (pid_ > 0) End(SIGKILL);
  }

  // The status that waitpid gives.
  int End(int signal) {
    int status = 0;
    ::kill(pid_, signal);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return status;
  }

  // "127.0.0.1:PORT" of the gRPC server; empty after 20 s.
  std::string Address() const {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (absl::Now() < deadline) {
      std::ifstream file(port_file_);
      std::string name;
      int port = 0;
      if (file >> name >> port) return absl::StrCat("127.0.0.1:", port);
      std::this_thread::yield();
    }
    return "";
  }

 private:
  std::string port_file_;
  pid_t pid_ = -1;
};

class CrawlerKillTest : public ::testing::Test {
 protected:
  CrawlerKillTest() : site_(kArticles) {
    config::v1::ServerConfig server;
    server.set_listen("127.0.0.1:0");
    server.set_max_threads(8);
    server.set_max_message_bytes(32 << 20);
    normalizer_server_ = *Server::Start(server, {&normalizer_});
    std::ofstream(dir_.path() + "/sites.yaml")
        << "sites:\n- id: demo\n  name: Báo Thử\n  home: '" << site_.home()
        << "'\n  feeds: [/rss.xml]\n  section_pages: [/xa-hoi/]\n  delay: 50ms\n";
    std::ofstream(dir_.path() + "/crawler.yaml")
        << "server: {port_file: '" << dir_.path() << "/ports', log_level: error}\n"
        << "normalizer: {target: '127.0.0.1:" << normalizer_server_->port() << "'}\n"
        << "data_directory: '" << dir_.path() << "/data'\nsites_file: '" << dir_.path() << "/sites.yaml'\n"
        << "allowed_private_networks: [127.0.0.0/8]\n";
  }
  ~CrawlerKillTest() override { normalizer_server_->Drain(absl::Seconds(1)); }

  CrawlerProcess Start() { return CrawlerProcess(dir_.path() + "/crawler.yaml", dir_.path() + "/ports"); }

  void AwaitRequests(size_t count) {
    const absl::Time deadline = absl::Now() + absl::Seconds(20);
    while (site_.seen().size() < count && absl::Now() < deadline) std::this_thread::yield();
  }

  void AwaitIdle(const std::string& address) {
    config::v1::PeerConfig peer;
    peer.set_target(address);
    const auto stub = v1::CrawlerService::NewStub(*Connect(peer));
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(60));
    v1::WatchCrawlerStatusRequest request;
    request.mutable_interval()->set_nanos(100'000'000);
    const auto stream = stub->WatchCrawlerStatus(&context, request);
    v1::WatchCrawlerStatusResponse response;
    while (stream->Read(&response) && !response.status().idle()) {
    }
    EXPECT_TRUE(response.status().idle()) << response.ShortDebugString();
    context.TryCancel();
    stream->Finish();
  }

  testing::TempDir dir_;
  NewsSite site_;
  RecordingNormalizer normalizer_;
  std::unique_ptr<Server> normalizer_server_;
};

TEST_F(CrawlerKillTest, KilledAtAnyMomentItLosesNoPageAndAsksNoHostEarlierThanAllowed) {
  for (size_t kill = 1; kill <= kKills; ++kill) {
    CrawlerProcess process = Start();
    AwaitRequests(kill * 5);
    EXPECT_TRUE(WIFSIGNALED(process.End(SIGKILL)));
  }
  CrawlerProcess last = Start();
  AwaitIdle(last.Address());
  const int status = last.End(SIGTERM);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;

  auto settled = normalizer_.settled();
  size_t fetched_again = 0;
  for (int i = 0; i < kArticles; ++i) {
    const std::string path = absl::StrCat("bai-", i, ".html");
    EXPECT_GE(settled[site_.home() + path], 1) << path;
    ASSERT_GE(site_.Count("/" + path), 1u) << path;
    fetched_again += site_.Count("/" + path) - 1;
  }
  EXPECT_LE(fetched_again, static_cast<size_t>(kKills)) << "at most the page under way at each kill";
  const std::vector<Seen> seen = site_.seen();
  EXPECT_EQ(seen.front().path, "/robots.txt");
  for (size_t i = 1; i < seen.size(); ++i) {
    EXPECT_GE(seen[i].time - seen[i - 1].time, kDelay) << seen[i - 1].path << ", " << seen[i].path;
    EXPECT_FALSE(absl::StartsWith(seen[i].path, "/noi-bo/"));
  }
}

}  // namespace
}  // namespace tintinh::crawler
