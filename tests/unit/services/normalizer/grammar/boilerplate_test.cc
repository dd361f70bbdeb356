#include "services/normalizer/grammar/boilerplate.h"

#include <string>

#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

TEST(Boilerplate, RelatedStoriesCommentsAndFootersCut) {
  for (const char* line : {"Các tin cùng chuyên mục",
                           "Tin cùng chuyên mục:",
                           "CÙNG CHUYÊN MỤC",
                           "Chuyên mục khác",
                           "Tin liên quan",
                           ">> Xem thêm: Ngày hội ở làng Vạn",
                           "Xem thêm",
                           "Đọc nhiều",
                           "• Tin mới hơn",
                           "Từ khóa: lúa, gạo",
                           "Từ khoá: lúa",
                           "Tags: lúa",
                           "Trả lời",
                           "0 bình luận",
                           "(0) Bình luận",
                           "Bình luận (3)",
                           "Ý kiến bạn đọc",
                           "Ý kiến của bạn sẽ được biên tập trước khi đăng. Vui lòng gõ tiếng Việt có dấu",
                           "  • Tiêu đề *",
                           "  • Nội dung bình luận*",
                           "Giấy phép số 12/GP-BTTTT",
                           "Cơ quan chủ quản: Tỉnh ủy",
                           "Tổng Biên tập: Vũ Hải",
                           "Hotline: 0123",
                           "© 2021 Báo Quê Hương",
                           "Bản quyền thuộc về Báo Quê Hương",
                           "Chia sẻ thông tin với bạn bè!"}) {
    EXPECT_EQ(ClassifyLine(line), LineClass::kCutFromHere) << line;
  }
}

TEST(Boilerplate, ToolsCountersAndUnfilledTemplatesDrop) {
  for (const char* line : {"In trang", "In bài viết", "Gửi email", "Lượt xem: 152", "152 lượt xem", "Chia sẻ",
                           "Tắt [X]", "|", "Tiếng việt | English", "{name} - {time}", "{body}", " {name}- {time}",
                           "***", "A- A A+", "", "${distributionDateSource} (GMT +7)", "Trang chủ", "Thời tiết"}) {
    EXPECT_EQ(ClassifyLine(line), LineClass::kDrop) << line;
  }
}

TEST(Boilerplate, StoriesAreText) {
  for (const char* line :
       {"Tổng Biên tập Báo Quê Hương cho biết tờ báo tròn 60 tuổi.", "Chia sẻ với bà con vùng lũ", "2021",
        "Xem thêm nhiều gương sáng ở xã Tân Hòa, ai cũng xúc động.", "Đọc tiếp những trang sử vàng",
        "Chủ đề năm nay là “Vì quê hương”.", "Thanh Hà", "Điện thoại thông minh về làng"}) {
    EXPECT_EQ(ClassifyLine(line), LineClass::kText) << line;
  }
}

TEST(Boilerplate, LongLinesAreText) { EXPECT_EQ(ClassifyLine("Xem thêm: " + std::string(500, 'a')), LineClass::kText); }

TEST(Boilerplate, StripTemplateResidueCutsFromTheFirstField) {
  EXPECT_EQ(StripTemplateResidue("Vũ Hải {name} - {time}"), "Vũ Hải");
  EXPECT_EQ(StripTemplateResidue("Vũ Hải"), "Vũ Hải");
  EXPECT_EQ(StripTemplateResidue("${date} Vũ Hải"), "");
  EXPECT_EQ(StripTemplateResidue("giá {chưa đóng"), "giá {chưa đóng");
}

}  // namespace
}  // namespace tintinh::normalizer
