#include "services/normalizer/html/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/time/time.h"
#include "common/time/clock.h"

namespace tintinh::normalizer::html {
namespace {

using ::testing::ElementsAre;

std::string TimeOf(absl::string_view line) {
  const std::optional<Signature> signature = ParseSignature(line);
  return signature ? absl::FormatTime("%Y-%m-%d %H:%M", signature->time.time.time, VietnamTimeZone()) : "none";
}

TEST(ParseSignature, TimeAlone) { EXPECT_EQ(TimeOf("07/03/2026 08:47"), "2026-03-07 08:47"); }

TEST(ParseSignature, TimeBehindAName) {
  EXPECT_EQ(TimeOf("Nguyễn Văn A - 07/03/2026 08:47"), "2026-03-07 08:47");
  EXPECT_EQ(TimeOf("Thanh Hằng • 28/01/2026 - 06:52"), "2026-01-28 06:52");
  const std::optional<Signature> signature = ParseSignature("Lam Giang | 07/03/2026 08:47");
  ASSERT_TRUE(signature.has_value());
  ASSERT_TRUE(signature->byline.has_value());
  EXPECT_THAT(signature->byline->authors, ElementsAre("Lam Giang"));
}

TEST(ParseSignature, SentencesAndLongLinesSignNothing) {
  EXPECT_EQ(TimeOf("Sáng 07/03/2026, huyện tổ chức hội nghị"), "none");
  EXPECT_EQ(TimeOf("Lam Giang"), "none");
  EXPECT_EQ(TimeOf("Lam Giang - " + std::string(300, ' ') + "07/03/2026"), "none");
  EXPECT_EQ(TimeOf(""), "none");
}

}  // namespace
}  // namespace tintinh::normalizer::html
