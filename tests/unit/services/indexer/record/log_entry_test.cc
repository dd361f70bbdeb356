#include "services/indexer/record/log_entry.h"

#include "absl/strings/escaping.h"
#include "google/protobuf/util/message_differencer.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using google::protobuf::util::MessageDifferencer;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

disk::v1::StoredArticle Article() {
  disk::v1::StoredArticle article;
  article.set_article_id("00112233445566778899aabbccddeeff");
  article.set_title("Khánh thành cầu Bến Gỗ");
  return article;
}

TEST(LogEntry, AnEntryComesBackFromItsBytes) {
  for (const auto& entry : {PutEntry(Article(), "t-1"), DeleteEntry(Article().article_id(), "t-2")}) {
    const auto decoded = DecodeLogEntry(EncodeLogEntry(entry));
    ASSERT_THAT(decoded, IsOk());
    EXPECT_TRUE(MessageDifferencer::Equals(*decoded, entry));
  }
}

TEST(LogEntry, GoldenBytesOfADelete) {
  EXPECT_EQ(absl::BytesToHexString(EncodeLogEntry(DeleteEntry("ab", "t"))),
            "0802120261622201"
            "74");
}

TEST(LogEntry, BytesThatAreNoEntryAreDataLoss) {
  EXPECT_THAT(DecodeLogEntry("\x0a\xff"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("2 bytes")));
  EXPECT_THAT(DecodeLogEntry(""), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("kind 0")));
}

TEST(LogEntry, AnUnknownKindIsDataLoss) {
  disk::v1::LogEntry entry = DeleteEntry("ab", "");
  entry.set_kind(static_cast<disk::v1::LogEntryKind>(9));
  EXPECT_THAT(DecodeLogEntry(EncodeLogEntry(entry)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("kind 9")));
}

TEST(LogEntry, APutWithoutItsArticleIsDataLoss) {
  disk::v1::LogEntry entry = PutEntry(Article(), "");
  entry.clear_article();
  EXPECT_THAT(DecodeLogEntry(EncodeLogEntry(entry)), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("0011")));
}

}  // namespace
}  // namespace tintinh::indexer
