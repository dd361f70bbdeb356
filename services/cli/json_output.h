// The JSON lines the commands print. Names and shapes are a contract: fields are added, never changed.
#ifndef TINTINH_SERVICES_CLI_JSON_OUTPUT_H_
#define TINTINH_SERVICES_CLI_JSON_OUTPUT_H_

#include <string>

#include "absl/strings/string_view.h"
#include "common/warc/reader.h"
#include "google/protobuf/message.h"
#include "tintinh/v1/article.pb.h"
#include "tintinh/v1/normalizer_service.pb.h"

namespace tintinh::cli {

// "2021-09-20", "2020-11-26T12:11:00+07:00" or "", as the precision says.
std::string PublishedText(const v1::Article& article);

// "day", "minute", "second" or "".
std::string PrecisionText(v1::TimePrecision precision);

// One line of `tintinh normalize --json`: file, title, section, published, precision, author, lead, photos, paragraphs,
// province, province_today, district, documents; further names follow. A rejected page has file, error and reason.
std::string NormalizedLine(absl::string_view file, const v1::NormalizeResponse& response);

// One line of `tintinh warc index`: file, offset, length, type, uri, date, content_type, content_length, record_id,
// payload_digest, http_status; absent is what the record lacks.
std::string WarcRecordLine(absl::string_view file, const warc::Record& record);

// Proto3 JSON mapping on one line, lowerCamelCase names.
std::string ProtoLine(const google::protobuf::Message& message);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_JSON_OUTPUT_H_
