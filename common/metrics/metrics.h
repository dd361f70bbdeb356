// Counters, gauges and histograms of one process, served in Prometheus' text format.
#ifndef TINTINH_COMMON_METRICS_METRICS_H_
#define TINTINH_COMMON_METRICS_METRICS_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "prometheus/counter.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"

namespace prometheus {
class Exposer;
}  // namespace prometheus

namespace tintinh {

using Labels = std::map<std::string, std::string>;
using prometheus::Counter;
using prometheus::Gauge;
using prometheus::Histogram;

// Made once per process and passed by reference. Thread-safe. Asking twice for one name and labels gives the same
// series; the references live as long as the Metrics. Names follow Prometheus: tintinh_<service>_<what>_<unit>_total.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  Counter& NewCounter(const std::string& name, const std::string& help, const Labels& labels = {});
  Gauge& NewGauge(const std::string& name, const std::string& help, const Labels& labels = {});
  // Says what `value` returns each time the metrics are read, which any thread may do.
  void NewComputedGauge(const std::string& name, const std::string& help, std::function<double()> value);
  // `buckets` are upper bounds, ascending.
  Histogram& NewHistogram(const std::string& name, const std::string& help, const std::vector<double>& buckets,
                          const Labels& labels = {});

  // Serves GET /metrics at HOST:PORT until destruction. Returns the bound port.
  absl::StatusOr<int> Serve(absl::string_view address);

  // What /metrics would answer.
  std::string Text() const;

 private:
  class Series;

  std::shared_ptr<Series> series_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

// Upper bounds in seconds from 0.5 ms to 10 s, for latencies.
std::vector<double> LatencyBuckets();

}  // namespace tintinh

#endif  // TINTINH_COMMON_METRICS_METRICS_H_
