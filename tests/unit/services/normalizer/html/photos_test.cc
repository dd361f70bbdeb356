#include "services/normalizer/html/photos.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "tests/unit/services/normalizer/html/page_fixture.h"

namespace tintinh::normalizer {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(PhotoCollector, ItalicLineUnderACentredPicture) {
  const Draft draft = ExtractFrom(PageWith(
      "", "",
      absl::StrCat(kBody, "<p align=center><img src=/a.jpg></p><p align=center><em>Dân bản làm đường.</em></p>",
                   kBody)));
  EXPECT_THAT(Captions(draft), ElementsAre("Dân bản làm đường."));
}

TEST(PhotoCollector, PictureAndCaptionInOneParagraph) {
  const Draft draft = ExtractFrom(
      PageWith("", "", absl::StrCat(kBody, "<p><img src=/a.jpg><br>Dân bản làm đường. Ảnh: VP</p>", kBody)));
  ASSERT_THAT(draft.photos, SizeIs(1));
  EXPECT_EQ(draft.photos[0].caption, "Dân bản làm đường.");
  EXPECT_EQ(draft.photos[0].credit, "VP");
}

TEST(PhotoCollector, CaptionOfAVideoIsNoPhoto) {
  const Draft draft = ExtractFrom(PageWith(
      "", "",
      absl::StrCat(kBody, "<figure><video poster=/a.jpg></video><figcaption>Đoạn phim làm đường.</figcaption></figure>",
                   kBody)));
  EXPECT_THAT(draft.photos, IsEmpty());
  EXPECT_THAT(Texts(draft), Not(Contains("Đoạn phim làm đường.")));
}

TEST(PhotoCollector, AltIsNoCaption) {
  const Draft draft = ExtractFrom(
      PageWith("", "", absl::StrCat(kBody, "<p><img src=/a.jpg alt='Mở đường lên bản vùng cao'></p>", kBody)));
  ASSERT_THAT(draft.photos, SizeIs(1));
  EXPECT_EQ(draft.photos[0].caption, "");
  EXPECT_EQ(draft.photos[0].url, "https://baonuixanh.vn/a.jpg");
}

}  // namespace
}  // namespace tintinh::normalizer
