#include "services/cli/json_output.h"

#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace tintinh::cli {
namespace {

v1::Article DatedArticle(v1::TimePrecision precision) {
  v1::Article article;
  article.mutable_published()->set_seconds(1606367460);  // 2020-11-26T12:11:00+07:00
  article.set_published_precision(precision);
  return article;
}

TEST(JsonOutput, PublishedFollowsThePrecision) {
  EXPECT_EQ(PublishedText(DatedArticle(v1::TIME_PRECISION_MINUTE)), "2020-11-26T12:11:00+07:00");
  EXPECT_EQ(PublishedText(DatedArticle(v1::TIME_PRECISION_DAY)), "2020-11-26");
  EXPECT_EQ(PublishedText(DatedArticle(v1::TIME_PRECISION_UNSPECIFIED)), "");
  EXPECT_EQ(PrecisionText(v1::TIME_PRECISION_MINUTE), "minute");
  EXPECT_EQ(PrecisionText(v1::TIME_PRECISION_UNSPECIFIED), "");
}

TEST(JsonOutput, ANormalizedLineHasEveryNameOfTheContract) {
  v1::NormalizeResponse response;
  v1::Article& article = *response.mutable_article();
  article = DatedArticle(v1::TIME_PRECISION_DAY);
  article.set_title("Bản \"xa\" nhất có điện");
  article.add_authors("Hà Vân");
  article.add_authors("Thu Lam");
  article.add_section_path("Tin tức");
  article.add_section_path("Xã hội");
  article.add_paragraphs()->set_text("Đêm nay bản sáng đèn.");
  article.add_photos()->set_caption("Bản mới");
  article.add_documents()->set_number("12-NQ/TU");
  article.mutable_place()->set_province("Vĩnh Phúc");
  article.mutable_place()->set_province_today("Phú Thọ");
  const std::string line = NormalizedLine("a.txt", response);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto json = nlohmann::json::parse(line);
  EXPECT_EQ(json["file"], "a.txt");
  EXPECT_EQ(json["title"], "Bản \"xa\" nhất có điện");
  EXPECT_EQ(json["section"], "Xã hội");
  EXPECT_EQ(json["published"], "2020-11-26");
  EXPECT_EQ(json["author"], "Hà Vân - Thu Lam");
  EXPECT_EQ(json["lead"], "");
  EXPECT_EQ(json["photos"], nlohmann::json::parse(R"([{"caption":"Bản mới","credit":""}])"));
  EXPECT_EQ(json["paragraphs"], nlohmann::json::parse(R"(["Đêm nay bản sáng đèn."])"));
  EXPECT_EQ(json["province"], "Vĩnh Phúc");
  EXPECT_EQ(json["province_today"], "Phú Thọ");
  EXPECT_EQ(json["district"], "");
  EXPECT_EQ(json["documents"], nlohmann::json::parse(R"(["12-NQ/TU"])"));
}

TEST(JsonOutput, ARejectedPageSaysWhy) {
  v1::NormalizeResponse response;
  response.set_reject_reason(v1::REJECT_REASON_EMPTY);
  response.set_reason("the page has no title");
  const auto json = nlohmann::json::parse(NormalizedLine("b.html", response));
  EXPECT_EQ(json["error"], "REJECT_REASON_EMPTY");
  EXPECT_EQ(json["reason"], "the page has no title");
}

TEST(JsonOutput, ProtoLinesUseTheStandardMapping) {
  v1::Article article;
  article.set_article_id("ab");
  const auto json = nlohmann::json::parse(ProtoLine(article));
  EXPECT_EQ(json["articleId"], "ab");
  EXPECT_EQ(json["bodyObfuscated"], false);
}

TEST(WarcRecordLine, HasWhatTheRecordHas) {
  warc::Record record;
  record.offset = 12;
  record.block_bytes = 19;
  record.block = "HTTP/1.1 200 OK\r\n\r\n";
  record.fields = {{"WARC-Type", "response"}, {"WARC-Target-URI", "https://bao.vn/"}};
  EXPECT_EQ(WarcRecordLine("a.warc", record),
            R"({"file":"a.warc","offset":12,"type":"response","uri":"https://bao.vn/","content_length":19,)"
            R"("http_status":200})");
}

}  // namespace
}  // namespace tintinh::cli
