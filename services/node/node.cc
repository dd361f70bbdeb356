#include "services/node/node.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/server/server.h"
#include "common/status/status_macros.h"
#include "services/crawler/crawler.h"
#include "services/crawler/crawler_options.h"
#include "services/crawler/crawler_service.h"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/node/no_crawler.h"
#include "services/normalizer/deliver/deliver.h"
#include "services/normalizer/normalizer.h"
#include "services/normalizer/normalizer_service.h"
#include "services/query/query.h"
#include "services/query/query_service.h"
#include "services/web/web_server.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::node {
namespace {

// A service object belongs to one server, so each core gets two adapters: one inside the process, one public.
template <typename Service, typename... Arguments>
absl::StatusOr<std::shared_ptr<grpc::Channel>> Offer(ServiceProcess& process, Arguments&... arguments) {
  process.Serve(process.Own(std::make_unique<Service>(arguments...)));
  Service& inner = process.Own(std::make_unique<Service>(arguments...));
  ASSIGN_OR_RETURN(std::unique_ptr<Server> server, Server::StartInProcess({&inner}));
  return process.Own(std::move(server)).InProcessChannel();
}

std::string DirectoryOr(const std::string& given, const config::v1::NodeConfig& node, absl::string_view name) {
  return given.empty() ? absl::StrCat(node.data_directory(), "/", name) : given;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> BuildIndexer(const config::v1::NodeConfig& node,
                                                            ServiceProcess& process) {
  config::v1::IndexerConfig config = node.indexer();
  config.set_data_directory(DirectoryOr(config.data_directory(), node, "indexer"));
  ASSIGN_OR_RETURN(auto opened, indexer::Indexer::Open(config, process.clock(), process.metrics()));
  indexer::Indexer& core = process.Own(std::move(opened));
  RETURN_IF_ERROR(core.Start());
  process.OnDrain("indexer", [&core] {
    if (const absl::Status status = core.Drain(); !status.ok()) {
      LogError("indexer did not close cleanly", {{"error", status.message()}});
    }
  });
  return Offer<indexer::IndexerService>(process, core);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> BuildNormalizer(const config::v1::NormalizerConfig& config,
                                                               v1::IndexerService::StubInterface& indexer,
                                                               ServiceProcess& process) {
  auto& core = process.Own(std::make_unique<normalizer::Normalizer>(normalizer::LimitsOf(config)));
  auto& delivery = process.Own(
      std::make_unique<normalizer::Delivery>(indexer, normalizer::DeliveryOptionsOf(config), process.clock()));
  const size_t in_flight = config.max_in_flight_pages();
  return Offer<normalizer::NormalizerService>(process, core, delivery, in_flight, process.metrics());
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> BuildQuery(const config::v1::QueryConfig& config,
                                                          v1::IndexerService::StubInterface& indexer,
                                                          ServiceProcess& process) {
  auto& core = process.Own(std::make_unique<query::Query>(
      query::QueryOptionsOf(config), std::vector<query::IndexerStub*>{&indexer}, process.clock(), process.metrics()));
  return Offer<query::QueryService>(process, core);
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> BuildCrawler(const config::v1::NodeConfig& node,
                                                            v1::NormalizerService::StubInterface& normalizer,
                                                            ServiceProcess& process) {
  config::v1::CrawlerConfig config = node.crawler();
  config.set_data_directory(DirectoryOr(config.data_directory(), node, "crawler"));
  ASSIGN_OR_RETURN(crawler::Sites sites, crawler::LoadSites(config));
  ASSIGN_OR_RETURN(crawler::CrawlerOptions options, crawler::OptionsOf(config));
  ASSIGN_OR_RETURN(std::vector<crawler::Member> others, crawler::ConnectMembers(config));
  const crawler::CrawlerPeers peers{normalizer, process.metrics(), process.clock(), std::move(others)};
  ASSIGN_OR_RETURN(auto opened, crawler::Crawler::Open(std::move(options), std::move(sites), peers));
  crawler::Crawler& core = process.Own(std::move(opened));
  process.OnDrain("crawler", [&core] { core.Drain(); });
  RETURN_IF_ERROR(core.Start());
  return Offer<crawler::CrawlerService>(process, core);
}

absl::Status BuildWeb(const config::v1::WebConfig& config, const web::Peers& peers, ServiceProcess& process) {
  auto& server = process.Own(std::make_unique<web::WebServer>(web::WebOptionsOf(config), peers, process.metrics()));
  RETURN_IF_ERROR(server.Start());
  process.AddPort("web", server.port());
  process.OnDrain("web", [&server] { server.Drain(); });
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckNode(const config::v1::NodeConfig& config) {
  return config.crawler().sites_file().empty() ? absl::OkStatus() : crawler::CheckConfig(config.crawler());
}

absl::Status BuildNode(const config::v1::NodeConfig& config, ServiceProcess& process) {
  ASSIGN_OR_RETURN(const auto indexer_channel, BuildIndexer(config, process));
  auto& indexer = process.Own(v1::IndexerService::NewStub(indexer_channel));
  ASSIGN_OR_RETURN(const auto normalizer_channel, BuildNormalizer(config.normalizer(), indexer, process));
  auto& normalizer = process.Own(v1::NormalizerService::NewStub(normalizer_channel));
  ASSIGN_OR_RETURN(const auto query_channel, BuildQuery(config.query(), indexer, process));
  auto& query = process.Own(v1::QueryService::NewStub(query_channel));
  ASSIGN_OR_RETURN(const auto crawler_channel, config.crawler().sites_file().empty()
                                                   ? Offer<NoCrawlerService>(process)
                                                   : BuildCrawler(config, normalizer, process));
  auto& crawler = process.Own(v1::CrawlerService::NewStub(crawler_channel));
  return BuildWeb(config.web(), web::PeersOf(config.web(), query, crawler, indexer), process);
}

}  // namespace tintinh::node
