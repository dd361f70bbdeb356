#include "common/places/mentions.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "common/text/letter.h"
#include "common/text/normal_form.h"
#include "common/text/utf8.h"

namespace tintinh::places {
namespace {

constexpr size_t kMaxNameWords = 6;

enum class Gap : uint8_t { kStart, kSpace, kHyphen, kDot, kComma, kBreak };

struct Word {
  size_t begin = 0;
  size_t end = 0;
  Gap before = Gap::kStart;
  bool capital = false;
  bool shouted = false;  // all capitals, two letters or more
  std::string lower;     // exact key of the word: lower case, tone behind
};

bool IsApostrophe(char32_t value) {
  return value == U'\'' || value == U'’' || value == U'‘' || value == U'ʼ' || value == U'`' || value == U'´';
}

Gap GapOf(absl::string_view between) {
  bool hyphen = false;
  bool dot = false;
  bool comma = false;
  for (size_t i = 0; i < between.size(); ++i) {
    const char c = between[i];
    if (absl::StartsWith(between.substr(i), "–")) {
      hyphen = true;
      i += 2;
    } else if (c == '-') {
      hyphen = true;
    } else if (c == '.') {
      dot = true;
    } else if (c == ',') {
      comma = true;
    } else if (c != ' ') {
      return Gap::kBreak;
    }
  }
  const int marks = (hyphen ? 1 : 0) + (dot ? 1 : 0) + (comma ? 1 : 0);
  return marks > 1 ? Gap::kBreak : hyphen ? Gap::kHyphen : dot ? Gap::kDot : comma ? Gap::kComma : Gap::kSpace;
}

// One step of the word scan: true while the code point belongs to a word.
struct Scan {
  absl::string_view text;
  std::vector<Word> words;
  size_t word_begin = absl::string_view::npos;
  size_t last_end = 0;

  void End(size_t at) {
    if (word_begin == absl::string_view::npos) {
      return;
    }
    Word word;
    word.begin = word_begin;
    word.end = at;
    word.before = words.empty() ? Gap::kStart : GapOf(text.substr(last_end, word_begin - last_end));
    Describe(word);
    words.push_back(std::move(word));
    last_end = at;
    word_begin = absl::string_view::npos;
  }

