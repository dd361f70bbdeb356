// Pages of a made-up paper, and what the extraction finds on them.
#ifndef TINTINH_TESTS_UNIT_SERVICES_NORMALIZER_HTML_PAGE_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_NORMALIZER_HTML_PAGE_FIXTURE_H_

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/normalizer/html/html.h"

namespace tintinh::normalizer {

inline constexpr char kUrl[] = "https://baonuixanh.vn/kinh-te/mo-duong-len-ban-vung-cao-102260301095112345.htm";

inline Draft ExtractFrom(const std::string& html, const std::string& url = kUrl, const v1::SiteHints& hints = {}) {
  HtmlInput input;
  input.utf8 = html;
  input.url = url;
  input.hints = hints;
  absl::StatusOr<Draft> draft = ExtractHtml(input, HtmlLimits());
  EXPECT_TRUE(draft.ok()) << draft.status();
  return draft.ok() ? *std::move(draft) : Draft();
}

inline Draft ExtractFixture(const std::string& name, const std::string& url = kUrl) {
  std::ifstream file(absl::StrCat(TINTINH_SOURCE_DIR, "/tests/unit/services/normalizer/html/fixtures/", name, ".html"));
  EXPECT_TRUE(file.good()) << name;
  std::ostringstream html;
  html << file.rdbuf();
  return ExtractFrom(html.str(), url);
}

inline std::string Published(const Draft& draft) {
  return draft.published ? absl::FormatTime("%Y-%m-%d %H:%M", draft.published->time, VietnamTimeZone()) : "none";
}

inline std::vector<std::string> Texts(const Draft& draft) {
  std::vector<std::string> texts;
  for (const DraftParagraph& paragraph : draft.paragraphs) texts.push_back(paragraph.text);
  return texts;
}

inline std::vector<std::string> Captions(const Draft& draft) {
  std::vector<std::string> captions;
  for (const DraftPhoto& photo : draft.photos) {
    if (!photo.caption.empty()) captions.push_back(photo.caption);
  }
  return captions;
}

inline constexpr char kBody[] =
    "<p>Sáng nay, đoàn công tác của huyện lên kiểm tra tuyến đường mới mở, nơi hơn ba trăm hộ dân đang chờ ngày thông "
    "xe.</p>"
    "<p>Theo kế hoạch, mặt đường sẽ được thảm nhựa trước mùa mưa để xe khách có thể chạy hai chuyến mỗi ngày từ bản "
    "xuống chợ.</p>"
    "<p>Trưởng bản Lý A Páo nói bà con đã chuẩn bị sẵn cây giống, chỉ đợi có đường là chở mận, chở đào xuống bán cho "
    "khách dưới xuôi.</p>"
    "<p>Cùng với con đường, huyện đầu tư đường điện ba pha và một trạm y tế hai tầng, dự kiến đưa vào sử dụng trong "
    "quý tới.</p>";

// A page with a headline and a body; `head` and `between` are put in their places.
inline std::string PageWith(const std::string& head, const std::string& between, const std::string& body = kBody,
                            const std::string& after = "") {
  return absl::StrCat("<html lang=vi><head><title>Mở đường lên bản vùng cao</title>", head,
                      "</head><body><div class=top><a href='/'>Trang chủ</a></div><div class=detail>"
                      "<h1>Mở đường lên bản vùng cao</h1>",
                      between, "<div class=detail-content>", body, "</div></div>", after, "</body></html>");
}

}  // namespace tintinh::normalizer

#endif  // TINTINH_TESTS_UNIT_SERVICES_NORMALIZER_HTML_PAGE_FIXTURE_H_
