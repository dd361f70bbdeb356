#include "services/indexer/segment/term_block.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/checked_value.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

using Terms = std::vector<std::pair<std::string, std::string>>;

std::string Encode(const Terms& terms) {
  TermBlockWriter writer;
  for (const auto& [term, record] : terms) writer.Add(term, record);
  return writer.Finish();
}

Terms Decode(absl::string_view value) {
  Terms terms;
  for (TermBlockReader reader(value); reader.Next();) terms.emplace_back(reader.term(), reader.record());
  return terms;
}

TEST(TermBlock, GivesBackWhatWasAdded) {
  const std::string longer(40, 'x');
  const Terms terms = {{"a", ""},           {"ab", "1"},         {"abc", std::string(300, 'r')},
                       {"b", "2"},          {longer, "3"},       {longer + "y", "4"},
                       {longer + "yy", ""}, {longer + "z", "5"}, {"\xFF\xFE\x01", ""}};
  const std::string value = Encode(terms);
  EXPECT_THAT(TermBlockReader::Check(value), IsOk());
  EXPECT_EQ(Decode(value), terms);
}

TEST(TermBlock, AWriterStartsAnewAfterFinish) {
  TermBlockWriter writer;
  writer.Add("m", "1");
  writer.Finish();
  EXPECT_TRUE(writer.empty());
  writer.Add("a", "2");
  EXPECT_EQ(Decode(writer.Finish()), (Terms{{"a", "2"}}));
}

TEST(TermBlock, GivesBackTermsOfOneSizeAndThoseOfAnotherBehindThem) {
  Terms terms;
  for (char c = 'a'; c <= 'z'; ++c) terms.emplace_back(std::string("same size ") + c, std::string(c - 'a', 'r'));
  const std::string of_one_size = Encode(terms);
  EXPECT_THAT(TermBlockReader::Check(of_one_size), IsOk());
  EXPECT_EQ(Decode(of_one_size), terms);
  for (const char* const other : {"samf", "same size zz", "z"}) {
    Terms more = terms;
    more.emplace_back(other, "of another size");
    more.emplace_back("zz", "");
    const std::string of_any_size = Encode(more);
    EXPECT_THAT(TermBlockReader::Check(of_any_size), IsOk());
    EXPECT_EQ(Decode(of_any_size), more);
  }
}

TEST(TermBlock, IsWrittenAsFormatMdSays) {
  const auto hex_of = [](const Terms& terms) {
    const std::string value = Encode(terms);
    return absl::BytesToHexString(value.substr(0, value.size() - kCheckedValueTail));
  };
  // Version; size 2; 0 shared, record of 1, 2 new bytes, the record; 1 shared, no record, 1 new byte; checksum.
  EXPECT_EQ(hex_of({{"ab", "r"}, {"ac", ""}}),
            "03"
            "02"
            "01"
            "6162"
            "72"
            "10"
            "63");
  // Version; no size; 0 shared, 2 new bytes, record of 1; 1 shared, 2 new, empty record; checksum.
  EXPECT_EQ(hex_of({{"ab", "r"}, {"acd", ""}}),
            "03"
            "00"
            "02"
            "6162"
            "01"
            "72"
            "12"
            "6364"
            "00");
  // A record of 16 bytes.
  EXPECT_EQ(hex_of({{"a", std::string(16, 'r')}}),
            "03"
            "01"
            "0f"
            "01"
            "61"
            "72727272727272727272727272727272");
  EXPECT_EQ(hex_of({}), "03");
}

TEST(TermBlock, EveryTruncationIsRefused) {
  const std::string value = Encode({{"ab", "record"}, {"abc", ""}, {std::string(20, 'q'), "r"}});
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_THAT(TermBlockReader::Check(value.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")))
        << size;
  }
}

TEST(TermBlock, BodiesThatMakeNoSenseAreRefused) {
  const std::vector<std::string> bodies_in_hex = {
      "ffffffffff",  // a size that is no number
      "00"
      "10",  // shares a byte with nothing
      "00"
      "02"
      "61",  // term cut off
      "00"
      "01"
      "61"
      "05"
      "72",  // record cut off
      "00"
      "01"
      "62"
      "00"
      "01"
      "61"
      "00",  // descends
      "00"
      "01"
      "61"
      "00"
      "10"
      "00",  // the same term again
      "00"
      "f0"
      "ffffffffff",  // a length that is no number
      "02"
      "00"
      "61",  // term of one size cut off
      "02"
      "05"
      "6162"
      "72",  // its record cut off
      "02"
      "00"
      "6162"
      "20",  // the same term again
      "01"
      "00"
      "62"
      "00"
      "61",  // descends
      "7f"
      "00"
      "6162",  // a size of more than there is
  };
  for (const std::string& body : bodies_in_hex) {
    EXPECT_THAT(TermBlockReader::Check(CheckedValue(absl::HexStringToBytes(body))),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")))
        << body;
  }
}

}  // namespace
}  // namespace tintinh::indexer
