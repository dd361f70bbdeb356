#include "services/indexer/postings/posting_cursor.h"

#include <memory>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/postings/short_list_source.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// `count` documents at 10, 20, …, each with positions {doc, doc + 1}.
std::string Tens(uint32_t count) {
  std::string bytes;
  uint32_t previous = kBeforeFirstDoc;
  for (uint32_t doc = 10; doc <= count * 10; doc += 10) {
    const std::array<uint32_t, 2> positions = {doc, doc + 1};
    AppendShortPosting({.doc = doc, .freq = 2, .norm = 1, .positions = positions}, previous, bytes);
    previous = doc;
  }
  return bytes;
}

PostingCursor Cursor(const std::string& bytes, uint32_t count, uint32_t limit) {
  return PostingCursor(
      std::make_unique<ShortListSource<ByteReader>>(ByteReader(bytes), Positions::kStored, count, limit),
      {.document_frequency = count});
}

TEST(PostingCursor, SeekFindsTheFirstDocumentAtOrAfterTheTarget) {
  const std::string bytes = Tens(1'000);
  PostingCursor cursor = Cursor(bytes, 1'000, 100'000);
  EXPECT_EQ(cursor.Seek(0), 10u);
  EXPECT_EQ(cursor.Seek(11), 20u);
  EXPECT_EQ(cursor.Seek(20), 20u);
  EXPECT_EQ(cursor.Seek(1'281), 1'290u);
  EXPECT_EQ(cursor.Seek(7'777), 7'780u);
  EXPECT_THAT(cursor.Positions(), ElementsAre(7'780, 7'781));
  EXPECT_EQ(cursor.Seek(10'000), 10'000u);
  EXPECT_EQ(cursor.Seek(10'001), kNoMoreDocs);
  EXPECT_EQ(cursor.Seek(kNoMoreDocs), kNoMoreDocs);
  EXPECT_THAT(cursor.status(), IsOk());
}

TEST(PostingCursor, NeverMovesBack) {
  const std::string bytes = Tens(300);
  PostingCursor cursor = Cursor(bytes, 300, 100'000);
  EXPECT_EQ(cursor.Seek(2'000), 2'000u);
  EXPECT_EQ(cursor.Seek(10), 2'000u);
}

TEST(PostingCursor, VisitsEveryDocumentOnce) {
  const std::string bytes = Tens(300);
  PostingCursor cursor = Cursor(bytes, 300, 100'000);
  uint32_t expected = 10;
  for (uint32_t doc = cursor.Seek(0); doc != kNoMoreDocs; doc = cursor.Seek(doc + 1), expected += 10) {
    EXPECT_EQ(doc, expected);
    EXPECT_EQ(cursor.freq(), 2u);
    EXPECT_THAT(cursor.Positions(), ElementsAre(doc, doc + 1));
  }
  EXPECT_EQ(expected, 3'010u);
}

TEST(PostingCursor, SeesNoDocumentAtOrPastTheLimit) {
  const std::string bytes = Tens(300);
  PostingCursor cursor = Cursor(bytes, 300, 31);
  EXPECT_EQ(cursor.Seek(30), 30u);
  EXPECT_EQ(cursor.Seek(31), kNoMoreDocs);
  EXPECT_THAT(cursor.status(), IsOk());
}

TEST(PostingCursor, AListThatEndsEarlyIsDataLossAndTheEnd) {
  const std::string bytes = Tens(10);
  for (size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = bytes.substr(0, size);
    PostingCursor cursor = Cursor(cut, 10, 1'000);
    EXPECT_EQ(cursor.Seek(0), kNoMoreDocs);
    EXPECT_THAT(cursor.status(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("short posting list")));
  }
}

}  // namespace
}  // namespace tintinh::indexer
