#include "tests/bench/capacity/loss_sim.h"

#include <algorithm>
#include <vector>

#include "tests/bench/capacity/event_queue.h"
#include "tests/bench/capacity/workload.h"

namespace tintinh::capacity {
namespace {

// What was put while `seconds` passed is read while more is put.
double WithCatchUp(const LossScenario& scenario, double seconds) {
  return seconds * scenario.replay_per_second / (scenario.replay_per_second - scenario.puts_per_second);
}

class LossSim {
 public:
  explicit LossSim(const LossScenario& scenario)
      : scenario_(scenario),
        random_(scenario.seed),
        replicas_(scenario.placement.leaves() * scenario.placement.replicas()),
        serving_(scenario.placement.leaves(), scenario.placement.replicas()) {
    for (size_t machine = 0; machine < scenario.placement.machines(); ++machine) PlanLoss(machine);
    for (size_t replica = 0; replica < replicas_.size(); ++replica) PlanRestart(replica);
    if (scenario.rack_life <= 0) return;
    for (size_t rack = 0; rack < scenario.placement.racks(); ++rack) PlanOutage(rack);
  }

  LossOutcome Run() {
    const double end = scenario_.years * kYear;
    while (events_.now() < end && events_.RunNext()) {
    }
    Account();
    outcome_.leaf_down = leaf_down_seconds_ / events_.now() / static_cast<double>(scenario_.placement.leaves());
    outcome_.some_leaf_down = some_leaf_down_seconds_ / events_.now();
    if (!rebuilds_.empty()) outcome_.rebuild_median = Quantile(rebuilds_, 0.5);
    for (const double seconds : rebuilds_) outcome_.rebuild_longest = std::max(outcome_.rebuild_longest, seconds);
    return outcome_;
  }

 private:
  static constexpr size_t kNone = ~size_t{0};

  struct Replica {
    bool whole = true;    // its data are there
    bool running = true;  // its process does not restart just now
    bool reached = true;  // its rack has power and network
    double lost_at = 0;
    size_t at_once = 1;     // lost together with it, on its machine
    size_t source = kNone;  // which replica it is copied from
    size_t attempt = 0;     // at being rebuilt; what belongs to an earlier one counts no more
  };

  size_t LeafOf(size_t replica) const { return replica / scenario_.placement.replicas(); }

  size_t MachineOf(size_t replica) const {
    return scenario_.placement.MachineOf(LeafOf(replica), replica % scenario_.placement.replicas());
  }

  // Copies that are under way go on: they are short beside the time between outages.
  void PlanOutage(size_t rack) {
    events_.After(DrawGap(1 / scenario_.rack_life, random_), [this, rack] {
      Reach(rack, false);
      events_.After(scenario_.rack_away, [this, rack] {
        Reach(rack, true);
        PlanOutage(rack);
      });
    });
  }

  void Reach(size_t rack, bool reached) {
    for (size_t replica = 0; replica < replicas_.size(); ++replica) {
      if (scenario_.placement.RackOf(MachineOf(replica)) != rack) continue;
      Change(replica, [reached](Replica& there) { there.reached = reached; });
    }
  }

  void PlanLoss(size_t machine) {
    events_.After(DrawGap(1 / scenario_.machine_life, random_), [this, machine] {
      ++outcome_.machines_lost;
      std::vector<size_t> lost;
      for (size_t replica = 0; replica < replicas_.size(); ++replica) {
        if (MachineOf(replica) == machine) lost.push_back(replica);
      }
      for (const size_t replica : lost) Lose(replica, lost.size());
      PlanLoss(machine);
    });
  }

  void PlanRestart(size_t replica) {
    events_.After(DrawGap(1 / scenario_.process_life, random_), [this, replica] {
      Change(replica, [](Replica& away) { away.running = false; });
      events_.After(scenario_.restart, [this, replica] {
        Change(replica, [](Replica& back) { back.running = true; });
        PlanRestart(replica);
      });
    });
  }

  void Lose(size_t replica, size_t at_once) {
    Change(replica, [&](Replica& lost) {
      lost.whole = false;
      lost.lost_at = events_.now();
      lost.at_once = at_once;
      lost.source = kNone;
      ++lost.attempt;
    });
    const size_t attempt = replicas_[replica].attempt;
    events_.After(scenario_.notice, [this, replica, attempt] {
      if (replicas_[replica].attempt == attempt) Rebuild(replica);
    });
    for (size_t other = 0; other < replicas_.size(); ++other) {
      if (replicas_[other].source == replica) Rebuild(other);
    }
  }

  size_t SourceOf(size_t replica) const {
    const size_t first = LeafOf(replica) * scenario_.placement.replicas();
    for (size_t other = first; other < first + scenario_.placement.replicas(); ++other) {
      if (replicas_[other].whole && replicas_[other].reached) return other;
    }
    return kNone;
  }

  void Rebuild(size_t replica) {
    Replica& begun = replicas_[replica];
    begun.source = SourceOf(replica);
    const size_t attempt = ++begun.attempt;
    const double takes = begun.source == kNone ? ReplaySeconds(scenario_) : CopySeconds(scenario_, begun.at_once);
    events_.After(takes, [this, replica, attempt] {
      if (replicas_[replica].attempt == attempt) EndRebuild(replica);
    });
  }

  void EndRebuild(size_t replica) {
    ++(replicas_[replica].source == kNone ? outcome_.rebuilt_by_log : outcome_.rebuilt_by_copy);
    rebuilds_.push_back(events_.now() - replicas_[replica].lost_at);
    Change(replica, [](Replica& rebuilt) {
      rebuilt.whole = true;
      rebuilt.source = kNone;
    });
  }

  void Account() {
    const double passed = events_.now() - accounted_;
    leaf_down_seconds_ += passed * static_cast<double>(leaves_down_);
    if (leaves_down_ > 0) some_leaf_down_seconds_ += passed;
    accounted_ = events_.now();
  }

  template <typename F>
  void Change(size_t replica, F change) {
    Account();
    const auto serves = [&] {
      return replicas_[replica].whole && replicas_[replica].running && replicas_[replica].reached;
    };
    const bool before = serves();
    change(replicas_[replica]);
    size_t& serving = serving_[LeafOf(replica)];
    if (before && !serves() && --serving == 0) ++leaves_down_;
    if (!before && serves() && serving++ == 0) --leaves_down_;
  }

  const LossScenario scenario_;
  Random random_;
  EventQueue events_;
  std::vector<Replica> replicas_;
  std::vector<size_t> serving_;  // replicas of each leaf
  size_t leaves_down_ = 0;
  double accounted_ = 0;
  double leaf_down_seconds_ = 0;
  double some_leaf_down_seconds_ = 0;
  std::vector<double> rebuilds_;
  LossOutcome outcome_;
};

}  // namespace

double CopySeconds(const LossScenario& scenario, size_t at_once) {
  const double share = scenario.machine_bytes_per_second / static_cast<double>(at_once);
  return WithCatchUp(scenario, scenario.leaf_bytes / std::min(scenario.copy_bytes_per_second, share));
}

double ReplaySeconds(const LossScenario& scenario) {
  return WithCatchUp(scenario, scenario.leaf_articles / scenario.replay_per_second);
}

LossOutcome RunLosses(const LossScenario& scenario) { return LossSim(scenario).Run(); }

}  // namespace tintinh::capacity
