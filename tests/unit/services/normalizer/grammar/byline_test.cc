#include "services/normalizer/grammar/byline.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

// "A+B @agency", or "none".
std::string Show(const char* line) {
  const std::optional<Byline> byline = ParseByline(line);
  if (!byline.has_value()) {
    return "none";
  }
  return absl::StrCat(absl::StrJoin(byline->authors, "+"), byline->agency.empty() ? "" : " @", byline->agency);
}

struct Case {
  const char* line;
  const char* expected;
};

TEST(Byline, ReadsEveryFormThatPapersPrint) {
  const Case cases[] = {
      {"Lê Thu Cúc", "Lê Thu Cúc"},
      {"Bài, ảnh: Vũ Hải", "Vũ Hải"},
      {"Bài và ảnh: Vũ Hải", "Vũ Hải"},
      {"Bài và ảnh Vũ Hải", "Vũ Hải"},
      {"  Tin, ảnh: Vũ Hải  ", "Vũ Hải"},
      {"Tin, bài, ảnh: Vũ Hải", "Vũ Hải"},
      {"Tin và ảnh: Vũ Hải - Lê Mơ", "Vũ Hải+Lê Mơ"},
      {"Bài & ảnh:Vũ Hải", "Vũ Hải"},
      {"BÀI, ẢNH: VŨ HẢI", "VŨ HẢI"},
      {"Tác giả: Vũ Hải", "Vũ Hải"},
      {"Thực hiện: Vũ Hải", "Vũ Hải"},
      {"Vũ Hải (thực hiện)", "Vũ Hải"},
      {"Vũ Hải thực hiện", "Vũ Hải"},
      {"Vũ Hải (tổng hợp)", "Vũ Hải"},
      {"Nhóm P.V thực hiện", "Nhóm P.V"},
      {"Nhóm phóng viên", "Nhóm phóng viên"},
      {"VŨ HẢI – LÊ MƠ", "VŨ HẢI+LÊ MƠ"},
      {"Vũ Hải, Lê Mơ", "Vũ Hải+Lê Mơ"},
      {"Vũ Hải và Lê Mơ", "Vũ Hải+Lê Mơ"},
      {"Vũ Hải.", "Vũ Hải"},
      {"P.V", "P.V"},
      {"B.T", "B.T"},
      {"Theo TTXVN", " @TTXVN"},
      {"Theo Báo Nhân Dân", " @Báo Nhân Dân"},
      {"(Theo TTXVN)", " @TTXVN"},
      {"Theo chinhphu.vn", " @chinhphu.vn"},
      {"Nguồn: TTXVN", " @TTXVN"},
      {"Vũ Hải (Theo TTXVN)", "Vũ Hải @TTXVN"},
      {"Vũ Hải (TTXVN)", "Vũ Hải @TTXVN"},
      {"Vũ Hải/TTXVN", "Vũ Hải @TTXVN"},
      {"Vũ Hải (Trung tâm văn hóa huyện)", "Vũ Hải"},
      {"Bài: Vũ Hải - Ảnh: Lê Mơ", "Vũ Hải"},
      {"Bài và ảnh: Vũ Hải {name} - {time}", "Vũ Hải"},
      {"Y Thanh H'Ninh", "Y Thanh H'Ninh"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(Show(c.line), c.expected) << c.line;
  }
}

TEST(Byline, APhotoCreditAloneIsNoByline) {
  EXPECT_EQ(Show("Ảnh: Vũ Hải"), "none");
  EXPECT_EQ(Show("Video: Vũ Hải"), "none");
}

TEST(Byline, ProseIsNoByline) {
  for (const char* line : {"", "Bà con phấn khởi", "Theo đó, xã sẽ làm thêm 3 km đường", "Ngày đăng: 20/09/2021",
                           "Lãnh đạo huyện thăm mô hình nuôi ong", "{name} - {time}", "Vũ Hải 2021",
                           "Phát biểu tại hội nghị, đồng chí Vũ Hải nhấn mạnh:", "Thực hiện: chia sẻ yêu thương"}) {
    EXPECT_EQ(Show(line), "none") << line;
  }
}

TEST(Byline, LabelsAreTold) {
  EXPECT_TRUE(ParseByline("Bài, ảnh: Vũ Hải")->labelled);
  EXPECT_TRUE(ParseByline("Vũ Hải (thực hiện)")->labelled);
  EXPECT_FALSE(ParseByline("Vũ Hải")->labelled);
}

}  // namespace
}  // namespace tintinh::normalizer
