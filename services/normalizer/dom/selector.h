// Compound CSS selectors, as a site's hints give them: "h1.title", "#content", "div.detail[data-role=content]".
#ifndef TINTINH_SERVICES_NORMALIZER_DOM_SELECTOR_H_
#define TINTINH_SERVICES_NORMALIZER_DOM_SELECTOR_H_

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"

namespace tintinh::normalizer::dom {

class Selector {
 public:
  // Tag, .class, #id, [attribute] and [attribute=value], combined without spaces. Nothing when it is none of these.
  static std::optional<Selector> Parse(absl::string_view css);

  bool Matches(const Document& document, NodeId id) const;
  // In document order.
  std::optional<NodeId> FindFirst(const Document& document) const;

 private:
  std::string tag_;
  std::vector<std::string> classes_;
  std::vector<std::pair<std::string, std::optional<std::string>>> attributes_;
};

// Whether the class attribute lists this very class.
bool HasClass(const Document& document, NodeId id, absl::string_view name);

}  // namespace tintinh::normalizer::dom

#endif  // TINTINH_SERVICES_NORMALIZER_DOM_SELECTOR_H_
