#include <string>

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "common/text/identifiers.h"
#include "common/text/normal_form.h"

namespace tintinh::text {
namespace {

constexpr size_t kMaxLocalWords = 5;
constexpr size_t kMaxHostWords = 8;
constexpr uint32_t kMaxAddressBytes = 100;

bool LinksHost(const Gap& gap) { return gap.IsTight('.') || gap.IsTight('-'); }
bool LinksLocal(const Gap& gap) { return LinksHost(gap) || gap.IsTight('_'); }

// One past the host's last word, or `first` if it has no dot behind www.
size_t HostEnd(const WordList& list, size_t first) {
  const auto& words = list.words;
  const bool www = list.Folded(words[first]) == "www" && first + 1 < words.size() && words[first + 1].gap.IsTight('.');
  size_t end = first + (www ? 2 : 1);
  bool dotted = false;
  while (end < words.size() && end - first < kMaxHostWords && LinksHost(words[end].gap)) {
    dotted |= words[end].gap.mark == '.';
    ++end;
  }
  return dotted ? end : first;
}

// The word where the host begins, behind a scheme or at www; `first` + 2 bounds it. SIZE_MAX if there is none.
size_t UrlHostBegin(const WordList& list, size_t first) {
  const absl::string_view folded = list.Folded(list.words[first]);
  if (folded == "www") return first;
  if ((folded != "http" && folded != "https") || first + 1 >= list.words.size()) return SIZE_MAX;
  return absl::StartsWith(list.source.substr(list.words[first].end), "://") ? first + 1 : SIZE_MAX;
}

// The word before an @ that continues from `first`, or SIZE_MAX.
size_t MailLocalEnd(const WordList& list, size_t first) {
  const auto& words = list.words;
  size_t next = first + 1;
  while (next < words.size() && next - first < kMaxLocalWords && LinksLocal(words[next].gap)) ++next;
  return next < words.size() && words[next].gap.IsTight('@') ? next : SIZE_MAX;
}

size_t Add(const WordList& list, size_t first, size_t end, std::vector<Identifier>* found) {
  const uint32_t begin = list.words[first].begin;
  const uint32_t size = list.words[end - 1].end - begin;
  if (size > kMaxAddressBytes) return end;
  const std::string address = LowerCase(NormalForm(list.source.substr(begin, size)));
  found->push_back({std::string(absl::StripPrefix(address, "www.")), first, end});
  return end;
}

size_t AddressEnd(const WordList& list, size_t end) {
  const auto& words = list.words;
  while (end < words.size() && words[end].gap.spaces_before + words[end].gap.spaces_after == 0) ++end;
  return end;
}

}  // namespace

size_t FindWebAddress(const WordList& list, size_t first, std::vector<Identifier>* found) {
  const size_t at_sign = MailLocalEnd(list, first);
  if (at_sign != SIZE_MAX) {
    const size_t end = HostEnd(list, at_sign);
    return end == at_sign ? first : Add(list, first, end, found);
  }
  const size_t host = UrlHostBegin(list, first);
  if (host == SIZE_MAX) return first;
  const size_t end = HostEnd(list, host);
  return end == host ? first : AddressEnd(list, Add(list, host, end, found));
}

}  // namespace tintinh::text
