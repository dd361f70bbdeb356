#include "services/query/parse/column.h"

#include <algorithm>
#include <cstdint>

#include "common/text/utf8.h"

namespace tintinh::query {
namespace {

// The combining diacritical marks, all that Vietnamese is typed with.
bool IsMark(char32_t value) { return value >= 0x300 && value < 0x370; }

size_t CountVisible(absl::string_view text) {
  size_t count = 0;
  const char* const limit = text.data() + text.size();
  for (const char* at = text.data(); at < limit;) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    count += text::IsWhitespace(point.value) ? 0 : 1;
    at += point.size;
  }
  return count;
}

}  // namespace

size_t ColumnOf(absl::string_view typed, absl::string_view collapsed, size_t offset) {
  size_t before = CountVisible(collapsed.substr(0, std::min(offset, collapsed.size())));
  size_t column = 1;
  const char* const limit = typed.data() + typed.size();
  for (const char* at = typed.data(); at < limit;) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    const bool visible = !text::IsWhitespace(point.value);
    if (visible && before == 0) break;
    before -= visible ? 1 : 0;
    column += IsMark(point.value) ? 0 : 1;
    at += point.size;
  }
  return column;
}

}  // namespace tintinh::query
