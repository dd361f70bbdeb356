#include "common/places/name_key.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/letter.h"
#include "common/text/normal_form.h"
#include "common/text/utf8.h"

namespace tintinh::places {
namespace {

// Words of the highlands are written in several ways even in decrees: Đắk, Đăk, Đắc, Đak, Dak; Lắk, Lăk, Lắc.
void UnifyHighlandSpelling(std::string& folded) {
  if (folded == "dac") {
    folded = "dak";
  } else if (folded == "lac") {
    folded = "lak";
  }
}

}  // namespace

void NameKey::Append(absl::string_view word) {
  std::string exact_word;
  std::string folded_word;
  text::Tone tone = text::kLevel;
  const char* at = word.data();
  const char* const limit = at + word.size();
  while (at != limit) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    at += point.size;
    const text::Letter letter = text::ClassifyLetter(point.value);
    if (letter.kind == text::LetterKind::kNone) {
      continue;
    }
    tone = letter.tone == text::kLevel ? tone : letter.tone;
    text::AppendUtf8(letter.toneless, &exact_word);
    if (letter.fold != 0) {
      folded_word.push_back(letter.fold == 'y' ? 'i' : letter.fold);
    }
  }
  if (tone != text::kLevel) {
    exact_word.push_back(static_cast<char>('0' + tone));
  }
  UnifyHighlandSpelling(folded_word);
  exact += exact_word;
  folded += folded_word;
}

NameKey MakeNameKey(absl::string_view name) {
  const std::string normal = text::NormalForm(name);
  NameKey key;
  size_t begin = 0;
  for (size_t i = 0; i <= normal.size(); ++i) {
    const bool separator = i == normal.size() || normal[i] == ' ' || normal[i] == '-' || normal[i] == '.';
    if (separator) {
      key.Append(absl::string_view(normal).substr(begin, i - begin));
      begin = i + 1;
    }
  }
  return key;
}

}  // namespace tintinh::places