  void Describe(Word& word) const {
    const char* at = text.data() + word.begin;
    const char* const limit = text.data() + word.end;
    size_t letters = 0;
    size_t capitals = 0;
    while (at != limit) {
      const text::CodePoint point = text::DecodeUtf8(at, limit);
      at += point.size;
      const bool upper = text::LowerOf(point.value) != point.value;
      word.capital = letters == 0 && !word.capital ? upper : word.capital;
      letters += text::ClassifyLetter(point.value).kind == text::LetterKind::kLetter ? 1 : 0;
      capitals += upper ? 1 : 0;
    }
    word.shouted = letters >= 2 && capitals == letters;
    NameKey key;
    key.Append(text.substr(word.begin, word.end - word.begin));
    word.lower = std::move(key.exact);
  }
};

std::vector<Word> SplitWords(absl::string_view text) {
  Scan scan{text, {}};
  const char* const limit = text.data() + text.size();
  for (const char* at = text.data(); at != limit;) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    const auto offset = static_cast<size_t>(at - text.data());
    const bool inside = text::ClassifyLetter(point.value).kind != text::LetterKind::kNone ||
                        (IsApostrophe(point.value) && scan.word_begin != absl::string_view::npos);
    if (!inside) {
      scan.End(offset);
    } else if (scan.word_begin == absl::string_view::npos) {
      scan.word_begin = offset;
    }
    at += point.size;
  }
  scan.End(text.size());
  return std::move(scan.words);
}

struct UnitPhrase {
  absl::string_view first;
  absl::string_view second;  // empty for one word
  Unit unit;
};

// Exact keys; the committees of a unit ("Huyện ủy") stand for it.
constexpr UnitPhrase kUnitPhrases[] = {
    {"huyên5", "uy3", Unit::kRuralDistrict},
    {"huyên5", "đao3", Unit::kRuralDistrict},
    {"huyên5", "đoan2", Unit::kRuralDistrict},
    {"thi5", "xa4", Unit::kTown},
    {"thi5", "uy3", Unit::kTown},
    {"thi5", "trân1", Unit::kTownship},
    {"thanh2", "phô1", Unit::kCity},
    {"thanh2", "uy3", Unit::kCity},
    {"quân5", "uy3", Unit::kUrbanDistrict},
    {"tinh3", "uy3", Unit::kProvince},
    {"tinh3", "đoan2", Unit::kProvince},
    {"đăc5", "khu", Unit::kSpecialZone},
    {"huyên5", "", Unit::kRuralDistrict},
    {"quân5", "", Unit::kUrbanDistrict},
    {"tinh3", "", Unit::kProvince},
    {"xa4", "", Unit::kRuralCommune},
    {"phương2", "", Unit::kWard},
    {"tp", "", Unit::kCity},
    {"tx", "", Unit::kTown},
    {"tt", "", Unit::kTownship},
};

// Words of a unit phrase at `at`; 0 when there is none.
size_t UnitAt(const std::vector<Word>& words, size_t at, Unit& unit) {
  for (const UnitPhrase& phrase : kUnitPhrases) {
    if (words[at].lower != phrase.first) {
      continue;
    }
    if (phrase.second.empty()) {
      unit = phrase.unit;
      return 1;
    }
    if (at + 1 < words.size() && words[at + 1].lower == phrase.second && words[at + 1].before == Gap::kSpace) {
      unit = phrase.unit;
      return 2;
    }
  }
  return 0;
}

bool IsProvinceUnit(Unit unit) { return unit == Unit::kProvince || unit == Unit::kCity; }
bool IsDistrictUnit(Unit unit) {
  return unit == Unit::kCity || unit == Unit::kUrbanDistrict || unit == Unit::kRuralDistrict || unit == Unit::kTown;
}
bool IsCommuneUnit(Unit unit) {
  return unit == Unit::kWard || unit == Unit::kRuralCommune || unit == Unit::kTownship || unit == Unit::kSpecialZone;
}

bool HasExact(const Gazetteer::Indices& found, const NameKey& key, bool province) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  return std::any_of(found.begin(), found.end(), [&](uint32_t i) {
    return (province ? gazetteer.provinces()[i].key : gazetteer.districts()[i].key).exact == key.exact;
  });
}

bool IsKnown(const NameKey& key, Unit unit) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  const Gazetteer::Indices& provinces = gazetteer.ProvincesNamed(key.folded);
  const Gazetteer::Indices& districts = gazetteer.DistrictsNamed(key.folded);
  if (unit == Unit::kNone) {
    return HasExact(provinces, key, true) || HasExact(districts, key, false);
  }
  return (IsProvinceUnit(unit) && !provinces.empty()) || (IsDistrictUnit(unit) && !districts.empty()) ||
         (IsCommuneUnit(unit) &&
          (!gazetteer.DistrictsWithCommune(key.folded).empty() || !gazetteer.ProvincesWithCommune(key.folded).empty()));
}

class Reader {
 public:
  Reader(absl::string_view text, size_t limit) : text_(text), words_(SplitWords(text)), limit_(limit) {}

  std::vector<Mention> Read() {
    for (size_t at = 0; at < words_.size() && mentions_.size() < limit_;) {
      at = Step(at);
    }
    return std::move(mentions_);
  }

 private:
  // Reads what stands at `at` and returns where to go on.
  size_t Step(size_t at) {
    Unit unit = Unit::kNone;
    const size_t phrase = UnitAt(words_, at, unit);
    if (phrase > 0) {
      const size_t end = ReadNames(at + phrase, unit);
      return end > at + phrase ? end : at + 1;
    }
    const size_t end = words_[at].capital && !ContinuesName(at) ? LongestName(at, Unit::kNone) : at;
    if (end == at || (end < words_.size() && ContinuesName(end))) {
      return at + 1;
    }
    Add(at, end, Unit::kNone);
    return end;
  }

