#include "services/normalizer/html/page.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/text/normal_form.h"
#include "common/url/url.h"
#include "services/normalizer/html/class_words.h"
#include "services/normalizer/html/teasers.h"

namespace tintinh::normalizer::html {
namespace {

constexpr uint32_t kSentenceLetters = 80;
constexpr size_t kMaxSiteNameBytes = 60;

bool IsChromeTag(absl::string_view tag) { return tag == "nav" || tag == "footer" || tag == "aside"; }

// Letters of sentences below each element.
std::vector<uint32_t> CountSentenceLetters(const dom::Document& document, const std::vector<Block>& blocks) {
  std::vector<uint32_t> letters(document.size(), 0);
  for (const Block& block : blocks) {
    if (block.letters >= kSentenceLetters && block.link_letters * 3 < block.letters)
      letters[block.owner] += block.letters;
  }
  for (dom::NodeId id = static_cast<dom::NodeId>(document.size()); --id > dom::kRoot;) {
    letters[document.parent(id)] += letters[id];
  }
  return letters;
}

std::vector<std::string> ReadClassWords(const dom::Document& document) {
  std::vector<std::string> words(document.size());
  for (dom::NodeId id = dom::kRoot + 1; id < document.size(); ++id) {
    if (document.IsElement(id)) words[id] = ClassWords(document, id);
  }
  return words;
}

std::vector<bool> MarkChrome(const dom::Document& document, const std::vector<Block>& blocks,
                             const std::vector<std::string>& class_words) {
  const std::vector<uint32_t> letters = CountSentenceLetters(document, blocks);
  std::vector<bool> chrome(document.size(), false);
  for (dom::NodeId id = dom::kRoot + 1; id < document.size(); ++id) {
    chrome[id] = chrome[document.parent(id)];
    if (chrome[id] || !document.IsElement(id) || letters[id] * 2 > letters[dom::kRoot]) continue;
    const std::string& words = class_words[id];
    // "author-share": the line of the story that also holds the buttons.
    chrome[id] = IsChromeTag(document.tag(id)) || (SaysChrome(words) && !SaysAuthor(words) && !SaysTime(words));
  }
  return chrome;
}

std::string HostOf(absl::string_view url) {
  const absl::StatusOr<url::Parts> parts = url::Parse(url);
  if (!parts.ok()) return "";
  return std::string(absl::StripPrefix(parts->host, "www."));
}

std::string SiteNameOf(const Metadata& metadata) {
  const absl::string_view name = metadata.Meta("og:site_name");
  return name.empty() ? metadata.json_ld().publisher : std::string(name);
}

// The words around a site's own name in what it calls itself.
void EraseWords(std::string& key) {
  for (const absl::string_view word : {"trangchu", "dientu", "online", "news", "tapchi", "trang", "thongtin", "cong",
                                       "bao", "com", "vn", "net", "org", "tin"}) {
    for (size_t at = key.find(word.data(), 0, word.size()); at != std::string::npos;
         at = key.find(word.data(), at, word.size())) {
      key.erase(at, word.size());
    }
  }
}

}  // namespace

Page::Page(const dom::Document& page_document, absl::string_view page_url)
    : document(page_document),
      url(page_url),
      host(HostOf(page_url)),
      metadata(Metadata::Read(page_document)),
      blocks(CutIntoBlocks(page_document)),
      class_words(ReadClassWords(page_document)),
      in_chrome(MarkChrome(page_document, blocks, class_words)),
      in_teasers(MarkTeasers(page_document, blocks)) {
  site_name = SiteNameOf(metadata);
}

bool Page::IsInside(dom::NodeId id, absl::string_view tag) const {
  for (; id != dom::kRoot; id = document.parent(id)) {
    if (document.tag(id) == tag) return true;
  }
  return false;
}

std::string ComparisonKey(absl::string_view text) {
  std::string key = text::Fold(text);
  const auto is_noise = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && absl::ascii_isalnum(byte) == 0;
  };
  key.erase(std::remove_if(key.begin(), key.end(), is_noise), key.end());
  return key;
}

bool NamesSite(const Page& page, absl::string_view name) {
  std::string key = ComparisonKey(name);
  if (key.empty() || key.size() > kMaxSiteNameBytes) return false;
  if (key == ComparisonKey(page.site_name) || key == ComparisonKey(page.host)) return true;
  const std::vector<std::string> labels = absl::StrSplit(page.host, '.');
  for (const std::string& label : labels) {
    const std::string own = absl::StartsWith(label, "bao") ? label.substr(3) : label;
    const size_t at = own.size() < 4 ? std::string::npos : key.find(own);
    if (at == std::string::npos) continue;
    // A section may have the name of the province alone; the paper's name says more, unless it is the host's.
    if (key == own && own != label) continue;
    key.erase(at, own.size());
    EraseWords(key);
    return key.empty();
  }
  return false;
}

}  // namespace tintinh::normalizer::html
