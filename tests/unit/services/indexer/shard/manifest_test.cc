#include "services/indexer/shard/manifest.h"

#include <memory>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_format.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::_;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::Optional;
using testing::ShardDatabase;
using testing::StatusIs;

disk::v1::Manifest Manifest() {
  disk::v1::Manifest manifest;
  manifest.set_format_version(1);
  manifest.set_analyzer_version(2);
  manifest.set_shard(3);
  manifest.set_shard_count(4);
  manifest.set_applied_position(77);
  manifest.add_segments()->set_segment(5);
  manifest.mutable_segments(0)->set_documents(100);
  return manifest;
}

TEST(Manifest, IsReadBackWithItsDeletions) {
  ShardDatabase db;
  EXPECT_THAT(ReadManifest(db.get()), IsOkAndHolds(::testing::Eq(std::nullopt)));
  auto deleted = std::make_shared<DeletedDocuments>();
  deleted->Add(42);
  ASSERT_THAT(CommitManifest(db.get(), Manifest(), {{5, deleted}}), IsOk());
  db.Reopen();
  const auto manifest = ReadManifest(db.get());
  ASSERT_THAT(manifest, IsOk());
  EXPECT_EQ((*manifest)->SerializeAsString(), Manifest().SerializeAsString());
  const auto read = ReadDeleted(db.get(), Manifest().segments(0));
  ASSERT_THAT(read, IsOk());
  EXPECT_TRUE((*read)->Contains(42));
  ASSERT_THAT(CommitManifest(db.get(), Manifest(), {{5, nullptr}}), IsOk());
  EXPECT_EQ(*ReadDeleted(db.get(), Manifest().segments(0)), nullptr);
}

TEST(Manifest, DamageIsDataLoss) {
  ShardDatabase db;
  db.Put("default", "manifest", "rác rưởi");
  EXPECT_THAT(ReadManifest(db.get()), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("manifest: ")));
}

TEST(CheckCompatible, NamesWhatDiffersAndTheRemedy) {
  EXPECT_THAT(CheckCompatible(Manifest(), Manifest()), IsOk());
  disk::v1::Manifest other = Manifest();
  other.set_analyzer_version(9);
  EXPECT_THAT(
      CheckCompatible(Manifest(), other),
      StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("analyzer version 2, this process has 9: remove")));
  other = Manifest();
  other.set_shard_count(8);
  EXPECT_THAT(CheckCompatible(Manifest(), other),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("shard count 4, this process has 8: restore")));
}

TEST(RemoveOrphans, DropsWhatTheManifestDoesNotName) {
  ShardDatabase db;
  for (const absl::string_view family : kSegmentFamilies) {
    for (const uint32_t segment : {0u, 4u, 5u, 6u, 900u}) db.Put(family, DocumentKey(segment, 1), "x");
  }
  ASSERT_THAT(RemoveOrphans(db.get(), Manifest()), IsOk());
  for (const absl::string_view family : kSegmentFamilies) {
    for (const uint32_t segment : {0u, 4u, 6u, 900u}) {
      EXPECT_THAT(db.get().Get(family, DocumentKey(segment, 1)), IsOkAndHolds(::testing::Eq(std::nullopt)));
    }
    EXPECT_THAT(db.get().Get(family, DocumentKey(5, 1)), IsOkAndHolds(Optional(_)));
  }
  ASSERT_THAT(DropSegment(db.get(), 5), IsOk());
  EXPECT_THAT(db.get().Get(kTermsFamily, DocumentKey(5, 1)), IsOkAndHolds(::testing::Eq(std::nullopt)));
}

}  // namespace
}  // namespace tintinh::indexer
