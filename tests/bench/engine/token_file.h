// Reads a corpus already cut into tokens, one document a line: {"id":"…","text":"token token …"}.
#ifndef TINTINH_TESTS_BENCH_ENGINE_TOKEN_FILE_H_
#define TINTINH_TESTS_BENCH_ENGINE_TOKEN_FILE_H_

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace tintinh::bench {

// Fixed in shape so that reading costs next to nothing beside indexing: these two members in this order, no space
// outside the values, no escapes within.
class TokenFile {
 public:
  static absl::StatusOr<TokenFile> Open(const std::string& path);

  // The next document's tokens, joined by single spaces, or nothing at the end. The view lives until the next call.
  // INVALID_ARGUMENT names the line that has another shape.
  absl::StatusOr<std::optional<absl::string_view>> Next();

  // Documents read so far.
  uint64_t count() const { return count_; }

 private:
  explicit TokenFile(const std::string& path) : path_(path), file_(path) {}

  std::string path_;
  std::ifstream file_;
  std::string line_;  // reused
  uint64_t count_ = 0;
};

// The texts of the first documents, at most `limit`. INVALID_ARGUMENT when there is none.
absl::StatusOr<std::vector<std::string>> ReadTexts(const std::string& path, size_t limit);

inline void ForEachToken(absl::string_view text, absl::FunctionRef<void(absl::string_view token)> visit) {
  while (!text.empty()) {
    const size_t end = text.find(' ');
    visit(text.substr(0, end));
    text = end == absl::string_view::npos ? absl::string_view() : text.substr(end + 1);
  }
}

}  // namespace tintinh::bench

#endif  // TINTINH_TESTS_BENCH_ENGINE_TOKEN_FILE_H_
