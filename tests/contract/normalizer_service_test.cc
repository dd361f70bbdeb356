// NormalizerService as its clients see it, over an in-process channel.
#include "services/normalizer/normalizer_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_indexer.h"
#include "tests/support/sample_page.h"

namespace tintinh::normalizer {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using tintinh::testing::FakeClock;
using tintinh::testing::FakeIndexer;
using tintinh::testing::SampleStory;

class NormalizerServiceTest : public ::testing::Test {
 protected:
  // Sends every page and half-closes, reading outcomes meanwhile.
  std::vector<v1::ProcessResponse> Process(const std::vector<v1::Page>& pages, grpc::Status* status = nullptr) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(30));
    auto stream = stub_->Process(&context);
    std::thread writer([&] {
      for (const v1::Page& page : pages) {
        v1::ProcessRequest request;
        *request.mutable_page() = page;
        if (!stream->Write(request)) break;
      }
      stream->WritesDone();
    });
    std::vector<v1::ProcessResponse> responses;
    for (v1::ProcessResponse response; stream->Read(&response);) responses.push_back(response);
    writer.join();
    const grpc::Status finished = stream->Finish();
    EXPECT_TRUE(finished.ok() || status != nullptr) << finished.error_message();
    if (status != nullptr) *status = finished;
    return responses;
  }

  grpc::Status Normalize(const v1::Page& page, v1::NormalizeResponse& response) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(30));
    v1::NormalizeRequest request;
    *request.mutable_page() = page;
    return stub_->Normalize(&context, request, &response);
  }

  FakeIndexer indexer_;
  FakeClock clock_;
  Metrics metrics_;
  Normalizer normalizer_{NormalizerLimits()};
  Delivery delivery_{indexer_.stub(), DeliveryOptions(), clock_};
  NormalizerService service_{normalizer_, delivery_, 4, metrics_};
  std::unique_ptr<Server> server_ = *Server::StartInProcess({&service_});
  std::unique_ptr<v1::NormalizerService::Stub> stub_ = v1::NormalizerService::NewStub(server_->InProcessChannel());
};

TEST_F(NormalizerServiceTest, NormalizeIsADryRunWithEvidence) {
  v1::NormalizeResponse response;
  ASSERT_TRUE(Normalize(SampleStory(1), response).ok());
  EXPECT_EQ(response.article().title(), "Bản vùng cao mở đường mới 1");
  EXPECT_GT(response.evidence_size(), 0);
  EXPECT_GT(response.links_size(), 0);
  EXPECT_EQ(indexer_.calls(), 0);
}

TEST_F(NormalizerServiceTest, NormalizeNamesTheFieldAndTheLimit) {
  v1::Page page = SampleStory(1);
  page.set_page_id(std::string(65, 'x'));
  v1::NormalizeResponse response;
  const grpc::Status status = Normalize(page, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("page.page_id: 65 bytes, the limit is 64"));
}

TEST_F(NormalizerServiceTest, NormalizeSaysWhyAPageIsNoArticle) {
  v1::Page page = SampleStory(1);
  page.set_http_status(500);
  v1::NormalizeResponse response;
  ASSERT_TRUE(Normalize(page, response).ok());
  EXPECT_FALSE(response.has_article());
  EXPECT_EQ(response.reject_reason(), v1::REJECT_REASON_HTTP_STATUS);
}

TEST_F(NormalizerServiceTest, ProcessGivesOneOutcomePerPageInOrder) {
  std::vector<v1::Page> pages;
  for (int i = 0; i < 30; ++i) {
    pages.push_back(SampleStory(i));
    if (i % 3 == 0) pages.back().set_http_status(404);
  }
  const std::vector<v1::ProcessResponse> responses = Process(pages);
  ASSERT_THAT(responses, SizeIs(30));
  for (size_t i = 0; i < responses.size(); ++i) {
    EXPECT_EQ(responses[i].page_id(), absl::StrCat("page-", i));
    EXPECT_EQ(responses[i].outcome(), i % 3 == 0 ? v1::OUTCOME_REJECTED : v1::OUTCOME_STORED);
  }
  EXPECT_THAT(indexer_.titles(), SizeIs(20));
}

TEST_F(NormalizerServiceTest, AStoredPageSaysWhereItIsLogged) {
  const std::vector<v1::ProcessResponse> responses = Process({SampleStory(1)});
  ASSERT_THAT(responses, SizeIs(1));
  EXPECT_EQ(responses[0].article_id().size(), 32u);
  EXPECT_EQ(responses[0].shard(), 1u);
  EXPECT_EQ(responses[0].log_position(), 1u);
  EXPECT_EQ(responses[0].kind(), v1::PAGE_KIND_ARTICLE);
  EXPECT_GT(responses[0].links_size(), 0);
}

TEST_F(NormalizerServiceTest, AnUnreachableIndexerFailsThePageRetryably) {
  indexer_.OnCall([this] { clock_.Advance(absl::Seconds(6)); });
  indexer_.FailNext(std::vector<grpc::Status>(2, grpc::Status(grpc::StatusCode::UNAVAILABLE, "down")));
  const std::vector<v1::ProcessResponse> responses = Process({SampleStory(1)});
  ASSERT_THAT(responses, SizeIs(1));
  EXPECT_EQ(responses[0].outcome(), v1::OUTCOME_FAILED);
  EXPECT_THAT(responses[0].reason(), HasSubstr("down"));
  EXPECT_EQ(responses[0].article_id(), "");
}

TEST_F(NormalizerServiceTest, OverloadIsTriedAgain) {
  indexer_.FailNext({grpc::Status(grpc::StatusCode::RESOURCE_EXHAUSTED, "full")});
  const std::vector<v1::ProcessResponse> responses = Process({SampleStory(1)});
  ASSERT_THAT(responses, SizeIs(1));
  EXPECT_EQ(responses[0].outcome(), v1::OUTCOME_STORED);
}

TEST_F(NormalizerServiceTest, APageOverTheLimitsIsRejectedAndTheStreamGoesOn) {
  v1::Page page = SampleStory(1);
  page.set_url(std::string(3000, 'x'));
  const std::vector<v1::ProcessResponse> responses = Process({page, SampleStory(2)});
  ASSERT_THAT(responses, SizeIs(2));
  EXPECT_EQ(responses[0].reject_reason(), v1::REJECT_REASON_LIMITS);
  EXPECT_THAT(responses[0].reason(), HasSubstr("page.url: 3000 bytes, the limit is 2048"));
  EXPECT_EQ(responses[1].outcome(), v1::OUTCOME_STORED);
}

TEST_F(NormalizerServiceTest, ProcessEndsWhenTheClientHalfCloses) { EXPECT_THAT(Process({}), SizeIs(0)); }

TEST_F(NormalizerServiceTest, ProcessEndsWhenTheClientCancels) {
  {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(30));
    auto stream = stub_->Process(&context);
    v1::ProcessRequest request;
    *request.mutable_page() = SampleStory(1);
    ASSERT_TRUE(stream->Write(request));
    v1::ProcessResponse response;
    ASSERT_TRUE(stream->Read(&response));
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  server_->Drain(absl::Seconds(30));  // returns only once the handler has
}

}  // namespace
}  // namespace tintinh::normalizer
