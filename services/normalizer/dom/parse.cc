#include "services/normalizer/dom/parse.h"

#include <csetjmp>
#include <cstddef>
#include <ctime>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "gumbo.h"
#include "services/normalizer/dom/abridge.h"

namespace tintinh::normalizer::dom {
namespace {

enum class Stop : int { kNone = 0, kMemory = 1, kTime = 2 };

absl::Duration ThreadProcessorTime() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return absl::DurationFromTimespec(now);
}

// The parser's memory. Released as a whole, because the parser's own destructor recurses over the tree and a deep page
// would end the process. When a budget is used up it leaves the parser, C code that owns nothing but this memory, by
// longjmp: the parser offers no other way out.
class Arena {
 public:
  Arena(size_t max_bytes, absl::Duration max_time) : left_(max_bytes), deadline_(ThreadProcessorTime() + max_time) {}

  std::jmp_buf& exit() { return exit_; }

  static void* Allocate(void* arena, size_t size) { return static_cast<Arena*>(arena)->Take(size); }
  static void Free(void* /*arena*/, void* /*pointer*/) {}

 private:
  static constexpr size_t kBlockBytes = size_t{256} << 10;
  static constexpr uint32_t kAllocationsPerClockRead = 64;

  void* Take(size_t size) {
    const size_t rounded =
        (size + alignof(std::max_align_t) - 1) / alignof(std::max_align_t) * alignof(std::max_align_t);
    if (rounded < size || rounded > left_) Leave(Stop::kMemory);
    left_ -= rounded;
    if (++allocations_ % kAllocationsPerClockRead == 0 && ThreadProcessorTime() > deadline_) Leave(Stop::kTime);
    if (rounded > block_left_) AddBlock(rounded);
    char* const pointer = next_;
    next_ += rounded;
    block_left_ -= rounded;
    return pointer;
  }

  void AddBlock(size_t at_least) {
    block_left_ = at_least > kBlockBytes ? at_least : kBlockBytes;
    blocks_.push_back(std::make_unique<char[]>(block_left_));
    next_ = blocks_.back().get();
  }

  [[noreturn]] void Leave(Stop reason) { std::longjmp(exit_, static_cast<int>(reason)); }

  size_t left_;
  const absl::Duration deadline_;
  uint32_t allocations_ = 0;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  size_t block_left_ = 0;
  std::jmp_buf exit_;
};

struct Parsed {
  const GumboOutput* output;
  Stop stop;
};

// No object with a destructor lives in this frame: longjmp returns into it.
Parsed RunParser(const GumboOptions* options, Arena* arena, const char* bytes, size_t size) {
  const int stopped = setjmp(arena->exit());
  if (stopped != 0) return {nullptr, static_cast<Stop>(stopped)};
  return {gumbo_parse_with_options(options, bytes, size), Stop::kNone};
}

absl::string_view TagOf(const GumboElement& element, std::string& storage) {
  if (element.tag != GUMBO_TAG_UNKNOWN) return gumbo_normalized_tagname(element.tag);
  GumboStringPiece name = element.original_tag;
  gumbo_tag_from_original_text(&name);
  storage = absl::AsciiStrToLower(absl::string_view(name.data, name.length));
  return storage;
}

// Copies the parser's tree, without recursion.
class Copier {
 public:
  explicit Copier(const ParseLimits& limits) : limits_(limits) {}

  absl::StatusOr<Document> Copy(const GumboNode* document) {
    open_.push_back({&document->v.document.children, 0, false});
    while (!open_.empty()) {
      if (builder_.size() > limits_.max_nodes) {
        return absl::ResourceExhaustedError(absl::StrCat("page: more than ", limits_.max_nodes, " nodes"));
      }
      if (open_.size() > limits_.max_depth) {
        return absl::ResourceExhaustedError(absl::StrCat("page: nested deeper than ", limits_.max_depth, " elements"));
      }
      Step();
    }
    return builder_.Build();
  }

 private:
  struct Level {
    const GumboVector* children;
    unsigned int next;
    bool is_element;
  };

  void Step() {
    Level& level = open_.back();
    if (level.next == level.children->length) {
      if (level.is_element) builder_.CloseElement();
      open_.pop_back();
      return;
    }
    const auto* node = static_cast<const GumboNode*>(level.children->data[level.next++]);
    switch (node->type) {
      case GUMBO_NODE_ELEMENT:
      case GUMBO_NODE_TEMPLATE:
        Open(node->v.element);
        break;
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_CDATA:
        builder_.AddText(node->v.text.text);
        break;
      case GUMBO_NODE_WHITESPACE:
        builder_.AddText(" ");
        break;
      default:
        break;
    }
  }

  void Open(const GumboElement& element) {
    builder_.OpenElement(TagOf(element, name_));
    bool keeps_text = element.tag != GUMBO_TAG_STYLE && element.tag != GUMBO_TAG_SCRIPT;
    for (unsigned int i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      const std::string name = absl::AsciiStrToLower(attribute->name);
      builder_.AddAttribute(name, attribute->value);
      if (name == "type" && absl::AsciiStrToLower(attribute->value) == "application/ld+json") keeps_text = true;
    }
    static const GumboVector kNoChildren = {nullptr, 0, 0};
    open_.push_back({keeps_text ? &element.children : &kNoChildren, 0, true});
  }

  const ParseLimits& limits_;
  DocumentBuilder builder_;
  std::vector<Level> open_;
  std::string name_;
};

// The parser's structures take about 150 bytes per node, half as much again per attribute, and copies of the text.
size_t MemoryBudget(const ParseLimits& limits, size_t bytes) {
  return size_t{limits.max_nodes} * 512 + bytes * 24 + (size_t{1} << 20);
}

}  // namespace

absl::StatusOr<Document> ParseHtml(absl::string_view utf8, const ParseLimits& limits) {
  if (utf8.size() > limits.max_bytes) {
    return absl::ResourceExhaustedError(absl::StrCat("page: ", utf8.size(), " bytes, the limit is ", limits.max_bytes));
  }
  std::string abridged;
  if (limits.abridge) {
    abridged = WithoutPrograms(utf8);
    utf8 = abridged;
  }
  Arena arena(MemoryBudget(limits, utf8.size()), limits.max_processor_time);
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = &Arena::Allocate;
  options.deallocator = &Arena::Free;
  options.userdata = &arena;
  options.max_errors = 0;
  const Parsed parsed = RunParser(&options, &arena, utf8.data(), utf8.size());
  if (parsed.stop == Stop::kMemory) {
    return absl::ResourceExhaustedError(
        absl::StrCat("page: parsing it takes more memory than ", limits.max_nodes, " nodes do"));
  }
  if (parsed.stop == Stop::kTime) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "page: parsing it takes more than ", absl::FormatDuration(limits.max_processor_time), " of processor time"));
  }
  return Copier(limits).Copy(parsed.output->document);
}

std::string TextOfFragment(absl::string_view html) {
  ParseLimits limits;
  limits.max_bytes = 64u << 10;
  limits.max_nodes = 1000;
  const absl::StatusOr<Document> document = ParseHtml(html, limits);
  std::string text;
  if (!document.ok()) return text;
  for (NodeId id = kRoot; id < document->size(); ++id) absl::StrAppend(&text, document->text(id));
  return text;
}

}  // namespace tintinh::normalizer::dom
