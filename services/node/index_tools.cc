#include "services/node/index_tools.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/layout/data_layout.h"
#include "services/indexer/record/stored_article.h"
#include "services/indexer/verify/saved_shard.h"
#include "services/indexer/verify/verify.h"

namespace tintinh::node {
namespace {

cli::VerifiedShard Verify(const std::string& directory, uint32_t shard, const indexer::DataLayout& layout,
                          const cli::VerifyListener& listener) {
  cli::VerifiedShard out;
  out.shard = shard;
  const auto report = [&](const std::string& fault) {
    ++out.faults;
    listener.fault(absl::StrCat("shard ", shard, ": ", fault));
  };
  const absl::StatusOr<indexer::VerifiedShard> verified = indexer::VerifyShard(directory, shard, layout, report);
  if (!verified.ok()) {
    report(std::string(verified.status().message()));
    return out;
  }
  out.position = verified->committed_position;
  out.digest = verified->digest;
  out.articles = verified->articles;
  out.postings = verified->postings;
  out.log_entries = verified->log_entries;
  out.bytes = verified->bytes;
  return out;
}

}  // namespace

absl::Status VerifyDirectory(const std::string& directory, const cli::VerifyListener& listener) {
  ASSIGN_OR_RETURN(const indexer::DataLayout layout, indexer::ReadLayout(directory));
  uint64_t faults = 0;
  for (const uint32_t shard : layout.held) {
    const cli::VerifiedShard verified = Verify(directory, shard, layout, listener);
    faults += verified.faults;
    listener.shard(verified);
  }
  return faults == 0 ? absl::OkStatus() : absl::DataLossError(absl::StrCat(directory, ": ", faults, " faults"));
}

absl::Status VisitArticles(const std::string& directory, const std::function<absl::Status(v1::Article)>& visit) {
  ASSIGN_OR_RETURN(const indexer::DataLayout layout, indexer::ReadLayout(directory));
  for (const uint32_t shard : layout.held) {
    ASSIGN_OR_RETURN(const std::unique_ptr<indexer::SavedShard> saved,
                     indexer::SavedShard::Open(directory, shard, layout));
    RETURN_IF_ERROR(saved->VisitArticles(
        [&visit](const disk::v1::StoredArticle& article) { return visit(indexer::FromStored(article)); }));
  }
  return absl::OkStatus();
}

}  // namespace tintinh::node
