#include "services/normalizer/deliver/sharded_put.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/sync/parallel_for.h"
#include "grpcpp/client_context.h"

namespace tintinh::normalizer {
namespace {

// A shard that moves is refused by its old holder and looked up again; one that moves on and on is not followed.
constexpr int kRounds = 3;
// Near-duplicates are best effort, and an indexer that hangs must not hold up the others' articles.
constexpr absl::Duration kNearPatience = absl::Milliseconds(300);
constexpr absl::Duration kLearnPatience = absl::Seconds(2);
constexpr int kMostNear = 64;

}  // namespace

std::vector<Delivered> ShardedPut::Put(const std::vector<const v1::Article*>& articles) {
  articles_ = articles;
  delivered_.resize(articles.size());
  near_.resize(articles.size());
  Places places(articles.size());
  std::iota(places.begin(), places.end(), size_t{0});
  for (int round = 0; round < kRounds && !places.empty(); ++round) {
    if (round > 0) router_.Forget();
    const std::map<size_t, Places> routes = Route(places);
    if (round == 0) FindNear(routes);
    places = PutAll(routes);
  }
  return std::move(delivered_);
}

std::map<size_t, ShardedPut::Places> ShardedPut::Route(const Places& places) {
  std::map<size_t, Places> routes;
  for (const size_t place : places) {
    const absl::Duration patience = std::min(kLearnPatience, call_.deadline - call_.clock.Now());
    const absl::StatusOr<size_t> holder = router_.HolderOf(articles_[place]->article_id(), patience);
    if (holder.ok()) {
      routes[*holder].push_back(place);
    } else {
      delivered_[place].outcome = v1::OUTCOME_FAILED;
      delivered_[place].reason = absl::StrCat("indexers: ", holder.status().ToString());
    }
  }
  return routes;
}

// Every indexer is asked for the articles that it does not get.
void ShardedPut::FindNear(const std::map<size_t, Places>& routes) {
  std::vector<Places> asked(router_.indexers().size());
  for (const auto& [holder, places] : routes) {
    for (size_t indexer = 0; indexer < asked.size(); ++indexer) {
      if (indexer == holder) continue;
      std::copy_if(places.begin(), places.end(), std::back_inserter(asked[indexer]),
                   [this](size_t place) { return articles_[place]->simhash() != 0; });
    }
  }
  ParallelFor(asked.size(), asked.size(), [&](size_t i) {
    if (!asked[i].empty()) AskNear(i, asked[i]);
  });
}

void ShardedPut::AskNear(size_t indexer, const Places& places) {
  v1::FindNearDuplicatesRequest request;
  for (const size_t place : places) request.add_simhashes(articles_[place]->simhash());
  v1::FindNearDuplicatesResponse response;
  grpc::ClientContext context;
  PrepareContext(context, std::min(kNearPatience, call_.deadline - call_.clock.Now()));
  const grpc::Status answered = router_.indexers()[indexer]->FindNearDuplicates(&context, request, &response);
  if (!answered.ok() || static_cast<size_t>(response.near_size()) != places.size()) return;
  MutexLock lock(near_mu_);
  for (size_t i = 0; i < places.size(); ++i) {
    for (v1::NearDuplicate& found : *response.mutable_near(static_cast<int>(i))->mutable_articles()) {
      v1::NearDuplicates& near = near_[places[i]];
      if (near.articles_size() < kMostNear) *near.add_articles() = std::move(found);
    }
  }
}

// Returns those whose shard is not where it was thought to be.
ShardedPut::Places ShardedPut::PutAll(const std::map<size_t, Places>& routes) {
  const std::vector<std::pair<size_t, Places>> shares(routes.begin(), routes.end());
  std::vector<char> moved(shares.size());
  ParallelFor(shares.size(), shares.size(),
              [&](size_t i) { moved[i] = PutShare(shares[i].first, shares[i].second) ? 1 : 0; });
  Places again;
  for (size_t i = 0; i < shares.size(); ++i) {
    if (moved[i] != 0) again.insert(again.end(), shares[i].second.begin(), shares[i].second.end());
  }
  return again;
}

bool ShardedPut::PutShare(size_t indexer, const Places& places) {
  std::vector<PutItem> items;
  for (const size_t place : places) items.push_back({articles_[place], &near_[place]});
  IndexerPut put(*router_.indexers()[indexer], call_);
  std::vector<Delivered> answers = put.Put(items);
  for (size_t i = 0; i < places.size(); ++i) delivered_[places[i]] = std::move(answers[i]);
  return put.refused_for_shard();
}

}  // namespace tintinh::normalizer
