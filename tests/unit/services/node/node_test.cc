#include "services/node/node.h"

#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/server/run_service.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::node {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

config::v1::NodeConfig SmallNode(const testing::TempDir& dir) {
  config::v1::NodeConfig config;
  config.set_data_directory(dir.path());
  config.mutable_server()->set_listen("127.0.0.1:0");
  config.mutable_server()->set_port_file(dir.path() + "/ports");
  config.mutable_server()->set_reflection(true);
  config.mutable_server()->set_max_threads(8);
  config.mutable_server()->set_max_message_bytes(32 << 20);
  config.mutable_indexer()->set_shards(2);
  config.mutable_indexer()->set_memory_segment_bytes(1 << 20);
  config.mutable_indexer()->set_block_cache_bytes(1 << 20);
  config.mutable_indexer()->set_max_queued_appends(16);
  config.mutable_normalizer()->set_max_in_flight_pages(4);
  config.mutable_query()->mutable_default_deadline()->set_seconds(5);
  config.mutable_query()->set_max_concurrent_searches(4);
  config.mutable_web()->set_http_listen("127.0.0.1:0");
  config.mutable_web()->set_max_connections(2);
  return config;
}

std::shared_ptr<grpc::Channel> PublicChannel(const config::v1::NodeConfig& config) {
  std::ifstream in(config.server().port_file());
  std::string name;
  for (int port = 0; in >> name >> port;) {
    if (name == "grpc")
      return grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials());
  }
  return nullptr;
}

std::string StoreOnePage(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(20));
  const auto stub = v1::NormalizerService::NewStub(channel);
  const auto stream = stub->Process(&context);
  v1::ProcessRequest request;
  request.mutable_page()->set_page_id("1");
  request.mutable_page()->set_url("file:ca-phe.txt");
  request.mutable_page()->set_format(v1::PAGE_FORMAT_TEXT);
  request.mutable_page()->set_body(
      "Mùa cà phê chín trên đồi Phủ Quỳ\n\n02/11/2023 06:00\n\n"
      "Nắng hanh tháng mười một, những vườn cà phê ở Phủ Quỳ chín đỏ, nhà nào cũng gọi thêm người hái cho kịp nắng.\n\n"
      "Năm nay quả sai, giá nhích lên từng ngày, bà con bàn nhau phơi kỹ rồi mới bán.\n\nNguyên Khang\n");
  stream->Write(request);
  stream->WritesDone();
  v1::ProcessResponse response;
  stream->Read(&response);
  EXPECT_TRUE(stream->Finish().ok());
  return response.article_id();
}

TEST(Node, APageGivenToTheNormalizerIsFoundByTheQueryService) {
  testing::TempDir dir;
  const config::v1::NodeConfig config = SmallNode(dir);
  ServiceProcess process;
  ASSERT_THAT(BuildNode(config, process), IsOk());
  ASSERT_THAT(process.StartServing(config.server()), IsOk());
  const auto channel = PublicChannel(config);
  const std::string article_id = StoreOnePage(channel);
  ASSERT_FALSE(article_id.empty());

  v1::SearchRequest request;
  request.set_query("mua ca phe phu quy");
  v1::SearchResponse response;
  // Searchable follows durable within milliseconds.
  for (int tries = 0; tries < 1000 && response.hits_size() == 0; ++tries) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(10));
    ASSERT_TRUE(v1::QueryService::NewStub(channel)->Search(&context, request, &response).ok());
  }
  ASSERT_EQ(response.hits_size(), 1);
  EXPECT_EQ(response.hits(0).article_id(), article_id);
  EXPECT_EQ(response.shards_answered(), 2u);
  process.Drain();
}

// The reflection protocol's ListServices by hand: field 7, "*"; the answer holds the names as they are.
TEST(Node, ReflectionListsEveryService) {
  testing::TempDir dir;
  const config::v1::NodeConfig config = SmallNode(dir);
  ServiceProcess process;
  ASSERT_THAT(BuildNode(config, process), IsOk());
  ASSERT_THAT(process.StartServing(config.server()), IsOk());
  grpc::GenericStub stub(PublicChannel(config));
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(10));
  grpc::CompletionQueue queue;
  const auto call =
      stub.PrepareCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  const grpc::Slice slice("\x3a\x01*");
  const grpc::ByteBuffer request(&slice, 1);
  call->WriteLast(request, grpc::WriteOptions(), nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  queue.Next(&tag, &ok);
  ASSERT_TRUE(ok);
  grpc::Slice bytes;
  ASSERT_TRUE(answer.DumpToSingleSlice(&bytes).ok());
  const std::string text(bytes.begin(), bytes.end());
  for (const char* name : {"tintinh.v1.CrawlerService", "tintinh.v1.NormalizerService", "tintinh.v1.IndexerService",
                           "tintinh.v1.QueryService", "grpc.health.v1.Health"}) {
    EXPECT_THAT(text, ::testing::HasSubstr(name));
  }
  context.TryCancel();
  queue.Shutdown();
  while (queue.Next(&tag, &ok)) {
  }
  process.Drain();
}

TEST(CheckNode, NamesWhatIsWrongWithTheCrawlersSection) {
  const testing::TempDir dir;
  config::v1::NodeConfig config = SmallNode(dir);
  EXPECT_THAT(CheckNode(config), IsOk());
  const std::string path = dir.path() + "/sites.yaml";
  std::ofstream(path) << "sites:\n- {id: a, name: A, home: 'https://bao.vidu.vn/', section_pages: [/]}\n";
  config.mutable_crawler()->set_sites_file(path);
  EXPECT_THAT(CheckNode(config), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("user_agent")));
  config.mutable_crawler()->set_user_agent("tintinh/0.1 (+https://vidu.vn/robot)");
  EXPECT_THAT(CheckNode(config), IsOk());
  config.mutable_crawler()->add_allowed_private_networks("10.0.0.0/99");
  EXPECT_THAT(CheckNode(config), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("10.0.0.0/99")));
}

}  // namespace
}  // namespace tintinh::node
