// A whole search in one process: an indexer of two shards, the query root, and gRPC between them and before them.
#ifndef TINTINH_TESTS_QUALITY_RETRIEVAL_SEARCH_STACK_H_
#define TINTINH_TESTS_QUALITY_RETRIEVAL_SEARCH_STACK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/metrics/metrics.h"
#include "common/server/server.h"
#include "common/time/clock.h"
#include "services/indexer/indexer.h"
#include "services/indexer/indexer_service.h"
#include "services/query/query.h"
#include "services/query/query_service.h"
#include "tests/quality/retrieval/judged_set.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::testing {

class SearchStack {
 public:
  static absl::StatusOr<std::unique_ptr<SearchStack>> Start();

  // Indexes them and writes them to disk.
  absl::Status Put(const std::vector<JudgedArticle>& articles);

  // Ids of the articles found through the public API, best first.
  absl::StatusOr<std::vector<std::string>> Search(const std::string& text, uint32_t limit);

 private:
  SearchStack() = default;
  absl::Status PutBatch(v1::PutArticlesRequest& request);

  TempDir dir_;
  SystemClock clock_;
  Metrics metrics_;
  std::unique_ptr<indexer::Indexer> indexer_;
  std::unique_ptr<indexer::IndexerService> indexer_service_;
  std::unique_ptr<Server> indexer_server_;
  std::unique_ptr<v1::IndexerService::Stub> indexer_stub_;
  std::unique_ptr<query::Query> query_;
  std::unique_ptr<query::QueryService> query_service_;
  std::unique_ptr<Server> query_server_;
  std::unique_ptr<v1::QueryService::Stub> stub_;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_QUALITY_RETRIEVAL_SEARCH_STACK_H_
