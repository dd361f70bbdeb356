#include "common/places/locate_story.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "gtest/gtest.h"

namespace tintinh::places {
namespace {

std::string Show(const StoryText& story) {
  const PlaceMatch match = LocateStory(story);
  EXPECT_EQ(match.province.empty(), match.province_today.empty());
  return absl::StrCat(match.commune, "/", match.district, "/", match.province, "/", match.province_today);
}

TEST(LocateStory, ADistrictWithItsUnitWordIsEnoughWhenItsNameIsUnique) {
  StoryText story;
  story.title = "Lập Thạch vào vụ cam";
  story.paragraphs = {"Những ngày này, bà con huyện Lập Thạch thu hoạch cam."};
  EXPECT_EQ(Show(story), "/Lập Thạch/Vĩnh Phúc/Phú Thọ");
}

TEST(LocateStory, ABareNameNeedsTheProvince) {
  StoryText story;
  story.title = "Mùa vàng ở Yên Sơn";
  EXPECT_EQ(Show(story), "///");
  story.site_province = "Tuyên Quang";
  EXPECT_EQ(Show(story), "/Yên Sơn/Tuyên Quang/Tuyên Quang");
  story.site_province = "";
  story.paragraphs = {"Yên Sơn là huyện miền núi của tỉnh Tuyên Quang."};
  EXPECT_EQ(Show(story), "/Yên Sơn/Tuyên Quang/Tuyên Quang");
}

TEST(LocateStory, ThePapersHostResolvesADistrictThatIsNoMore) {
  StoryText story;
  story.title = "Đông Sơn làm đường hoa";
  story.lead = "Phụ nữ huyện Đông Sơn trồng hoa ven đường.";
  story.source_name = "Baothanhhoa.vn";
  EXPECT_EQ(Show(story), "/Đông Sơn/Thanh Hóa/Thanh Hóa");
}

TEST(LocateStory, HomonymsAreToldApartByTheProvinceNamed) {
  StoryText story;
  story.title = "Châu Thành xây cầu mới";
  story.paragraphs = {"UBND huyện Châu Thành (tỉnh Trà Vinh) vừa khởi công cầu mới."};
  EXPECT_EQ(Show(story), "/Châu Thành/Trà Vinh/Vĩnh Long");
  story.paragraphs = {"UBND huyện Châu Thành (tỉnh Tây Ninh) vừa khởi công cầu mới."};
  EXPECT_EQ(Show(story), "/Châu Thành/Tây Ninh/Tây Ninh");
}

TEST(LocateStory, HomonymsAreToldApartByTheCommunesBesideThem) {
  StoryText story;
  story.paragraphs = {"Huyện Bảo Lâm vừa làm xong đường.", "Xã Lộc Ngãi và xã Lộc Quảng đều góp công."};
  EXPECT_EQ(Show(story), "/Bảo Lâm/Lâm Đồng/Lâm Đồng");
}

TEST(LocateStory, SeveralDistrictsAlikeGiveTheProvinceOnly) {
  StoryText story;
  story.title = "Các địa phương vào vụ cam";
  story.paragraphs = {"Các huyện Lập Thạch, Sông Lô và Tam Dương của tỉnh Vĩnh Phúc đều được mùa."};
  EXPECT_EQ(Show(story), "//Vĩnh Phúc/Phú Thọ");
}

TEST(LocateStory, TheDistrictIsSpelledAsTheStorySpellsIt) {
  StoryText story;
  story.title = "HUYỆN IA H’DRAI ĐỔI THAY";
  story.paragraphs = {"Huyện Ia H’Drai có 3 xã.", "Người dân Ia H’Drai phấn khởi."};
  EXPECT_EQ(Show(story), "/Ia H’Drai/Kon Tum/Quảng Ngãi");
  story.paragraphs = {};
  EXPECT_EQ(Show(story), "/Ia H'Drai/Kon Tum/Quảng Ngãi");
}

TEST(LocateStory, ACommuneInTheTitleIsTheStorys) {
  StoryText story;
  story.title = "Xã Ia Tơi (huyện Ia H'Drai) có điện lưới";
  EXPECT_EQ(Show(story), "Ia Tơi/Ia H'Drai/Kon Tum/Quảng Ngãi");
}

TEST(LocateStory, SinceTheMergerThereAreNoDistricts) {
  StoryText story;
  story.title = "Xã Ia Tơi thuộc huyện Ia H'Drai cũ có điện lưới";
  story.published = absl::FromCivil(absl::CivilDay(2025, 8, 1), VietnamTimeZone());
  EXPECT_EQ(Show(story), "Ia Tơi//Quảng Ngãi/Quảng Ngãi");
}

TEST(LocateStory, AProvinceInPassingPlacesNothing) {
  StoryText story;
  story.title = "Giá cam tăng";
  story.paragraphs = {"Xe chở cam chạy về Hà Nội mỗi ngày."};
  EXPECT_EQ(Show(story), "///");
}

TEST(LocateStory, ACityThatSharesItsProvincesNameNeedsItsUnitWord) {
  StoryText story;
  story.title = "Thanh Hóa vào vụ cam";
  EXPECT_EQ(Show(story), "//Thanh Hóa/Thanh Hóa");
  story.title = "Thành phố Thanh Hóa vào vụ hoa";
  EXPECT_EQ(Show(story), "/Thanh Hóa/Thanh Hóa/Thanh Hóa");
}

TEST(LocateStory, NothingGivesNothing) { EXPECT_EQ(Show(StoryText()), "///"); }

}  // namespace
}  // namespace tintinh::places
