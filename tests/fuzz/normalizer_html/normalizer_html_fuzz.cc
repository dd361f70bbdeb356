// Any bytes: no crash, no hang; what is found is valid UTF-8 within its bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "common/text/normal_form.h"
#include "common/text/utf8.h"
#include "services/normalizer/decode/decode.h"
#include "services/normalizer/html/html.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace tintinh;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<normalizer::DecodedPage> page = normalizer::DecodePage(bytes, "text/html");
  if (!page.ok()) return 0;
  Check(text::IsValidUtf8(page->utf8));
  normalizer::HtmlInput input;
  input.utf8 = page->utf8;
  input.url = "https://baonuixanh.vn/ban-vung-cao-mo-duong-moi-12345.html";
  normalizer::HtmlLimits limits;
  limits.parse.max_processor_time = absl::Seconds(1);
  const absl::StatusOr<normalizer::Draft> draft = normalizer::ExtractHtml(input, limits);
  if (!draft.ok()) return 0;
  Check(draft->links.size() <= limits.max_links && draft->paragraphs.size() <= 2000 && draft->photos.size() <= 500);
  Check(draft->authors.size() <= 20 && draft->tags.size() <= 100);
  Check(text::IsValidUtf8(draft->title) && text::IsValidUtf8(draft->lead));
  for (const normalizer::DraftParagraph& paragraph : draft->paragraphs) {
    Check(!paragraph.text.empty() && text::IsValidUtf8(paragraph.text));
  }
  return 0;
}
