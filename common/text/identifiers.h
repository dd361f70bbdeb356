// Finds what is looked up as a whole: document numbers, dates, decimal numbers, addresses of the web.
#ifndef TINTINH_COMMON_TEXT_IDENTIFIERS_H_
#define TINTINH_COMMON_TEXT_IDENTIFIERS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "common/text/words.h"

namespace tintinh::text {

// A key of field I and the words [first, end) it was read from. Several may come from the same words.
struct Identifier {
  std::string key;
  size_t first = 0;
  size_t end = 0;
};

// Each recogniser looks for its kind at word `first` exactly, appends the keys it finds, and returns one past the last
// word it used, or `first` if there is none. All read a bounded number of words.

// 22-NQ/TW, 213-QĐ/TW, 254-KH/TU, 28/2015/NĐ-CP, 45/2019/QH14, with any dashes, and with spaces around them up to the
// second code. Keys: upper case, without spaces, T.Ư and TƯ as TW; the same with Đ as D; both without the year; all
// of these without leading zeros of the number.
size_t FindDocumentId(const WordList& list, size_t first, std::vector<Identifier>* found);

// 26/11/2020, 26-11-2020, 26.11.2020, 2020-11-26, 26/11, 11/2020, "ngày 3 tháng 11 năm 2020", "tháng 11 năm 2020".
// Keys d:YYYY-MM-DD, d:--MM-DD and d:YYYY-MM as far as known. Days that no month has are no dates.
size_t FindDate(const WordList& list, size_t first, std::vector<Identifier>* found);

// 97,5 gives n:97.5.
size_t FindDecimal(const WordList& list, size_t first, std::vector<Identifier>* found);

// The host of a URL (without www.) or a whole e-mail address, in lower case. Returns one past the last word before the
// next white space, for what stands in an address is nothing else.
size_t FindWebAddress(const WordList& list, size_t first, std::vector<Identifier>* found);

// All of them over the whole list, in order of `first`.
std::vector<Identifier> FindIdentifiers(const WordList& list);

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_IDENTIFIERS_H_
