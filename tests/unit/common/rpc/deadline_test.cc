#include "common/rpc/deadline.h"

#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh {
namespace {

// Keeps until when its last caller waited.
class Asked final : public v1::IndexerService::Service {
 public:
  grpc::Status GetIndexStatus(grpc::ServerContext* context, const v1::GetIndexStatusRequest* /*request*/,
                              v1::GetIndexStatusResponse* /*response*/) override {
    until = DeadlineOf(*context);
    return grpc::Status::OK;
  }
  absl::Time until;
};

class DeadlineTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(server_, testing::IsOk()); }

  absl::Time Ask(grpc::ClientContext& context) {
    v1::GetIndexStatusResponse response;
    EXPECT_TRUE(
        v1::IndexerService::NewStub((*server_)->InProcessChannel())->GetIndexStatus(&context, {}, &response).ok());
    return service_.until;
  }

 private:
  Asked service_;
  absl::StatusOr<std::unique_ptr<Server>> server_ = Server::StartInProcess({&service_});
};

TEST_F(DeadlineTest, IsATimeOfTheSteadyClock) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(20));
  EXPECT_LT(absl::AbsDuration(Ask(context) - (SteadyNow() + absl::Seconds(20))), absl::Seconds(2));
}

TEST_F(DeadlineTest, ACallerWithoutOneWaitsForEver) {
  grpc::ClientContext context;
  EXPECT_EQ(Ask(context), absl::InfiniteFuture());
}

}  // namespace
}  // namespace tintinh
