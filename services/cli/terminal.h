// What differs between a terminal and a pipe: colours and progress bars.
#ifndef TINTINH_SERVICES_CLI_TERMINAL_H_
#define TINTINH_SERVICES_CLI_TERMINAL_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::cli {

// True when standard output is a terminal and NO_COLOR is unset.
bool WantsColour();

// `text` with control characters replaced, so that a page cannot drive the terminal.
std::string Printable(absl::string_view text);

// The highlighted ranges in bold (`colour`) or between « and ».
std::string Highlighted(absl::string_view text, const google::protobuf::RepeatedPtrField<v1::Highlight>& highlights,
                        bool colour);

// One line on standard error that is redrawn in place; silent when standard error is not a terminal.
class ProgressBar {
 public:
  ProgressBar(std::string label, uint64_t total);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void Set(uint64_t done, absl::string_view note = "");
  // What a terminal 80 columns wide would show.
  static std::string Render(absl::string_view label, uint64_t done, uint64_t total, absl::string_view note);

 private:
  const std::string label_;
  const uint64_t total_;
  const bool visible_;
};

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_TERMINAL_H_
