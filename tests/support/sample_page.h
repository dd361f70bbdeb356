// A page of a made-up paper.
#ifndef TINTINH_TESTS_SUPPORT_SAMPLE_PAGE_H_
#define TINTINH_TESTS_SUPPORT_SAMPLE_PAGE_H_

#include <string>

#include "absl/strings/str_cat.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::testing {

// An HTML story whose title ends in `number`.
inline v1::Page SampleStory(int number) {
  v1::Page page;
  page.set_page_id(absl::StrCat("page-", number));
  page.set_url(absl::StrCat("https://baonuixanh.vn/ban-vung-cao-mo-duong-moi-", 10'000 + number, ".html"));
  page.set_site("baonuixanh");
  page.set_http_status(200);
  page.set_trace_id("0123456789abcdef0123456789abcdef");
  v1::HttpHeader* type = page.add_headers();
  type->set_name("content-type");
  type->set_value("text/html; charset=utf-8");
  page.set_body(absl::StrCat(
      "<html lang=vi><head><title>Bản vùng cao mở đường mới ", number,
      "</title></head><body><div class=detail><h1>Bản vùng cao mở đường mới ", number,
      "</h1><span class=time>07/03/2026 08:47</span><div class=detail-content>"
      "<p>Sáng nay, đoàn công tác của huyện lên kiểm tra tuyến đường mới mở, nơi hơn ba trăm hộ dân chờ ngày thông "
      "xe.</p>"
      "<p>Theo kế hoạch, mặt đường được thảm nhựa trước mùa mưa để xe khách chạy hai chuyến mỗi ngày từ bản xuống "
      "chợ.</p>"
      "<p>Trưởng bản nói bà con đã chuẩn bị sẵn cây giống, chỉ đợi có đường là chở mận, chở đào xuống bán cho "
      "khách.</p>"
      "<p>Cùng với đường, huyện đầu tư điện ba pha và một trạm y tế hai tầng, dự kiến dùng được trong quý tới.</p>"
      "<p><strong>Lam Giang</strong></p></div></div>"
      "<a href='/ban-vung-cao-co-dien-luoi-quoc-gia-20001.html'>Bản vùng cao có điện lưới quốc gia</a></body></html>"));
  return page;
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_SAMPLE_PAGE_H_
