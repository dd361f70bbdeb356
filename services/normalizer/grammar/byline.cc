#include "services/normalizer/grammar/byline.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/text/normal_form.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxLineBytes = 200;
constexpr size_t kMaxNameBytes = 64;
constexpr size_t kMaxNameWords = 6;
constexpr size_t kMaxAuthors = 6;

// What people do for a story, folded. Writing makes an author; pictures alone do not.
constexpr absl::string_view kWork =
    "(?:tin bai|bai viet|tin|bai|tac gia|nguoi viet|nguoi thuc hien|nhom thuc hien|thuc hien|phong vien|pv|ctv|viet|"
    "noi dung|hinh anh|anh|hinh|video|clip|do hoa|trinh bay|thiet ke|quay phim|photo)";

struct Label {
  bool writes = false;
  absl::string_view names;  // what follows the label
};

bool NamesWriting(absl::string_view folded_label) {
  static const LazyRE2 picturing =
      LazyPattern(R"((?:hinh anh|quay phim|do hoa|trinh bay|thiet ke|anh|hinh|video|clip|photo|va|\W)+)");
  return !RE2::FullMatch(re2::StringPiece(folded_label.data(), folded_label.size()), *picturing);
}

// "Bài, ảnh Thanh Phúc": without a colon only a label of two works is safe to take for one.
std::optional<Label> TakeLabelWithoutColon(absl::string_view line) {
  static const LazyRE2 pattern =
      LazyPattern(R"((?:tin|bai|tin bai|tin, bai)(?:\s*(?:,|va|&|-)\s*)(?:anh|hinh anh|clip|video))");
  const std::vector<absl::string_view> words = SplitWords(line);
  for (size_t count = std::min<size_t>(words.size(), 5); count-- > 1;) {
    const absl::string_view head = line.substr(0, static_cast<size_t>(words[count].data() - line.data()));
    if (RE2::FullMatch(text::Fold(absl::StripAsciiWhitespace(head)), *pattern)) {
      return Label{true, line.substr(head.size())};
    }
  }
  return std::nullopt;
}

// Reads a label such as "Bài và ảnh:" off the front of `line`.
std::optional<Label> TakeLabel(absl::string_view line) {
  static const RE2 pattern(absl::StrCat(kWork, R"((?:\s*(?:,|/|&|\+|-|–|va\b|\s)\s*)", kWork, R"()*\s*)"));
  const size_t colon = line.find(':');
  if (colon == absl::string_view::npos) {
    return TakeLabelWithoutColon(line);
  }
  const std::string head = text::Fold(line.substr(0, std::min(colon, kMaxNameBytes)));
  if (!RE2::FullMatch(head, pattern)) {
    return std::nullopt;
  }
  return Label{NamesWriting(head), absl::StripAsciiWhitespace(line.substr(colon + 1))};
}

absl::string_view StripEndMarks(absl::string_view name) {
  name = TrimSeparators(name);
  while (absl::EndsWith(name, ",") || absl::EndsWith(name, ";")) {
    name = TrimSeparators(name.substr(0, name.size() - 1));
  }
  // "Thanh Hương." ends a line; "P.V." is spelled with its dot.
  const size_t dots = static_cast<size_t>(std::count(name.begin(), name.end(), '.'));
  if (dots == 1 && absl::EndsWith(name, ".")) {
    name = TrimSeparators(name.substr(0, name.size() - 1));
  }
  return name;
}

// "(thực hiện)", "(ghi)", "(tổng hợp)": what the person did. Anything else in brackets is where they come from.
bool IsRoleNote(absl::string_view folded) {
  static const LazyRE2 pattern = LazyPattern(
      R"((?:thuc hien|ghi|luoc ghi|tong hop|t/?h|luoc dich|dich|bien dich|bien soan|suu tam|st|s\.t|gioi thieu|ctv|pv|phong vien|cong tac vien|anh|bai va anh|bai, anh))");
  return RE2::FullMatch(re2::StringPiece(folded.data(), folded.size()), *pattern);
}

absl::string_view AfterTheo(absl::string_view text) {
  const std::vector<absl::string_view> words = SplitWords(text);
  if (words.size() < 2 || words.size() > kMaxNameWords + 1 || text::Fold(words[0]) != "theo") {
    return {};
  }
  absl::string_view source = text.substr(static_cast<size_t>(words[1].data() - text.data()));
  return StartsWithCapital(source) || absl::StrContains(source, ".") ? source : absl::string_view();
}

