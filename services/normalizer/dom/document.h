// An HTML page as a flat tree in document order. Nothing outside this folder sees the parser that made it.
#ifndef TINTINH_SERVICES_NORMALIZER_DOM_DOCUMENT_H_
#define TINTINH_SERVICES_NORMALIZER_DOM_DOCUMENT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace tintinh::normalizer::dom {

// Index into a Document. A node's descendants are the ids after it up to its end(): every walk over a subtree is a
// loop, so depth of nesting costs no stack.
using NodeId = uint32_t;
inline constexpr NodeId kRoot = 0;

// Immutable once built. Views it returns live as long as it does. Thread-safe.
class Document {
 public:
  size_t size() const { return nodes_.size(); }

  // The root is an element without a name; its parent is itself.
  bool IsText(NodeId id) const { return nodes_[id].kind == Kind::kText; }
  bool IsElement(NodeId id) const { return nodes_[id].kind == Kind::kElement; }
  NodeId parent(NodeId id) const { return nodes_[id].parent; }
  NodeId end(NodeId id) const { return nodes_[id].end; }  // one past the last descendant
  uint32_t depth(NodeId id) const { return nodes_[id].depth; }
  bool Contains(NodeId ancestor, NodeId id) const { return ancestor <= id && id < end(ancestor); }
  // The deepest element that holds both.
  NodeId CommonAncestor(NodeId a, NodeId b) const;

  // Lower case; empty for text.
  absl::string_view tag(NodeId id) const;
  // Of a text node, entities decoded. Style sheets and scripts other than JSON-LD have none.
  absl::string_view text(NodeId id) const;
  // Empty when absent; names are lower case. HasAttribute tells the two apart.
  absl::string_view attribute(NodeId id, absl::string_view name) const;
  bool HasAttribute(NodeId id, absl::string_view name) const;

 private:
  friend class DocumentBuilder;
  enum class Kind : uint8_t { kElement, kText };
  struct Range {
    uint32_t begin = 0;
    uint32_t size = 0;
  };
  struct Node {
    NodeId parent = 0;
    NodeId end = 0;
    Range content;  // tag name or text
    uint32_t first_attribute = 0;
    uint16_t attribute_count = 0;
    uint16_t depth = 0;
    Kind kind = Kind::kElement;
  };

  absl::string_view View(Range range) const { return absl::string_view(pool_.data() + range.begin, range.size); }

  std::string pool_;
  std::vector<Node> nodes_;
  std::vector<std::pair<Range, Range>> attributes_;
};

// Fills a Document in document order: Open … Close around each element's content.
class DocumentBuilder {
 public:
  DocumentBuilder();
  void OpenElement(absl::string_view tag);
  // Of the element opened last, before any content; at most 65,535 of them, the rest is dropped.
  void AddAttribute(absl::string_view lower_case_name, absl::string_view value);
  void CloseElement();
  void AddText(absl::string_view text);
  size_t size() const { return document_.nodes_.size(); }
  size_t depth() const { return open_.size(); }
  Document Build();

 private:
  Document::Range Store(absl::string_view bytes);
  NodeId Append(Document::Kind kind, absl::string_view content);

  Document document_;
  std::vector<NodeId> open_;
};

}  // namespace tintinh::normalizer::dom

#endif  // TINTINH_SERVICES_NORMALIZER_DOM_DOCUMENT_H_
