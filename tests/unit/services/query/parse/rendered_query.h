// A LeafQuery and a filter as a reader's text, for comparing them with what a document says.
#ifndef TINTINH_TESTS_UNIT_SERVICES_QUERY_PARSE_RENDERED_QUERY_H_
#define TINTINH_TESTS_UNIT_SERVICES_QUERY_PARSE_RENDERED_QUERY_H_

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/text/analyzer.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"
#include "tintinh/v1/leaf_query.pb.h"

namespace tintinh::query {

// Keys by the words of `typed` they were made of: lũ, without marks ~lu, a pair lũ_quét, an identifier #22-NQ/TW. What
// is looked for in all three parts is written once, what is looked for in one is title:lũ. "+" is required, "-"
// excluded, "2 of" how many must be there; a weight other than 1 stands behind "^".
class QueryRenderer {
 public:
  explicit QueryRenderer(absl::string_view typed) {
    const text::AnalyzedText analyzed = text::Analyzer().Analyze(typed);
    for (const text::Token& token : analyzed.tokens) {
      const std::string word = text::LowerCase(typed.substr(token.begin, token.end - token.begin));
      std::string& name = names_[{static_cast<int>(token.kind), std::string(analyzed.Key(token))}];
      if (token.kind == text::KeyKind::kExact) name = word;
      if (token.kind == text::KeyKind::kPair) name = absl::StrReplaceAll(word, {{" ", "_"}});
    }
  }

  std::string Render(const v1::LeafQuery& query) const {
    if (query.node_case() == v1::LeafQuery::NODE_NOT_SET) return "";
    const Piece piece = PieceOf(query, false);
    return WithPart(piece);
  }

 private:
  struct Piece {
    std::string part;  // empty: all
    std::string text;
  };

  static Piece InPart(v1::Part part, std::string text, double weight) {
    static const std::map<v1::Part, std::pair<const char*, double>> kParts = {
        {v1::PART_TITLE, {"title", 1}}, {v1::PART_BODY, {"body", 1}}, {v1::PART_CAPTION, {"caption", 0.8}}};
    const double own = std::round(weight / kParts.at(part).second * 1000) / 1000;
    if (own != 1) absl::StrAppend(&text, "^", own);
    return {kParts.at(part).first, std::move(text)};
  }

  std::string NameOf(v1::KeyKind kind, const std::string& key) const {
    if (kind == v1::KEY_KIND_FOLDED) return absl::StrCat("~", key);
    if (kind == v1::KEY_KIND_IDENTIFIER) return absl::StrCat("#", key);
    const auto found = names_.find({static_cast<int>(kind), key});
    return found == names_.end() ? "other_name" : found->second;
  }

  Piece PieceOf(const v1::LeafQuery& query, bool inside) const {
    if (query.has_term()) {
      return InPart(query.term().part(), NameOf(query.term().kind(), query.term().key()),
                    static_cast<double>(query.term().weight()));
    }
    if (query.has_prefix()) {
      const v1::PrefixQuery& prefix = query.prefix();
      const char* sign = prefix.kind() == v1::KEY_KIND_EXACT ? "" : prefix.kind() == v1::KEY_KIND_FOLDED ? "~" : "#";
      return InPart(prefix.part(), absl::StrCat(sign, prefix.prefix(), "*"), static_cast<double>(prefix.weight()));
    }
    if (query.has_phrase()) {
      std::vector<std::string> words;
      for (const std::string& key : query.phrase().keys()) words.push_back(NameOf(v1::KEY_KIND_EXACT, key));
      return InPart(query.phrase().part(), absl::StrCat("\"", absl::StrJoin(words, " "), "\""),
                    static_cast<double>(query.phrase().weight()));
    }
    return query.has_boolean() ? BooleanPiece(query.boolean(), inside) : Piece{"", "everything"};
  }

