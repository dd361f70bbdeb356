// What a page says of itself outside its text: meta and link elements, JSON-LD, the title element.
#ifndef TINTINH_SERVICES_NORMALIZER_HTML_METADATA_H_
#define TINTINH_SERVICES_NORMALIZER_HTML_METADATA_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/normalizer/dom/document.h"
#include "services/normalizer/html/json_ld.h"

namespace tintinh::normalizer::html {

class Metadata {
 public:
  static Metadata Read(const dom::Document& document);

  // First value of the meta element whose name, property or itemprop this is; NFC, folded; empty when absent. Names
  // are compared in lower case.
  absl::string_view Meta(absl::string_view name) const;
  std::vector<std::string> AllMeta(absl::string_view name) const;

  // As written in the page.
  const std::string& title_element() const { return title_element_; }
  const std::string& canonical() const { return canonical_; }
  const std::string& base() const { return base_; }
  const std::string& language() const { return language_; }
  const std::string& refresh() const { return refresh_; }
  const JsonLd& json_ld() const { return json_ld_; }

 private:
  void AddElement(const dom::Document& document, dom::NodeId id);
  void AddMeta(const dom::Document& document, dom::NodeId id);

  std::vector<std::pair<std::string, std::string>> meta_;
  std::string title_element_;
  std::string canonical_;
  std::string base_;
  std::string language_;
  std::string refresh_;
  JsonLd json_ld_;
  size_t json_ld_scripts_ = 0;
};

}  // namespace tintinh::normalizer::html

#endif  // TINTINH_SERVICES_NORMALIZER_HTML_METADATA_H_
