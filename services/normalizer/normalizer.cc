#include "services/normalizer/normalizer.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "common/text/legacy.h"
#include "common/text/normal_form.h"
#include "services/normalizer/decode/decode.h"
#include "services/normalizer/enrich/enrich.h"
#include "services/normalizer/html/html.h"
#include "services/normalizer/text_dump/text_dump.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxPageIdBytes = 64;
constexpr size_t kMaxUrlBytes = 2048;
constexpr int kMaxHeaders = 100;
constexpr size_t kMaxArticleBytes = size_t{4} << 20;

absl::string_view View(const std::string& text) { return absl::string_view(text.data(), text.size()); }

absl::Status TooMuch(absl::string_view field, size_t value, size_t limit, absl::string_view unit) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", value, " ", unit, ", the limit is ", limit));
}

absl::string_view HeaderOf(const v1::Page& page, absl::string_view name) {
  for (const v1::HttpHeader& header : page.headers()) {
    if (absl::EqualsIgnoreCase(header.name(), name)) return header.value();
  }
  return absl::string_view();
}

v1::PageFormat FormatOf(const v1::Page& page, absl::string_view utf8) {
  if (page.format() != v1::PAGE_FORMAT_UNSPECIFIED) return page.format();
  const std::string type = absl::AsciiStrToLower(HeaderOf(page, "content-type"));
  if (absl::StrContains(type, "html")) return v1::PAGE_FORMAT_HTML;
  if (absl::StartsWith(type, "text/plain")) return v1::PAGE_FORMAT_TEXT;
  const std::string start = absl::AsciiStrToLower(absl::StripLeadingAsciiWhitespace(utf8.substr(0, 2048)));
  const bool markup =
      absl::StartsWith(start, "<") || absl::StrContains(start, "<html") || absl::StrContains(start, "<body");
  return markup ? v1::PAGE_FORMAT_HTML : v1::PAGE_FORMAT_TEXT;
}

bool IsErrorStatus(uint32_t status) { return status != 0 && (status < 200 || status >= 300); }

// Statuses by which sites turn a robot away, rather than report a missing page.
bool IsRefusal(uint32_t status) { return status == 401 || status == 403 || status == 429 || status == 503; }

Normalized Reject(v1::RejectReason why, std::string reason) {
  Normalized result;
  result.reject_reason = why;
  result.reason = std::move(reason);
  return result;
}

// Pages mix encodings, so every line is asked for its own.
std::string NormalLines(absl::string_view utf8) {
  std::string text;
  for (const absl::string_view line : absl::StrSplit(utf8, '\n')) {
    absl::StrAppend(&text, text::NormalForm(text::RepairLegacy(line).text), "\n");
  }
  return text;
}

absl::StatusOr<Draft> Extract(const v1::Page& page, const DecodedPage& decoded, const NormalizerLimits& limits) {
  const absl::string_view utf8 = View(decoded.utf8);
  if (FormatOf(page, utf8) == v1::PAGE_FORMAT_TEXT) return ExtractTextDump(NormalLines(utf8));
  HtmlInput input;
  input.utf8 = utf8;
  input.url = page.url();
  input.hints = page.hints();
  HtmlLimits html_limits;
  html_limits.parse.max_bytes = limits.max_page_bytes * 4;  // decoding a legacy encoding makes text longer
  html_limits.parse.max_nodes = limits.max_nodes;
  html_limits.parse.max_depth = limits.max_depth;
  return ExtractHtml(input, html_limits);
}

bool HasText(const Draft& draft) {
  return !draft.paragraphs.empty() || !draft.lead.empty() ||
         std::any_of(draft.photos.begin(), draft.photos.end(), [](const DraftPhoto& p) { return !p.caption.empty(); });
}

bool IsStory(v1::PageKind kind) {
  return kind == v1::PAGE_KIND_ARTICLE || kind == v1::PAGE_KIND_GALLERY || kind == v1::PAGE_KIND_VIDEO ||
         kind == v1::PAGE_KIND_DOCUMENT;
}

