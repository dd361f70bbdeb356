// Any bytes without SVG or MathML: the document is the same whether the parser reads scripts and style sheets or not.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "services/normalizer/dom/parse.h"

namespace {

using tintinh::normalizer::dom::Document;
using tintinh::normalizer::dom::NodeId;

bool Same(const Document& a, const Document& b) {
  if (a.size() != b.size()) return false;
  for (NodeId id = 0; id < a.size(); ++id) {
    if (a.tag(id) != b.tag(id) || a.text(id) != b.text(id) || a.end(id) != b.end(id)) return false;
    if (a.attribute(id, "class") != b.attribute(id, "class")) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view html(reinterpret_cast<const char*>(data), size);
  const std::string lower = absl::AsciiStrToLower(html);
  if (absl::StrContains(lower, "<svg") || absl::StrContains(lower, "<math")) return 0;
  tintinh::normalizer::dom::ParseLimits limits;
  limits.max_processor_time = absl::Seconds(1);
  const auto abridged = ParseHtml(html, limits);
  limits.abridge = false;
  const auto whole = ParseHtml(html, limits);
  if (abridged.ok() && whole.ok() && !Same(*abridged, *whole)) std::abort();
  return 0;
}
