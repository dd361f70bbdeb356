#include "common/text/simhash.h"

#include <string>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "common/text/stable_hash.h"
#include "gtest/gtest.h"

namespace tintinh::text {
namespace {

constexpr char kStory[] =
    "Sáng nay, đoàn công tác của tỉnh kiểm tra tiến độ xây dựng cầu bắc qua sông, động viên công nhân làm việc xuyên "
    "lễ và yêu cầu nhà thầu bảo đảm an toàn lao động. Theo ban quản lý dự án, công trình đã đạt bảy phần mười khối "
    "lượng, dự kiến thông xe vào cuối năm để phục vụ nhu cầu đi lại của người dân hai bờ.";

int Distance(absl::string_view a, absl::string_view b) { return absl::popcount(Simhash(a) ^ Simhash(b)); }

TEST(SimhashTest, IsZeroExactlyForFewerThanThreeSyllables) {
  EXPECT_EQ(Simhash(""), 0U);
  EXPECT_EQ(Simhash("hai tiếng"), 0U);
  EXPECT_NE(Simhash("ba tiếng đây"), 0U);
}

TEST(SimhashTest, MarksCasePunctuationAndNormalisationDoNotCount) {
  EXPECT_EQ(Simhash("Kỳ họp thứ chín, khóa mười."), Simhash("KI HOP THU CHIN KHOA MUOI"));
  EXPECT_EQ(Simhash("Vie\u0323\u0302t Nam hôm nay"), Simhash("Việt Nam hôm nay"));
}

TEST(SimhashTest, NearDuplicatesAreNearAndOthersAreFar) {
  EXPECT_LE(Distance(kStory, absl::StrCat(kStory, " Tin, ảnh: Phóng viên")), 10);
  EXPECT_GE(Distance(kStory,
                     "Giá lúa hè thu tại đồng bằng tăng nhẹ so với tuần trước do thương lái thu mua nhiều, nông "
                     "dân phấn khởi xuống giống vụ mới, trong khi giá phân bón vẫn ở mức cao."),
            16);
}

TEST(SimhashTest, CountsDoNotOverflowOnLongTexts) {
  std::string text;
  for (int i = 0; i < 2000; ++i) absl::StrAppend(&text, "một hai ba ");
  EXPECT_LE(Distance(text, "một hai ba một hai ba một hai ba một hai"), 4);
}

TEST(SimhashTest, StoredValuesNeverChange) {
  EXPECT_EQ(StableHash("viet"), 792716527228500409U);
  EXPECT_EQ(Simhash("một hai ba bốn"), 4837290689001948840U);
}

TEST(StableHashTest, DependsOnEveryByteAndOnTheSize) {
  std::string bytes;
  for (size_t size = 0; size < 40; ++size) {
    const uint64_t hash = StableHash(bytes);
    for (size_t i = 0; i < size; ++i) {
      std::string other = bytes;
      other[i] = static_cast<char>(other[i] ^ 1);
      EXPECT_NE(StableHash(other), hash) << size << " " << i;
    }
    EXPECT_NE(StableHash(bytes + '\0'), hash);
    bytes.push_back(static_cast<char>('a' + size % 26));
  }
}

TEST(StableHashTest, OrderOfTwoHashesMatters) { EXPECT_NE(HashTogether(1, 2), HashTogether(2, 1)); }

}  // namespace
}  // namespace tintinh::text
