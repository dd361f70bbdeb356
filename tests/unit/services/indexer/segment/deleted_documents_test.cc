#include "services/indexer/segment/deleted_documents.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
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

TEST(DeletedDocuments, ADocumentTheSegmentDoesNotHaveIsDataLoss) {
  DeletedDocuments deleted;
  deleted.Add(129);
  EXPECT_THAT(DeletedDocuments::Decode(deleted.Encode(), 129), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
  EXPECT_THAT(DeletedDocuments::Decode("x", 129), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
}

}  // namespace
}  // namespace tintinh::indexer
