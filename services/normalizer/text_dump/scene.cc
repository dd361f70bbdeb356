#include "services/normalizer/text_dump/scene.h"

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/normal_form.h"
#include "re2/re2.h"
#include "services/normalizer/grammar/lazy_pattern.h"
#include "services/normalizer/grammar/words.h"

namespace tintinh::normalizer {
namespace {

// Who or what stands in front of the lens.
const LazyRE2 kSubject = LazyPattern(
    R"(^(?:(?:cac|mot|nhieu|hai|ba)\s+)?(?:dong chi|lanh dao|can bo|nguoi dan|nhan dan|ba con|nong dan|hoi vien|doan vien|)"
    R"(dang vien|dai bieu|dai dien|hoc sinh|giao vien|thay|co giao|cong nhan|chien si|bo doi|luc luong|cong an|dan quan|)"
    R"(thanh nien|phu nu|cuu chien binh|nghe nhan|khach|du khach|doan|doan cong tac|doan khao sat|ong|ba|anh|chi|em|)"
    R"(quang canh|toan canh|mot goc|canh|khung canh|trung tam|tru so|tuyen duong|con duong|cau|cong trinh|mo hinh|)"
    R"(vuon|ruong|canh dong|trang trai|nha may|xuong|truong|lop|lop hoc|buoi|le|hoi nghi|hoi thi|ngay hoi|dai hoi|)"
    R"(phien hop|tiet muc|gian hang|san pham|thon|ban|xa|khu|khu dan cu|xom|lang|to dan pho|nha van hoa|bi thu|pho bi thu|)"
    R"(chu tich|pho chu tich|bi thu chi bo|truong thon|ban thuong vu|ban chap hanh|thuong truc|gia dinh|ho|dien mao|doi thay|)"
    R"(chi bo|dang bo|dang uy|hinh anh|nguoi|duong|nha|cho|chua|den|dinh|khu vuc|buoi le|thu hoach|cham soc|che bien|can bo thon|tre em|thieu nhi|van dong vien|bac si|y bac si|nhan vien)\b)");
// Where: the villages a caption names.
const LazyRE2 kPlace = LazyPattern(R"(\b(?:xa|thon|phuong|thi tran|ban|xom|huyen|lang|to dan pho|khu pho|ap|buon)\s)");
const LazyRE2 kLens = LazyPattern(
    R"((?:\((?:ben|thu|ngoai|giua|hang|nguoi|ao|dung)\b|\b(?:trong anh|anh minh hoa|ben trai|ben phai|tu trai|tu phai)\b))");
// Reporting and reasoning: what paragraphs do and captions do not. Read with its marks: "đã" is not "đá".
const LazyRE2 kProseWords = LazyPattern(
    R"((?:^|\PL)(?:cho biết|chia sẻ|khẳng định|nhấn mạnh|cho rằng|phát biểu|tuy nhiên|nhưng|do đó|vì vậy|vì thế|nhờ đó|)"
    R"(nhờ vậy|theo đó|ngoài ra|bên cạnh đó|đồng thời|đặc biệt|hiện nay|hiện|thời gian qua|trong đó|đã|sẽ|vẫn|cũng|còn|)"
    R"(nhằm|không chỉ)(?:\PL|$))");
// Words that describe over time or count: rare under pictures, common in sentences.
const LazyRE2 kStatement = LazyPattern(
    R"((?:^|\PL)(?:là|từng|mỗi năm|nên|rất|luôn|nhiều năm|theo|hơn|gần|tổng|bình quân|để|trên địa bàn|có thể|bằng|)"
    R"(nhất là)(?:\PL|$))");
const LazyRE2 kNumbered = LazyPattern(
    R"(^(?:(?:[0-9]{1,2}|[ivx]{1,4}|[a-e])[.)/]|[0-9]{1,2}\s*-|bai\s+[0-9]+\s*:|ky\s+[0-9]+\s*:|bai cuoi)\s*\S)");
// Verbs and nouns that appeal: the usual openings of headings.
const LazyRE2 kAppeal = LazyPattern(
    R"(^(?:nang cao|day manh|tang cuong|phat huy|xay dung|chu trong|quan tam|hieu qua|nhung|tu|tao|khoi day|de|can|ket qua|)"
    R"(giai phap|quyet tam|doi moi|lan toa|gan|khong|vi|voi|huong|thuc hien|phan dau|bai hoc|chuyen bien|diem sang|)"
    R"(no luc|tap trung|dong bo|chu dong|thao go|kho khan|thach thuc|suc manh|dong luc|buoc|phat trien|bao dam|dam bao|)"
    R"(dua|giu|lam|kien dinh|sang tao|quyet liet|tiep tuc|khang dinh|ben vung|uu tien|khi|vai tro|y nghia|muc tieu|nhiem vu|)"
    R"(thanh tuu|thanh qua|dau an|kiem tra|phong|chong|kip thoi|nhan rong|ve dich|con nhieu|van con)\b)");

re2::StringPiece Piece(const std::string& text) { return text; }

}  // namespace

int SceneScore(absl::string_view line) {
  const std::string folded = text::Fold(line);
  const size_t words = SplitWords(line).size();
  int score = RE2::PartialMatch(Piece(folded), *kSubject) ? 2 : 0;
  score += RE2::PartialMatch(Piece(folded), *kPlace) ? 1 : 0;
  score += RE2::PartialMatch(Piece(folded), *kLens) ? 3 : 0;
  score += words >= 12 && words <= 40 ? 1 : 0;
  const std::string lower = text::LowerCase(line);
  score -= RE2::PartialMatch(Piece(lower), *kProseWords) ? 2 : 0;
  score -= RE2::PartialMatch(Piece(lower), *kStatement) ? 1 : 0;
  score -= absl::StrContains(line, ";") || absl::EndsWith(line, ":") ? 2 : 0;
  return score;
}

int HeadingScore(absl::string_view line) {
  const std::string folded = text::Fold(line);
  const size_t words = SplitWords(line).size();
  int score = words <= 9 ? 1 : words <= 14 ? 0 : -2;
  score += RE2::PartialMatch(Piece(folded), *kNumbered) ? 4 : 0;
  score += RE2::PartialMatch(Piece(folded), *kAppeal) ? 2 : 0;
  score += absl::EndsWith(line, "?") || absl::EndsWith(line, "!") || absl::EndsWith(line, ":") ? 2 : 0;
  score += IsAllCapitals(line) ? 3 : 0;
  return score;
}

}  // namespace tintinh::normalizer
