#include "services/indexer/segment/deleted_documents.h"

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

TEST(DeletedDocuments, CountsADocumentOnce) {
  DeletedDocuments deleted;
  deleted.Add(3);
  deleted.Add(3);
  deleted.Add(200);
  EXPECT_EQ(deleted.count(), 2u);
  EXPECT_TRUE(deleted.Contains(200));
  EXPECT_FALSE(deleted.Contains(199));
  EXPECT_FALSE(deleted.Contains(4'000'000'000u));
}

TEST(DeletedDocuments, ReadsBack) {
  DeletedDocuments deleted;
  deleted.Add(0);
  deleted.Add(129);
  const auto read = DeletedDocuments::Decode(deleted.Encode(), 130);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->count(), 2u);
  EXPECT_TRUE(read->Contains(129));
  EXPECT_THAT(DeletedDocuments::Decode(DeletedDocuments().Encode(), 0), IsOk());
}

// The bytes FORMAT.md describes, without the frame. Changing them takes another Shard::kFormatVersion.
TEST(DeletedDocuments, TheFormatIsAsItWas) {
  DeletedDocuments deleted;
  deleted.Add(0);
  deleted.Add(65);
  EXPECT_EQ(deleted.Encode(), CheckedValue(absl::HexStringToBytes("01000000000000000200000000000000")));
}

TEST(DeletedDocuments, ADocumentTheSegmentDoesNotHaveIsDataLoss) {
  DeletedDocuments deleted;
  deleted.Add(129);
  EXPECT_THAT(DeletedDocuments::Decode(deleted.Encode(), 129), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
  EXPECT_THAT(DeletedDocuments::Decode("x", 129), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
}

}  // namespace
}  // namespace tintinh::indexer
