#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/sync/pause.h"
#include "nlohmann/json.hpp"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/index_tools.h"
#include "services/cli/json_output.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/indexer_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

using IndexerStub = v1::IndexerService::Stub;

// The limits of PutArticlesRequest.
constexpr size_t kBatchArticles = 256;
constexpr size_t kBatchBytes = size_t{8} << 20;
constexpr absl::Duration kBackOff = absl::Seconds(1);
constexpr int kMaxTries = 120;

nlohmann::json AsJson(const VerifiedShard& shard) {
  return {
      {"shard", shard.shard},       {"position", shard.position}, {"digest", absl::StrFormat("%016x", shard.digest)},
      {"articles", shard.articles}, {"postings", shard.postings}, {"log_entries", shard.log_entries},
      {"bytes", shard.bytes},       {"faults", shard.faults}};
}

void PrintVerified(const Context& context, const VerifiedShard& shard) {
  if (context.json) {
    std::cout << AsJson(shard).dump() << std::endl;
    return;
  }
  std::cout << absl::StrFormat(
                   "shard %d  position %d  digest %016x  %d articles, %d postings, %d log entries, %d bytes: ",
                   shard.shard, shard.position, shard.digest, shard.articles, shard.postings, shard.log_entries,
                   shard.bytes)
            << (shard.faults == 0 ? "sound" : absl::StrCat(shard.faults, " faults")) << std::endl;
}

absl::Status Verify(const Context& context, const std::string& directory) {
  return context.index_tools.verify(directory,
                                    {[](const std::string& fault) { std::cerr << Printable(fault) << "\n"; },
                                     [&context](const VerifiedShard& shard) { PrintVerified(context, shard); }});
}

absl::Time FetchedOf(const v1::Article& article) {
  return absl::FromUnixSeconds(article.fetched().seconds()) + absl::Nanoseconds(article.fetched().nanos());
}

// Puts what the other side does not have, or has as it was fetched earlier.
class Restore {
 public:
  explicit Restore(const Context& context) : context_(context) {}

  absl::Status Add(v1::Article article) {
    bytes_ += article.ByteSizeLong();
    batch_.push_back(std::move(article));
    return batch_.size() == kBatchArticles || bytes_ >= kBatchBytes ? Flush() : absl::OkStatus();
  }

  absl::Status Flush() {
    if (batch_.empty()) return absl::OkStatus();
    ASSIGN_OR_RETURN(const Fetched there, ThereAlready());
    v1::PutArticlesRequest request;
    for (v1::Article& article : batch_) {
      const auto held = there.find(article.article_id());
      if (held != there.end() && held->second >= FetchedOf(article)) continue;
      *request.add_articles() = std::move(article);
    }
    kept_ += batch_.size() - static_cast<size_t>(request.articles_size());
    batch_.clear();
    bytes_ = 0;
    return request.articles().empty() ? absl::OkStatus() : Put(request);
  }

  uint64_t put() const { return put_; }
  uint64_t kept() const { return kept_; }

 private:
  using Fetched = absl::flat_hash_map<std::string, absl::Time>;  // by article id

  absl::StatusOr<Fetched> ThereAlready() const {
    v1::GetArticlesRequest request;
    for (const v1::Article& article : batch_) request.add_article_ids(article.article_id());
    ASSIGN_OR_RETURN(const v1::GetArticlesResponse response,
                     Call<v1::IndexerService>(context_, &IndexerStub::GetArticles, request));
    Fetched there;
    for (const v1::Article& article : response.articles()) there[article.article_id()] = FetchedOf(article);
    return there;
  }

  // A full queue is waited for; articles put twice are unchanged.
  absl::Status Put(const v1::PutArticlesRequest& request) {
    for (int tries = 1;; ++tries) {
      const absl::Status status = PutOnce(request);
      if (status.ok()) put_ += static_cast<uint64_t>(request.articles_size());
      if (!absl::IsResourceExhausted(status) || tries == kMaxTries) return status;
      Pause(kBackOff);
    }
  }

  absl::Status PutOnce(const v1::PutArticlesRequest& request) const {
    ASSIGN_OR_RETURN(const v1::PutArticlesResponse response,
                     Call<v1::IndexerService>(context_, &IndexerStub::PutArticles, request));
    for (const v1::PutResult& result : response.results()) {
      if (result.outcome() == v1::PUT_OUTCOME_FAILED)
        return absl::ResourceExhaustedError(absl::StrCat("article ", result.article_id(), ": ", result.error()));
    }
    return absl::OkStatus();
  }

  const Context& context_;
  std::vector<v1::Article> batch_;
  size_t bytes_ = 0;
  uint64_t put_ = 0;
  uint64_t kept_ = 0;
};

absl::Status RestoreFrom(const Context& context, const std::string& directory) {
  Restore restore(context);
  absl::Status status = context.index_tools.articles(
      directory, [&restore](v1::Article article) { return restore.Add(std::move(article)); });
  if (status.ok()) status = restore.Flush();
  std::cout << restore.put() << " articles put, " << restore.kept() << " were there\n";
  return status;
}

absl::Status MakeCheckpoint(const Context& context, const std::string& name) {
  v1::CreateCheckpointRequest request;
  request.set_name(name);
  ASSIGN_OR_RETURN(const v1::CreateCheckpointResponse response,
                   Call<v1::IndexerService>(context, &IndexerStub::CreateCheckpoint, request));
  if (context.json) {
    std::cout << ProtoLine(response) << "\n";
  } else {
    std::cout << response.directory() << "\n";
  }
  return absl::OkStatus();
}

void AddOnDirectory(CLI::App& app, const Run& run, const char* name, const char* about, const char* argument,
                    absl::Status (*action)(const Context&, const std::string&)) {
  CLI::App* command = app.add_subcommand(name, about);
  auto value = std::make_shared<std::string>();
  command->add_option(argument, *value)->required();
  command->callback(
      [run, value, action] { run([value, action](const Context& context) { return action(context, *value); }); });
}

}  // namespace

void AddBackup(CLI::App& app, const Run& run) {
  AddOnDirectory(app, run, "verify", "check a checkpoint, or the data of a stopped indexer, against itself",
                 "directory", Verify);
  AddOnDirectory(app, run, "restore",
                 "put a checkpoint's articles into the indexer of --server: those it lacks or has older", "directory",
                 RestoreFrom);
}

void AddCheckpoint(CLI::App& admin, const Run& run) {
  AddOnDirectory(admin, run, "checkpoint",
                 "make a consistent copy of the shards on the disk of the indexer of --server", "name", MakeCheckpoint);
}

}  // namespace tintinh::cli
