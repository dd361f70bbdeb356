// Reads the lines of a file compressed with zstd, by the zstd tool.
#ifndef TINTINH_TESTS_SUPPORT_COMPRESSED_LINES_H_
#define TINTINH_TESTS_SUPPORT_COMPRESSED_LINES_H_

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"

namespace tintinh::testing {

// Without the file or the tool there are no lines.
class CompressedLines {
 public:
  explicit CompressedLines(const std::string& file) {
    if (!std::ifstream(file).good()) return;
    pipe_.reset(popen(absl::StrCat("zstd -dcq --long=27 '", file, "'").c_str(), "r"));
  }
  ~CompressedLines() { std::free(line_); }
  CompressedLines(const CompressedLines&) = delete;
  CompressedLines& operator=(const CompressedLines&) = delete;

  // False at the end.
  bool Next(std::string& line) {
    if (pipe_ == nullptr) return false;
    const ssize_t size = getline(&line_, &capacity_, pipe_.get());
    if (size <= 0) return false;
    line.assign(line_, static_cast<size_t>(size));
    return true;
  }

 private:
  struct Close {
    void operator()(std::FILE* pipe) const { pclose(pipe); }
  };

  std::unique_ptr<std::FILE, Close> pipe_;
  char* line_ = nullptr;
  size_t capacity_ = 0;
};

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_COMPRESSED_LINES_H_
