#include "common/url/reference.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"

namespace tintinh::url {
namespace {

bool IsSchemeCharacter(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '-' || c == '.';
}

bool IsWebScheme(absl::string_view scheme) { return scheme == "http" || scheme == "https"; }

// Cuts `text` at the first `mark` and returns what follows the mark, if there is one.
std::optional<std::string> CutFrom(absl::string_view& text, char mark) {
  const size_t at = text.find(mark);
  if (at == absl::string_view::npos) return std::nullopt;
  std::string rest(text.substr(at + 1));
  text = text.substr(0, at);
  return rest;
}

std::optional<std::string> TakeScheme(absl::string_view& text) {
  const size_t colon = text.find(':');
  if (colon == absl::string_view::npos || colon == 0) return std::nullopt;
  const absl::string_view scheme = text.substr(0, colon);
  if (!absl::ascii_isalpha(static_cast<unsigned char>(scheme[0]))) return std::nullopt;
  if (!std::all_of(scheme.begin(), scheme.end(), IsSchemeCharacter)) return std::nullopt;
  text.remove_prefix(colon + 1);
  return absl::AsciiStrToLower(scheme);
}

std::string TakeAuthority(absl::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of('/'), text.size()));
  const size_t end = std::min(text.find('/'), text.size());
  std::string authority(text.substr(0, end));
  text.remove_prefix(end);
  return authority;
}

std::string Merge(const Reference& base, absl::string_view path) {
  if (base.authority && base.path.empty()) return absl::StrCat("/", path);
  const size_t slash = base.path.rfind('/');
  return absl::StrCat(base.path.substr(0, slash == std::string::npos ? 0 : slash + 1), path);
}

void InheritFrom(const Reference& base, Reference* reference) {
  reference->scheme = base.scheme;
  if (reference->authority) return;
  reference->authority = base.authority;
  if (reference->path.empty()) {
    reference->path = base.path;
    if (!reference->query) reference->query = base.query;
  } else if (reference->path[0] != '/') {
    reference->path = Merge(base, reference->path);
  }
}

bool IsSingleDot(absl::string_view segment) { return segment == "." || absl::EqualsIgnoreCase(segment, "%2e"); }

bool IsDoubleDot(absl::string_view segment) {
  return segment == ".." || absl::EqualsIgnoreCase(segment, ".%2e") || absl::EqualsIgnoreCase(segment, "%2e.") ||
         absl::EqualsIgnoreCase(segment, "%2e%2e");
}

}  // namespace

Reference SplitReference(absl::string_view text) {
  Reference out;
  out.fragment = CutFrom(text, '#');
  out.query = CutFrom(text, '?');
  out.scheme = TakeScheme(text);
  const bool web = !out.scheme || IsWebScheme(*out.scheme);
  const std::string slashed = web ? absl::StrReplaceAll(text, {{"\\", "/"}}) : std::string(text);
  absl::string_view rest(slashed);
  if (absl::StartsWith(rest, "//") || (out.scheme && web)) out.authority = TakeAuthority(rest);
  out.path = std::string(rest);
  return out;
}

Reference ResolveReference(const Reference& base, absl::string_view text) {
  Reference reference = SplitReference(text);
  if (reference.scheme && reference.scheme == base.scheme) {
    const absl::string_view after = text.substr(reference.scheme->size() + 1);
    const bool names_authority = absl::StartsWith(after, "/") || absl::StartsWith(after, "\\");
    if (!names_authority) reference = SplitReference(absl::StrCat("./", after));
  }
  if (!reference.scheme) InheritFrom(base, &reference);
  reference.path = RemoveDotSegments(reference.path);
  return reference;
}

std::string RemoveDotSegments(absl::string_view path) {
  if (path.empty()) return "";
  const bool absolute = path[0] == '/';
  if (absolute) path.remove_prefix(1);
  std::vector<absl::string_view> kept;
  bool ends_in_folder = false;
  for (const absl::string_view segment : absl::StrSplit(path, '/')) {
    ends_in_folder = IsSingleDot(segment) || IsDoubleDot(segment);
    if (IsDoubleDot(segment) && !kept.empty()) kept.pop_back();
    if (!ends_in_folder) kept.push_back(segment);
  }
  if (ends_in_folder) kept.push_back("");
  return absl::StrCat(absolute ? "/" : "", absl::StrJoin(kept, "/"));
}

std::string ToString(const Reference& reference) {
  std::string out;
  if (reference.scheme) absl::StrAppend(&out, *reference.scheme, ":");
  if (reference.authority) absl::StrAppend(&out, "//", *reference.authority);
  absl::StrAppend(&out, reference.path);
  if (reference.query) absl::StrAppend(&out, "?", *reference.query);
  if (reference.fragment) absl::StrAppend(&out, "#", *reference.fragment);
  return out;
}

}  // namespace tintinh::url
