#include "services/normalizer/grammar/boilerplate.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/text/normal_form.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

// Longer lines are prose, whatever they begin with.
constexpr size_t kMaxLineBytes = 400;

enum class Match {
  kWhole,   // the line and nothing else, counts and marks aside
  kColon,   // the line, or the line up to a colon and anything behind it
  kPrefix,  // the beginning of the line
};

struct Phrase {
  absl::string_view folded;
  Match match;
};

constexpr Phrase kCut[] = {
    {"cac tin cung chuyen muc", Match::kPrefix},
    {"tin cung chuyen muc", Match::kPrefix},
    {"tin bai cung chuyen muc", Match::kPrefix},
    {"bai cung chuyen muc", Match::kPrefix},
    {"bai viet cung chuyen muc", Match::kPrefix},
    {"cung chuyen muc", Match::kColon},
    {"chuyen muc khac", Match::kColon},
    {"cac chuyen muc khac", Match::kColon},
    {"cac tin khac", Match::kColon},
    {"cac tin bai khac", Match::kColon},
    {"cac bai khac", Match::kColon},
    {"cac bai viet khac", Match::kColon},
    {"tin khac", Match::kColon},
    {"tin bai khac", Match::kColon},
    {"bai viet khac", Match::kColon},
    {"tin lien quan", Match::kColon},
    {"tin bai lien quan", Match::kColon},
    {"bai lien quan", Match::kColon},
    {"bai viet lien quan", Match::kColon},
    {"cac tin lien quan", Match::kColon},
    {"cac bai lien quan", Match::kColon},
    {"tin moi", Match::kColon},
    {"tin moi nhat", Match::kColon},
    {"tin moi cap nhat", Match::kColon},
    {"tin moi hon", Match::kColon},
    {"tin cu hon", Match::kColon},
    {"nhung tin moi hon", Match::kColon},
    {"nhung tin cu hon", Match::kColon},
    {"cac tin moi hon", Match::kColon},
    {"cac tin cu hon", Match::kColon},
    {"cac tin da dua", Match::kColon},
    {"cac tin truoc", Match::kColon},
    {"cac tin tiep", Match::kColon},
    {"tin da dua", Match::kColon},
    {"tin noi bat", Match::kColon},
    {"tin tieu diem", Match::kColon},
    {"tin doc nhieu", Match::kColon},
    {"doc nhieu", Match::kColon},
    {"doc nhieu nhat", Match::kColon},
    {"xem nhieu", Match::kColon},
    {"tin xem nhieu", Match::kColon},
    {"doc them", Match::kColon},
    {"doc tiep", Match::kColon},
    {"xem them", Match::kColon},
    {"xem tiep", Match::kColon},
    {"dung bo lo", Match::kColon},
    {"co the ban quan tam", Match::kColon},
    {"ban co the quan tam", Match::kColon},
    {"theo dong su kien", Match::kColon},
    {"tu khoa", Match::kColon},
    {"tags", Match::kColon},
    {"tag", Match::kColon},
    {"chu de", Match::kColon},
    {"tra loi", Match::kWhole},
    {"binh luan", Match::kColon},
    {"viet binh luan", Match::kColon},
    {"y kien binh luan", Match::kColon},
    {"gui binh luan", Match::kColon},
    {"them binh luan", Match::kColon},
    {"binh luan cua ban", Match::kPrefix},
    {"gui y kien", Match::kColon},
    {"gui y kien cua ban", Match::kPrefix},
    {"y kien ban doc", Match::kColon},
    {"y kien cua ban", Match::kPrefix},
    {"ban doc binh luan", Match::kColon},
    {"ban bien tap giu quyen", Match::kPrefix},
    {"hay su dung tieng viet co dau", Match::kPrefix},
    {"vui long go tieng viet", Match::kPrefix},
    {"xin vui long go tieng viet", Match::kPrefix},
    {"ban can dang nhap", Match::kPrefix},
    {"email cua ban se khong", Match::kPrefix},
    {"nguoi gui *", Match::kPrefix},
    {"tieu de *", Match::kPrefix},
    {"noi dung binh luan", Match::kPrefix},
    {"ten cua ban", Match::kColon},
    {"ho va ten *", Match::kPrefix},
    {"captcha", Match::kPrefix},
    {"ma xac nhan", Match::kColon},
    {"ma bao mat", Match::kColon},
    {"tong so diem cua bai viet", Match::kPrefix},
    {"click de danh gia", Match::kPrefix},
    {"giay phep so", Match::kPrefix},
    {"giay phep hoat dong", Match::kPrefix},
    {"giay phep thiet lap", Match::kPrefix},
    {"co quan chu quan", Match::kPrefix},
    {"co quan ngon luan", Match::kPrefix},
    {"co quan cua dang bo", Match::kPrefix},
    {"tong bien tap", Match::kColon},
    {"pho tong bien tap", Match::kColon},
    {"quyen tong bien tap", Match::kColon},
    {"chiu trach nhiem noi dung", Match::kColon},
    {"chiu trach nhiem chinh", Match::kColon},
    {"truong ban bien tap", Match::kColon},
    {"toa soan", Match::kColon},
    {"tru so", Match::kColon},
    {"dien thoai", Match::kColon},
    {"fax", Match::kColon},
    {"duong day nong", Match::kColon},
    {"hotline", Match::kColon},
    {"lien he quang cao", Match::kColon},
    {"ban quyen thuoc", Match::kPrefix},
    {"ban quyen", Match::kColon},
    {"copyright", Match::kPrefix},
    {"©", Match::kPrefix},
    {"ghi ro nguon", Match::kPrefix},
    {"thiet ke boi", Match::kPrefix},
    {"chia se thong tin voi ban be", Match::kPrefix},
    {"gioi thieu bai viet cho ban be", Match::kPrefix},
    {"lien ket website", Match::kColon},
    {"thong ke truy cap", Match::kColon},
    {"so luot truy cap", Match::kColon},
    // English editions.
    {"most popular", Match::kPrefix},
    {"most read", Match::kPrefix},
    {"most viewed", Match::kPrefix},
    {"related stories", Match::kColon},
    {"related articles", Match::kColon},
    {"related news", Match::kColon},
    {"related posts", Match::kColon},
    {"recommended for you", Match::kColon},
    {"you may also like", Match::kColon},
    {"you might also like", Match::kColon},
    {"more stories", Match::kColon},
    {"more from", Match::kPrefix},
    {"comments", Match::kWhole},
    {"leave a comment", Match::kPrefix},
    {"leave a reply", Match::kPrefix},
    {"post a comment", Match::kPrefix},
    {"add a comment", Match::kPrefix},
};

