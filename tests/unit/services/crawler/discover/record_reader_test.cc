#include "services/crawler/discover/record_reader.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;

struct Collected {
  std::string root;
  std::vector<XmlRecord> records;
  std::vector<std::string> outside;
};

Collected Read(const std::string& markup, size_t stop_after = 1'000'000) {
  Collected out;
  out.root =
      ReadRecords(markup, "https://a.vn/f.xml", {"item"},
                  {[&](const XmlRecord& record) {
                     out.records.push_back(record);
                     return out.records.size() < stop_after;
                   },
                   [&](const XmlField& field) { out.outside.push_back(absl::StrCat(field.name, "=", field.text)); }});
  return out;
}

TEST(ReadRecords, DeliversFieldsWithTextOfAllBelow) {
  const auto read = Read("<rss><ttl>5</ttl><item><title>Sạt <b>lở</b> đất</title><link/></item></rss>");
  EXPECT_EQ(read.root, "rss");
  EXPECT_THAT(read.outside, ElementsAre("ttl=5"));
  ASSERT_EQ(read.records.size(), 1u);
  ASSERT_NE(read.records[0].Find("title"), nullptr);
  EXPECT_EQ(read.records[0].Find("title")->text, "Sạt lở đất");
  EXPECT_EQ(read.records[0].Find("b"), nullptr);
  EXPECT_NE(read.records[0].Find("link"), nullptr);
}

TEST(ReadRecords, NamesCarryTheUsualPrefix) {
  const auto read = Read(
      "<x:rss xmlns:x='http://www.w3.org/2005/Atom' xmlns:y='http://purl.org/dc/elements/1.1/'>"
      "<x:item><y:Date>1</y:Date><la:Thu>2</la:Thu></x:item></x:rss>");
  EXPECT_EQ(read.root, "rss");
  ASSERT_EQ(read.records.size(), 1u);
  EXPECT_NE(read.records[0].Find("dc:date"), nullptr);
  EXPECT_NE(read.records[0].Find("la:thu"), nullptr);
}

TEST(ReadRecords, XmlBaseCounts) {
  const auto read = Read("<rss xml:base='/tin/'><item><link xml:base='moi/'>x</link><id>y</id></item></rss>");
  ASSERT_EQ(read.records.size(), 1u);
  EXPECT_EQ(read.records[0].Find("link")->base, "https://a.vn/tin/moi/");
  EXPECT_EQ(read.records[0].Find("id")->base, "https://a.vn/tin/");
}

TEST(ReadRecords, AttributesAreDecoded) {
  const auto read = Read("<rss><item><link href='?a=1&amp;b=&lt;&amp;#38;'/></item></rss>");
  EXPECT_EQ(read.records[0].Find("link")->Attribute("href"), "?a=1&b=<&#38;");
  EXPECT_EQ(read.records[0].Find("link")->Attribute("rel"), "");
}

TEST(ReadRecords, RecoversFromErrorsAndCountsAnOpenRecord) {
  EXPECT_EQ(Read("<rss><item><title>a</b></title></item><item><title>b</title>").records.size(), 2u);
  EXPECT_EQ(Read("Warning: x in y.php\n<rss><item/></rss>").records.size(), 1u);
  EXPECT_EQ(Read("<rss><item><p:title>a</p:title></item></rss>").records.size(), 1u);
  EXPECT_EQ(Read("").root, "");
  EXPECT_EQ(Read("văn bản").root, "");
}

TEST(ReadRecords, StopsWhenTold) { EXPECT_EQ(Read("<rss><item/><item/><item/></rss>", 2).records.size(), 2u); }

TEST(ReadRecords, KeepsItsLimits) {
  std::string fields;
  for (int i = 0; i < 1000; ++i) fields += "<f/>";
  const auto read = Read("<rss><item><t>" + std::string(100'000, 'a') + "</t>" + fields + "</item></rss>");
  ASSERT_EQ(read.records.size(), 1u);
  EXPECT_EQ(read.records[0].fields.size(), kMaxRecordFields);
  EXPECT_EQ(read.records[0].fields[0].text.size(), kMaxFieldBytes);
  std::string deep = "<rss><item>";
  for (int i = 0; i < 100'000; ++i) deep += "<d>";
  const auto nested = Read(deep);
  ASSERT_EQ(nested.records.size(), 1u);
  EXPECT_LE(nested.records[0].fields.size(), kMaxElementDepth);
}

}  // namespace
}  // namespace tintinh::crawler
