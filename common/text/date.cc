#include <array>
#include <cstdio>
#include <string>

#include "common/text/identifiers.h"

namespace tintinh::text {
namespace {

struct Date {
  int year = 0;  // 0: not said
  int month = 0;
  int day = 0;
};

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

bool IsDay(const Date& date) {
  constexpr std::array<int, 13> kDays = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > 12 || date.day < 1) return false;
  if (date.month == 2 && date.day == 29) return date.year == 0 || IsLeap(date.year);
  return date.day <= kDays[static_cast<size_t>(date.month)];
}

bool IsYear(int year) { return year >= 1900 && year < 2100; }

std::string Format(const char* format, int first, int second, int third) {
  char text[40];
  const int size = std::snprintf(text, sizeof text, format, first, second, third);
  return std::string(text, static_cast<size_t>(size));
}

std::string DayKey(const Date& date) {
  if (date.year == 0) return Format("d:--%02d-%02d", date.month, date.day, 0);
  return Format("d:%04d-%02d-%02d", date.year, date.month, date.day);
}

class DateReader {
 public:
  DateReader(const WordList& list, size_t first, std::vector<Identifier>* found)
      : list_(list), words_(list.words), first_(first), found_(found) {}

  size_t Read() {
    if (!words_[first_].IsNumber()) return ReadSpeltOut();
    // The middle of 1/26/11 is no date of its own.
    const char before = words_[first_].gap.mark;
    if (first_ > 0 && words_[first_].gap.IsTight(before) && (before == '/' || before == '-') &&
        words_[first_ - 1].IsNumber()) {
      return first_;
    }
    return ReadNumeric();
  }

 private:
  // The value of a number of at most four digits, else -1.
  int Number(size_t index) const {
    if (index >= words_.size() || !words_[index].IsNumber() || words_[index].letters > 4) return -1;
    int value = 0;
    for (const char digit : list_.Exact(words_[index])) value = value * 10 + (digit - '0');
    return value;
  }

  bool Follows(size_t index, char mark) const { return index < words_.size() && words_[index].gap.IsTight(mark); }

  bool SaysWord(size_t index, absl::string_view folded) const {
    return index < words_.size() && list_.Folded(words_[index]) == folded && !words_[index].gap.sentence_break;
  }

  size_t Found(const Date& date, size_t end) {
    if (date.day != 0) Add(DayKey(date), end);
    if (date.day != 0 && date.year != 0) Add(DayKey({0, date.month, date.day}), end);
    if (date.year != 0) Add(Format("d:%04d-%02d", date.year, date.month, 0), end);
    return end;
  }

  void Add(std::string key, size_t end) { found_->push_back({std::move(key), first_, end}); }

  size_t ReadNumeric() {
    for (const char mark : {'/', '-', '.'}) {
      if (!Follows(first_ + 1, mark)) continue;
      const int head = Number(first_);
      const int middle = Number(first_ + 1);
      const int tail = Follows(first_ + 2, mark) ? Number(first_ + 2) : -1;
      if (IsYear(tail) && IsDay({tail, middle, head})) return Found({tail, middle, head}, first_ + 3);
      if (IsYear(head) && mark == '-' && IsDay({head, middle, tail})) return Found({head, middle, tail}, first_ + 3);
      // A day that its year does not have is none of another year either.
      if (IsYear(tail)) return first_;
      if (mark == '/' && IsYear(middle) && head >= 1 && head <= 12) return Found({middle, head, 0}, first_ + 2);
      if ((mark == '/' || (mark == '-' && SaysDay())) && IsDay({0, middle, head})) {
        return Found({0, middle, head}, first_ + 2);
      }
    }
    return first_;
  }

  // 3-11 is a day only where a word says so; it may be a range as well.
  bool SaysDay() const { return first_ > 0 && list_.Folded(words_[first_ - 1]) == "ngay"; }

  // "ngày 3 tháng 11 năm 2020", "mùng 3 tháng 11", "tháng 11 năm 2020".
  size_t ReadSpeltOut() {
    if (SaysWord(first_ + 1, "thang") || Number(first_ + 1) < 0) return first_;
    const absl::string_view head = list_.Folded(words_[first_]);
    const bool month_only = head == "thang";
    if (!month_only && head != "ngay" && head != "mung" && head != "mong") return first_;
    Date date;
    size_t at = first_ + 1;
    if (!month_only) {
      date.day = Number(at);
      if (!SaysWord(at + 1, "thang")) return first_;
      at += 2;
    }
    date.month = Number(at);
    const int year = SaysWord(at + 1, "nam") || Follows(at + 1, '/') ? Number(at + 1 + SaysWord(at + 1, "nam")) : -1;
    if (IsYear(year)) date.year = year;
    const size_t end = at + 1 + (date.year == 0 ? 0U : 1U + SaysWord(at + 1, "nam"));
    if (month_only) return date.year != 0 && date.month >= 1 && date.month <= 12 ? Found(date, end) : first_;
    return IsDay(date) ? Found(date, end) : first_;
  }

  const WordList& list_;
  const std::vector<Word>& words_;
  const size_t first_;
  std::vector<Identifier>* found_;
};

}  // namespace

size_t FindDate(const WordList& list, size_t first, std::vector<Identifier>* found) {
  return DateReader(list, first, found).Read();
}

size_t FindDecimal(const WordList& list, size_t first, std::vector<Identifier>* found) {
  const auto& words = list.words;
  const auto is_comma = [&words](size_t index) {
    return index < words.size() && words[index].gap.IsTight(',') && words[index].IsNumber();
  };
  // A longer row such as 1,2,3 lists numbers.
  if (!words[first].IsNumber() || !is_comma(first + 1) || is_comma(first + 2)) return first;
  if (first > 0 && is_comma(first) && words[first - 1].IsNumber()) return first;
  const std::string whole(list.Exact(words[first]));
  found->push_back({"n:" + whole + "." + std::string(list.Exact(words[first + 1])), first, first + 2});
  return first + 2;
}

}  // namespace tintinh::text
