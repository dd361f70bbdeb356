#include "services/normalizer/dom/document.h"

#include <limits>

namespace tintinh::normalizer::dom {

NodeId Document::CommonAncestor(NodeId a, NodeId b) const {
  while (!Contains(a, b)) a = parent(a);
  return a;
}

absl::string_view Document::tag(NodeId id) const {
  return IsElement(id) ? View(nodes_[id].content) : absl::string_view();
}

absl::string_view Document::text(NodeId id) const {
  return IsText(id) ? View(nodes_[id].content) : absl::string_view();
}

absl::string_view Document::attribute(NodeId id, absl::string_view name) const {
  const Node& node = nodes_[id];
  for (uint32_t i = 0; i < node.attribute_count; ++i) {
    const auto& [key, value] = attributes_[node.first_attribute + i];
    if (View(key) == name) return View(value);
  }
  return absl::string_view();
}

bool Document::HasAttribute(NodeId id, absl::string_view name) const {
  const Node& node = nodes_[id];
  for (uint32_t i = 0; i < node.attribute_count; ++i) {
    if (View(attributes_[node.first_attribute + i].first) == name) return true;
  }
  return false;
}

DocumentBuilder::DocumentBuilder() { OpenElement(""); }

Document::Range DocumentBuilder::Store(absl::string_view bytes) {
  Document::Range range;
  range.begin = static_cast<uint32_t>(document_.pool_.size());
  range.size = static_cast<uint32_t>(bytes.size());
  document_.pool_.append(bytes.data(), bytes.size());
  return range;
}

NodeId DocumentBuilder::Append(Document::Kind kind, absl::string_view content) {
  const NodeId id = static_cast<NodeId>(document_.nodes_.size());
  Document::Node node;
  node.kind = kind;
  node.parent = open_.empty() ? kRoot : open_.back();
  node.end = id + 1;
  node.depth = static_cast<uint16_t>(open_.size());
  node.content = Store(content);
  node.first_attribute = static_cast<uint32_t>(document_.attributes_.size());
  document_.nodes_.push_back(node);
  return id;
}

void DocumentBuilder::OpenElement(absl::string_view tag) { open_.push_back(Append(Document::Kind::kElement, tag)); }

void DocumentBuilder::AddAttribute(absl::string_view lower_case_name, absl::string_view value) {
  Document::Node& node = document_.nodes_[open_.back()];
  if (node.attribute_count == std::numeric_limits<uint16_t>::max()) return;
  ++node.attribute_count;
  const Document::Range name = Store(lower_case_name);
  document_.attributes_.emplace_back(name, Store(value));
}

void DocumentBuilder::CloseElement() {
  document_.nodes_[open_.back()].end = static_cast<NodeId>(document_.nodes_.size());
  open_.pop_back();
}

void DocumentBuilder::AddText(absl::string_view text) { Append(Document::Kind::kText, text); }

Document DocumentBuilder::Build() {
  while (!open_.empty()) CloseElement();
  return std::move(document_);
}

}  // namespace tintinh::normalizer::dom