// Why a draft is no article; REJECT_REASON_UNSPECIFIED when it is one.
std::pair<v1::RejectReason, absl::string_view> Verdict(const Draft& draft, const v1::SiteHints& hints) {
  if (draft.blocked) return {v1::REJECT_REASON_BLOCKED, "body: a bot check or refusal instead of a page"};
  if (hints.article_listing()) return {v1::REJECT_REASON_NOT_ARTICLE, "hints.article_listing: fetched for its links"};
  if (draft.kind == v1::PAGE_KIND_LISTING) return {v1::REJECT_REASON_NOT_ARTICLE, "body: a listing of stories"};
  if (draft.title.empty()) return {v1::REJECT_REASON_EMPTY, "title: none found"};
  if (!HasText(draft)) return {v1::REJECT_REASON_EMPTY, "body: no text found"};
  if (!IsStory(draft.kind)) return {v1::REJECT_REASON_NOT_ARTICLE, "body: neither a story nor a listing"};
  return {v1::REJECT_REASON_UNSPECIFIED, ""};
}

EnrichContext ContextOf(const v1::Page& page) {
  EnrichContext context;
  context.url = page.url();
  context.site = page.site();
  context.hints = page.hints();
  context.fetched = page.fetched();
  return context;
}

void KeepFindings(Draft& draft, Normalized& result) {
  result.kind = draft.kind;
  result.blocked = draft.blocked;
  result.canonical_url = draft.canonical_url;
  result.links = std::move(draft.links);
  result.evidence = std::move(draft.evidence);
}

v1::RejectReason ReasonOf(const absl::Status& status) {
  return absl::IsResourceExhausted(status) ? v1::REJECT_REASON_LIMITS : v1::REJECT_REASON_EMPTY;
}

}  // namespace

NormalizerLimits LimitsOf(const config::v1::NormalizerConfig& config) {
  NormalizerLimits limits;
  if (config.max_page_bytes() != 0) limits.max_page_bytes = config.max_page_bytes();
  if (config.max_nodes() != 0) limits.max_nodes = config.max_nodes();
  if (config.max_depth() != 0) limits.max_depth = config.max_depth();
  return limits;
}

absl::Status Normalizer::Check(const v1::Page& page) const {
  if (page.page_id().size() > kMaxPageIdBytes) {
    return TooMuch("page.page_id", page.page_id().size(), kMaxPageIdBytes, "bytes");
  }
  if (page.url().empty()) return absl::InvalidArgumentError("page.url: empty");
  if (page.url().size() > kMaxUrlBytes) return TooMuch("page.url", page.url().size(), kMaxUrlBytes, "bytes");
  if (page.headers_size() > kMaxHeaders) {
    return TooMuch("page.headers", static_cast<size_t>(page.headers_size()), kMaxHeaders, "headers");
  }
  if (page.body().size() > limits_.max_page_bytes) {
    return TooMuch("page.body", page.body().size(), limits_.max_page_bytes, "bytes");
  }
  return absl::OkStatus();
}

Normalized Normalizer::Normalize(const v1::Page& page) const {
  if (const absl::Status checked = Check(page); !checked.ok()) {
    return Reject(v1::REJECT_REASON_LIMITS, std::string(checked.message()));
  }
  if (IsErrorStatus(page.http_status())) {
    Normalized result = Reject(v1::REJECT_REASON_HTTP_STATUS, absl::StrCat("http_status: ", page.http_status()));
    result.blocked = IsRefusal(page.http_status());
    return result;
  }
  const absl::StatusOr<DecodedPage> decoded = DecodePage(View(page.body()), HeaderOf(page, "content-type"));
  if (!decoded.ok()) return Reject(v1::REJECT_REASON_MALFORMED, std::string(decoded.status().message()));
  absl::StatusOr<Draft> draft = Extract(page, *decoded, limits_);
  if (!draft.ok()) return Reject(ReasonOf(draft.status()), std::string(draft.status().message()));

  Normalized result;
  KeepFindings(*draft, result);
  result.evidence.push_back({"charset", decoded->rule, decoded->charset, true});
  if (page.hints().article_listing() && !draft->blocked) result.kind = v1::PAGE_KIND_LISTING;
  const auto [why, reason] = Verdict(*draft, page.hints());
  result.reject_reason = why;
  result.reason = std::string(reason);
  if (why != v1::REJECT_REASON_UNSPECIFIED) return result;
  result.article = Enrich(*std::move(draft), ContextOf(page));
  result.canonical_url = result.article->canonical_url();
  if (result.article->ByteSizeLong() > kMaxArticleBytes) {
    result.reject_reason = v1::REJECT_REASON_LIMITS;
    result.reason =
        absl::StrCat("article: ", result.article->ByteSizeLong(), " bytes, the limit is ", kMaxArticleBytes);
    result.article.reset();
  }
  return result;
}

}  // namespace tintinh::normalizer
