#include "services/node/embedded_normalizer.h"

#include <utility>

#include "common/metrics/metrics.h"
#include "common/server/server.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/normalizer/deliver/deliver.h"
#include "services/normalizer/normalizer.h"
#include "services/normalizer/normalizer_service.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::node {

// In the order of their making; each outlives what follows.
struct EmbeddedNormalizer::Parts {
  SystemClock clock;
  Metrics metrics;
  v1::IndexerService::Service refuses_everything;
  std::unique_ptr<Server> indexer_server;
  std::unique_ptr<v1::IndexerService::Stub> indexer;
  std::unique_ptr<normalizer::Normalizer> core;
  std::unique_ptr<normalizer::Delivery> delivery;
  std::unique_ptr<normalizer::NormalizerService> service;
  std::unique_ptr<Server> server;
  std::shared_ptr<grpc::Channel> channel;
};

absl::StatusOr<std::unique_ptr<EmbeddedNormalizer>> EmbeddedNormalizer::Start() {
  const config::v1::NormalizerConfig defaults;
  auto parts = std::make_unique<Parts>();
  ASSIGN_OR_RETURN(parts->indexer_server, Server::StartInProcess({&parts->refuses_everything}));
  parts->indexer = v1::IndexerService::NewStub(parts->indexer_server->InProcessChannel());
  parts->core = std::make_unique<normalizer::Normalizer>(normalizer::LimitsOf(defaults));
  parts->delivery =
      std::make_unique<normalizer::Delivery>(*parts->indexer, normalizer::DeliveryOptionsOf(defaults), parts->clock);
  parts->service = std::make_unique<normalizer::NormalizerService>(*parts->core, *parts->delivery, 1, parts->metrics);
  ASSIGN_OR_RETURN(parts->server, Server::StartInProcess({parts->service.get()}));
  parts->channel = parts->server->InProcessChannel();
  return std::unique_ptr<EmbeddedNormalizer>(new EmbeddedNormalizer(std::move(parts)));
}

EmbeddedNormalizer::EmbeddedNormalizer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
EmbeddedNormalizer::~EmbeddedNormalizer() = default;

const std::shared_ptr<grpc::Channel>& EmbeddedNormalizer::channel() const { return parts_->channel; }

}  // namespace tintinh::node
