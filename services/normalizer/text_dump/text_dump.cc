#include "services/normalizer/text_dump/text_dump.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "common/text/normal_form.h"
#include "services/normalizer/grammar/boilerplate.h"
#include "services/normalizer/grammar/byline.h"
#include "services/normalizer/grammar/time_line.h"
#include "services/normalizer/grammar/words.h"
#include "services/normalizer/text_dump/body.h"
#include "services/normalizer/text_dump/lines.h"
#include "services/normalizer/text_dump/section.h"
#include "services/normalizer/text_dump/title.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxSectionRun = 3;   // more section names in a row are a menu
constexpr size_t kLinesBelowCut = 10;  // how far under the story a labelled time is still the story's
constexpr size_t kMaxEvidenceBytes = 1024;
constexpr size_t kMaxTags = 100;

struct Page {
  std::vector<Line> lines;
  size_t title = 0;
  size_t end = 0;                    // the first line below the story
  std::vector<size_t> byline_lines;  // taken by the authors
};

void AddEvidence(Draft& draft, absl::string_view field, absl::string_view rule, absl::string_view value) {
  draft.evidence.push_back(
      {std::string(field), std::string(rule), std::string(value.substr(0, kMaxEvidenceBytes)), true});
}

size_t ProseBytes(const std::vector<Line>& lines, size_t begin, size_t end) {
  size_t bytes = 0;
  for (size_t i = begin; i < end; ++i) {
    bytes += IsProse(lines[i]) ? lines[i].text.size() : 0;
  }
  return bytes;
}

// A box of related stories near the top: its lines go, the story continues with the next paragraph.
void DropBox(std::vector<Line>& lines, size_t at) {
  for (; at < lines.size() && !IsProse(lines[at]); ++at) {
    lines[at].role = lines[at].role == LineRole::kTime ? LineRole::kTime : LineRole::kDrop;
  }
}

// Where the story ends: at the first cut line that has at least a third of the page's prose above it.
void FindEnd(Page& page) {
  const size_t total = ProseBytes(page.lines, 0, page.lines.size());
  size_t above = ProseBytes(page.lines, 0, page.title);
  page.end = page.lines.size();
  for (size_t i = page.title; i < page.lines.size(); ++i) {
    above += IsProse(page.lines[i]) ? page.lines[i].text.size() : 0;
    if (page.lines[i].role != LineRole::kCut || i == page.title) {
      continue;
    }
    if (above > 0 && above * 3 >= total) {
      page.end = i;
      return;
    }
    DropBox(page.lines, i);
  }
}

// ---- time

bool IsBetter(const std::optional<size_t>& held) { return !held.has_value(); }

struct Times {
  std::optional<size_t> labelled;
  std::optional<size_t> below_title;
  std::optional<size_t> above_title;
  std::optional<size_t> updated;
  std::optional<size_t> clock;
};

void Note(const Page& page, size_t i, Times& times) {
  const TimeLabel label = page.lines[i].time->label;
  std::optional<size_t>& slot = label == TimeLabel::kPublished ? times.labelled
                                : label == TimeLabel::kUpdated ? times.updated
                                : label == TimeLabel::kClock   ? times.clock
                                : i > page.title               ? times.below_title
                                                               : times.above_title;
  if (IsBetter(slot) || (label == TimeLabel::kClock && i > page.title && *slot < page.title) ||
      (label == TimeLabel::kNone && i < page.title)) {
    slot = i;
  }
}

Times FindTimes(const Page& page) {
  Times times;
  const size_t last = std::min(page.lines.size(), page.end + kLinesBelowCut);
  for (size_t i = 0; i < last; ++i) {
    const bool time = page.lines[i].role == LineRole::kTime;
    if (time && (i < page.end || page.lines[i].time->label == TimeLabel::kPublished)) {
      Note(page, i, times);
    }
  }
  return times;
}

// The line whose time is the story's.
std::optional<size_t> PublishedLine(const Times& times) {
  for (const auto& line : {times.labelled, times.below_title, times.above_title, times.updated, times.clock}) {
    if (line.has_value()) {
      return line;
    }
  }
  return std::nullopt;
}

std::optional<size_t> TakeTimes(const Page& page, Draft& draft) {
  const Times times = FindTimes(page);
  const std::optional<size_t> published = PublishedLine(times);
  if (!published.has_value()) {
    return std::nullopt;
  }
  draft.published = page.lines[*published].time->time;
  AddEvidence(draft, "published", "time line", page.lines[*published].text);
  if (times.updated.has_value() && times.updated != published) {
    draft.modified = page.lines[*times.updated].time->time;
    AddEvidence(draft, "modified", "time line, updated", page.lines[*times.updated].text);
  }
  return published;
}

