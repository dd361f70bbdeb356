// Kills a real node at random points of an import: what was acknowledged is there afterwards, each article once.
#include <poll.h>

#include <memory>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/time/clock.h"
#include "deploy/demo/content.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/node_process.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh {
namespace {

constexpr size_t kArticles = 2000;
constexpr int kKills = 50;

std::string TextDump(size_t number) {
  const demo::Article article = demo::ComposeArticle(number);
  std::string text = absl::StrCat(article.title, " (kỳ ", number, ")\n\n",
                                  absl::FormatTime("%d/%m/%Y %H:%M", article.published, VietnamTimeZone()), "\n\n",
                                  article.lead, "\n\n");
  for (const std::string& paragraph : article.paragraphs) absl::StrAppend(&text, paragraph, "\n\n");
  return absl::StrCat(text, article.author, "\n");
}

v1::ProcessRequest PageOf(size_t number) {
  v1::ProcessRequest request;
  v1::Page& page = *request.mutable_page();
  page.set_page_id(absl::StrCat(number));
  page.set_url(absl::StrCat("file:kill/", number, ".txt"));
  page.set_format(v1::PAGE_FORMAT_TEXT);
  page.set_body(TextDump(number));
  return request;
}

// What the importer knows: which pages were acknowledged, under which id.
struct Acknowledged {
  std::set<size_t> pages;
  std::set<std::string> articles;
};

using Stream = grpc::ClientReaderWriter<v1::ProcessRequest, v1::ProcessResponse>;

void Send(Stream& stream, const std::set<size_t>& done) {
  for (size_t number = 1; number <= kArticles; ++number) {
    if (done.count(number) == 0 && !stream.Write(PageOf(number))) return;
  }
  stream.WritesDone();
}

// Streams what is not yet acknowledged until the stream ends, or until `limit` acknowledgements came.
void Import(testing::NodeProcess& node, size_t limit, Acknowledged& acknowledged) {
  const auto stub = v1::NormalizerService::NewStub(node.Channel());
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(120));
  const auto stream = stub->Process(&context);
  std::thread sender([&stream, done = acknowledged.pages] { Send(*stream, done); });
  v1::ProcessResponse response;
  for (size_t count = 0; count < limit && stream->Read(&response); ++count) {
    if (response.article_id().empty()) continue;
    acknowledged.pages.insert(std::stoul(response.page_id()));
    acknowledged.articles.insert(response.article_id());
  }
  if (limit <= kArticles) node.Kill();
  sender.join();
  while (stream->Read(&response)) {
    if (response.article_id().empty()) continue;
    acknowledged.pages.insert(std::stoul(response.page_id()));
    acknowledged.articles.insert(response.article_id());
  }
  stream->Finish().ok();
}

uint64_t LiveArticles(v1::IndexerService::Stub& stub) {
  grpc::ClientContext context;
  PrepareContext(context, absl::Seconds(30));
  v1::GetIndexStatusResponse response;
  EXPECT_TRUE(stub.GetIndexStatus(&context, {}, &response).ok());
  uint64_t articles = 0;
  for (const v1::ShardStatus& shard : response.shards()) articles += shard.articles();
  return articles;
}

size_t Found(v1::IndexerService::Stub& stub, const std::set<std::string>& ids) {
  size_t found = 0;
  v1::GetArticlesRequest request;
  for (auto it = ids.begin(); it != ids.end();) {
    request.clear_article_ids();
    for (int i = 0; i < 500 && it != ids.end(); ++i, ++it) request.add_article_ids(*it);
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(30));
    v1::GetArticlesResponse response;
    EXPECT_TRUE(stub.GetArticles(&context, request, &response).ok());
    found += static_cast<size_t>(response.articles_size());
  }
  return found;
}

TEST(KillImport, EveryAcknowledgedArticleSurvivesFiftyKillsOnce) {
  testing::TempDir dir;
  // Small memory segments, so that kills also meet flushes and merges.
  testing::NodeProcess node(dir.path(), "indexer: {memory_segment_bytes: 256KiB}\n");
  std::mt19937 random(20241122);
  Acknowledged acknowledged;
  for (int kill = 0; kill < kKills; ++kill) {
    ASSERT_TRUE(node.Start()) << "after kill " << kill;
    Import(node, 1 + random() % (2 * kArticles / kKills), acknowledged);
  }
  ASSERT_TRUE(node.Start());
  const auto stub = v1::IndexerService::NewStub(node.Channel());
  EXPECT_EQ(Found(*stub, acknowledged.articles), acknowledged.articles.size());
  Import(node, kArticles + 1, acknowledged);
  EXPECT_EQ(acknowledged.pages.size(), kArticles);
  EXPECT_EQ(acknowledged.articles.size(), kArticles);
  EXPECT_EQ(Found(*stub, acknowledged.articles), kArticles);
  EXPECT_EQ(LiveArticles(*stub), kArticles);
  EXPECT_EQ(node.StopGracefully(), 0);
}

}  // namespace
}  // namespace tintinh
