// Runs public conformance suites kept as JSON lines outside the repository; nothing of them is stored here.
#ifndef TINTINH_TESTS_SUPPORT_CONFORMANCE_H_
#define TINTINH_TESTS_SUPPORT_CONFORMANCE_H_

#include <cstdio>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "nlohmann/json.hpp"

namespace tintinh::testing {

struct Score {
  int right = 0;
  int cases = 0;  // 0: the suite is not on this machine
  double share() const { return cases == 0 ? 0 : static_cast<double>(right) / cases; }
};

// No value: the case is outside the subject and is not counted.
using Judge = std::function<std::optional<bool>(const nlohmann::json& test)>;

// Judges every line of `file` below the suites' folder; prints the beginning of each case judged wrong.
inline Score Measure(const std::string& file, const Judge& judge) {
  std::ifstream in(std::string(TINTINH_SHARED_DATA) + "/conformance/" + file);
  Score score;
  for (std::string line; std::getline(in, line);) {
    const std::optional<bool> right = judge(nlohmann::json::parse(line));
    if (!right) continue;
    ++score.cases;
    score.right += *right ? 1 : 0;
    if (!*right) std::printf("judged wrong: %s\n", line.substr(0, 400).c_str());
  }
  return score;
}

// The string at `key`, empty when absent or null.
inline std::string Text(const nlohmann::json& test, const char* key) {
  return test.contains(key) && test[key].is_string() ? test[key].get<std::string>() : std::string();
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_CONFORMANCE_H_
