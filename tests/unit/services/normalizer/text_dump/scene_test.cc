#include "services/normalizer/text_dump/scene.h"

#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

TEST(Scene, DescriptionsOfPicturesScore) {
  for (const char* line : {"Lãnh đạo xã Tân Hòa thăm vườn cam của gia đình ông Lê Mơ", "Người dân thôn Đồi Sim hái cam",
                           "Quang cảnh hội nghị", "Ông Lê Mơ (bên trái) bên vườn cam", "Tuyến đường hoa ở xóm Vạn"}) {
    EXPECT_GT(SceneScore(line), HeadingScore(line)) << line;
  }
}

TEST(Scene, StatementsDoNotScore) {
  for (const char* line : {"Nhờ vậy, đời sống bà con đã khá lên nhiều.",
                           "Ông Lê Mơ cho biết:", "Hiện nay, xã có 3 trạm bơm; 2 kho lạnh."}) {
    EXPECT_LE(SceneScore(line), 1) << line;
  }
}

TEST(Scene, HeadingsScoreAsHeadings) {
  for (const char* line : {"Phát huy sức mạnh đoàn kết", "1. Khó khăn ban đầu", "Vì sao cam rớt giá?",
                           "KẾT QUẢ BƯỚC ĐẦU", "Những việc cần làm ngay"}) {
    EXPECT_GE(HeadingScore(line), 3) << line;
    EXPECT_GT(HeadingScore(line), SceneScore(line)) << line;
  }
}

}  // namespace
}  // namespace tintinh::normalizer
