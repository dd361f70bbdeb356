// Foreign text in HTML, and figures and dates as Vietnamese readers write them.
#ifndef TINTINH_SERVICES_WEB_HTML_TEXT_H_
#define TINTINH_SERVICES_WEB_HTML_TEXT_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "google/protobuf/timestamp.pb.h"
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

std::string FormatCount(uint64_t count);  // 12.345

// "26/11/2020", with " 12:11" where the precision says so, in Viet Nam's time; empty when unset.
std::string FormatPublished(const google::protobuf::Timestamp& published, v1::TimePrecision precision);

// "Lập Thạch, Vĩnh Phúc (nay là Phú Thọ)"; empty when nothing is known.
std::string FormatPlace(const v1::Place& place);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_TEXT_H_
