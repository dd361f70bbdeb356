// Any bytes as a text dump, through to the article: no crash, and the promises of the draft hold.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "absl/strings/string_view.h"
#include "common/text/normal_form.h"
#include "services/normalizer/enrich/enrich.h"
#include "services/normalizer/text_dump/text_dump.h"

namespace {

void Require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using tintinh::normalizer::Draft;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& text : {std::string(bytes), tintinh::text::NormalForm(bytes)}) {
    absl::StatusOr<Draft> draft = tintinh::normalizer::ExtractTextDump(text);
    Require(draft.ok() || size > 50'000);
    if (!draft.ok()) {
      continue;
    }
    for (const auto& paragraph : draft->paragraphs) {
      Require(!paragraph.text.empty());
    }
    for (const auto& photo : draft->photos) {
      Require(!photo.caption.empty());
    }
    const size_t paragraphs = draft->paragraphs.size();
    const tintinh::v1::Article article = tintinh::normalizer::Enrich(*std::move(draft), {});
    Require(static_cast<size_t>(article.paragraphs_size()) <= paragraphs && article.title().size() <= 1024);
    Require(article.place().province().empty() == article.place().province_today().empty());
  }
  return 0;
}
