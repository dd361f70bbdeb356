#include "services/normalizer/text_dump/body.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

constexpr char kShort[] =
    "Sáng nay, bà con thôn Đồi Sim ra vườn từ rất sớm để kịp hái những quả cam chín đầu tiên của vụ mới.";
const std::string& Long() {
  static const std::string text = absl::StrCat(
      "Đến trưa, gần hai tấn quả đã được phân loại, đóng thùng và chuyển lên những chuyến xe chờ sẵn ở đầu thôn. ",
      "Các thương lái từ miền xuôi lên tận nơi đặt hàng, giá bán cao hơn năm ngoái, ai nấy đều phấn khởi vì công sức "
      "bỏ ra "
      "suốt một năm trời nay đã được đền đáp xứng đáng bằng những đồng tiền tươi thóc thật.");
  return text;
}

BodyInput Input(const std::string& dump) {
  BodyInput input;
  input.title = "Mùa cam chín ở thôn Đồi Sim";
  input.lines = ReadLines(dump);
  return input;
}

TEST(Body, NamesTheRuleThatFoundTheLead) {
  const std::string rest = absl::StrCat("\n\n", Long(), "\n\nNăm nay khác hẳn. ", Long());
  EXPECT_EQ(ReadBody(Input(absl::StrCat("(BQH) - ", kShort, rest))).lead_rule, "first paragraph, dateline");
  EXPECT_EQ(ReadBody(Input(absl::StrCat(kShort, "\n\n", kShort, rest))).lead_rule,
            "first paragraph, said again by the second");
  EXPECT_EQ(ReadBody(Input(absl::StrCat(kShort, "\nNgười dân thôn Đồi Sim hái cam", rest))).lead_rule,
            "first paragraph, in one block with a caption");
  EXPECT_EQ(ReadBody(Input(absl::StrCat(kShort, "\n\nNgười dân thôn Đồi Sim hái cam", rest))).lead_rule,
            "first paragraph, over a caption");
  BodyInput under_time = Input(absl::StrCat(kShort, rest));
  EXPECT_EQ(ReadBody(under_time).lead_rule, "");
  under_time.time_above = true;
  EXPECT_EQ(ReadBody(under_time).lead_rule, "first paragraph, under the time line");
  under_time.lead_above = "Lời dẫn ở trên đầu trang, phía trên cả tiêu đề của bài.";
  EXPECT_EQ(ReadBody(under_time).lead_rule, "paragraph over the title");
}

TEST(Body, ThePaperThatTheDatelineNames) {
  EXPECT_EQ(ReadBody(Input(absl::StrCat("(Baoquehuong.vn) - ", kShort, "\n\n", Long()))).source_name, "Baoquehuong.vn");
}

TEST(Body, APhotoWithoutCaptionIsNone) {
  const Body body = ReadBody(Input(absl::StrCat(kShort, "\n\nẢnh: Lê Mơ\n\n", Long())));
  EXPECT_TRUE(body.photos.empty());
}

TEST(Body, NothingInNothingOut) {
  const Body body = ReadBody(Input(""));
  EXPECT_TRUE(body.paragraphs.empty() && body.photos.empty() && body.lead.empty());
}

}  // namespace
}  // namespace tintinh::normalizer
