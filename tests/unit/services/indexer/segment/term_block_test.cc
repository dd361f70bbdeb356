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

TEST(TermBlock, IsWrittenAsFormatMdSays) {
  // Version; 0 shared, 2 new bytes, record of 1; 1 shared, 1 new, empty record; checksum.
  const std::string value = Encode({{"ab", "r"}, {"ac", ""}});
  EXPECT_EQ(absl::BytesToHexString(value.substr(0, value.size() - kCheckedValueTail)),
            "0202616201721163"
            "00");
}

TEST(TermBlock, EveryTruncationIsRefused) {
  const std::string value = Encode({{"ab", "record"}, {"abc", ""}, {std::string(20, 'q'), "r"}});
  for (size_t size = 0; size < value.size(); ++size) {
    EXPECT_THAT(TermBlockReader::Check(value.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")))
        << size;
  }
}

TEST(TermBlock, BodiesThatMakeNoSenseAreRefused) {
  const std::vector<std::string> bodies = {
      std::string("\x10", 1),  // shares a byte with nothing
      std::string("\x02"
                  "a",
                  2),  // term cut off
      std::string("\x01"
                  "a"
                  "\x05"
                  "r",
                  4),  // record cut off
      std::string("\x01"
                  "b\0"
                  "\x01"
                  "a\0",
                  6),  // descends
      std::string("\x01"
                  "a\0"
                  "\x10\0",
                  5),                             // the same term again
      std::string("\xF0\xFF\xFF\xFF\xFF\xFF", 6)  // a length that is no number
  };
  for (const std::string& body : bodies) {
    EXPECT_THAT(TermBlockReader::Check(CheckedValue(body)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")))
        << absl::BytesToHexString(body);
  }
}

}  // namespace
}  // namespace tintinh::indexer
