#include "services/crawler/discover/record_reader.h"

#include <algorithm>
#include <array>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/url/url.h"
#include "libxml/parser.h"
#include "libxml/parserInternals.h"
#include "libxml/xmlerror.h"
#include "services/crawler/discover/balance.h"

namespace tintinh::crawler {
namespace {

struct Vocabulary {
  absl::string_view uri;  // the beginning of a namespace name
  absl::string_view prefix;
};
constexpr std::array<Vocabulary, 20> kVocabularies = {{
    {"http://www.w3.org/2005/Atom", ""},
    {"http://purl.org/atom/", ""},
    {"http://purl.org/rss/1.0/modules/syndication", "sy"},
    {"http://purl.org/rss/1.0/modules/content", "content"},
    {"http://purl.org/rss/1.0/modules/", "module"},
    {"http://purl.org/rss/1.0/", ""},
    {"http://my.netscape.com/rdf/simple/0.9/", ""},
    {"http://backend.userland.com/rss", ""},
    {"http://purl.org/dc/elements/", "dc"},
    {"http://purl.org/dc/terms/", "dcterms"},
    {"http://search.yahoo.com/mrss", "media"},
    {"http://rssnamespace.org/feedburner/", "feedburner"},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf"},
    {"http://www.google.com/schemas/sitemap-news/", "news"},
    {"http://www.google.com/schemas/sitemap-image/", "image"},
    {"http://www.google.com/schemas/sitemap-video/", "video"},
    {"http://www.w3.org/1999/xhtml", "xhtml"},
    {"http://www.sitemaps.org/schemas/sitemap/", ""},
    {"https://www.sitemaps.org/schemas/sitemap/", ""},
    {"http://www.google.com/schemas/sitemap/", ""},
}};

absl::string_view View(const xmlChar* text) {
  return text == nullptr ? absl::string_view() : absl::string_view(reinterpret_cast<const char*>(text));
}

std::string QualifiedName(const xmlChar* local, const xmlChar* prefix, const xmlChar* uri) {
  absl::string_view written = View(prefix);
  for (const Vocabulary& vocabulary : kVocabularies) {
    if (!absl::StartsWithIgnoreCase(View(uri), vocabulary.uri)) continue;
    written = vocabulary.prefix;
    break;
  }
  return absl::AsciiStrToLower(written.empty() ? std::string(View(local)) : absl::StrCat(written, ":", View(local)));
}

class Reading {
 public:
  Reading(absl::string_view base_url, const std::vector<absl::string_view>& names, RecordSink sink)
      : names_(names), sink_(sink), bases_{std::string(base_url)} {}

  void Start(std::string name, std::vector<std::pair<std::string, std::string>> attributes) {
    if (bases_.size() == 1 && root_.empty()) root_ = name;
    XmlField element;
    element.name = std::move(name);
    element.attributes = std::move(attributes);
    element.base = BaseFor(element);
    bases_.push_back(element.base);
    const size_t depth = bases_.size() - 1;
    if (record_depth_ == 0 && std::find(names_.begin(), names_.end(), element.name) != names_.end()) {
      record_ = XmlRecord();
      record_.self = std::move(element);
      record_depth_ = depth;
      open_.clear();
      return;
    }
    element.depth = depth - record_depth_;
    Open(std::move(element), depth);
  }

  void Text(absl::string_view text) {
    if (record_depth_ != 0 && open_.empty()) Append(text, &record_.self);
    for (const OpenElement& element : open_)
      Append(text, element.in_record ? &record_.fields[element.field] : &outside_);
  }

  void End() {
    if (bases_.size() == 1) return;
    const size_t depth = bases_.size() - 1;
    if (!open_.empty() && open_.back().depth == depth) {
      if (!open_.back().in_record) sink_.outside(outside_);
      open_.pop_back();
    }
    if (depth == record_depth_) FinishRecord();
    bases_.pop_back();
  }

  // Call once the text has ended, wherever that was.
  void Finish() {
    if (record_depth_ != 0) FinishRecord();
  }

  bool stopped() const { return stopped_; }
  const std::string& root() const { return root_; }

 private:
  struct OpenElement {
    size_t depth = 0;
    bool in_record = false;
    size_t field = 0;
  };

  std::string BaseFor(const XmlField& element) const {
    const absl::string_view written = element.Attribute("xml:base");
    if (written.empty()) return bases_.back();
    const auto resolved = url::Resolve(bases_.back(), written);
    return resolved.ok() ? *resolved : bases_.back();
  }

