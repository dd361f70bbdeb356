// The repeated elements of an XML file, one by one: items of a feed, urls of a sitemap.
#ifndef TINTINH_SERVICES_CRAWLER_DISCOVER_RECORD_READER_H_
#define TINTINH_SERVICES_CRAWLER_DISCOVER_RECORD_READER_H_

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace tintinh::crawler {

inline constexpr size_t kMaxFieldBytes = 16 * 1024;
inline constexpr size_t kMaxRecordFields = 256;
inline constexpr size_t kMaxElementDepth = 64;

// Names are in lower case and carry the prefix that is usual for their namespace ("dc:date", "news:title"), none for
// RSS, Atom and sitemaps; where the namespace is not declared or unknown, the prefix that is written.
struct XmlField {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  // of the element and all below it, up to kMaxFieldBytes
  std::string base;  // what relative URLs in it are relative to: xml:base, else the document's URL
  size_t depth = 0;  // 1: directly in the record (or, outside records, depth in the document)

  // Empty when absent.
  absl::string_view Attribute(absl::string_view name) const;
};

struct XmlRecord {
  XmlField self;                 // the record's own element; its text is what no field holds
  std::vector<XmlField> fields;  // in document order, at most kMaxRecordFields

  // The first field of this name directly in the record, or null.
  const XmlField* Find(absl::string_view name) const;
};

// What a file holds, pushed while it is read.
struct RecordSink {
  absl::FunctionRef<bool(const XmlRecord&)> record;  // false: read no further
  absl::FunctionRef<void(const XmlField&)> outside;  // a leaf outside all records
};

// Reads `markup` (a result of PrepareMarkup) as far as it can be read: errors of well-formedness are recovered from,
// and a record that is still open at the end counts. Returns the name of the root element, empty if there is none.
// No network, no entities, no recursion; memory is that of one record.
std::string ReadRecords(absl::string_view markup, absl::string_view base_url,
                        const std::vector<absl::string_view>& record_names, RecordSink sink);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_DISCOVER_RECORD_READER_H_