  template <typename Children>
  std::vector<Piece> PiecesOf(const Children& children) const {
    std::vector<Piece> pieces;
    for (const v1::LeafQuery& child : children) pieces.push_back(PieceOf(child, true));
    std::map<std::string, std::set<std::string>> parts;
    for (const Piece& piece : pieces) parts[piece.text].insert(piece.part);
    std::vector<Piece> merged;
    for (const Piece& piece : pieces) {
      const bool everywhere = parts[piece.text].size() == 3;
      if (!everywhere || piece.part == "title") merged.push_back({everywhere ? "" : piece.part, piece.text});
    }
    return merged;
  }

  static std::string WithPart(const Piece& piece) {
    return piece.part.empty() ? piece.text : absl::StrCat(piece.part, ":", piece.text);
  }

  // The part that all are in, which is then said once.
  static std::string CommonPart(const std::vector<std::vector<Piece>*>& lists) {
    std::string part = "?";
    for (const std::vector<Piece>* list : lists) {
      for (const Piece& piece : *list) part = part == "?" || part == piece.part ? piece.part : "";
    }
    return part;
  }

  Piece BooleanPiece(const v1::BooleanQuery& query, bool inside) const {
    std::vector<Piece> must = PiecesOf(query.must());
    std::vector<Piece> should = PiecesOf(query.should());
    std::vector<Piece> must_not = PiecesOf(query.must_not());
    Piece result{CommonPart({&must, &should, &must_not}), ""};
    for (std::vector<Piece>* list : {&must, &should, &must_not}) {
      for (Piece& piece : *list) piece.part = result.part.empty() ? piece.part : "";
    }
    const size_t pieces = must.size() + should.size() + must_not.size();
    if (pieces == 1 && must_not.empty()) {
      const Piece& only = must.empty() ? should[0] : must[0];
      return {result.part.empty() ? only.part : result.part, only.text};
    }
    std::vector<std::string> texts;
    for (const Piece& piece : must) texts.push_back("+" + WithPart(piece));
    std::vector<std::string> optional;
    for (const Piece& piece : should) optional.push_back(WithPart(piece));
    std::string any = absl::StrJoin(optional, must.empty() ? " or " : " ");
    if (query.minimum_should() > 1)
      any = absl::StrCat(query.minimum_should(), " of (", absl::StrJoin(optional, " "), ")");
    if (!any.empty()) texts.push_back(any);
    for (const Piece& piece : must_not) texts.push_back("-" + WithPart(piece));
    result.text = absl::StrJoin(texts, " ");
    const bool bare = texts.size() == 1 && query.minimum_should() > 1;
    if (inside && !bare) result.text = absl::StrCat("(", result.text, ")");
    return result;
  }

  std::map<std::pair<int, std::string>, std::string> names_;
};

inline std::string DayOf(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%d", absl::FromUnixSeconds(time.seconds()), VietnamTimeZone());
}

inline std::string RenderFilter(const v1::Filter& filter) {
  std::vector<std::string> texts;
  const auto add = [&](const char* name, const auto& values) {
    if (!values.empty()) texts.push_back(absl::StrCat(name, " ", absl::StrJoin(values, " or ")));
  };
  add("site", filter.sites());
  add("province", filter.provinces());
  add("district", filter.districts());
  add("section", filter.sections());
  add("doc", filter.documents());
  if (filter.has_published_from()) texts.push_back("from " + DayOf(filter.published_from()));
  if (filter.has_published_before()) texts.push_back("before " + DayOf(filter.published_before()));
  for (const v1::Filter& without : filter.without()) texts.push_back("not " + RenderFilter(without));
  return absl::StrJoin(texts, ", ");
}

// "tree {filter}", what is not there left out; or the mistake.
template <typename Parsed>
std::string RenderParsed(absl::string_view typed, const Parsed& parsed) {
  if (!parsed.status.ok()) return std::string(parsed.status.message());
  std::string text = QueryRenderer(typed).Render(parsed.strict);
  if (parsed.conditions.ByteSizeLong() == 0) return text;
  return absl::StrCat(text, text.empty() ? "" : " ", "{", RenderFilter(parsed.conditions), "}");
}

}  // namespace tintinh::query

#endif  // TINTINH_TESTS_UNIT_SERVICES_QUERY_PARSE_RENDERED_QUERY_H_
