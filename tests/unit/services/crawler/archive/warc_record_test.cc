#include "services/crawler/archive/warc_record.h"

#include <set>
#include <string>

#include "absl/random/random.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/services/crawler/archive/warc_reader.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

Exchange Sample() {
  Exchange exchange;
  exchange.url = "https://baoa.vn/tin-1.html";
  exchange.fetched = absl::FromUnixMicros(1'700'000'000'250'000);
  exchange.remote_address = "203.0.113.5";
  exchange.request_headers = "GET /tin-1.html HTTP/1.1\r\nHost: baoa.vn\r\n\r\n";
  exchange.response_headers =
      "HTTP/2 200\r\nContent-Type: text/html\r\ncontent-encoding: br\r\ncontent-length: 12\r\n\r\n";
  exchange.body = "<p>Xin chào</p>";
  return exchange;
}

const ExchangeIds kIds{.request = "<urn:uuid:1>", .response = "<urn:uuid:2>", .warcinfo = "<urn:uuid:0>"};

TEST(WarcRecord, TheResponseIsStoredDecodedAndSaysSo) {
  const ReadRecord record = ParseRecord(ResponseRecord(Sample(), kIds).Serialize());
  EXPECT_EQ(record.block,
            "HTTP/1.1 200\r\nContent-Type: text/html\r\nX-Crawler-content-encoding: br\r\n"
            "X-Crawler-content-length: 12\r\nContent-Length: 16\r\n\r\n<p>Xin chào</p>");
  EXPECT_EQ(record.fields.at("warc-type"), "response");
  EXPECT_EQ(record.fields.at("warc-date"), "2023-11-14T22:13:20.250000Z");
  EXPECT_EQ(record.fields.at("warc-target-uri"), "https://baoa.vn/tin-1.html");
  EXPECT_EQ(record.fields.at("warc-ip-address"), "203.0.113.5");
  EXPECT_EQ(record.fields.at("warc-payload-digest"), "sha1:" + Sha1Base32("<p>Xin chào</p>"));
  EXPECT_EQ(record.fields.at("content-type"), "application/http; msgtype=response");
}

TEST(WarcRecord, TheRequestPointsToItsResponse) {
  const ReadRecord record = ParseRecord(RequestRecord(Sample(), kIds).Serialize());
  EXPECT_EQ(record.fields.at("warc-concurrent-to"), "<urn:uuid:2>");
  EXPECT_EQ(record.block, Sample().request_headers);
}

TEST(WarcRecord, ARevisitHasTheHeadersAndNamesThePageThatItEquals) {
  Exchange exchange = Sample();
  exchange.same_as = absl::FromUnixSeconds(1'699'996'400);
  ReadRecord record = ParseRecord(RevisitRecord(exchange, kIds).Serialize());
  EXPECT_EQ(record.fields.at("warc-type"), "revisit");
  EXPECT_EQ(record.fields.at("warc-profile"), "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest");
  EXPECT_EQ(record.fields.at("warc-refers-to-target-uri"), exchange.url);
  EXPECT_EQ(record.fields.at("warc-refers-to-date"), "2023-11-14T21:13:20.000000Z");
  EXPECT_EQ(record.fields.at("warc-payload-digest"), "sha1:" + Sha1Base32("<p>Xin chào</p>"));
  EXPECT_THAT(record.block, ::testing::EndsWith("\r\n\r\n"));
  exchange.body = "";
  record = ParseRecord(RevisitRecord(exchange, kIds).Serialize());
  EXPECT_EQ(record.fields.at("warc-profile"), "http://netpreserve.org/warc/1.1/revisit/server-not-modified");
  EXPECT_EQ(record.fields.count("warc-payload-digest"), 0u);
}

TEST(WarcRecord, AFieldCannotBreakOutOfItsLineAndEmptyOnesAreLeftOut) {
  Exchange exchange = Sample();
  exchange.url = "https://baoa.vn/\r\nWARC-Type: metadata";
  exchange.remote_address.clear();
  const ReadRecord record = ParseRecord(ResponseRecord(exchange, kIds).Serialize());
  EXPECT_EQ(record.fields.at("warc-type"), "response");
  EXPECT_EQ(record.fields.count("warc-ip-address"), 0u);
}

TEST(WarcRecord, WarcInfoNamesTheSoftwareAndTheFile) {
  const ReadRecord record =
      ParseRecord(WarcInfo("<urn:uuid:0>", absl::UnixEpoch(), "a.warc.gz", "tintinh/0.1").Serialize());
  EXPECT_EQ(record.fields.at("warc-filename"), "a.warc.gz");
  EXPECT_THAT(record.block, HasSubstr("software: tintinh/0.1\r\n"));
}

TEST(MakeWarcId, IsARandomUuidOfVersionFour) {
  absl::BitGen random;
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = MakeWarcId(random);
    EXPECT_EQ(id.size(), 47u);
    EXPECT_EQ(id.substr(0, 10), "<urn:uuid:");
    EXPECT_EQ(id[24], '4') << id;
    EXPECT_NE(std::string("89ab").find(id[29]), std::string::npos) << id;
    EXPECT_TRUE(ids.insert(id).second);
  }
}

}  // namespace
}  // namespace tintinh::crawler
