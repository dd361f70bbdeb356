#include "common/server/server.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/status_macros.h"
#include "common/time/proto_duration.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"

namespace tintinh {
namespace {

constexpr int kInProcessMaxMessageBytes = 32 << 20;

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> TlsCredentials(const config::v1::TlsConfig& tls) {
  grpc::SslServerCredentialsOptions options(tls.client_ca().empty()
                                                ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                                                : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  ASSIGN_OR_RETURN(pair.cert_chain, ReadPemFile(tls.certificate()));
  ASSIGN_OR_RETURN(pair.private_key, ReadPemFile(tls.private_key()));
  options.pem_key_cert_pairs.push_back(pair);
  if (!tls.client_ca().empty()) {
    ASSIGN_OR_RETURN(options.pem_root_certs, ReadPemFile(tls.client_ca()));
  }
  return grpc::SslServerCredentials(options);
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsFor(const config::v1::ServerConfig& config) {
  if (!config.tls().certificate().empty()) return TlsCredentials(config.tls());
  if (IsLoopback(config.listen())) return grpc::InsecureServerCredentials();
  return absl::InvalidArgumentError(
      absl::StrCat("server.listen: ", config.listen(), " is not loopback: server.tls.certificate is needed"));
}

// Both are switches of the whole process that gRPC reads when a builder is made.
void EnablePlugins(const config::v1::ServerConfig& config) {
  grpc::EnableDefaultHealthCheckService(true);
  if (config.reflection()) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
}

// Sync servers keep one thread polling per completion queue and grow to the quota.
void SetLimits(const config::v1::ServerConfig& config, grpc::ServerBuilder& builder) {
  grpc::ResourceQuota quota("server");
  quota.SetMaxThreads(static_cast<int>(config.max_threads()));
  builder.SetResourceQuota(quota);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::NUM_CQS, 1);
  const int bytes = static_cast<int>(std::min<uint32_t>(config.max_message_bytes(), 256u << 20));
  builder.SetMaxReceiveMessageSize(bytes);
  builder.SetMaxSendMessageSize(bytes);
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // Our own clients ask every two seconds whether anybody is there (common/rpc).
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 1000);
  const absl::Duration age = ToDuration(config.max_connection_age());
  if (age > absl::ZeroDuration()) {
    builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, static_cast<int>(absl::ToInt64Milliseconds(age)));
  }
}

// gRPC takes a port modulo 65,536.
absl::Status CheckPort(absl::string_view field, absl::string_view address) {
  const size_t colon = address.rfind(':');
  uint32_t port = 0;
  const bool is_port = colon != absl::string_view::npos && absl::SimpleAtoi(address.substr(colon + 1), &port);
  if (address.empty() || absl::StartsWith(address, "unix:") || (is_port && port <= 65535)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": \"", address, "\" is no HOST:PORT, with a port of 0 to 65535"));
}

}  // namespace

Server::~Server() {
  for (const auto* server : {&server_, &health_}) {
    if (*server != nullptr) (*server)->Shutdown(std::chrono::system_clock::now());
  }
  if (health_queue_ != nullptr) health_queue_->Shutdown();
  if (health_poller_.joinable()) health_poller_.join();
}

// Answers for the process: what the other port serves is never offered here.
absl::Status Server::StartHealth(const std::string& address) {
  if (address.empty()) return absl::OkStatus();
  grpc::ServerBuilder builder;
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &health_port_);
  // A server without methods of its own is polled by whoever has it.
  health_queue_ = builder.AddCompletionQueue();
  health_ = builder.BuildAndStart();
  health_poller_ = std::thread([queue = health_queue_.get()] {
    void* tag = nullptr;
    bool ok = false;
    while (queue->Next(&tag, &ok)) continue;
  });
  if (health_ != nullptr && health_port_ != 0) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("server.health_listen: cannot listen on ", address));
}

absl::StatusOr<std::unique_ptr<Server>> Server::Start(const config::v1::ServerConfig& config,
                                                      const std::vector<grpc::Service*>& services) {
  RETURN_IF_ERROR(CheckPort("server.listen", config.listen()));
  RETURN_IF_ERROR(CheckPort("server.health_listen", config.health_listen()));
  ASSIGN_OR_RETURN(const auto credentials, CredentialsFor(config));
  EnablePlugins(config);
  std::unique_ptr<Server> server(new Server);
  grpc::ServerBuilder builder;
  SetLimits(config, builder);
  builder.AddListeningPort(config.listen(), credentials, &server->port_);
  for (grpc::Service* service : services) builder.RegisterService(service);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || server->port_ == 0) {
    return absl::UnavailableError(absl::StrCat("server.listen: cannot listen on ", config.listen()));
  }
  RETURN_IF_ERROR(server->StartHealth(config.health_listen()));
  return server;
}

absl::StatusOr<std::unique_ptr<Server>> Server::StartInProcess(const std::vector<grpc::Service*>& services) {
  std::unique_ptr<Server> server(new Server);
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(kInProcessMaxMessageBytes);
  builder.SetMaxSendMessageSize(kInProcessMaxMessageBytes);
  for (grpc::Service* service : services) builder.RegisterService(service);
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr) return absl::InternalError("an in-process server could not be started");
  return server;
}

std::shared_ptr<grpc::Channel> Server::InProcessChannel() {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kInProcessMaxMessageBytes);
  arguments.SetMaxSendMessageSize(kInProcessMaxMessageBytes);
  return server_->InProcessChannel(arguments);
}

void Server::Drain(absl::Duration timeout) {
  for (const auto* server : {&server_, &health_}) {
    if (*server == nullptr) continue;
    if (auto* health = (*server)->GetHealthCheckService()) health->SetServingStatus(false);
  }
  server_->Shutdown(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(timeout));
}

}  // namespace tintinh
