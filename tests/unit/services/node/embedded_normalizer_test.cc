#include "services/node/embedded_normalizer.h"

#include "common/rpc/channel.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::node {
namespace {

constexpr char kDump[] =
    "Cầu mới nối hai bờ sông Giăng\n\n12/03/2024 09:15\n\n"
    "Sáng nay, cây cầu bê tông dài hơn trăm mét qua sông Giăng thông xe, người dân hai bờ đi bộ qua cầu từ tinh mơ.\n\n"
    "Trước kia, học sinh bờ bắc phải đi đò, mùa lũ thì nghỉ học cả tuần vì nước xiết.\n\nHoàng Lê Vinh\n";

v1::Page DumpPage() {
  v1::Page page;
  page.set_page_id("1");
  page.set_url("file:cau-moi.txt");
  page.set_format(v1::PAGE_FORMAT_TEXT);
  page.set_body(kDump);
  return page;
}

TEST(EmbeddedNormalizer, AnswersADryRunWithoutANode) {
  const auto embedded = EmbeddedNormalizer::Start();
  ASSERT_THAT(embedded, testing::IsOk());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  v1::NormalizeRequest request;
  *request.mutable_page() = DumpPage();
  v1::NormalizeResponse response;
  const auto stub = v1::NormalizerService::NewStub((*embedded)->channel());
  ASSERT_TRUE(stub->Normalize(&context, request, &response).ok());
  EXPECT_EQ(response.article().title(), "Cầu mới nối hai bờ sông Giăng");
}

TEST(EmbeddedNormalizer, StoresNothing) {
  const auto embedded = EmbeddedNormalizer::Start();
  ASSERT_THAT(embedded, testing::IsOk());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(30));
  const auto stub = v1::NormalizerService::NewStub((*embedded)->channel());
  const auto stream = stub->Process(&context);
  v1::ProcessRequest request;
  *request.mutable_page() = DumpPage();
  ASSERT_TRUE(stream->Write(request));
  stream->WritesDone();
  v1::ProcessResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_EQ(response.outcome(), v1::OUTCOME_FAILED) << response.reason();
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
}

}  // namespace
}  // namespace tintinh::node
