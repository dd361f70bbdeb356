#include "services/normalizer/grammar/caption.h"

#include "gtest/gtest.h"

namespace tintinh::normalizer {
namespace {

struct Case {
  const char* line;
  const char* caption;
  const char* credit;
};

TEST(Caption, SplitsTheCreditOffTheEnd) {
  const Case cases[] = {
      {"Người dân gặt lúa. Ảnh: Vũ Hải", "Người dân gặt lúa.", "Vũ Hải"},
      {"Người dân gặt lúa. Ảnh: VH", "Người dân gặt lúa.", "VH"},
      {"Người dân gặt lúa - Ảnh: V.H.T.", "Người dân gặt lúa", "V.H.T."},
      {"Người dân gặt lúa (Ảnh: Vũ Hải)", "Người dân gặt lúa", "Vũ Hải"},
      {"Người dân gặt lúa. (Ảnh: TTXVN).", "Người dân gặt lúa.", "TTXVN"},
      {"Người dân gặt lúa. ảnh:  Vũ Hải.", "Người dân gặt lúa.", "Vũ Hải"},
      {"Người dân gặt lúa Ảnh: CTV", "Người dân gặt lúa", "CTV"},
      {"Người dân gặt lúa. Nguồn: Internet", "Người dân gặt lúa.", "Internet"},
      {"Người dân gặt lúa. Ảnh minh họa: Vũ Hải", "Người dân gặt lúa.", "Vũ Hải"},
      {"Người dân gặt lúa. Ảnh TTXVN", "Người dân gặt lúa.", "TTXVN"},
      {"Người dân gặt lúa (Ảnh do xã cung cấp)", "Người dân gặt lúa", "xã"},
      {"Ảnh: Vũ Hải", "", "Vũ Hải"},
      {"Người dân\n  gặt lúa", "Người dân gặt lúa", ""},
      {"Người dân gặt lúa. Ảnh minh họa", "Người dân gặt lúa. Ảnh minh họa", ""},
      {"Triển lãm ảnh: những góc nhìn của nhiều tác giả trẻ về quê hương hôm nay và ngày mai",
       "Triển lãm ảnh: những góc nhìn của nhiều tác giả trẻ về quê hương hôm nay và ngày mai", ""},
      {"", "", ""},
  };
  for (const Case& c : cases) {
    const CaptionParts parts = SplitCredit(c.line);
    EXPECT_EQ(parts.caption, c.caption) << c.line;
    EXPECT_EQ(parts.credit, c.credit) << c.line;
  }
}

}  // namespace
}  // namespace tintinh::normalizer