constexpr Phrase kDropped[] = {
    {"in trang", Match::kWhole},
    {"in bai", Match::kWhole},
    {"in bai viet", Match::kWhole},
    {"in bai viet nay", Match::kWhole},
    {"in bao", Match::kWhole},
    {"in tin", Match::kWhole},
    {"ban in", Match::kWhole},
    {"gui email", Match::kWhole},
    {"gui mail", Match::kWhole},
    {"gui bai viet", Match::kWhole},
    {"email", Match::kWhole},
    {"facebook", Match::kWhole},
    {"twitter", Match::kWhole},
    {"zalo", Match::kWhole},
    {"luot xem", Match::kColon},
    {"luot doc", Match::kColon},
    {"da xem", Match::kColon},
    {"da doc", Match::kColon},
    {"so lan xem", Match::kColon},
    {"so luot xem", Match::kColon},
    {"luot truy cap", Match::kColon},
    {"chia se", Match::kColon},
    {"chia se bai viet", Match::kColon},
    {"chia se facebook", Match::kColon},
    {"luu bai viet", Match::kWhole},
    {"luu bai viet nay", Match::kWhole},
    {"luu tin", Match::kWhole},
    {"copy link", Match::kWhole},
    {"sao chep lien ket", Match::kWhole},
    {"link bai goc", Match::kPrefix},
    {"nghe", Match::kWhole},
    {"nghe doc bai", Match::kWhole},
    {"nghe bai viet", Match::kWhole},
    {"doc bai viet", Match::kWhole},
    {"phong chu", Match::kColon},
    {"co chu", Match::kColon},
    {"kich thuoc chu", Match::kColon},
    {"mau chu", Match::kColon},
    {"tuong phan", Match::kWhole},
    {"do tuong phan", Match::kWhole},
    {"tro ve", Match::kWhole},
    {"quay lai", Match::kWhole},
    {"len dau trang", Match::kWhole},
    {"ve dau trang", Match::kWhole},
    {"theo doi bao", Match::kPrefix},
    {"theo doi chung toi", Match::kPrefix},
    {"google news", Match::kWhole},
    {"yeu thich", Match::kWhole},
    {"thich", Match::kWhole},
    {"tat [x]", Match::kWhole},
    {"dong", Match::kWhole},
    {"tieng viet", Match::kWhole},
    {"english", Match::kWhole},
    {"tieng viet | english", Match::kWhole},
    {"tieng viet english", Match::kWhole},
    {"trang chu", Match::kWhole},
    {"dang nhap", Match::kWhole},
    {"dang ky", Match::kWhole},
    {"tim kiem", Match::kWhole},
    {"menu", Match::kWhole},
    {"quang cao", Match::kWhole},
    {"advertisement", Match::kWhole},
    {"advert", Match::kWhole},
    {"continue reading below", Match::kWhole},
    {"story continues below", Match::kPrefix},
    {"share this", Match::kPrefix},
    {"sign up for", Match::kPrefix},
    {"subscribe to", Match::kPrefix},
    {"click here to subscribe", Match::kPrefix},
    {"thoi tiet", Match::kWhole},
    {"tin tuc", Match::kWhole},
    {"a a a", Match::kWhole},
    {"a- a a", Match::kWhole},
    {"a+ a a", Match::kWhole},
    {"a- a", Match::kWhole},
    {"a+ a", Match::kWhole},
    {"aa", Match::kWhole},
    {"xep theo", Match::kColon},
    {"so nguoi thich", Match::kWhole},
    {"xem co lon", Match::kWhole},
    {"xem anh lon", Match::kWhole},
};

