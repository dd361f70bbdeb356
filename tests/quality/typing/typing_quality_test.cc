// How surely keys typed with the input method switched off are told from text, and how much of them is read right:
// headlines as they are, without marks, and as keys. Skipped where the headlines are absent.
#include <cstdio>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/text/analyzer.h"
#include "common/text/normal_form.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "services/query/telex/telex.h"
#include "tests/quality/typing/typist.h"
#include "tests/support/compressed_lines.h"

namespace tintinh::testing {
namespace {

constexpr size_t kLinesPerTitle = 20;
constexpr size_t kArticlesPerSlip = 5000;  // as a search has it

std::vector<std::string> KeysOfKind(absl::string_view text, text::KeyKind kind) {
  const text::AnalyzedText analyzed = text::Analyzer().Analyze(text);
  std::vector<std::string> keys;
  for (const text::Token& token : analyzed.tokens) {
    if (token.kind == kind && token.span == 1) keys.emplace_back(analyzed.Key(token));
  }
  return keys;
}

struct Share {
  size_t of = 0, all = 0;
  double value() const { return all == 0 ? 0 : static_cast<double>(of) / static_cast<double>(all); }
};

class TypingQuality : public ::testing::Test {
 protected:
  void SetUp() override {
    CompressedLines lines(absl::StrCat(TINTINH_SHARED_DATA, "/corpus/headlines.jsonl.zst"));
    std::string line;
    for (size_t i = 0; lines.Next(line); ++i) {
      const nlohmann::json article = nlohmann::json::parse(line);
      const std::string title = article["title"];
      if (i % kLinesPerTitle == 0) titles_.push_back(text::LowerCase(text::NormalForm(title)));
      const std::string body = article["body"];
      absl::flat_hash_set<std::string> words;
      for (const std::string& key : KeysOfKind(absl::StrCat(title, "\n", body), text::KeyKind::kFolded))
        words.insert(key);
      for (const std::string& word : words) ++articles_with_[word];
      ++articles_;
    }
    if (titles_.empty()) GTEST_SKIP() << "no headlines in " << TINTINH_SHARED_DATA;
  }

  // What a search in the headlines would read, empty where it takes the text as typed.
  std::string Read(const std::string& typed) const {
    const query::DecodedTyping decoded = query::DecodeTyping(typed);
    size_t absent = 0;
    size_t rare = 0;
    for (const std::string& word : decoded.odd_words) {
      const auto found = articles_with_.find(text::Fold(word));
      if (found == articles_with_.end()) {
        ++absent;
      } else if (found->second <= articles_ / kArticlesPerSlip) {
        ++rare;
      }
    }
    return query::IsTyping(decoded, absent == 0 ? 0 : absent + rare) ? decoded.text : "";
  }

  Share TakenForKeys(bool marks) const {
    Share taken;
    for (const std::string& title : titles_) {
      ++taken.all;
      if (!Read(marks ? title : text::Fold(title)).empty()) ++taken.of;
    }
    return taken;
  }

  void Check(InputMethod method, Habit habit, double least_read, double least_right) {
    Share read, right;
    for (const std::string& title : titles_) {
      const std::string text = Read(TypeKeys(title, method, habit));
      ++read.all;
      if (text.empty()) continue;
      ++read.of;
      const std::vector<std::string> meant = KeysOfKind(title, text::KeyKind::kExact);
      const std::vector<std::string> got = KeysOfKind(text, text::KeyKind::kExact);
      right.all += meant.size();
      for (size_t i = 0; i < meant.size() && got.size() == meant.size(); ++i) right.of += meant[i] == got[i] ? 1 : 0;
    }
    std::printf("%s, habit %d: %.2f %% of titles read, %.2f %% of their syllables right\n",
                method == InputMethod::kTelex ? "Telex" : "VNI", static_cast<int>(habit), 100 * read.value(),
                100 * right.value());
    EXPECT_GE(read.value(), least_read);
    EXPECT_GE(right.value(), least_right);
  }

  std::vector<std::string> titles_;
  absl::flat_hash_map<std::string, size_t> articles_with_;  // a folded word
  size_t articles_ = 0;
};

TEST_F(TypingQuality, TextWithMarksAndWithoutIsNotTakenForKeys) {
  const Share marked = TakenForKeys(true);
  const Share unmarked = TakenForKeys(false);
  std::printf("%zu titles: %zu taken for keys, %zu without their marks\n", marked.all, marked.of, unmarked.of);
  EXPECT_EQ(marked.of, 0U);
  EXPECT_EQ(unmarked.of, 0U);
}

TEST_F(TypingQuality, TelexIsRead) {
  Check(InputMethod::kTelex, Habit::kAtTheLetter, 0.99, 0.995);
  Check(InputMethod::kTelex, Habit::kToneLast, 0.99, 0.995);
  Check(InputMethod::kTelex, Habit::kAllLast, 0.99, 0.99);
}

TEST_F(TypingQuality, VniIsRead) {
  Check(InputMethod::kVni, Habit::kAtTheLetter, 0.99, 0.995);
  Check(InputMethod::kVni, Habit::kToneLast, 0.99, 0.995);
  Check(InputMethod::kVni, Habit::kAllLast, 0.99, 0.99);
}

}  // namespace
}  // namespace tintinh::testing