  // "Nguyễn Thái Bình", "Thái Bình Dương": a name inside a longer name. Abbreviations ("UBND Yên Sơn") are no names.
  bool ContinuesName(size_t at) const {
    if (at == 0 || words_[at].before != Gap::kSpace || !words_[at].capital) {
      return false;
    }
    const Word& previous = words_[at - 1];
    if (previous.shouted != words_[at].shouted) {
      return false;
    }
    return previous.capital && !IsOffice(previous.lower);
  }

  // What stands before a place without being part of its name.
  static bool IsOffice(absl::string_view lower) {
    for (const absl::string_view office :
         {"bao1", "đai2", "công3", "trang", "tai5", "ơ3", "vơi1", "tư2", "đên1", "vê2"}) {
      if (lower == office) {
        return true;
      }
    }
    return false;
  }

  // One past the last word of the longest known name at `at`; `at` when there is none.
  size_t LongestName(size_t at, Unit unit) const {
    NameKey key;
    size_t longest = at;
    for (size_t end = at; end < words_.size() && end < at + kMaxNameWords; ++end) {
      const bool first = end == at;
      const bool joined = first || words_[end].before == Gap::kSpace || words_[end].before == Gap::kHyphen;
      const bool named = words_[end].capital || IsCommuneNumber(end, unit) || (!first && ContinuesWord(end));
      if (!joined || !named) {
        break;
      }
      key.Append(text_.substr(words_[end].begin, words_[end].end - words_[end].begin));
      if (IsKnown(key, unit)) {
        longest = end + 1;
      }
    }
    return longest;
  }

  // "phường 7", "quận 10".
  bool IsCommuneNumber(size_t at, Unit unit) const {
    const char first = text_[words_[at].begin];
    return first >= '0' && first <= '9' && (unit == Unit::kWard || unit == Unit::kUrbanDistrict);
  }

  // "Ea H'leo" goes on in lower case behind an apostrophe set apart.
  bool ContinuesWord(size_t at) const {
    const absl::string_view previous = text_.substr(words_[at - 1].begin, words_[at - 1].end - words_[at - 1].begin);
    return absl::EndsWith(previous, "'") || absl::EndsWith(previous, "’");
  }

  // Reads the name behind a unit word and the further ones of a list.
  size_t ReadNames(size_t at, Unit unit) {
    bool first = true;
    size_t done = at;
    while (at < words_.size() && mentions_.size() < limit_) {
      const bool reachable = first ? words_[at].before == Gap::kSpace || words_[at].before == Gap::kDot
                                   : words_[at].before == Gap::kComma || words_[at - 1].lower == "va2";
      const size_t end = reachable ? LongestName(at, unit) : at;
      if (end == at || (!first && end < words_.size() && ContinuesName(end))) {
        break;
      }
      Add(at, end, unit);
      done = end;
      first = false;
      at = end < words_.size() && words_[end].lower == "va2" ? end + 1 : end;
    }
    return done;
  }

  void Add(size_t begin, size_t end, Unit unit) {
    Mention mention;
    mention.unit = unit;
    mention.surface =
        text::CollapseWhitespace(text_.substr(words_[begin].begin, words_[end - 1].end - words_[begin].begin));
    for (size_t i = begin; i < end; ++i) {
      mention.key.Append(text_.substr(words_[i].begin, words_[i].end - words_[i].begin));
    }
    mentions_.push_back(std::move(mention));
  }

  absl::string_view text_;
  std::vector<Word> words_;
  size_t limit_;
  std::vector<Mention> mentions_;
};

}  // namespace

std::vector<Mention> FindMentions(absl::string_view text, size_t limit) { return Reader(text, limit).Read(); }

}  // namespace tintinh::places
