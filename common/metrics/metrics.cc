#include "common/metrics/metrics.h"

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/sync/mutex.h"
#include "prometheus/collectable.h"
#include "prometheus/exposer.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"

namespace tintinh {

class Metrics::Series final : public prometheus::Collectable {
 public:
  prometheus::Registry& registry() { return registry_; }

  void Compute(Gauge& gauge, std::function<double()> value) {
    MutexLock lock(mu_);
    computed_.emplace_back(&gauge, std::move(value));
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    MutexLock lock(mu_);
    for (const auto& [gauge, value] : computed_) gauge->Set(value());
    return registry_.Collect();
  }

 private:
  prometheus::Registry registry_;
  mutable Mutex mu_;
  std::vector<std::pair<Gauge*, std::function<double()>>> computed_ ABSL_GUARDED_BY(mu_);
};

Metrics::Metrics() : series_(std::make_shared<Series>()) {}
Metrics::~Metrics() = default;

Counter& Metrics::NewCounter(const std::string& name, const std::string& help, const Labels& labels) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(series_->registry()).Add(labels);
}

Gauge& Metrics::NewGauge(const std::string& name, const std::string& help, const Labels& labels) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(series_->registry()).Add(labels);
}

void Metrics::NewComputedGauge(const std::string& name, const std::string& help, std::function<double()> value) {
  series_->Compute(NewGauge(name, help), std::move(value));
}

Histogram& Metrics::NewHistogram(const std::string& name, const std::string& help, const std::vector<double>& buckets,
                                 const Labels& labels) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(series_->registry()).Add(labels, buckets);
}

absl::StatusOr<int> Metrics::Serve(absl::string_view address) {
  try {
    exposer_ = std::make_unique<prometheus::Exposer>(std::string(address), 1);
    exposer_->RegisterCollectable(series_);
    return exposer_->GetListeningPorts().front();
  } catch (const std::exception& error) {
    return absl::UnavailableError(absl::StrCat("metrics_listen: cannot listen on ", address, ": ", error.what()));
  }
}

std::string Metrics::Text() const { return prometheus::TextSerializer().Serialize(series_->Collect()); }

std::vector<double> LatencyBuckets() { return {.0005, .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10}; }

}  // namespace tintinh