bool SetAgency(absl::string_view source, Byline& byline) {
  source = StripEndMarks(source);
  if (source.empty() || source.size() > kMaxNameBytes || EndsAsSentence(source) ||
      SplitWords(source).size() > kMaxNameWords) {
    return false;
  }
  byline.agency = std::string(source);
  byline.labelled = true;
  return true;
}

// Takes a bracket off the end of `line`: a role is dropped, "(Theo X)" names the agency.
void TakeClosingBracket(absl::string_view& line, Byline& byline) {
  const size_t open = line.rfind('(');
  if (open == absl::string_view::npos || open == 0 || !absl::EndsWith(line, ")")) {
    return;
  }
  const absl::string_view inside = TrimSeparators(line.substr(open + 1, line.size() - open - 2));
  const absl::string_view source = AfterTheo(inside);
  if (!source.empty()) {
    SetAgency(source, byline);
  } else if (IsRoleNote(text::Fold(inside))) {
    byline.labelled = true;
  } else if (IsAllCapitals(inside)) {
    SetAgency(inside, byline);
    byline.labelled = false;
  }
  line = TrimSeparators(line.substr(0, open));
}

// "X thực hiện", "Nhóm P.V thực hiện", "Thực hiện X".
void TakeClosingRole(absl::string_view& line, Byline& byline) {
  for (const absl::string_view role : {" thực hiện", " tổng hợp", " lược ghi", " (ghi)", " ghi"}) {
    if (absl::EndsWith(line, role)) {
      line = TrimSeparators(line.substr(0, line.size() - role.size()));
      byline.labelled = true;
      return;
    }
  }
}

// The length of a separator between names at `at`, or 0.
size_t NameSeparatorAt(absl::string_view line, size_t at) {
  for (const absl::string_view separator : {" - ", " – ", " — ", ", ", "; ", " và ", " & ", " | ", "- ", "– ", " + "}) {
    if (absl::StartsWith(line.substr(at), separator)) {
      return separator.size();
    }
  }
  return 0;
}

std::vector<absl::string_view> SplitNames(absl::string_view line) {
  std::vector<absl::string_view> names;
  size_t begin = 0;
  for (size_t at = 0; at < line.size(); ++at) {
    const size_t size = NameSeparatorAt(line, at);
    if (size > 0) {
      names.push_back(StripEndMarks(line.substr(begin, at - begin)));
      begin = at + size;
      at = begin - 1;
    }
  }
  names.push_back(StripEndMarks(line.substr(begin)));
  return names;
}

// "Thu Hà/TTXVN": the part behind the stroke is an agency when it is all capitals.
absl::string_view TakeStrokeAgency(absl::string_view name, Byline& byline) {
  const size_t stroke = name.rfind('/');
  if (stroke != absl::string_view::npos && stroke > 0 && IsAllCapitals(name.substr(stroke + 1))) {
    SetAgency(name.substr(stroke + 1), byline);
    byline.labelled = false;
    return name.substr(0, stroke);
  }
  return name;
}

bool SetAuthors(absl::string_view line, Byline& byline) {
  for (absl::string_view name : SplitNames(line)) {
    name = TakeStrokeAgency(name, byline);
    const absl::string_view source = AfterTheo(name);
    if (!source.empty()) {
      SetAgency(source, byline);
      continue;
    }
    if (!LooksLikeName(name) || byline.authors.size() == kMaxAuthors) {
      return false;
    }
    byline.authors.emplace_back(name);
  }
  return !byline.authors.empty();
}

// "Bài: Minh Anh - Ảnh: Quang Huy": the names of whoever wrote, up to the next label.
absl::string_view CutBeforeNextLabel(absl::string_view names) {
  static const LazyRE2 next =
      LazyPattern(R"((?i)[\s,;.\-–|(]+(?:ảnh|video|clip|đồ họa|trình bày|hình)(?:\s*(?:,|và|-|&)\s*\pL+)*\s*:)");
  re2::StringPiece found;
  const re2::StringPiece whole(names.data(), names.size());
  if (!next->Match(whole, 0, whole.size(), RE2::UNANCHORED, &found, 1)) {
    return names;
  }
  return TrimSeparators(names.substr(0, static_cast<size_t>(found.data() - names.data())));
}

