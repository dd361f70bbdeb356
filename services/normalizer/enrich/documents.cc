#include "services/normalizer/enrich/documents.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/civil_time.h"
#include "common/text/letter.h"
#include "common/text/utf8.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/lazy_pattern.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kKindWindow = 64;  // bytes in front of a number that may name its kind
constexpr size_t kDateWindow = 64;  // bytes behind it that may state its day
constexpr size_t kListWindow = 16;  // between two numbers of one list

// A code is capitals with at most a few small letters behind ("CTr", "TTg", "NQi") and digits ("QH14").
#define TINTINH_CODE R"([A-ZĐƯ]{1,8}(?:\.Ư|[a-zđư]{1,2})?(?:\d{1,2})?)"
#define TINTINH_DASH R"(\s?[-–—‑−/]\s?)"
#define TINTINH_TIGHT R"([-–—‑−/])"

// A number, a year and one code or more, or two codes or more.
const LazyRE2 kNumber = LazyPattern("((?:\\d{1,5}[a-z]?" TINTINH_TIGHT "\\d{4}" TINTINH_DASH TINTINH_CODE
                                    "|"
                                    "\\d{1,5}[a-z]?" TINTINH_DASH TINTINH_CODE TINTINH_DASH TINTINH_CODE
                                    ")"
                                    "(?:" TINTINH_TIGHT TINTINH_CODE "){0,3})");
#undef TINTINH_CODE
#undef TINTINH_DASH
#undef TINTINH_TIGHT

const LazyRE2 kKind = LazyPattern(
    R"((?i)(nghị quyết|chỉ thị|kết luận|quyết định|quy định|qui định|kế hoạch|hướng dẫn|chương trình hành động|)"
    R"(chương trình|thông báo|thông tri|thông tư liên tịch|thông tư|nghị định|báo cáo|công văn|công điện|quy chế|đề án|)"
    R"(luật|pháp lệnh|tờ trình|văn bản|lệnh|sắc lệnh|điều lệ)(?:\s+(?:liên tịch|hợp nhất))?(?:\s*(?:số|:))*\s*$)");
const LazyRE2 kDate = LazyPattern(
    R"(^\s*[,(]?\s*(?:ký\s+|ban hành\s+)?ngày\s+(\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(\d{4})\b)");
const LazyRE2 kListGap = LazyPattern(R"(\s*(?:,|;|và|,\s*và)?\s*(?:số\s*)?)");

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

std::string Unify(absl::string_view printed) {
  return absl::StrReplaceAll(printed, {{" ", ""}, {"\u00A0", ""}, {"–", "-"}, {"—", "-"}, {"‑", "-"}, {"−", "-"}});
}

// `text` from at most `window` bytes before `at`, cut where a letter begins.
absl::string_view Before(absl::string_view text, size_t at, size_t window) {
  size_t begin = at > window ? at - window : 0;
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) {
    ++begin;
  }
  return text.substr(begin, at - begin);
}

absl::string_view Behind(absl::string_view text, size_t at, size_t window) {
  size_t end = std::min(text.size(), at + window);
  while (end < text.size() && end > at && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return text.substr(at, end - at);
}

// The proper spelling of a kind: as printed, its first letter a capital. The words of kKind begin with ASCII letters or
// with đ.
std::string ProperKind(std::string kind) {
  if (absl::StartsWith(kind, "đ")) {
    kind.replace(0, 2, "Đ");
  } else if (!kind.empty() && kind[0] >= 'a' && kind[0] <= 'z') {
    kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
  }
  return kind;
}

std::string KindBefore(absl::string_view text, size_t at) {
  std::string kind;
  const absl::string_view window = Before(text, at, kKindWindow);
  return RE2::PartialMatch(Piece(window), *kKind, &kind) ? ProperKind(std::move(kind)) : "";
}

std::string DateBehind(absl::string_view text, size_t at) {
  int day = 0;
  int month = 0;
  int year = 0;
  if (!RE2::PartialMatch(Piece(Behind(text, at, kDateWindow)), *kDate, &day, &month, &year)) {
    return "";
  }
  const absl::CivilDay civil(year, month, day);
  if (civil.year() != year || civil.month() != month || civil.day() != day || year < 1900 || year > 2099) {
    return "";
  }
  return absl::StrFormat("%04d-%02d-%02d", year, month, day);
}

bool IsWord(char32_t value) { return text::ClassifyLetter(value).kind != text::LetterKind::kNone; }

// The code point that ends at `at`; U+FFFD at the start of the text.
char32_t CodePointBefore(absl::string_view text, size_t at) {
  size_t begin = at;
  while (begin > 0 && at - begin < 4 && (begin == at || (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80)) {
    --begin;
  }
  return begin == at ? text::kReplacement : text::DecodeUtf8(text.data() + begin, text.data() + at).value;
}

// A number must not be the tail of a longer one ("3/22-NQ/TW") nor end inside a word.
bool StandsAlone(absl::string_view text, size_t begin, size_t end) {
  const char32_t before = CodePointBefore(text, begin);
  if (IsWord(before) || before == U'/' || before == U'-' || before == U'.' || before == U',') {
    return false;
  }
  return end == text.size() || !IsWord(text::DecodeUtf8(text.data() + end, text.data() + text.size()).value);
}

void Merge(v1::DocumentReference reference, std::vector<v1::DocumentReference>& documents) {
  for (v1::DocumentReference& known : documents) {
    if (known.number() == reference.number()) {
      if (known.kind().empty()) {
        known.set_kind(reference.kind());
      }
      if (known.date().empty()) {
        known.set_date(reference.date());
      }
      return;
    }
  }
  if (documents.size() < kMaxDocuments) {
    documents.push_back(std::move(reference));
  }
}

}  // namespace

void DocumentCollector::Add(absl::string_view text) {
  const re2::StringPiece whole = Piece(text);
  re2::StringPiece found;
  size_t at = 0;
  size_t last_end = 0;
  std::string last_kind;
  while (kNumber->Match(whole, at, whole.size(), RE2::UNANCHORED, &found, 1)) {
    const auto begin = static_cast<size_t>(found.data() - text.data());
    const size_t end = begin + found.size();
    at = end;
    if (!StandsAlone(text, begin, end)) {
      continue;
    }
    v1::DocumentReference reference;
    reference.set_number(Unify(text.substr(begin, end - begin)));
    std::string kind = KindBefore(text, begin);
    const bool in_list = last_end > 0 && begin - last_end <= kListWindow &&
                         RE2::FullMatch(Piece(text.substr(last_end, begin - last_end)), *kListGap);
    kind = kind.empty() && in_list ? last_kind : kind;
    reference.set_kind(kind);
    reference.set_date(DateBehind(text, end));
    last_end = end;
    last_kind = std::move(kind);
    Merge(std::move(reference), documents_);
  }
}

std::vector<v1::DocumentReference> DocumentCollector::Take() { return std::exchange(documents_, {}); }

}  // namespace tintinh::normalizer
