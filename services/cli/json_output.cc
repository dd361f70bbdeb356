#include "services/cli/json_output.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "common/warc/http_message.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace tintinh::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json Photos(const v1::Article& article) {
  Json photos = Json::array();
  for (const v1::Photo& photo : article.photos()) {
    photos.push_back({{"caption", photo.caption()}, {"credit", photo.credit()}});
  }
  return photos;
}

Json Paragraphs(const v1::Article& article) {
  Json paragraphs = Json::array();
  for (const v1::Paragraph& paragraph : article.paragraphs()) paragraphs.push_back(paragraph.text());
  return paragraphs;
}

Json DocumentNumbers(const v1::Article& article) {
  Json numbers = Json::array();
  for (const v1::DocumentReference& document : article.documents()) numbers.push_back(document.number());
  return numbers;
}

void AddFurtherNames(const v1::NormalizeResponse& response, Json& line) {
  const v1::Article& article = response.article();
  line["article_id"] = article.article_id();
  line["kind"] = v1::PageKind_Name(response.kind());
  line["agency"] = article.agency();
  line["language"] = article.language();
  line["commune"] = article.place().commune();
  line["content_hash"] = article.content_hash();
}

Json RejectedLine(absl::string_view file, const v1::NormalizeResponse& response) {
  return {{"file", std::string(file)},
          {"error", v1::RejectReason_Name(response.reject_reason())},
          {"reason", response.reason()}};
}

}  // namespace

std::string PrecisionText(v1::TimePrecision precision) {
  switch (precision) {
    case v1::TIME_PRECISION_DAY:
      return "day";
    case v1::TIME_PRECISION_MINUTE:
      return "minute";
    case v1::TIME_PRECISION_SECOND:
      return "second";
    default:
      return "";
  }
}

std::string PublishedText(const v1::Article& article) {
  if (article.published_precision() == v1::TIME_PRECISION_UNSPECIFIED) return "";
  const absl::Time time = absl::FromUnixSeconds(article.published().seconds());
  const bool day = article.published_precision() == v1::TIME_PRECISION_DAY;
  return absl::FormatTime(day ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%S%Ez", time, VietnamTimeZone());
}

std::string NormalizedLine(absl::string_view file, const v1::NormalizeResponse& response) {
  if (!response.has_article()) return Dump(RejectedLine(file, response));
  const v1::Article& article = response.article();
  const int sections = article.section_path_size();
  Json line;
  line["file"] = std::string(file);
  line["title"] = article.title();
  line["section"] = sections == 0 ? "" : article.section_path(sections - 1);
  line["published"] = PublishedText(article);
  line["precision"] = PrecisionText(article.published_precision());
  line["author"] = absl::StrJoin(article.authors(), " - ");
  line["lead"] = article.lead();
  line["photos"] = Photos(article);
  line["paragraphs"] = Paragraphs(article);
  line["province"] = article.place().province();
  line["province_today"] = article.place().province_today();
  line["district"] = article.place().district();
  line["documents"] = DocumentNumbers(article);
  AddFurtherNames(response, line);
  return Dump(line);
}

std::string WarcRecordLine(absl::string_view file, const warc::Record& record) {
  Json line;
  line["file"] = std::string(file);
  line["offset"] = record.offset;
  if (record.stored_bytes > 0) line["length"] = record.stored_bytes;
  const auto add = [&line, &record](const char* name, absl::string_view field) {
    const absl::string_view value = record.Field(field);
    if (!value.empty()) line[name] = std::string(value);
  };
  add("type", "WARC-Type");
  add("uri", "WARC-Target-URI");
  add("date", "WARC-Date");
  add("content_type", "Content-Type");
  line["content_length"] = record.block_bytes;
  add("record_id", "WARC-Record-ID");
  add("payload_digest", "WARC-Payload-Digest");
  if (const std::optional<uint32_t> status = warc::HttpStatusOf(record.block)) line["http_status"] = *status;
  return Dump(line);
}

std::string ProtoLine(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string line;
  const auto status = google::protobuf::util::MessageToJsonString(message, &line, options);
  return status.ok() ? line : Dump(Json{{"error", std::string(status.message())}});
}

}  // namespace tintinh::cli