std::optional<Byline> ParseLabelled(const Label& label) {
  if (!label.writes) {
    return std::nullopt;
  }
  Byline byline;
  absl::string_view names = TrimSeparators(CutBeforeNextLabel(label.names));
  TakeClosingBracket(names, byline);
  TakeClosingRole(names, byline);
  byline.labelled = true;
  return SetAuthors(names, byline) ? std::make_optional(std::move(byline)) : std::nullopt;
}

std::optional<Byline> ParseSource(absl::string_view line) {
  static const LazyRE2 label = LazyPattern(R"((?:nguon|nguon tin|theo nguon)\s*:)");
  Byline byline;
  const size_t colon = line.find(':');
  if (colon != absl::string_view::npos && RE2::FullMatch(text::Fold(line.substr(0, colon + 1)), *label)) {
    return SetAgency(absl::StripAsciiWhitespace(line.substr(colon + 1)), byline) ? std::make_optional(byline)
                                                                                 : std::nullopt;
  }
  const absl::string_view source = AfterTheo(line);
  if (source.empty() || !SetAgency(source, byline)) {
    return std::nullopt;
  }
  return byline;
}

// "Vũ Hải - Đài Truyền thanh huyện": the name before an institution.
absl::string_view CutBeforeInstitution(absl::string_view line) {
  static const LazyRE2 pattern = LazyPattern(
      R"((?i)^((?:\pL+\s){1,4}\pL+)\s*[,–-]\s*(?:đài|trung tâm|tt|ban|phòng|văn phòng|vp|báo|tạp chí|sở|ubnd|)"
      R"(hđnd|mttq|hội|trường|công an|huyện|cổng)\s.{1,80}$)");
  re2::StringPiece name;
  return RE2::FullMatch(re2::StringPiece(line.data(), line.size()), *pattern, &name)
             ? absl::string_view(name.data(), name.size())
             : line;
}

std::optional<Byline> ParseBare(absl::string_view line) {
  Byline byline;
  TakeClosingBracket(line, byline);
  TakeClosingRole(line, byline);
  line = CutBeforeInstitution(CutBeforeNextLabel(line));
  if (!SetAuthors(line, byline)) {
    return std::nullopt;
  }
  return byline;
}

// "Nhóm phóng viên", "nhóm PV": people without names.
bool IsDesk(absl::string_view name) {
  static const LazyRE2 pattern = LazyPattern(R"(nhom (?:pv|p\.v|phong vien|tac gia|ctv)(?: .{1,40})?)");
  return RE2::FullMatch(text::Fold(name), *pattern);
}

// "Video", "Ảnh": what was made, not who made it.
bool IsWork(absl::string_view name) {
  static const LazyRE2 pattern =
      LazyPattern(R"((?:tin|bài|ảnh|video|clip|audio|podcast|infographic|longform|emagazine)s?)");
  return RE2::FullMatch(text::LowerCase(name), *pattern);
}

}  // namespace

bool LooksLikeName(absl::string_view name) {
  if (name.empty() || name.size() > kMaxNameBytes || HasDigit(name) || IsWork(name)) {
    return false;
  }
  if (IsDesk(name)) {
    return true;
  }
  const std::vector<absl::string_view> words = SplitWords(name);
  if (words.empty() || words.size() > kMaxNameWords) {
    return false;
  }
  for (const absl::string_view word : words) {
    if (!StartsWithCapital(word) || word.find_first_of(":;!?\"()[]{}<>|=@#%*_") != absl::string_view::npos ||
        absl::StrContains(word, "…") || absl::StrContains(word, "“") || absl::StrContains(word, "”")) {
      return false;
    }
  }
  return true;
}

std::optional<Byline> ParseByline(absl::string_view line) {
  line = StripTemplateResidue(line);
  if (line.size() > kMaxLineBytes) {
    return std::nullopt;
  }
  const std::string folded_spaces = text::CollapseWhitespace(line);
  absl::string_view clean = TrimSeparators(folded_spaces);
  if (clean.size() > 2 && absl::StartsWith(clean, "(") && absl::EndsWith(clean, ")") && clean.rfind('(') == 0) {
    clean = TrimSeparators(clean.substr(1, clean.size() - 2));
  }
  if (clean.empty()) {
    return std::nullopt;
  }
  if (const std::optional<Label> label = TakeLabel(clean)) {
    return ParseLabelled(*label);
  }
  if (std::optional<Byline> source = ParseSource(clean)) {
    return source;
  }
  return ParseBare(clean);
}

}  // namespace tintinh::normalizer
