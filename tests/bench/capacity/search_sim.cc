#include "tests/bench/capacity/search_sim.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "services/query/fan_out/hedge_budget.h"
#include "tests/bench/capacity/event_queue.h"
#include "tests/bench/capacity/machine.h"

namespace tintinh::capacity {
namespace {

constexpr int kHedges = 3;              // as services/query/fan_out
constexpr double kSteps = 2 * kRounds;  // of a root's work for one query: before and after each round

class SearchSim {
 public:
  explicit SearchSim(const SearchScenario& scenario) : scenario_(scenario), random_(scenario.seed) {
    for (size_t i = 0; i < scenario.placement.machines(); ++i) leaf_machines_.push_back(MakeMachine());
    budgets_.resize(scenario.roots);
    for (auto& budget : budgets_) budget = std::make_unique<query::HedgeBudget>();
    if (scenario.roots_beside_leaves) return;
    for (size_t i = 0; i < scenario.roots; ++i) root_machines_.push_back(MakeMachine());
  }

  SearchOutcome Run() {
    if (scenario_.queries_per_second > 0) {
      PlanArrival();
    } else {
      for (size_t i = 0; i < scenario_.clients; ++i) BeginQuery();
    }
    while (ended_ < scenario_.queries && events_.RunNext()) {
    }
    return Outcome();
  }

 private:
  struct Query {
    size_t number;
    double begun;
    size_t round = 0;
    size_t open = 0;  // calls of the round without an answer
    size_t turn = 0;  // which replicas the round asks first
    std::vector<bool> answered;
  };
  using QueryRef = std::shared_ptr<Query>;

  std::unique_ptr<Machine> MakeMachine() { return std::make_unique<Machine>(events_, scenario_.cores); }

  size_t RootOf(const Query& query) const { return query.number % scenario_.roots; }
  Machine& RootMachine(const Query& query) {
    if (!scenario_.roots_beside_leaves) return *root_machines_[RootOf(query)];
    return *leaf_machines_[RootOf(query) % leaf_machines_.size()];
  }

  void PlanArrival() {
    events_.After(DrawGap(scenario_.queries_per_second, random_), [this] {
      BeginQuery();
      if (begun_ < scenario_.queries) PlanArrival();
    });
  }

  void BeginQuery() {
    if (begun_ == scenario_.queries) return;
    auto query = std::make_shared<Query>();
    query->number = begun_++;
    query->begun = events_.now();
    RootMachine(*query).Run(scenario_.client / 2, [this, query] { BeginRound(query); });
  }

  // A root's work is spread evenly over what it does before and after each round; the part for each leaf over the two
  // rounds that ask all of them.
  double RootWork(size_t round) const {
    const double per_leaf = round == kArticleRound ? 0 : scenario_.root_per_leaf / 4;
    return scenario_.root_fixed / kSteps + per_leaf * static_cast<double>(scenario_.placement.leaves());
  }

  size_t CallsOf(size_t round) const {
    const size_t leaves = scenario_.placement.leaves();
    return round == kArticleRound ? scenario_.article_calls : leaves;
  }

  void BeginRound(const QueryRef& query) {
    RootMachine(*query).Run(RootWork(query->round), [this, query] { AskLeaves(query); });
  }

  void AskLeaves(const QueryRef& query) {
    const size_t calls = CallsOf(query->round);
    query->open = calls;
    query->turn = turns_++;
    query->answered.assign(calls, false);
    calls_ += calls;
    budgets_[RootOf(*query)]->Earn(calls);
    for (size_t call = 0; call < calls; ++call) Ask(query, call, 0);
    if (scenario_.hedge_after != kNever && scenario_.placement.replicas() > 1) PlanHedges(query, 1);
  }

  void Ask(const QueryRef& query, size_t call, size_t attempt) {
    const size_t leaf = (call + (query->round == kArticleRound ? query->number : 0)) % scenario_.placement.leaves();
    const size_t replica = (query->turn + attempt) % scenario_.placement.replicas();
    const size_t round = query->round;
    const bool slow = round == kHitRound && std::bernoulli_distribution(scenario_.slow_share)(random_);
    const double wait = scenario_.wire + (slow ? scenario_.slow_seconds : 0);
    const double work = Draw(scenario_.leaf[round], random_);
    Machine& machine = *leaf_machines_[scenario_.placement.MachineOf(leaf, replica)];
    events_.After(scenario_.wire, [this, &machine, work, wait, query, round, call, attempt] {
      machine.Run(work, [this, wait, query, round, call, attempt] {
        events_.After(wait, [this, query, round, call, attempt] { TakeAnswer(query, round, call, attempt); });
      });
    });
  }

  void PlanHedges(const QueryRef& query, int hedge) {
    const size_t round = query->round;
    events_.After(scenario_.hedge_after, [this, query, round, hedge] {
      if (query->round != round || query->open == 0) return;
      for (size_t call = 0; call < query->answered.size(); ++call) {
        if (query->answered[call] || !budgets_[RootOf(*query)]->Spend()) continue;
        ++hedged_;
        Ask(query, call, static_cast<size_t>(hedge));
      }
      if (hedge < kHedges) PlanHedges(query, hedge + 1);
    });
  }

  void TakeAnswer(const QueryRef& query, size_t round, size_t call, size_t attempt) {
    if (query->round != round || query->answered[call]) return;
    query->answered[call] = true;
    if (attempt > 0) budgets_[RootOf(*query)]->GiveBack(attempt);
    if (--query->open > 0) return;
    RootMachine(*query).Run(RootWork(round), [this, query] { EndRound(query); });
  }

  void EndRound(const QueryRef& query) {
    if (++query->round < kRounds) return BeginRound(query);
    RootMachine(*query).Run(scenario_.client / 2, [this, query] { EndQuery(*query); });
  }

  void EndQuery(const Query& query) {
    ++ended_;
    if (query.number >= scenario_.queries / 10) times_.push_back(events_.now() - query.begun);
    if (scenario_.queries_per_second <= 0) BeginQuery();
  }

  double Busy(const std::vector<std::unique_ptr<Machine>>& machines) const {
    double busy = 0;
    for (const auto& machine : machines) busy += machine->busy_seconds();
    return busy / (events_.now() * scenario_.cores * static_cast<double>(machines.size()));
  }

  SearchOutcome Outcome() {
    SearchOutcome outcome;
    outcome.per_second = static_cast<double>(ended_) / events_.now();
    outcome.median = Quantile(times_, 0.5);
    outcome.p99 = Quantile(times_, 0.99);
    outcome.p999 = Quantile(times_, 0.999);
    outcome.leaf_busy = Busy(leaf_machines_);
    outcome.root_busy = root_machines_.empty() ? outcome.leaf_busy : Busy(root_machines_);
    outcome.hedged = static_cast<double>(hedged_) / static_cast<double>(calls_);
    return outcome;
  }

  const SearchScenario scenario_;
  Random random_;
  EventQueue events_;
  std::vector<std::unique_ptr<Machine>> leaf_machines_;
  std::vector<std::unique_ptr<Machine>> root_machines_;
  std::vector<std::unique_ptr<query::HedgeBudget>> budgets_;
  size_t begun_ = 0;
  size_t ended_ = 0;
  size_t turns_ = 0;
  size_t calls_ = 0;
  size_t hedged_ = 0;
  std::vector<double> times_;
};

}  // namespace

SearchOutcome RunSearches(const SearchScenario& scenario) { return SearchSim(scenario).Run(); }

}  // namespace tintinh::capacity
