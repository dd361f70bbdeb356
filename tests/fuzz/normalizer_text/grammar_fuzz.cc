// Any bytes as a line, and as two lines, to every grammar.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/grammar/caption.h"
#include "services/normalizer/grammar/lead.h"
#include "services/normalizer/grammar/machine_time.h"
#include "services/normalizer/grammar/time_line.h"
#include "services/normalizer/grammar/words.h"

namespace {

using namespace tintinh::normalizer;  // NOLINT(google-build-using-namespace): the fuzzer calls every name in it

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const absl::string_view first = text.substr(0, text.find('\n'));
  const absl::string_view second = first.size() == text.size() ? text : text.substr(first.size() + 1);

  if (const auto time = ParseTimeLine(first)) {
    Require(time->time.precision != tintinh::v1::TIME_PRECISION_UNSPECIFIED);
  }
  if (const auto time = ParseMachineTime(first)) {
    Require(time->precision != tintinh::v1::TIME_PRECISION_UNSPECIFIED);
  }
  ClassifyLine(first);
  if (const auto byline = ParseByline(first)) {
    Require(!byline->authors.empty() || !byline->agency.empty());
  }
  const CaptionParts parts = SplitCredit(first);
  Require(parts.caption.size() + parts.credit.size() <= first.size() * 3);  // a stray byte becomes U+FFFD
  Require(StripDateline(first).size() <= first.size());
  Require(StripTemplateResidue(first).size() <= first.size());
  Require(TrimSeparators(first).size() <= first.size());
  if (!LeadRepeats(first, second)) {
    Require(RemoveLeadFrom(first, second) == std::string(second));
  }
  return 0;
}
