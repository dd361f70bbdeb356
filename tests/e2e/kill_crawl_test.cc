// Kills a real node at random points of a crawl of the demo newspaper, served by nginx, whose access log is the
// referee.
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <string>

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

constexpr int kKills = 12;
constexpr int kInFlight = 2;  // max_concurrent of the site

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

  std::string Base() const { return absl::StrCat("http://127.0.0.1:", port_); }
  std::string SitesFile() const { return directory_ + "/sites.yaml"; }

  // Answers 200 by path.
  std::map<std::string, int> Served() const {
    std::map<std::string, int> counts;
    std::stringstream log(ReadFile(directory_ + "/nginx-access.log"));
    std::string time;
    std::string status;
    for (std::string path; log >> time >> status >> path;) counts[path] += status == "200" ? 1 : 0;
    return counts;
  }

 private:
  void Fill(const std::string& source, const std::string& target) const {
    std::ofstream(target) << absl::StrReplaceAll(
        ReadFile(absl::StrCat(TINTINH_SOURCE_DIR, "/", source)),
        {{"@DATA@", directory_}, {"@SITE@", directory_ + "/site"}, {"@SITE_PORT@", absl::StrCat(port_)}});
  }

  const std::string directory_;
  const int port_;
  std::unique_ptr<testing::ChildProcess> server_;
};

uint64_t Stored(const v1::GetCrawlerStatusResponse& status) {
  uint64_t stored = 0;
  for (const v1::SiteStatus& site : status.sites()) stored += site.articles_stored();
  return stored;
}

// Watches until the crawler has stored `articles` or has nothing left to do. False when the stream broke.
bool WatchUntil(testing::NodeProcess& node, uint64_t articles) {
  const auto stub = v1::CrawlerService::NewStub(node.Channel());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(60));
  v1::WatchCrawlerStatusRequest request;
  request.mutable_interval()->set_nanos(100'000'000);
  const auto stream = stub->WatchCrawlerStatus(&context, request);
  v1::WatchCrawlerStatusResponse response;
  while (stream->Read(&response)) {
    const bool idle = response.status().idle() && Stored(response.status()) >= demo::kArticles;
    if (idle || Stored(response.status()) >= articles) {
      context.TryCancel();
      return true;
    }
  }
  return false;
}

TEST(KillCrawl, EveryArticleIsStoredOnceAndNothingFinishedIsFetchedAgain) {
  if (!std::filesystem::exists("/usr/sbin/nginx")) GTEST_SKIP() << "nginx is not installed";
  testing::TempDir dir;
  std::filesystem::create_directories(dir.path() + "/paper");
  Newspaper paper(dir.path() + "/paper");
  testing::NodeProcess node(dir.path(), absl::StrCat("crawler: {sites_file: '", paper.SitesFile(),
                                                     "', allowed_private_networks: ['127.0.0.0/8']}\n"));
  std::mt19937 random(7);
  for (int kill = 1; kill <= kKills; ++kill) {
    ASSERT_TRUE(node.Start());
    EXPECT_TRUE(WatchUntil(node, static_cast<uint64_t>(kill) * (demo::kArticles - 8) / kKills + random() % 6));
    node.Kill();
  }
  ASSERT_TRUE(node.Start());
  ASSERT_TRUE(WatchUntil(node, UINT64_MAX));

  const auto stub = v1::IndexerService::NewStub(node.Channel());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(30));
  v1::GetIndexStatusResponse status;
  ASSERT_TRUE(stub->GetIndexStatus(&context, {}, &status).ok());
  uint64_t articles = 0;
  for (const v1::ShardStatus& shard : status.shards()) articles += shard.articles();
  EXPECT_EQ(articles, demo::kArticles);

  int fetches = 0;
  size_t pages = 0;
  const std::map<std::string, int> served = paper.Served();
  for (const auto& [path, count] : served) {
    EXPECT_FALSE(absl::StartsWith(path, "/quan-tri/")) << "robots.txt disallows " << path;
    if (!absl::EndsWith(path, ".html")) continue;
    ++pages;
    fetches += count;
  }
  EXPECT_EQ(pages, demo::kArticles);
  // A kill loses at most what was being fetched.
  EXPECT_LE(fetches, static_cast<int>(demo::kArticles) + kKills * kInFlight);
  EXPECT_EQ(node.StopGracefully(), 0);
}

}  // namespace
}  // namespace tintinh