// ---- authors

bool IsSpeaking(const Line& line) { return line.role == LineRole::kText; }

struct FoundByline {
  size_t line = 0;
  Byline byline;
};

// Bylines among the short lines under the last paragraph, uppermost first.
std::vector<FoundByline> BylinesBelow(const Page& page) {
  std::vector<FoundByline> found;
  for (size_t i = page.end; i-- > page.title + 1;) {
    const Line& line = page.lines[i];
    if (IsProse(line)) {
      break;
    }
    std::optional<Byline> byline = IsSpeaking(line) ? ParseByline(line.text) : std::nullopt;
    if (byline.has_value() && !IsSectionName(line.text)) {
      found.push_back({i, *std::move(byline)});
    }
  }
  std::reverse(found.begin(), found.end());
  return found;
}

// A labelled byline with most of the story above it ends the story, whatever a page puts below.
std::optional<FoundByline> LabelledInside(const Page& page) {
  const size_t total = ProseBytes(page.lines, page.title, page.end);
  size_t above = 0;
  for (size_t i = page.title + 1; i < page.end; ++i) {
    above += IsProse(page.lines[i]) ? page.lines[i].text.size() : 0;
    if (!IsSpeaking(page.lines[i]) || IsProse(page.lines[i]) || above * 5 < total * 3) {
      continue;
    }
    std::optional<Byline> byline = ParseByline(page.lines[i].text);
    if (byline.has_value() && byline->labelled) {
      return FoundByline{i, *std::move(byline)};
    }
  }
  return std::nullopt;
}

// A bare name right under a paragraph, with half of the prose above it and no paragraph next below, ends the story too:
// what follows are the leads of other stories.
std::optional<FoundByline> BareInside(const Page& page) {
  const size_t total = ProseBytes(page.lines, page.title, page.end);
  size_t above = 0;
  const Line* previous = nullptr;
  for (size_t i = page.title + 1; i < page.end; ++i) {
    const Line& line = page.lines[i];
    const bool under_prose = previous != nullptr && IsProse(*previous);
    above += IsProse(line) ? line.text.size() : 0;
    previous = IsSpeaking(line) ? &line : previous;
    if (!IsSpeaking(line) || IsProse(line) || !under_prose || above * 2 < total || IsSectionName(line.text)) {
      continue;
    }
    const bool over_prose = i + 1 < page.end && IsProse(page.lines[i + 1]);
    std::optional<Byline> byline = over_prose ? std::nullopt : ParseByline(line.text);
    if (byline.has_value() && SplitWords(line.text).size() >= 2) {
      return FoundByline{i, *std::move(byline)};
    }
  }
  return std::nullopt;
}

// Between headline and body a byline is labelled, stands beside the time, or is a bare name over a paragraph.
std::optional<FoundByline> BylineAbove(const Page& page) {
  size_t prose = 0;
  for (size_t i = page.title + 1; i < page.end && prose < 2; ++i) {
    const Line& line = page.lines[i];
    prose += IsProse(line) ? 1 : 0;
    std::optional<Byline> byline = IsSpeaking(line) && !IsProse(line) ? ParseByline(line.text) : std::nullopt;
    const bool full_name = SplitWords(line.text).size() >= 2 && !IsAllCapitals(line.text);
    if (byline.has_value() && (byline->labelled || (full_name && !IsSectionName(line.text)))) {
      return FoundByline{i, *std::move(byline)};
    }
  }
  return std::nullopt;
}

// "…của huyện. Bài, ảnh: Vũ Hải": a byline at the end of the last paragraph, cut off there.
std::optional<FoundByline> TakeGluedByline(Page& page) {
  for (size_t i = page.end; i-- > page.title + 1;) {
    std::string& text = page.lines[i].text;
    if (!IsProse(page.lines[i])) {
      continue;
    }
    const size_t from = text.size() > 160 ? text.size() - 160 : 0;
    for (size_t at = text.find(". ", from); at != std::string::npos; at = text.find(". ", at + 1)) {
      std::optional<Byline> byline = ParseByline(absl::string_view(text).substr(at + 2));
      if (byline.has_value() && (byline->labelled || byline->authors.front().find(' ') != std::string::npos) &&
          !EndsAsSentence(text)) {
        text.resize(at + 1);
        return FoundByline{page.lines.size(), *std::move(byline)};
      }
    }
    break;
  }
  return std::nullopt;
}

