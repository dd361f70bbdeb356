#include "services/normalizer/text_dump/title.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

constexpr char kProse[] =
    "Sáng nay, bà con thôn Đồi Sim ra vườn từ rất sớm để kịp hái những quả cam chín đầu tiên của vụ mới.";
constexpr char kMore[] =
    "Đến trưa, gần hai tấn quả đã được phân loại, đóng thùng và chuyển lên những chuyến xe chờ sẵn ở đầu thôn.";

std::string Title(const std::string& dump) {
  const std::vector<Line> lines = ReadLines(dump);
  const std::optional<size_t> title = FindTitle(lines);
  return title.has_value() ? lines[*title].text : "none";
}

TEST(Title, StandsOverTheFirstParagraph) {
  EXPECT_EQ(Title(absl::StrCat("KINH TẾ\n\nMùa cam chín ở thôn Đồi Sim\n\n", kProse)), "Mùa cam chín ở thôn Đồi Sim");
}

TEST(Title, TheLineOverTheTimeIsPreferred) {
  EXPECT_EQ(Title(absl::StrCat("Báo Quê Hương điện tử\n\nMùa cam chín ở thôn Đồi Sim\n\n20/09/2021 08:15\n\n", kProse)),
            "Mùa cam chín ở thôn Đồi Sim");
}

TEST(Title, MayStandBetweenALeadAndTheBody) {
  EXPECT_EQ(Title(absl::StrCat("(Baoquehuong.vn) - ", kProse, "\n\nMùa cam chín ở thôn Đồi Sim\n\n", kMore)),
            "Mùa cam chín ở thôn Đồi Sim");
  EXPECT_EQ(Title(absl::StrCat(kProse, "\n\nMùa cam chín ở thôn Đồi Sim\n\n", kProse, "\n\n", kMore)),
            "Mùa cam chín ở thôn Đồi Sim");
}

TEST(Title, WhatIsRepeatedBelowIsPreferred) {
  EXPECT_EQ(Title(absl::StrCat("Chào mừng bạn đến với trang nhà\n\nMùa cam chín ở Đồi Sim\n\n", kProse,
                               "\n\nMùa cam chín ở Đồi SimNgười dân hái cam")),
            "Mùa cam chín ở Đồi Sim");
}

TEST(Title, NoneWithoutALineThatCanBeOne) {
  EXPECT_EQ(Title(""), "none");
  EXPECT_EQ(Title("20/09/2021\n\nTin khác"), "none");
}

TEST(Title, BehindTitleGivesWhatIsGluedToIt) {
  EXPECT_EQ(BehindTitle("Mùa cam", "Mùa camNgười dân hái cam."), "Người dân hái cam.");
  EXPECT_EQ(BehindTitle("Mùa cam", "Mùa cam - Ảnh 1"), "Ảnh 1");
  EXPECT_EQ(BehindTitle("Mùa cam", "Mùa cam"), "");
  EXPECT_EQ(BehindTitle("Mùa cam", "Mùa cam chín rộ"), std::nullopt);
  EXPECT_EQ(BehindTitle("Mùa cam", "Người dân hái cam"), std::nullopt);
  EXPECT_EQ(BehindTitle("", "Người dân hái cam"), std::nullopt);
}

}  // namespace
}  // namespace tintinh::normalizer
