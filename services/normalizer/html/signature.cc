#include "services/normalizer/html/signature.h"

#include <cstddef>
#include <utility>

#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxLineBytes = 200;

}  // namespace

std::optional<Signature> ParseSignature(absl::string_view line) {
  if (line.size() > kMaxLineBytes || !HasDigit(line)) return std::nullopt;
  if (std::optional<TimeLine> time = ParseTimeLine(line)) return Signature{*time, std::nullopt};
  for (const absl::string_view separator : {" - ", " | ", " – ", " • ", " · ", ", ", " "}) {
    for (size_t at = line.find(separator); at != absl::string_view::npos; at = line.find(separator, at + 1)) {
      const absl::string_view name = line.substr(0, at);
      if (HasDigit(name)) break;
      if (!LooksLikeName(name)) continue;
      const std::optional<TimeLine> time = ParseTimeLine(line.substr(at + separator.size()));
      if (time) return Signature{*time, ParseByline(name)};
    }
  }
  return std::nullopt;
}

}  // namespace tintinh::normalizer::html
