#include "services/indexer/search/column_filter.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/segment/memory_segment.h"
#include "tests/support/indexed_documents.h"

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

TEST_F(ColumnFilterTest, FromIsInclusiveBeforeIsExclusiveAndAnArticleWithoutADateNeverMatches) {
  filter_.mutable_published_from()->set_seconds(1);
  EXPECT_EQ(Passes(), kFirst);
  filter_.mutable_published_before()->set_seconds(1);
  EXPECT_EQ(Passes(), kNone);
  filter_.clear_published_from();
  filter_.mutable_published_before()->set_nanos(1'000);
  EXPECT_EQ(Passes(), kFirst);
}

}  // namespace
}  // namespace tintinh::indexer
