// Foreign text in HTML, and figures, dates and places as readers write them.
#ifndef TINTINH_SERVICES_WEB_HTML_TEXT_H_
#define TINTINH_SERVICES_WEB_HTML_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "services/web/html/phrases.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/query_service.pb.h"

namespace tintinh::web {

// Safe between tags and in quoted attributes: & < > " ' are escaped, ill-formed UTF-8 becomes U+FFFD, control
// characters other than tab and line feed are dropped.
std::string Escape(absl::string_view text);

// Escaped text with <mark> around the highlights. Highlights that overlap, go backwards or leave the text are dropped,
// so that whatever they say, the text is there once and whole.
std::string EscapeWithMarks(absl::string_view text,
                            const google::protobuf::RepeatedPtrField<v1::Highlight>& highlights);

// True for http and https: nothing else may become a link.
bool IsWebUrl(absl::string_view url);

// <tag class="name">html</tag>, or nothing for an empty `html`; `name` may be empty.
std::string Element(absl::string_view tag, absl::string_view name, absl::string_view html);

// Opening tag, attributes and closing tag of a link; `href` is no HTML yet. Links to others say no more than the
// origin they come from.
std::string Link(absl::string_view href, absl::string_view html, absl::string_view attributes = "");
std::string OuterLink(absl::string_view href, absl::string_view html);

std::string FormatCount(uint64_t count, const Phrases& phrases);             // 12.345
std::string FormatBytes(uint64_t bytes, const Phrases& phrases);             // 3,4 MB
std::string FormatAge(absl::Duration age, const Phrases& phrases);           // 3 ngày; of the largest unit that fits
std::string FormatSeconds(absl::Duration duration, const Phrases& phrases);  // 0,03 giây

// A web address as it is; of an imported file the name only: where it lay is nobody's business.
absl::string_view ShownAddress(absl::string_view url);

// "26/11/2020", with " 12:11" where the precision says so, in Viet Nam's time; empty when unset. The long form begins
// with the day of the week.
enum class DateForm : uint8_t { kShort, kLong };
std::string FormatPublished(const google::protobuf::Timestamp& published, v1::TimePrecision precision,
                            const Phrases& phrases, DateForm form = DateForm::kShort);
// The same in a <time> element.
std::string TimeHtml(const google::protobuf::Timestamp& published, v1::TimePrecision precision, const Phrases& phrases,
                     DateForm form = DateForm::kShort);

// "Lập Thạch, Vĩnh Phúc (nay là Phú Thọ)"; empty when nothing is known.
std::string FormatPlace(const v1::Place& place, const Phrases& phrases);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_TEXT_H_