void SetByline(const FoundByline& found, absl::string_view rule, Page& page, Draft& draft) {
  draft.authors = found.byline.authors;
  draft.agency = found.byline.agency;
  page.byline_lines.push_back(found.line);
  AddEvidence(draft, draft.authors.empty() ? "agency" : "authors", rule,
              draft.authors.empty() ? draft.agency : absl::StrJoin(draft.authors, ", "));
}

// The labelled one of several, else the uppermost; a source beside it is the agency, a second bare name right below
// a second author.
void TakeBylinesBelow(const std::vector<FoundByline>& found, Page& page, Draft& draft) {
  auto chosen = std::find_if(found.begin(), found.end(),
                             [](const FoundByline& b) { return b.byline.labelled && !b.byline.authors.empty(); });
  chosen = chosen == found.end() ? found.begin() : chosen;
  SetByline(*chosen, "short line under the body", page, draft);
  for (auto other = found.begin(); other != found.end(); ++other) {
    if (other == chosen) {
      continue;
    }
    const bool beside = page.lines[other->line].block == page.lines[chosen->line].block;
    draft.agency = draft.agency.empty() ? other->byline.agency : draft.agency;
    if (beside && !chosen->byline.labelled) {
      draft.authors.insert(draft.authors.end(), other->byline.authors.begin(), other->byline.authors.end());
    }
    page.byline_lines.push_back(other->line);
  }
  page.end = std::min(page.end, found.front().line);
}

void TakeAuthors(Page& page, Draft& draft) {
  if (const auto inside = LabelledInside(page); inside.has_value() && !inside->byline.authors.empty()) {
    SetByline(*inside, "labelled line under the body", page, draft);
    page.end = inside->line;
  } else if (const std::vector<FoundByline> below = BylinesBelow(page); !below.empty()) {
    TakeBylinesBelow(below, page, draft);
  } else if (const auto bare = BareInside(page)) {
    SetByline(*bare, "short line between the body and other stories", page, draft);
    page.end = bare->line;
  } else if (const auto glued = TakeGluedByline(page)) {
    SetByline(*glued, "end of the last paragraph", page, draft);
  } else if (const auto above = BylineAbove(page)) {
    SetByline(*above, "line between title and body", page, draft);
  }
}

// "Vũ Hải - 07/03/2026 08:47": one line that tells both, split into two.
std::optional<std::pair<std::string, TimeLine>> SplitNameAndTime(const Line& line) {
  if (line.role != LineRole::kText || line.text.size() > 160 || !HasDigit(line.text)) {
    return std::nullopt;
  }
  const absl::string_view text = line.text;
  for (const absl::string_view separator : {" - ", " | ", " – ", ", ", "; ", " "}) {
    for (size_t at = text.find(separator); at != absl::string_view::npos; at = text.find(separator, at + 1)) {
      const absl::string_view left = text.substr(0, at);
      const absl::string_view right = text.substr(at + separator.size());
      if (const auto time = ParseTimeLine(right); time.has_value() && ParseByline(left).has_value()) {
        return std::make_pair(std::string(left), *time);
      }
      if (const auto time = ParseTimeLine(left); time.has_value() && ParseByline(right).has_value()) {
        return std::make_pair(std::string(right), *time);
      }
    }
  }
  return std::nullopt;
}

std::vector<Line> SplitNamesFromTimes(std::vector<Line> lines) {
  std::vector<Line> result;
  result.reserve(lines.size());
  for (Line& line : lines) {
    const auto split = SplitNameAndTime(line);
    if (split.has_value()) {
      Line time = line;
      time.role = LineRole::kTime;
      time.time = split->second;
      line.text = split->first;
      line.prose = false;
      result.push_back(std::move(time));
    }
    result.push_back(std::move(line));
  }
  return result;
}

// ---- the rest

void TakeSection(const Page& page, Draft& draft) {
  std::vector<std::vector<std::string>> run;
  for (size_t i = page.title; i-- > 0;) {
    if (page.lines[i].role != LineRole::kText) {
      continue;
    }
    std::vector<std::string> section = ParseSection(page.lines[i].text);
    if (section.empty()) {
      break;
    }
    run.push_back(std::move(section));
  }
  if (run.empty() || run.size() > kMaxSectionRun) {
    return;
  }
  for (auto part = run.rbegin(); part != run.rend(); ++part) {
    draft.section_path.insert(draft.section_path.end(), part->begin(), part->end());
  }
  AddEvidence(draft, "section_path", "line over the title", absl::StrJoin(draft.section_path, " / "));
}

