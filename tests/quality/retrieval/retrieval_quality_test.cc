// Mean reciprocal rank of the right passage among the first ten hits, for questions with marks and without, through the
// whole stack: parser, root, indexer. Skipped where the collections are absent.
#include <algorithm>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "common/digest/digest.h"
#include "common/metrics/metrics.h"
#include "common/server/server.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/query/query.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::query {
namespace {

using ::tintinh::testing::IsOk;

struct Collection {
  const char* name;
  double marked;  // reciprocal ranks that may not be fallen short of
  double unmarked;
};

std::vector<nlohmann::json> ReadLines(const std::string& path) {
  std::ifstream file(path);
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

class RetrievalQuality : public ::testing::TestWithParam<Collection> {
 protected:
  void SetUp() override {
    folder_ = absl::StrCat(TINTINH_SHARED_DATA, "/ir/", GetParam().name);
    if (!std::ifstream(folder_ + "/queries.jsonl").good()) GTEST_SKIP() << "no collection in " << folder_;
    config::v1::IndexerConfig config;
    config.set_data_directory(dir_.path() + "/indexer");
    config.set_shards(2);
    config.set_memory_segment_bytes(64 << 20);
    config.set_block_cache_bytes(16 << 20);
    config.set_max_queued_appends(64);
    auto core = indexer::Indexer::Open(config, clock_, metrics_);
    ASSERT_THAT(core, IsOk());
    core_ = *std::move(core);
    ASSERT_THAT(core_->Start(), IsOk());
    PutCorpus();
    service_ = std::make_unique<indexer::IndexerService>(*core_);
    server_ = *Server::StartInProcess({service_.get()});
    stub_ = v1::IndexerService::NewStub(server_->InProcessChannel());
    query_ = std::make_unique<Query>(QueryOptions{absl::Seconds(30), 8}, std::vector<IndexerStub*>{stub_.get()}, clock_,
                                     metrics_);
    std::ifstream judgements(folder_ + "/qrels.tsv");
    for (std::string line; std::getline(judgements, line);) {
      const std::vector<std::string> fields = absl::StrSplit(line, '\t');
      right_[fields[0]].insert(Sha256Hex128(fields[1]));
    }
  }

  void PutCorpus() {
    v1::PutArticlesRequest request;
    for (const nlohmann::json& line : ReadLines(folder_ + "/corpus.jsonl")) {
      const std::string id = line["id"];
      v1::Article& article = *request.add_articles();
      article.set_article_id(Sha256Hex128(id));
      article.set_content_hash(Sha256Hex128(absl::StrCat("content ", id)));
      article.set_url("file:" + id);
      article.set_canonical_url(article.url());
      article.set_site("collection");
      article.set_title(line["title"].get<std::string>());
      const std::string body = line["body"];
      for (const absl::string_view paragraph : absl::StrSplit(body, '\n', absl::SkipWhitespace())) {
        article.add_paragraphs()->set_text(std::string(paragraph));
      }
      if (request.articles_size() == 100) Put(request);
    }
    if (request.articles_size() > 0) Put(request);
    ASSERT_THAT(core_->Flush(clock_.Now() + absl::Seconds(60)), IsOk());
  }

  void Put(v1::PutArticlesRequest& request) {
    ASSERT_THAT(core_->Put(request, clock_.Now() + absl::Seconds(60)), IsOk());
    request.clear_articles();
  }

  double ReciprocalRank(const std::string& text, const std::set<std::string>& right) {
    v1::SearchRequest request;
    request.set_query(text.substr(0, kMaxQueryBytes));
    const auto response = query_->Search(request, absl::InfiniteFuture());
    EXPECT_THAT(response, IsOk()) << text;
    if (!response.ok()) return 0;
    for (int i = 0; i < response->hits_size(); ++i) {
      if (right.count(response->hits(i).article_id()) > 0) return 1.0 / (i + 1);
    }
    return 0;
  }

  std::string folder_;
  testing::TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::map<std::string, std::set<std::string>> right_;
  std::unique_ptr<indexer::Indexer> core_;
  std::unique_ptr<indexer::IndexerService> service_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<v1::IndexerService::Stub> stub_;
  std::unique_ptr<Query> query_;
};

TEST_P(RetrievalQuality, IsNoWorseThanMeasuredBefore) {
  double marked = 0;
  double unmarked = 0;
  const std::vector<nlohmann::json> lines = ReadLines(folder_ + "/queries.jsonl");
  const absl::Time begin = clock_.Now();
  for (const nlohmann::json& line : lines) {
    // What is quoted in a question is no demand for that very phrase.
    const std::string text =
        absl::StrReplaceAll(line["text"].get<std::string>(), {{"\"", " "}, {"“", " "}, {"”", " "}});
    marked += ReciprocalRank(text, right_[line["qid"]]);
    unmarked += ReciprocalRank(text::Fold(text), right_[line["qid"]]);
  }
  const double count = static_cast<double>(lines.size());
  const double each_ms = absl::ToDoubleMilliseconds(clock_.Now() - begin) / count / 2;
  RecordProperty("mrr10_marked", std::to_string(marked / count));
  RecordProperty("mrr10_unmarked", std::to_string(unmarked / count));
  std::printf("%s: MRR@10 %.4f with marks, %.4f without, %.2f ms a search\n", GetParam().name, marked / count,
              unmarked / count, each_ms);
  EXPECT_GE(marked / count, GetParam().marked);
  EXPECT_GE(unmarked / count, GetParam().unmarked);
}

INSTANTIATE_TEST_SUITE_P(Collections, RetrievalQuality,
                         ::testing::Values(Collection{"alqac_vire", 0.945, 0.945}, Collection{"vimedaqa", 0.82, 0.795},
                                           Collection{"virhe4qa", 0.815, 0.815},
                                           Collection{"news_topics_vims", 0.97, 0.975}),
                         [](const auto& collection) { return std::string(collection.param.name); });

}  // namespace
}  // namespace tintinh::query
