// One crawl of a site of which the sitemap names every page, without a delay: pages a second of the crawler alone,
// archive on. What stands for the normalizer takes each page at once. Prints a JSON line.
//
//   crawl_bench HOME DIR      such as http://127.0.0.1:8080/; DIR must not exist
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/log/log.h"
#include "common/metrics/metrics.h"
#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/crawler/crawler.h"
#include "services/crawler/crawler_options.h"
#include "services/crawler/sites/sites.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/config/v1/sites.pb.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::crawler {
namespace {

constexpr uint32_t kConcurrent = 16;

class TakesAll final : public v1::NormalizerService::Service {
 public:
  grpc::Status Process(grpc::ServerContext*,
                       grpc::ServerReaderWriter<v1::ProcessResponse, v1::ProcessRequest>* stream) override {
    v1::ProcessRequest request;
    while (stream->Read(&request)) {
      v1::ProcessResponse response;
      response.set_page_id(request.page().page_id());
      response.set_outcome(v1::OUTCOME_STORED);
      response.set_article_id("0123456789abcdef0123456789abcdef");
      if (!stream->Write(response)) break;
    }
    return grpc::Status::OK;
  }
};

absl::StatusOr<Sites> OneSite(const std::string& home) {
  config::v1::SitesConfig config;
  config::v1::SiteConfig& site = *config.add_sites();
  site.set_id("bench");
  site.set_name("Báo Thử");
  site.set_home(home);
  site.add_sitemaps("/sitemap.xml");
  site.mutable_delay();
  site.set_max_concurrent(kConcurrent);
  site.mutable_sitemap_interval()->set_seconds(21'600);
  site.set_max_article_urls(1'000'000);
  return Sites::Create(config, {.user_agent = "tintinh-bench"});
}

absl::StatusOr<CrawlerOptions> Options(const std::string& directory) {
  config::v1::CrawlerConfig config;
  config.set_data_directory(directory);
  config.set_user_agent("tintinh-bench");
  config.set_max_concurrent_fetches(kConcurrent);
  config.set_max_page_bytes(5 << 20);
  config.mutable_fetch_timeout()->set_seconds(30);
  config.set_max_outbox_pages(1000);
  config.set_warc_file_bytes(1 << 30);
  config.set_max_tries(3);
  config.add_allowed_private_networks("127.0.0.0/8");
  return OptionsOf(config);
}

// Articles stored by the site, once nothing is left to do.
absl::StatusOr<uint64_t> AwaitIdle(const Crawler& crawler) {
  while (crawler.Wait(absl::Milliseconds(5))) {
    ASSIGN_OR_RETURN(const v1::GetCrawlerStatusResponse status, crawler.Status());
    if (status.idle() && status.sites(0).articles_stored() > 0) return status.sites(0).articles_stored();
  }
  return absl::CancelledError("the crawler drains");
}

void Print(uint64_t pages, double seconds) {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const double cpu = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                     static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
  absl::PrintF("{\"pages\":%d,\"seconds\":%.3f,\"pages_per_s\":%.0f,\"cpu_s\":%.3f,\"max_rss_mb\":%d}\n", pages,
               seconds, static_cast<double>(pages) / seconds, cpu, usage.ru_maxrss / 1024);
}

absl::Status Main(const std::string& home, const std::string& directory) {
  TakesAll normalizer;
  config::v1::ServerConfig server_config;
  server_config.set_listen("127.0.0.1:0");
  server_config.set_max_threads(4);
  server_config.set_max_message_bytes(32 << 20);
  ASSIGN_OR_RETURN(const std::unique_ptr<Server> server, Server::Start(server_config, {&normalizer}));
  config::v1::PeerConfig peer;
  peer.set_target(absl::StrCat("127.0.0.1:", server->port()));
  ASSIGN_OR_RETURN(const auto channel, Connect(peer));
  const auto stub = v1::NormalizerService::NewStub(channel);
  Metrics metrics;
  const SystemClock clock;
  ASSIGN_OR_RETURN(Sites sites, OneSite(home));
  ASSIGN_OR_RETURN(CrawlerOptions options, Options(directory));
  ASSIGN_OR_RETURN(const auto crawler, Crawler::Open(std::move(options), std::move(sites), {*stub, metrics, clock}));
  const auto start = std::chrono::steady_clock::now();
  RETURN_IF_ERROR(crawler->Start());
  ASSIGN_OR_RETURN(const uint64_t pages, AwaitIdle(*crawler));
  Print(pages, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  crawler->Drain();
  server->Drain(absl::Seconds(1));
  return absl::OkStatus();
}

}  // namespace
}  // namespace tintinh::crawler

int main(int argc, char** argv) {
  if (argc != 3 || std::filesystem::exists(argv[2])) {
    std::fprintf(stderr, "usage: crawl_bench HOME DIR; DIR must not exist\n");
    return 2;
  }
  absl::Status status = tintinh::SetLogLevel("error");
  if (status.ok()) status = tintinh::crawler::Main(argv[1], argv[2]);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
