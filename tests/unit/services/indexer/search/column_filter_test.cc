#include "services/indexer/search/column_filter.h"

#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/disk_segment.h"
#include "services/indexer/segment/memory_segment.h"
#include "services/indexer/segment/segment_writer.h"
#include "tests/support/indexed_documents.h"
#include "tests/support/shard_database.h"
#include "tests/support/status_matchers.h"

namespace tintinh::indexer {
namespace {

class ColumnFilterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    IndexedDocument document = testing::DocumentOf(0, {"a"});
    document.columns.single = {"baophutho", "Vĩnh Phúc", "Phú Thọ", "Lập Thạch", "vi", ""};
    document.columns.lists = {{{"Kinh tế", "Nông nghiệp"}, {"22-NQ/TW"}}};
    document.columns.published_us = 1'000'000;
    segment_.Add(document);
    document.columns.published_us = kNoTime;
    document.columns.single = {};
    document.columns.lists = {};
    segment_.Add(document);
  }

  // Whether the first and the second document pass.
  std::pair<bool, bool> Passes() const {
    const ColumnFilter filter(filter_, segment_);
    return {filter.can_match() && filter.Matches(0), filter.can_match() && filter.Matches(1)};
  }

  MemorySegment segment_;
  v1::Filter filter_;
};

constexpr std::pair<bool, bool> kBoth = {true, true};
constexpr std::pair<bool, bool> kFirst = {true, false};
constexpr std::pair<bool, bool> kNone = {false, false};

TEST_F(ColumnFilterTest, AnEmptyFilterPassesAll) { EXPECT_EQ(Passes(), kBoth); }

TEST_F(ColumnFilterTest, AProvinceIsFoundByBothItsNames) {
  filter_.add_provinces("Vĩnh Phúc");
  EXPECT_EQ(Passes(), kFirst);
  filter_.set_provinces(0, "Phú Thọ");
  EXPECT_EQ(Passes(), kFirst);
  filter_.set_provinces(0, "Hòa Bình");
  EXPECT_EQ(Passes(), kNone);
}

TEST_F(ColumnFilterTest, AnyValueOfAFieldAndEveryField) {
  filter_.add_sites("khác");
  filter_.add_sites("baophutho");
  filter_.add_sections("Nông nghiệp");
  filter_.add_documents("22-NQ/TW");
  filter_.add_districts("Lập Thạch");
  filter_.add_languages("vi");
  EXPECT_EQ(Passes(), kFirst);
  filter_.add_districts("Tam Đảo");
  EXPECT_EQ(Passes(), kFirst);
  filter_.set_languages(0, "en");
  EXPECT_EQ(Passes(), kNone);
}

TEST_F(ColumnFilterTest, AllOfAlsoAndNoneOfWithout) {
  filter_.add_sites("baophutho");
  filter_.add_also()->add_sections("Kinh tế");
  filter_.add_also()->add_sections("Nông nghiệp");
  EXPECT_EQ(Passes(), kFirst);
  filter_.add_also()->add_sections("Văn hóa");
  EXPECT_EQ(Passes(), kNone);
  filter_.Clear();
  filter_.add_without()->add_sites("khác");
  EXPECT_EQ(Passes(), kBoth);
  filter_.add_without()->add_sections("Văn hóa");
  EXPECT_EQ(Passes(), kBoth);
  filter_.add_without()->mutable_published_before()->set_seconds(1);
  EXPECT_EQ(Passes(), kBoth) << "an article without a date was not published before";
  filter_.add_without()->add_provinces("Phú Thọ");
  EXPECT_EQ(Passes(), (std::pair<bool, bool>(false, true)));
}