// `line` folded, without bullets in front and marks, counts and arrows behind.
std::string Key(absl::string_view line) {
  const std::string folded = text::Fold(text::CollapseWhitespace(line));
  absl::string_view key = folded;
  constexpr absl::string_view kFront[] = {" ", "•", "»", ">", "*", "+", "-", "–",
                                          "|", "▪", "■", "►", "·", "(", "[", "…"};
  constexpr absl::string_view kBack[] = {" ", ">", "»", ".", "…", "!", "|", "-", "–", ")", "+", "×", "▼", "›"};
  for (size_t before = 0; before != key.size();) {
    before = key.size();
    for (const absl::string_view mark : kFront) {
      key = absl::StartsWith(key, mark) ? key.substr(mark.size()) : key;
    }
    for (const absl::string_view mark : kBack) {
      key = absl::EndsWith(key, mark) && !absl::EndsWith(key, "[x]") ? key.substr(0, key.size() - mark.size()) : key;
    }
  }
  return std::string(key);
}

// Counts around a label: "0 binh luan", "(3) binh luan", "binh luan (0", "luot xem 152".
absl::string_view StripCounts(absl::string_view key) {
  const auto counts = [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == ' ' || c == '(' || c == ')';
  };
  while (!key.empty() && counts(key.front())) {
    key.remove_prefix(1);
  }
  while (!key.empty() && counts(key.back())) {
    key.remove_suffix(1);
  }
  return key;
}

bool Matches(const Phrase& phrase, absl::string_view key) {
  if (!absl::StartsWith(key, phrase.folded)) {
    return false;
  }
  const absl::string_view rest = key.substr(phrase.folded.size());
  switch (phrase.match) {
    case Match::kPrefix:
      return true;
    case Match::kColon:
      return rest.empty() || absl::StartsWith(absl::StripLeadingAsciiWhitespace(rest), ":");
    case Match::kWhole:
      break;
  }
  return rest.empty() || rest == ":";
}

template <size_t kCount>
bool MatchesAny(const Phrase (&phrases)[kCount], absl::string_view key) {
  for (const Phrase& phrase : phrases) {
    if (Matches(phrase, key)) {
      return true;
    }
  }
  return false;
}

// Bytes of an unfilled template field at the start of `text`: "{name}", "${date}", "{{ title }}"; else 0.
size_t FieldAt(absl::string_view text) {
  size_t at = absl::StartsWith(text, "$") ? 1 : 0;
  if (at >= text.size() || text[at] != '{') {
    return 0;
  }
  while (at < text.size() && text[at] == '{') {
    ++at;
  }
  const size_t name = at;
  while (at < text.size() && text[at] != '}' && text[at] != '{' && at - name < 48) {
    ++at;
  }
  if (at == name || at >= text.size() || text[at] != '}') {
    return 0;
  }
  while (at < text.size() && text[at] == '}') {
    ++at;
  }
  return at;
}

size_t FindField(absl::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if ((text[at] == '{' || text[at] == '$') && FieldAt(text.substr(at)) > 0) {
      return at;
    }
  }
  return absl::string_view::npos;
}

}  // namespace

LineClass ClassifyLine(absl::string_view line) {
  line = absl::StripAsciiWhitespace(line);
  if (line.empty() || line.size() > kMaxLineBytes) {
    return line.empty() ? LineClass::kDrop : LineClass::kText;
  }
  const absl::string_view filled = StripTemplateResidue(line);
  // What precedes a field may be a byline; what a field opens is a template to its end.
  if (filled.size() < line.size() && !HasLetter(filled)) {
    return LineClass::kDrop;
  }
  const std::string key = Key(line);
  if (!HasLetter(key) && !HasDigit(key) && key != "©") {
    return LineClass::kDrop;
  }
  const absl::string_view bare = StripCounts(key);
  if (MatchesAny(kCut, key) || (!bare.empty() && MatchesAny(kCut, bare))) {
    return LineClass::kCutFromHere;
  }
  return MatchesAny(kDropped, key) || (!bare.empty() && MatchesAny(kDropped, bare)) ? LineClass::kDrop
                                                                                    : LineClass::kText;
}

absl::string_view StripTemplateResidue(absl::string_view line) {
  const size_t field = FindField(line);
  if (field == absl::string_view::npos) {
    return line;
  }
  return TrimSeparators(line.substr(0, field));
}

}  // namespace tintinh::normalizer
