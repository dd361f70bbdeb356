// What an extractor found on a page, before anything is derived from it: the one type between the extractors
// (text_dump, html) and enrich, which turns it into a tintinh.v1.Article.
#ifndef TINTINH_SERVICES_NORMALIZER_DRAFT_DRAFT_H_
#define TINTINH_SERVICES_NORMALIZER_DRAFT_DRAFT_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/normalizer_service.pb.h"

namespace tintinh::normalizer {

// Which rule supplied a field; becomes tintinh.v1.FieldEvidence.
struct Evidence {
  std::string field;  // as in tintinh.v1.Article
  std::string rule;
  std::string value;
  bool chosen = true;
};

// A day-precision time is midnight in VietnamTimeZone().
struct DraftTime {
  absl::Time time;
  v1::TimePrecision precision = v1::TIME_PRECISION_UNSPECIFIED;
};

struct DraftParagraph {
  v1::ParagraphKind kind = v1::PARAGRAPH_KIND_TEXT;
  std::string text;
};

struct DraftPhoto {
  std::string caption;  // without the credit
  std::string credit;   // without "Ảnh:"
  std::string url;      // absolute, or empty
};

struct DraftLink {
  std::string url;  // absolute, same site, no fragment
  v1::LinkKind kind = v1::LINK_KIND_UNSPECIFIED;
};

// All text is NFC UTF-8 with white space folded; paragraphs are never empty and never repeat the lead.
struct Draft {
  v1::PageKind kind = v1::PAGE_KIND_UNSPECIFIED;
  std::string title;
  std::string lead;  // without dateline prefix
  std::vector<DraftParagraph> paragraphs;
  std::vector<DraftPhoto> photos;
  std::vector<std::string> authors;
  std::string agency;
  std::vector<std::string> section_path;  // outermost first
  std::vector<std::string> tags;
  std::optional<DraftTime> published;
  std::optional<DraftTime> modified;
  std::string canonical_url;     // as the page states it, absolute; empty when it states none
  std::string language;          // BCP 47; empty when not known
  std::string source_name;       // the paper as the page names it, such as "Baothanhhoa.vn"
  bool blocked = false;          // a bot check or refusal instead of a story
  bool body_obfuscated = false;  // the publisher hides the body from robots
  std::vector<DraftLink> links;
  std::vector<Evidence> evidence;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_DRAFT_DRAFT_H_
