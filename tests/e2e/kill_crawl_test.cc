// Kills a real node at random points of a crawl of the demo newspaper, served by nginx, whose access log is the
// referee.
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "deploy/demo/content.h"
#include "deploy/demo/site.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/child_process.h"
#include "tests/support/node_process.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh {
namespace {

constexpr int kKills = 50;
constexpr int kInFlight = 2;  // max_concurrent of the site
constexpr double kDelaySeconds = 0.1;
// nginx writes the time when it has answered, so two entries may stand a little closer than the requests did.
constexpr double kLeastGapSeconds = kDelaySeconds / 2;

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// nginx cannot bind port 0 and tell, so a free port is looked for first.
int FreePort() {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(fd, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(fd);
  return ntohs(address.sin_port);
}

// The demo newspaper behind nginx.
class Newspaper {
 public:
  explicit Newspaper(std::string directory) : directory_(std::move(directory)), port_(FreePort()) {
    std::filesystem::create_directories(directory_ + "/nginx-tmp");
    EXPECT_TRUE(demo::GenerateSite(directory_ + "/site", Base()).ok());
    Fill("deploy/demo-nginx.conf", directory_ + "/nginx.conf");
    Fill("deploy/sites/demo.yaml", directory_ + "/sites.yaml");
    const std::string nginx = std::filesystem::exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "/usr/bin/nginx";
    const std::string user = ::getuid() == 0 ? "user root;" : "";
    server_ =
        std::make_unique<testing::ChildProcess>(std::vector<std::string>{nginx, "-e", directory_ + "/nginx-error.log",
                                                                         "-c", directory_ + "/nginx.conf", "-g", user},
                                                directory_ + "/nginx.log");
  }

  // A killed master would leave its worker behind.
  ~Newspaper() { server_->Stop(SIGTERM); }
  Newspaper(const Newspaper&) = delete;
  Newspaper& operator=(const Newspaper&) = delete;

  // False when nginx does not take connections within ten seconds.
  bool Serves() const {
    for (int i = 0; i < 500; ++i) {
      if (Connects()) return true;
      ::poll(nullptr, 0, 20);
    }
    return false;
  }

  std::string Base() const { return absl::StrCat("http://127.0.0.1:", port_); }
  std::string SitesFile() const { return directory_ + "/sites.yaml"; }

  struct Request {
    double time = 0;
    int status = 0;
    std::string path;
  };

  // What nginx answered, in order.
  std::vector<Request> Log() const {
    std::vector<Request> requests;
    std::stringstream log(ReadFile(directory_ + "/nginx-access.log"));
    for (Request request; log >> request.time >> request.status >> request.path;) requests.push_back(request);
    return requests;
  }

 private:
  bool Connects() const {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port_));
    const bool connected = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return connected;
  }
  void Fill(const std::string& source, const std::string& target) const {
    std::ofstream(target) << absl::StrReplaceAll(ReadFile(absl::StrCat(TINTINH_SOURCE_DIR, "/", source)),
                                                 {{"@DATA@", directory_},
                                                  {"@SITE@", directory_ + "/site"},
                                                  {"@SITE_PORT@", absl::StrCat(port_)},
                                                  {"delay: 20ms", "delay: 100ms"}});
  }

  const std::string directory_;
  const int port_;
  std::unique_ptr<testing::ChildProcess> server_;
};

// Waits until nginx has answered `more` requests than `before`, or the crawl may be over.
void AwaitRequests(const Newspaper& paper, size_t before, size_t more) {
  constexpr int kPollMilliseconds = 5;
  for (int i = 0; i < 2000 / kPollMilliseconds && paper.Log().size() < before + more; ++i) {
    ::poll(nullptr, 0, kPollMilliseconds);
  }
}

// Not by the articles counted as stored: one whose outcome a kill swallowed is answered as unchanged the second time.
bool AwaitTheEnd(testing::NodeProcess& node) {
  const auto stub = v1::CrawlerService::NewStub(node.Channel());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(60));
  v1::WatchCrawlerStatusRequest request;
  request.mutable_interval()->set_nanos(100'000'000);
  const auto stream = stub->WatchCrawlerStatus(&context, request);
  v1::WatchCrawlerStatusResponse response;
  while (stream->Read(&response)) {
    const v1::GetCrawlerStatusResponse& status = response.status();
    if (!status.idle() || status.urls_due() > 0 || status.urls_known() < demo::kArticles) continue;
    context.TryCancel();
    return true;
  }
  return false;
}

uint64_t LiveArticles(testing::NodeProcess& node) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(30));
  v1::GetIndexStatusResponse status;
  EXPECT_TRUE(v1::IndexerService::NewStub(node.Channel())->GetIndexStatus(&context, {}, &status).ok());
  uint64_t articles = 0;
  for (const v1::ShardStatus& shard : status.shards()) articles += shard.articles();
  return articles;
}

// Every article asked for, hardly one twice (a kill loses at most what was being fetched), nothing disallowed, and no
// two requests closer than the rule, restarts included.
void Judge(const std::vector<Newspaper::Request>& log) {
  std::set<std::string> pages;
  int fetches = 0;
  for (size_t i = 0; i < log.size(); ++i) {
    EXPECT_FALSE(absl::StartsWith(log[i].path, "/quan-tri/")) << "robots.txt disallows " << log[i].path;
    const double gap = i == 0 ? kDelaySeconds : log[i].time - log[i - 1].time;
    EXPECT_GE(gap, kLeastGapSeconds) << "before " << log[i].path;
    if (!absl::EndsWith(log[i].path, ".html") || log[i].status != 200) continue;
    pages.insert(log[i].path);
    ++fetches;
  }
  EXPECT_EQ(pages.size(), demo::kArticles);
  EXPECT_LE(fetches, static_cast<int>(demo::kArticles) + kKills * kInFlight);
}

TEST(KillCrawl, EveryArticleIsStoredOnceAndNothingFinishedIsFetchedAgain) {
  if (!std::filesystem::exists("/usr/sbin/nginx")) GTEST_SKIP() << "nginx is not installed";
  testing::TempDir dir;
  std::filesystem::create_directories(dir.path() + "/paper");
  Newspaper paper(dir.path() + "/paper");
  ASSERT_TRUE(paper.Serves());
  testing::NodeProcess node(dir.path(), absl::StrCat("crawler: {sites_file: '", paper.SitesFile(),
                                                     "', allowed_private_networks: ['127.0.0.0/8']}\n"));
  std::mt19937 random(7);
  for (int kill = 0; kill < kKills; ++kill) {
    ASSERT_TRUE(node.Start()) << "after kill " << kill;
    AwaitRequests(paper, paper.Log().size(), random() % 4);
    node.Kill();
  }
  ASSERT_TRUE(node.Start());
  ASSERT_TRUE(AwaitTheEnd(node));
  EXPECT_EQ(LiveArticles(node), demo::kArticles);
  Judge(paper.Log());
  EXPECT_EQ(node.StopGracefully(), 0);
}

}  // namespace
}  // namespace tintinh
