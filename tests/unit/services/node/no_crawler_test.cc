#include "services/node/no_crawler.h"

#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::node {
namespace {

TEST(NoCrawlerService, SaysWhichSettingIsEmpty) {
  NoCrawlerService service;
  const auto server = Server::StartInProcess({&service});
  ASSERT_THAT(server, testing::IsOk());
  const auto stub = v1::CrawlerService::NewStub((*server)->InProcessChannel());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::CrawlNowResponse response;
  const grpc::Status status = stub->CrawlNow(&context, {}, &response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr("crawler.sites_file"));
}

}  // namespace
}  // namespace tintinh::node
