// Normalize is idempotent and its result parses, whatever the bytes; Resolve makes nothing longer than the limit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "absl/strings/string_view.h"
#include "common/url/url.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto normal = tintinh::url::Normalize(text);
  if (normal.ok()) {
    const auto again = tintinh::url::Normalize(*normal);
    if (!again.ok() || *again != *normal || !tintinh::url::Parse(*normal).ok()) std::abort();
  }
  const auto resolved = tintinh::url::Resolve("https://baolaocai.vn/tin/bai.html?x=1", text);
  if (resolved.ok() && (resolved->size() > tintinh::url::kMaxUrlBytes || !tintinh::url::Parse(*resolved).ok())) {
    std::abort();
  }
  (void)tintinh::url::RegistrableDomain(text);
  return 0;
}
