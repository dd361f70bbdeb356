#include "common/server/run_service.h"

#include <pthread.h>
#include <signal.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <system_error>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "common/config/load_config.h"
#include "common/log/log.h"
#include "common/server/version.h"
#include "common/status/status_macros.h"
#include "common/time/proto_duration.h"
#include "google/protobuf/duration.pb.h"

namespace tintinh {
namespace {

constexpr int kFailed = 1;
constexpr int kWrongUse = 2;

struct Flags {
  std::string config_file;
  bool check_config = false;
};

// The exit status when the flags end the process.
std::optional<int> ParseFlags(int argc, char** argv, const ServiceMain& service, Flags& flags) {
  CLI::App app(service.description, service.name);
  app.set_version_flag("--version", absl::StrCat(service.name, " ", kVersion));
  app.add_option("--config", flags.config_file, "configuration file (YAML)")->required();
  app.add_flag("--check-config", flags.check_config, "check the configuration and exit");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kWrongUse;
  }
  return std::nullopt;
}

absl::Status LoadAndCheck(const Flags& flags, const ServiceMain& service) {
  RETURN_IF_ERROR(LoadYamlFile(flags.config_file, service.config));
  RETURN_IF_ERROR(SetLogLevel(service.server().log_level()));
  return service.check ? service.check() : absl::OkStatus();
}

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

// Threads inherit the mask, so only WaitForStop sees these signals.
void BlockStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

void WaitForStop() {
  const sigset_t signals = StopSignals();
  int received = 0;
  sigwait(&signals, &received);
  LogInfo("stopping", {{"signal", received}});
}

absl::Status BuildAndServe(const ServiceMain& service, ServiceProcess& process) {
  process.metrics().NewComputedGauge("tintinh_process_clock_offset_seconds",
                                     "How far the machine's clock was set ahead since the process began",
                                     [] { return absl::ToDoubleSeconds(CalendarOffset()); });
  RETURN_IF_ERROR(service.build(process));
  return process.StartServing(service.server());
}

int Fail(const ServiceMain& service, const absl::Status& status, int exit_status) {
  std::cerr << service.name << ": " << status.message() << "\n";
  return exit_status;
}

}  // namespace

ServiceProcess::~ServiceProcess() {
  server_.reset();
  while (!parts_.empty()) parts_.pop_back();
}

void ServiceProcess::OnDrain(absl::string_view name, absl::AnyInvocable<void()> step) {
  drain_steps_.emplace_back(std::string(name), std::move(step));
}

absl::Status ServiceProcess::WritePortFile(const std::string& path) const {
  const std::string draft = path + ".draft";
  {
    std::ofstream out(draft, std::ios::trunc);
    for (const auto& [name, port] : ports_) out << name << " " << port << "\n";
    if (!out.flush()) return absl::InternalError(absl::StrCat("server.port_file: cannot write ", draft));
  }
  std::error_code error;
  std::filesystem::rename(draft, path, error);
  if (error) return absl::InternalError(absl::StrCat("server.port_file: cannot write ", path, ": ", error.message()));
  return absl::OkStatus();
}

absl::Status ServiceProcess::StartServing(const config::v1::ServerConfig& config) {
  drain_timeout_ = ToDuration(config.drain_timeout());
  if (!config.metrics_listen().empty()) {
    ASSIGN_OR_RETURN(const int port, metrics_.Serve(config.metrics_listen()));
    AddPort("metrics", port);
  }
  ASSIGN_OR_RETURN(server_, Server::Start(config, services_));
  AddPort("grpc", server_->port());
  if (server_->health_port() != 0) AddPort("health", server_->health_port());
  for (const auto& [name, port] : ports_) LogInfo("serving", {{"what", name}, {"port", port}});
  return config.port_file().empty() ? absl::OkStatus() : WritePortFile(config.port_file());
}

void ServiceProcess::Drain() {
  if (server_ != nullptr) server_->Drain(drain_timeout_);
  for (auto it = drain_steps_.rbegin(); it != drain_steps_.rend(); ++it) {
    LogInfo("draining", {{"part", it->first}});
    it->second();
  }
  LogInfo("stopped");
}

int RunService(int argc, char** argv, const ServiceMain& service) {
  BlockStopSignals();
  Flags flags;
  if (const auto exit_status = ParseFlags(argc, argv, service, flags)) return *exit_status;
  if (const absl::Status status = LoadAndCheck(flags, service); !status.ok()) return Fail(service, status, kWrongUse);
  if (flags.check_config) {
    std::cout << flags.config_file << ": ok\n";
    return 0;
  }
  ServiceProcess process;
  const absl::Status status = BuildAndServe(service, process);
  if (status.ok()) WaitForStop();
  process.Drain();
  return status.ok() ? 0 : Fail(service, status, kFailed);
}

}  // namespace tintinh
