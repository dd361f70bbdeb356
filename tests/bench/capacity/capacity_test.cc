// The simulator against queues and losses that have a formula.
#include <array>
#include <cmath>
#include <set>

#include "gtest/gtest.h"
#include "tests/bench/capacity/loss_sim.h"
#include "tests/bench/capacity/search_sim.h"
#include "tests/bench/capacity/sizing.h"

namespace tintinh::capacity {
namespace {

// One leaf on one core that works for hits alone.
SearchScenario OneQueue(double per_second, ServiceTime work) {
  SearchScenario scenario;
  scenario.cores = 1;
  scenario.leaf[kHitRound] = work;
  scenario.queries_per_second = per_second;
  scenario.queries = 200'000;
  return scenario;
}

TEST(SearchSim, OneSeedGivesOneOutcome) {
  SearchScenario scenario = OneQueue(500, {0.001, 1});
  scenario.queries = 2'000;
  const SearchOutcome outcome = RunSearches(scenario);
  EXPECT_EQ(RunSearches(scenario).p99, outcome.p99);
  scenario.seed = 2;
  EXPECT_NE(RunSearches(scenario).p99, outcome.p99);
}

TEST(SearchSim, UtilisationIsLoadTimesWork) {
  EXPECT_NEAR(RunSearches(OneQueue(700, {0.001, 0.5})).leaf_busy, 0.7, 0.01);
}

TEST(SearchSim, ClosedLoopOfOneClientIsTheSumOfWork) {
  SearchScenario scenario;
  scenario.leaf = {ServiceTime{0.001, 0}, ServiceTime{0.002, 0}, ServiceTime{0.003, 0}};
  scenario.root_fixed = 0.006;
  scenario.root_per_leaf = 0.0004;
  scenario.client = 0.001;
  scenario.wire = 0.0001;
  const SearchOutcome outcome = RunSearches(scenario);
  EXPECT_NEAR(outcome.median, 0.006 + 0.006 + 0.0004 + 0.001 + 0.0006, 1e-9);
  EXPECT_NEAR(outcome.per_second, 1 / outcome.median, 0.1);
}

// Of S leaves the slowest counts: a share p of slow calls makes 1 - (1 - p)^S of queries slow.
TEST(SearchSim, SlowCallsAreFeltMoreWithMoreLeaves) {
  SearchScenario scenario;
  scenario.placement = Placement(64, 1, 64);
  scenario.slow_share = 0.01;
  scenario.slow_seconds = 1;
  scenario.queries_per_second = 10;
  scenario.queries = 5'000;
  EXPECT_LT(RunSearches(scenario).p99, 1.01);
  EXPECT_GT(1 - std::pow(0.99, 64), 0.47);
  scenario.slow_share = 1 - std::pow(0.4, 1.0 / 64);  // three of five queries have a slow call
  EXPECT_NEAR(RunSearches(scenario).median, 1, 0.01);
  scenario.slow_share = 1 - std::pow(0.6, 1.0 / 64);  // two of five
  EXPECT_LT(RunSearches(scenario).median, 0.01);
}

TEST(SearchSim, HedgingHidesSlowCallsWhereThereAreReplicas) {
  SearchScenario scenario;
  scenario.placement = Placement(4, 2, 2);
  scenario.slow_share = 0.01;
  scenario.slow_seconds = 1;
  scenario.queries_per_second = 10;
  scenario.queries = 5'000;
  EXPECT_GT(RunSearches(scenario).p99, 0.99);
  scenario.hedge_after = 0.01;
  const SearchOutcome hedged = RunSearches(scenario);
  EXPECT_LT(hedged.p99, 0.02);
  EXPECT_NEAR(hedged.hedged, 0.01 / 3, 0.001);  // hits of 4 leaves in 9 calls
  scenario.placement = Placement(4, 1, 2);
  EXPECT_GT(RunSearches(scenario).p99, 0.99);
}

TEST(LossSim, AvailabilityIsThatOfIndependentReplicas) {
  LossScenario scenario;
  scenario.placement = Placement(8, 2, 16);
  scenario.machine_life = 1e9 * kYear;
  scenario.process_life = 10 * kDay;
  scenario.restart = 4'000;
  const LossOutcome outcome = RunLosses(scenario);
  const double away = scenario.restart / (scenario.restart + scenario.process_life);
  EXPECT_NEAR(outcome.leaf_down / (away * away), 1, 0.1);
  EXPECT_NEAR(outcome.some_leaf_down / (8 * away * away), 1, 0.1);
}

// The second loss within the 4,000 s of the first, twice over as either may be first; from then on the log is replayed:
// after 600 s for the second, at once for the first unless it waits for its successor too.
TEST(LossSim, ALeafWithoutReplicasIsBackOnceTheLogIsRead) {
  LossScenario scenario;
  scenario.placement = Placement(8, 2, 16);
  scenario.leaf_bytes = 328e6 * 3'400;
  scenario.leaf_articles = 3'565 * 1'000;
  scenario.machine_life = 10 * kDay;
  scenario.process_life = 1e9 * kYear;
  const LossOutcome outcome = RunLosses(scenario);
  EXPECT_EQ(outcome.rebuild_median, 4'000);
  const double losses_a_second = 2 / scenario.machine_life * (4'000 / scenario.machine_life);
  const double shares = 600.0 / 4'000 * 1'300 + 3'400.0 / 4'000 * 1'000;  // 600 - 300 + 1,000 s; 1,000 s
  EXPECT_NEAR(outcome.leaf_down / (losses_a_second * shares), 1, 0.1);
}

TEST(LossSim, RebuildsFromTheLogWhereNoReplicaIsLeft) {
  LossScenario scenario;
  scenario.placement = Placement(1, 1, 1);
  scenario.leaf_articles = 3'565'000;
  const LossOutcome outcome = RunLosses(scenario);
  EXPECT_EQ(outcome.rebuilt_by_copy, 0u);
  EXPECT_EQ(outcome.rebuild_median, 1'600);
}

TEST(LossSim, WhatIsPutMeanwhileIsReadToo) {
  LossScenario scenario;
  scenario.leaf_bytes = 328e6 * 100;
  scenario.replay_per_second = 3'000;
  scenario.puts_per_second = 1'000;
  EXPECT_DOUBLE_EQ(CopySeconds(scenario, 1), 150);
  scenario.machine_bytes_per_second = 328e6;
  EXPECT_DOUBLE_EQ(CopySeconds(scenario, 4), 600);
}

// Outages of racks are independent of one another; what is in one rack goes with it.
TEST(LossSim, ReplicasInDifferentRacksOutliveAnOutage) {
  LossScenario scenario;
  scenario.machine_life = 1e9 * kYear;
  scenario.process_life = 1e9 * kYear;
  scenario.rack_life = 10 * kDay;
  scenario.rack_away = 4'000;
  const double away = scenario.rack_away / (scenario.rack_away + scenario.rack_life);
  scenario.placement = Placement(2, 2, 4, 1);
  EXPECT_NEAR(RunLosses(scenario).leaf_down / away, 1, 0.1);
  scenario.placement = Placement(2, 2, 4, 2);
  EXPECT_NEAR(RunLosses(scenario).leaf_down / (away * away), 1, 0.1);
  scenario.placement = Placement(1, 3, 4, 2);  // two of three replicas share a rack
  EXPECT_NEAR(RunLosses(scenario).leaf_down / (away * away), 1, 0.1);
}

TEST(SearchSim, DrawsTimesThatWereMeasured) {
  SearchScenario scenario;
  scenario.leaf[kHitRound].measured = {0.001, 0.002, 0.010};
  EXPECT_NEAR(RunSearches(scenario).median, 0.002, 1e-9);
  EXPECT_NEAR(RunSearches(scenario).p99, 0.010, 1e-9);
}

TEST(Placement, SpreadsReplicasOverRacksEvenly) {
  for (const auto& [leaves, replicas, machines, racks] :
       {std::array<size_t, 4>{12, 2, 6, 3}, {40, 3, 15, 5}, {16, 2, 32, 4}, {9, 3, 27, 3}}) {
    const Placement placement(leaves, replicas, machines, racks);
    for (size_t leaf = 0; leaf < leaves; ++leaf) {
      std::set<size_t> used;
      for (size_t i = 0; i < replicas; ++i) used.insert(placement.RackOf(placement.MachineOf(leaf, i)));
      EXPECT_EQ(used.size(), replicas);
    }
    EXPECT_LE(placement.Fullest(), (leaves * replicas + machines - 1) / machines + 1);
  }
}

TEST(Placement, IsEvenAndNeverPutsReplicasTogether) {
  const Placement placement(7, 3, 5);
  for (size_t leaf = 0; leaf < 7; ++leaf) {
    EXPECT_NE(placement.MachineOf(leaf, 0), placement.MachineOf(leaf, 1));
    EXPECT_NE(placement.MachineOf(leaf, 1), placement.MachineOf(leaf, 2));
    EXPECT_NE(placement.MachineOf(leaf, 0), placement.MachineOf(leaf, 2));
  }
  EXPECT_EQ(placement.Fullest(), 5u);
}

TEST(Sizing, MoreOfAnythingNeverNeedsFewerMachines) {
  const Constants constants{
      .leaf_seconds = 1e-3, .call_seconds = 3e-4, .root_seconds = 1e-3, .root_leaf_seconds = 6e-5};
  size_t before = 0;
  for (const double articles : {1e6, 1e7, 1e8, 1e9, 1e10}) {
    const Plan plan = MakePlan(constants, {}, {.articles = articles, .queries_per_second = 1'000});
    EXPECT_GE(plan.machines(), before);
    EXPECT_LE(plan.leaf_memory, kFilled * MachineKind().memory_bytes);
    EXPECT_LE(plan.leaf_cores, kBusy * MachineKind().cores);
    before = plan.machines();
  }
}

TEST(Sizing, AShardOfTheMeasuredSizeCostsWhatWasMeasured) {
  const Constants constants{.leaf_seconds = 1e-3, .leaf_articles = 50'000, .call_seconds = 3e-4};
  EXPECT_DOUBLE_EQ(LeafSeconds(constants, 50'000, 1), 1e-3);
  EXPECT_DOUBLE_EQ(LeafSeconds(constants, 200'000, 4), 3e-4 + 4 * 7e-4);
}

}  // namespace
}  // namespace tintinh::capacity
