#include "services/cli/top/snapshot.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

class OneShard final : public v1::IndexerService::Service {
  grpc::Status GetIndexStatus(grpc::ServerContext* /*context*/, const v1::GetIndexStatusRequest* /*request*/,
                              v1::GetIndexStatusResponse* response) override {
    response->add_shards()->set_articles(42);
    return grpc::Status::OK;
  }
};

struct RunningServer {
  explicit RunningServer(grpc::Service& service) {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.RegisterService(&service);
    server = builder.BuildAndStart();
  }
  ~RunningServer() { server->Shutdown(); }
  Process Named(const std::string& name) const { return {name, absl::StrCat("127.0.0.1:", port)}; }
  int port = 0;
  std::unique_ptr<grpc::Server> server;
};

TEST(TakeSnapshot, AsksWhoeverAnswersAndSaysWhoDoesNot) {
  OneShard indexer;
  v1::IndexerService::Service nothing;
  v1::IndexerService::Service nothing_either;
  const RunningServer whole(indexer);
  const RunningServer query(nothing);
  const RunningServer draining(nothing_either);
  draining.server->GetHealthCheckService()->SetServingStatus(false);
  const Snapshot snapshot = TakeSnapshot({whole.Named("indexer-0"),
                                          query.Named("query-0"),
                                          draining.Named("query-1"),
                                          {"away", "127.0.0.1:1"},
                                          {"far", "192.0.2.1:7300"}},
                                         "", absl::Seconds(20));
  ASSERT_EQ(snapshot.processes.size(), 5u);
  EXPECT_TRUE(snapshot.processes[0].serving);
  ASSERT_EQ(snapshot.processes[0].shards.size(), 1u);
  EXPECT_EQ(snapshot.processes[0].shards[0].articles(), 42u);
  EXPECT_TRUE(snapshot.processes[1].serving);
  EXPECT_TRUE(snapshot.processes[1].shards.empty());
  EXPECT_EQ(snapshot.processes[2].trouble, "not serving");
  EXPECT_EQ(snapshot.processes[3].trouble, "does not answer");
  EXPECT_NE(snapshot.processes[4].trouble.find("ca is needed for TLS"), std::string::npos);
}

}  // namespace
}  // namespace tintinh::cli
