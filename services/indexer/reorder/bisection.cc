#include "services/indexer/reorder/bisection.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace tintinh::indexer {
namespace {

// Logarithms to base 2 of small numbers, which nearly all are, from a table.
class Logarithms {
 public:
  Logarithms() {
    for (uint32_t i = 1; i < kCount; ++i) table_[i] = std::log2(static_cast<float>(i));
  }
  float Of(uint32_t value) const { return value < kCount ? table_[value] : std::log2(static_cast<float>(value)); }

 private:
  static constexpr uint32_t kCount = 4'096;
  std::array<float, kCount> table_{};
};

// Halves parts of one array of documents. A feature with d documents among the n of a half costs about
// d * log2(n / (d + 1)) bits there.
class Bisection {
 public:
  Bisection(const DocumentFeatures& documents, const BisectionOptions& options)
      : documents_(documents),
        options_(options),
        order_(documents.documents()),
        biased_(documents.documents()),
        degrees_(documents.count),
        gains_(documents.count) {
    std::iota(order_.begin(), order_.end(), 0);
  }

  std::vector<uint32_t> Run() {
    Split(0, documents_.documents());
    return std::move(order_);
  }

 private:
  struct Degrees {
    uint32_t left = 0;
    uint32_t right = 0;
  };
  // What a document with the feature gains by moving to the right; of one that is there, what it loses by leaving.
  struct Gains {
    float of_left = 0;
    float of_right = 0;
  };
  // How much a document belongs to the right rather than the left.
  struct Biased {
    float bias;
    uint32_t place;  // in the part
    uint32_t document;

    bool operator<(const Biased& other) const { return bias != other.bias ? bias < other.bias : place < other.place; }
  };

  void Split(uint32_t begin, uint32_t end) {
    if (end - begin <= options_.smallest) return;
    const uint32_t middle = begin + (end - begin) / 2;
    CountDegrees(begin, middle, end);
    for (uint32_t iteration = 0; iteration < options_.iterations; ++iteration) {
      if (!Improve(begin, middle, end, static_cast<float>(iteration))) break;
    }
    for (const uint32_t feature : touched_) degrees_[feature] = Degrees();
    Split(begin, middle);
    Split(middle, end);
  }

  void CountDegrees(uint32_t begin, uint32_t middle, uint32_t end) {
    touched_.clear();
    for (uint32_t i = begin; i < end; ++i) {
      for (const uint32_t feature : documents_.Of(order_[i])) {
        Degrees& degrees = degrees_[feature];
        if (degrees.left + degrees.right == 0) touched_.push_back(feature);
        ++(i < middle ? degrees.left : degrees.right);
      }
    }
  }

  // Whether documents changed sides. Later iterations do so for more only (Mackenzie et al. 2021), and come to an end.
  bool Improve(uint32_t begin, uint32_t middle, uint32_t end, float threshold) {
    WeighFeatures(middle - begin, end - middle);
    const uint32_t half = middle - begin;
    for (uint32_t i = 0; i < end - begin; ++i) {
      biased_[i] = {i < half ? Bias<&Gains::of_left>(order_[begin + i]) : Bias<&Gains::of_right>(order_[begin + i]), i,
                    order_[begin + i]};
    }
    const auto first = biased_.begin();
    const auto last = first + (end - begin);
    const float most = std::max_element(first, first + half)->bias;
    const float least = std::min_element(first + half, last)->bias;
    if (most - least <= threshold) return false;
    std::nth_element(first, first + half, last);
    for (uint32_t i = 0; i < end - begin; ++i) {
      order_[begin + i] = biased_[i].document;
      const bool was_left = biased_[i].place < half;
      if (was_left != (i < half)) Move(biased_[i].document, was_left);
    }
    return true;
  }

  void WeighFeatures(uint32_t left_size, uint32_t right_size) {
    const float left_log = logarithms_.Of(left_size);
    const float right_log = logarithms_.Of(right_size);
    const auto cost = [this](uint32_t degree, float size_log) {
      return static_cast<float>(degree) * (size_log - logarithms_.Of(degree + 1));
    };
    for (const uint32_t feature : touched_) {
      const auto [left, right] = degrees_[feature];
      const float now = cost(left, left_log) + cost(right, right_log);
      if (left > 0) gains_[feature].of_left = now - cost(left - 1, left_log) - cost(right + 1, right_log);
      if (right > 0) gains_[feature].of_right = cost(left + 1, left_log) + cost(right - 1, right_log) - now;
    }
  }

  template <float Gains::*kSide>
  float Bias(uint32_t document) const {
    float bias = 0;
    for (const uint32_t feature : documents_.Of(document)) bias += gains_[feature].*kSide;
    return bias;
  }

  void Move(uint32_t document, bool to_right) {
    for (const uint32_t feature : documents_.Of(document)) {
      Degrees& degrees = degrees_[feature];
      --(to_right ? degrees.left : degrees.right);
      ++(to_right ? degrees.right : degrees.left);
    }
  }

  const DocumentFeatures& documents_;
  const BisectionOptions options_;
  const Logarithms logarithms_;
  std::vector<uint32_t> order_;
  std::vector<Biased> biased_;
  // By feature; degrees are zero but for those of touched_.
  std::vector<Degrees> degrees_;
  std::vector<Gains> gains_;
  std::vector<uint32_t> touched_;
};

}  // namespace

std::vector<uint32_t> BisectDocuments(const DocumentFeatures& documents, const BisectionOptions& options) {
  return Bisection(documents, options).Run();
}

}  // namespace tintinh::indexer