TEST_F(ColumnFilterTest, FromIsInclusiveBeforeIsExclusiveAndAnArticleWithoutADateNeverMatches) {
  filter_.mutable_published_from()->set_seconds(1);
  EXPECT_EQ(Passes(), kFirst);
  filter_.mutable_published_before()->set_seconds(1);
  EXPECT_EQ(Passes(), kNone);
  filter_.clear_published_from();
  filter_.mutable_published_before()->set_nanos(1'000);
  EXPECT_EQ(Passes(), kFirst);
}

// Three hundred documents whose columns differ by chance, in a segment that grows and in one on disk.
class ColumnFilterWindowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (uint32_t i = 0; i < kDocuments; ++i) {
      IndexedDocument document = testing::DocumentOf(i, {"a"});
      document.columns.single = {Name("bao", 5),      Name("Tỉnh ", 4), Name("Tỉnh ", 4),
                                 Name("Huyện ", 300), Name("vi", 2),    ""};
      document.columns.lists = {{{Name("Mục ", 4), Name("Mục ", 9)}, {Name("số ", 400)}}};
      document.columns.published_us = random_() % 10 == 0 ? kNoTime : static_cast<int64_t>(random_() % 5'000'000);
      memory_.Add(document);
    }
    const SegmentView view{std::shared_ptr<const Segment>(&memory_, [](const Segment*) {}), nullptr, kDocuments};
    const auto record = WriteSegment(db_.get(), 1, absl::MakeConstSpan(&view, 1));
    ASSERT_THAT(record, testing::IsOk());
    const auto disk = DiskSegment::Open(db_.get(), *record);
    ASSERT_THAT(disk, testing::IsOk());
    disk_ = *disk;
  }

  std::string Name(const char* kind, uint32_t count) { return absl::StrCat(kind, random_() % count); }

  v1::Filter SomeFilter() {
    v1::Filter filter = SomeConditions();
    if (random_() % 3 == 0) *filter.add_also() = SomeConditions();
    if (random_() % 3 == 0) *filter.add_without() = SomeConditions();
    return filter;
  }

  v1::Filter SomeConditions() {
    v1::Filter filter;
    const auto some = [this](uint32_t most) { return random_() % 3 == 0 ? random_() % most + 1 : 0; };
    for (uint64_t i = some(3); i > 0; --i) filter.add_sites(Name("bao", 6));
    for (uint64_t i = some(2); i > 0; --i) filter.add_provinces(Name("Tỉnh ", 4));
    for (uint64_t i = some(60); i > 0; --i) filter.add_districts(Name("Huyện ", 300));
    for (uint64_t i = some(1); i > 0; --i) filter.add_languages(Name("vi", 2));
    for (uint64_t i = some(2); i > 0; --i) filter.add_sections(Name("Mục ", 9));
    for (uint64_t i = some(90); i > 0; --i) filter.add_documents(Name("số ", 400));
    if (random_() % 3 == 0) filter.mutable_published_from()->set_seconds(static_cast<int64_t>(random_() % 4));
    if (random_() % 3 == 0) filter.mutable_published_before()->set_seconds(static_cast<int64_t>(random_() % 6));
    return filter;
  }

  static constexpr uint32_t kDocuments = 300;
  std::mt19937 random_{3};
  testing::ShardDatabase db_;
  MemorySegment memory_;
  std::shared_ptr<const Segment> disk_;
};

TEST_F(ColumnFilterWindowTest, AWindowHasTheBitsOfTheDocumentsThatMatch) {
  for (int i = 0; i < 2'000; ++i) {
    const v1::Filter filter = SomeFilter();
    const uint32_t begin = static_cast<uint32_t>(random_() % kDocuments);
    const uint32_t end = begin + 1 + static_cast<uint32_t>(random_() % (kDocuments - begin));
    for (const Segment* const segment : {static_cast<const Segment*>(&memory_), disk_.get()}) {
      const ColumnFilter columns(filter, *segment);
      std::vector<uint64_t> want((end - begin + 63) / 64);
      for (uint32_t doc = begin; doc < end; ++doc) {
        want[(doc - begin) / 64] |= uint64_t{columns.Matches(doc)} << ((doc - begin) % 64);
      }
      std::vector<uint64_t> got(want.size(), ~uint64_t{0});
      columns.FillWindow(begin, end, got.data());
      ASSERT_EQ(got, want) << filter.ShortDebugString() << " [" << begin << ", " << end << ")";
    }
  }
}

TEST_F(ColumnFilterWindowTest, BothSegmentsGiveTheSameAnswers) {
  for (int i = 0; i < 500; ++i) {
    const v1::Filter filter = SomeFilter();
    const ColumnFilter memory(filter, memory_);
    const ColumnFilter disk(filter, *disk_);
    ASSERT_EQ(memory.can_match(), disk.can_match());
    for (uint32_t doc = 0; doc < kDocuments; ++doc) ASSERT_EQ(memory.Matches(doc), disk.Matches(doc));
  }
}

TEST_F(ColumnFilterWindowTest, AnEstimateOfFewDocumentsIsExact) {
  v1::Filter filter;
  EXPECT_EQ(ColumnFilter(filter, *disk_).EstimateMatches(kDocuments), kDocuments);
  EXPECT_TRUE(ColumnFilter(filter, *disk_).matches_all());
  filter.add_sites("bao1");
  const ColumnFilter columns(filter, *disk_);
  uint32_t want = 0;
  for (uint32_t doc = 0; doc < kDocuments; ++doc) want += columns.Matches(doc) ? 1 : 0;
  EXPECT_EQ(columns.EstimateMatches(kDocuments), want);
  filter.set_sites(0, "khác");
  EXPECT_EQ(ColumnFilter(filter, *disk_).EstimateMatches(kDocuments), 0u);
}

TEST(ColumnFilter, AnEstimateOfManyDocumentsComesClose) {
  MemorySegment segment;
  for (uint32_t i = 0; i < 5'000; ++i) segment.Add(testing::DocumentOf(i, {}));
  v1::Filter filter;
  filter.add_sites("bao1");
  EXPECT_NEAR(ColumnFilter(filter, segment).EstimateMatches(5'000), 5'000 / 3, 150);
}

}  // namespace
}  // namespace tintinh::indexer