  void Open(XmlField element, size_t depth) {
    if (depth > kMaxElementDepth) return;
    if (record_depth_ == 0) {
      // Outside records only the innermost element is kept: headers are leaves.
      open_.clear();
      outside_ = std::move(element);
      open_.push_back({depth, false, 0});
    } else if (record_.fields.size() < kMaxRecordFields) {
      record_.fields.push_back(std::move(element));
      open_.push_back({depth, true, record_.fields.size() - 1});
    }
  }

  static void Append(absl::string_view text, XmlField* field) {
    const size_t room = kMaxFieldBytes - std::min(kMaxFieldBytes, field->text.size());
    field->text.append(text.data(), std::min(room, text.size()));
  }

  void FinishRecord() {
    record_depth_ = 0;
    open_.clear();
    if (!stopped_ && !sink_.record(record_)) stopped_ = true;
  }

  const std::vector<absl::string_view>& names_;
  RecordSink sink_;
  std::string root_;
  std::vector<std::string> bases_;  // the document's, then one per open element
  std::vector<OpenElement> open_;
  XmlRecord record_;
  XmlField outside_;
  size_t record_depth_ = 0;  // 0: outside records
  bool stopped_ = false;
};

struct Session {
  Reading* reading = nullptr;
  xmlParserCtxt* parser = nullptr;
};

Reading& ReadingOf(void* session) { return *static_cast<Session*>(session)->reading; }

void StopIfDone(void* session) {
  const auto* both = static_cast<Session*>(session);
  if (both->reading->stopped()) xmlStopParser(both->parser);
}

// libxml2 leaves an escaped '&' in an attribute as "&#38;" for a second parse that we do not do.
std::string AttributeValue(const xmlChar* begin, const xmlChar* end) {
  const absl::string_view raw(reinterpret_cast<const char*>(begin), static_cast<size_t>(end - begin));
  return absl::StrReplaceAll(raw.substr(0, kMaxFieldBytes), {{"&#38;", "&"}});
}

// The signature is libxml2's startElementNsSAX2Func; each attribute is five pointers.
void OnStart(void* session, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri, int, const xmlChar**,
             int attribute_count, int, const xmlChar** attributes) {
  std::vector<std::pair<std::string, std::string>> read;
  for (int i = 0; i < attribute_count && read.size() < kMaxRecordFields; ++i) {
    const xmlChar** attribute = attributes + 5 * i;
    read.emplace_back(QualifiedName(attribute[0], attribute[1], attribute[2]),
                      AttributeValue(attribute[3], attribute[4]));
  }
  ReadingOf(session).Start(QualifiedName(local, prefix, uri), std::move(read));
}

void OnEnd(void* session, const xmlChar*, const xmlChar*, const xmlChar*) {
  ReadingOf(session).End();
  StopIfDone(session);
}

void OnText(void* session, const xmlChar* text, int size) {
  ReadingOf(session).Text({reinterpret_cast<const char*>(text), static_cast<size_t>(size)});
}

xmlEntityPtr OnEntity(void*, const xmlChar* name) { return xmlGetPredefinedEntity(name); }

void IgnoreError(void*, xmlErrorPtr) {}

void InstallCallbacks(xmlSAXHandler* sax) {
  *sax = xmlSAXHandler{};
  sax->initialized = XML_SAX2_MAGIC;
  sax->startElementNs = OnStart;
  sax->endElementNs = OnEnd;
  sax->characters = OnText;
  sax->cdataBlock = OnText;
  sax->ignorableWhitespace = OnText;
  sax->getEntity = OnEntity;
  sax->serror = IgnoreError;
}

}  // namespace

absl::string_view XmlField::Attribute(absl::string_view name_wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == name_wanted) return value;
  }
  return {};
}

const XmlField* XmlRecord::Find(absl::string_view name) const {
  for (const XmlField& field : fields) {
    if (field.depth == 1 && field.name == name) return &field;
  }
  return nullptr;
}

std::string ReadRecords(absl::string_view markup, absl::string_view base_url,
                        const std::vector<absl::string_view>& record_names, RecordSink sink) {
  // Warnings of the site's own programs often stand before the first tag.
  markup.remove_prefix(std::min(markup.find('<'), markup.size()));
  const std::string balanced = BalanceTags(markup);
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
      xmlCreateMemoryParserCtxt(balanced.data(), static_cast<int>(balanced.size())), &xmlFreeParserCtxt);
  if (parser == nullptr) return "";
  Reading reading(base_url, record_names, sink);
  Session session{&reading, parser.get()};
  InstallCallbacks(parser->sax);
  parser->userData = &session;
  xmlCtxtUseOptions(parser.get(), XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  xmlParseDocument(parser.get());
  reading.Finish();
  return reading.root();
}

}  // namespace tintinh::crawler
