// Any bytes: every form is well-formed UTF-8, bringing a text into a form twice changes nothing more, and the short
// ways for texts that need no change give what the long ones give.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "common/text/simhash.h"

namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

template <typename Form>
void CheckForm(absl::string_view source, const Form& form) {
  const std::string once = form(source);
  Require(tintinh::text::IsValidUtf8(once));
  Require(form(once) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace text = tintinh::text;
  const absl::string_view source(reinterpret_cast<const char*>(data), size);
  CheckForm(source, [](absl::string_view s) { return text::RepairUtf8(s); });
  CheckForm(source, [](absl::string_view s) { return text::NormalForm(s); });
  CheckForm(source, [](absl::string_view s) { return text::LowerCase(s); });
  CheckForm(source, [](absl::string_view s) { return text::CollapseWhitespace(text::RepairUtf8(s)); });
  size_t replaced = 0;
  text::RepairUtf8(source, &replaced);
  Require(text::IsValidUtf8(source) == (replaced == 0));
  // An invisible character bars the short way.
  Require(text::NormalForm(std::string(source) + "\u200B") == text::NormalForm(source));
  Require(text::IsValidUtf8(text::Fold(source)));
  text::Simhash(source);
  const text::LegacyRepair repair = text::RepairLegacy(source);
  Require(repair.encoding.empty() ? repair.text == source : text::IsValidUtf8(repair.text));
  return 0;
}
