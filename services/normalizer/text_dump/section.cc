#include "services/normalizer/text_dump/section.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "common/text/normal_form.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxSectionBytes = 120;
constexpr size_t kMaxSectionWords = 7;
constexpr size_t kMaxTrailParts = 6;

// A folded line made of section names, joined by dashes, commas, strokes, "và" or blanks.
bool IsVocabulary(absl::string_view folded) {
  static const LazyRE2 pattern = LazyPattern(
      R"((?:(?:tin tuc|su kien|thoi su|tin nong|tin moi|chinh tri|xa hoi|kinh te|van hoa|the thao|giai tri|giao duc|)"
      R"(dao tao|y te|suc khoe|phap luat|ban doc|an ninh|trat tu|quoc phong|quan su|xay dung dang|chinh quyen|)"
      R"(dang|doan the|mat tran|nong nghiep|nong thon|nong thon moi|cong nghiep|thuong mai|dich vu|du lich|)"
      R"(khoa hoc|cong nghe|moi truong|tai nguyen|doi song|gia dinh|phong su|ky su|ghi chep|chuyen de|quoc te|)"
      R"(the gioi|trong nuoc|trong tinh|dia phuong|tin dia phuong|tin trong tinh|tin trong nuoc|tin quoc te|)"
      R"(xay dung|he thong chinh tri|nhan vat|nghi quyet|doi ngoai|hoi nhap|dan toc|ton giao|mien nui|lao dong|)"
      R"(viec lam|giao thong|do thi|dau tu|doanh nghiep|thi truong|tai chinh|ngan hang|gia ca|van nghe|lich su|)"
      R"(dat va nguoi|que huong|con nguoi|nguoi tot viec tot|guong sang|hoc va lam theo bac|hoat dong|tin hoat dong|)"
      R"(lanh dao|dua nghi quyet vao cuoc song|dang trong cuoc song|chuyen doi so|cai cach hanh chinh|binh luan|)"
      R"(xa luan|goc nhin|nghien cuu|trao doi|thong tin|tong hop|multimedia|infographic|phong van)(?:\s*(?:,|-|–|/|&|\||va\s)\s*|\s+|$))+)");
  return RE2::FullMatch(re2::StringPiece(folded.data(), folded.size()), *pattern);
}

bool IsHome(absl::string_view part) {
  const std::string folded = text::Fold(part);
  return folded == "trang chu" || folded == "home" || folded == "trang nhat";
}

std::vector<std::string> ParseTrail(absl::string_view line) {
  const bool arrows = absl::StrContains(line, " > ") || absl::StrContains(line, "»") || absl::StrContains(line, "›") ||
                      absl::StrContains(line, ">>");
  const bool strokes = absl::StrContains(line, " / ");
  if (!arrows && !strokes) {
    return {};
  }
  std::vector<std::string> path;
  static const LazyRE2 separator = LazyPattern(R"(\s*(?:>>|>|»|›|\s/\s)\s*)");
  std::string marked(line);
  RE2::GlobalReplace(&marked, *separator, "\t");
  for (const absl::string_view part : absl::StrSplit(marked, '\t')) {
    const absl::string_view name = absl::StripAsciiWhitespace(part);
    if (name.empty() || IsHome(name)) {
      continue;
    }
    if (SplitWords(name).size() > kMaxSectionWords || EndsAsSentence(name)) {
      return {};
    }
    path.emplace_back(name);
  }
  return path.size() <= kMaxTrailParts ? path : std::vector<std::string>();
}

}  // namespace

bool IsSectionName(absl::string_view line) {
  return line.size() <= kMaxSectionBytes && (IsVocabulary(text::Fold(line)) || ParseTrail(line).size() > 1);
}

std::vector<std::string> ParseSection(absl::string_view line) {
  if (line.size() > kMaxSectionBytes || EndsAsSentence(line)) {
    return {};
  }
  static const LazyRE2 label = LazyPattern(R"((?i)(?:chuyên mục|danh mục)\s*:\s*(.+))");
  std::string named;
  if (RE2::FullMatch(re2::StringPiece(line.data(), line.size()), *label, &named)) {
    return {named};
  }
  if (std::vector<std::string> trail = ParseTrail(line); !trail.empty()) {
    return trail;
  }
  if (IsSectionName(line) || (IsAllCapitals(line) && SplitWords(line).size() <= kMaxSectionWords)) {
    return {std::string(line)};
  }
  return {};
}

}  // namespace tintinh::normalizer
