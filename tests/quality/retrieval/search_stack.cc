#include "tests/quality/retrieval/search_stack.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/digest/digest.h"
#include "common/status/status_macros.h"
#include "grpcpp/client_context.h"
#include "tintinh/config/v1/services.pb.h"
#include "tintinh/v1/indexer_service.pb.h"

namespace tintinh::testing {
namespace {

constexpr int kArticlesPerPut = 100;
constexpr absl::Duration kPatience = absl::Seconds(60);

config::v1::IndexerConfig IndexerConfigIn(const std::string& directory) {
  config::v1::IndexerConfig config;
  config.set_data_directory(directory + "/indexer");
  config.set_shards(2);
  config.set_memory_segment_bytes(64 << 20);
  config.set_block_cache_bytes(16 << 20);
  config.set_max_queued_appends(64);
  return config;
}

// The collection's id is kept where hits show it.
void Fill(const JudgedArticle& judged, v1::Article& article) {
  article.set_article_id(Sha256Hex128(judged.id));
  article.set_content_hash(Sha256Hex128(absl::StrCat("content ", judged.id)));
  article.set_url(judged.id);
  article.set_canonical_url(judged.id);
  article.set_site("collection");
  article.set_title(judged.title);
  for (const absl::string_view paragraph : absl::StrSplit(judged.body, '\n', absl::SkipWhitespace())) {
    article.add_paragraphs()->set_text(std::string(paragraph));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<SearchStack>> SearchStack::Start() {
  std::unique_ptr<SearchStack> stack(new SearchStack());
  SearchStack& s = *stack;
  ASSIGN_OR_RETURN(s.indexer_, indexer::Indexer::Open(IndexerConfigIn(s.dir_.path()), s.clock_, s.metrics_));
  RETURN_IF_ERROR(s.indexer_->Start());
  s.indexer_service_ = std::make_unique<indexer::IndexerService>(*s.indexer_);
  ASSIGN_OR_RETURN(s.indexer_server_, Server::StartInProcess({s.indexer_service_.get()}));
  s.indexer_stub_ = v1::IndexerService::NewStub(s.indexer_server_->InProcessChannel());
  s.query_ = std::make_unique<query::Query>(
      query::QueryOptions{kPatience, 8}, std::vector<query::IndexerStub*>{s.indexer_stub_.get()}, s.clock_, s.metrics_);
  s.query_service_ = std::make_unique<query::QueryService>(*s.query_);
  ASSIGN_OR_RETURN(s.query_server_, Server::StartInProcess({s.query_service_.get()}));
  s.stub_ = v1::QueryService::NewStub(s.query_server_->InProcessChannel());
  return stack;
}

absl::Status SearchStack::Put(const std::vector<JudgedArticle>& articles) {
  v1::PutArticlesRequest request;
  for (const JudgedArticle& article : articles) {
    Fill(article, *request.add_articles());
    if (request.articles_size() == kArticlesPerPut) RETURN_IF_ERROR(PutBatch(request));
  }
  if (request.articles_size() > 0) RETURN_IF_ERROR(PutBatch(request));
  return indexer_->Flush(clock_.Now() + kPatience);
}

absl::Status SearchStack::PutBatch(v1::PutArticlesRequest& request) {
  RETURN_IF_ERROR(indexer_->Put(request, clock_.Now() + kPatience).status());
  request.clear_articles();
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> SearchStack::Search(const std::string& text, uint32_t limit) {
  v1::SearchRequest request;
  request.set_query(text);
  request.set_page_size(limit);
  grpc::ClientContext context;
  v1::SearchResponse response;
  const grpc::Status status = stub_->Search(&context, request, &response);
  if (!status.ok()) return absl::UnavailableError(absl::StrCat("search for \"", text, "\": ", status.error_message()));
  std::vector<std::string> ids;
  for (const v1::Hit& hit : response.hits()) ids.push_back(hit.url());
  return ids;
}

}  // namespace tintinh::testing