void TakeTags(const Page& page, Draft& draft) {
  for (const Line& line : page.lines) {
    const size_t colon = line.text.find(':');
    if (line.role != LineRole::kCut || colon == std::string::npos || colon > 16) {
      continue;
    }
    const std::string label = text::Fold(absl::string_view(line.text).substr(0, colon));
    if (label != "tu khoa" && label != "tags" && label != "tag") {
      continue;
    }
    for (const absl::string_view part :
         absl::StrSplit(absl::string_view(line.text).substr(colon + 1), absl::ByAnyChar(",;"))) {
      const absl::string_view tag = absl::StripAsciiWhitespace(part);
      if (!tag.empty() && draft.tags.size() < kMaxTags) {
        draft.tags.emplace_back(tag);
      }
    }
    return;
  }
}

std::string LeadAbove(const Page& page) {
  for (size_t i = 0; i < page.title; ++i) {
    if (IsProse(page.lines[i])) {
      return page.lines[i].text;
    }
  }
  return "";
}

BodyInput MakeBodyInput(const Page& page, std::optional<size_t> published, const Draft& draft) {
  BodyInput input;
  input.title = draft.title;
  input.lead_above = LeadAbove(page);
  size_t last_prose = page.title;
  for (size_t i = page.title + 1; i < page.end; ++i) {
    const Line& line = page.lines[i];
    const bool taken = std::find(page.byline_lines.begin(), page.byline_lines.end(), i) != page.byline_lines.end();
    if (IsSpeaking(line) && !taken) {
      input.lines.push_back(line);
      last_prose = IsProse(line) ? i : last_prose;
    }
  }
  input.time_above = published.has_value() && *published < last_prose;
  input.time_below = published.has_value() && *published > last_prose;
  return input;
}

v1::PageKind KindOf(const Draft& draft) {
  size_t text = draft.lead.size();
  for (const DraftParagraph& paragraph : draft.paragraphs) {
    text += paragraph.text.size();
  }
  if (draft.photos.size() >= 5 && text < 200 * draft.photos.size()) {
    return v1::PAGE_KIND_GALLERY;
  }
  return text > 0 && !draft.title.empty() ? v1::PAGE_KIND_ARTICLE : v1::PAGE_KIND_OTHER;
}

void TakeBody(const Page& page, std::optional<size_t> published, Draft& draft) {
  Body body = ReadBody(MakeBodyInput(page, published, draft));
  draft.lead = std::move(body.lead);
  if (!draft.lead.empty()) {
    AddEvidence(draft, "lead", body.lead_rule, draft.lead);
  }
  draft.source_name = std::move(body.source_name);
  draft.paragraphs = std::move(body.paragraphs);
  draft.photos = std::move(body.photos);
}

absl::Status CheckLimits(absl::string_view text) {
  if (text.size() > kMaxTextDumpBytes) {
    return absl::ResourceExhaustedError(absl::StrCat("text: ", text.size(), " bytes, limit ", kMaxTextDumpBytes));
  }
  const auto lines = static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
  if (lines > kMaxTextDumpLines) {
    return absl::ResourceExhaustedError(absl::StrCat("text: ", lines, " lines, limit ", kMaxTextDumpLines));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Draft> ExtractTextDump(absl::string_view utf8_nfc) {
  if (absl::Status status = CheckLimits(utf8_nfc); !status.ok()) {
    return status;
  }
  Draft draft;
  Page page;
  page.lines = SplitNamesFromTimes(ReadLines(utf8_nfc));
  const std::optional<size_t> title = FindTitle(page.lines);
  if (!title.has_value()) {
    draft.kind = v1::PAGE_KIND_OTHER;
    return draft;
  }
  page.title = *title;
  draft.title = page.lines[page.title].text;
  AddEvidence(draft, "title", "headline by place and shape", draft.title);
  FindEnd(page);
  TakeSection(page, draft);
  TakeTags(page, draft);
  const std::optional<size_t> published = TakeTimes(page, draft);
  TakeAuthors(page, draft);
  TakeBody(page, published, draft);
  draft.kind = KindOf(draft);
  return draft;
}

}  // namespace tintinh::normalizer
