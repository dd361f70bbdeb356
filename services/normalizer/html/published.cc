#include "services/normalizer/html/published.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "services/normalizer/grammar/machine_time.h"
#include "services/normalizer/grammar/time_line.h"
#include "services/normalizer/grammar/words.h"
#include "services/normalizer/html/class_words.h"
#include "services/normalizer/html/signature.h"

namespace tintinh::normalizer::html {
namespace {

constexpr size_t kMaxLineBytes = 200;
constexpr size_t kMaxCandidates = 100;
constexpr size_t kMaxLinesRead = 3000;
constexpr size_t kMaxElementsRead = 2000;
constexpr uint32_t kSentenceLetters = 80;
constexpr uint32_t kOpeningLetters = 600;

struct Candidate {
  DraftTime time;
  std::string rule;
  std::string value;
  double weight = 0;
};

bool SameMinute(absl::Time a, absl::Time b) { return absl::ToUnixSeconds(a) / 60 == absl::ToUnixSeconds(b) / 60; }

// The clock as written, read as Vietnam's: some systems stamp local time with a foreign zone.
std::optional<DraftTime> WithoutZone(absl::string_view value) {
  const size_t clock = value.find(':');
  if (clock == absl::string_view::npos) return std::nullopt;
  const size_t zone = value.find_first_of("+Z", clock);
  const size_t minus = value.find('-', clock);
  const size_t cut = std::min(zone, minus);
  return cut == absl::string_view::npos ? std::nullopt : ParseMachineTime(absl::StripSuffix(value.substr(0, cut), " "));
}

bool IsIso(absl::string_view value) { return value.size() >= 10 && value[4] == '-' && value[7] == '-'; }

void AddMachine(absl::string_view value, absl::string_view rule, double weight, std::vector<Candidate>& out) {
  const std::optional<DraftTime> time = ParseMachineTime(value);
  if (!time) return;
  // Month first or day first is a guess; ISO is none.
  out.push_back({*time, std::string(rule), std::string(value), weight - (IsIso(value) ? 0 : 1)});
}

std::vector<Candidate> MachineTimes(const Page& page) {
  std::vector<Candidate> times;
  AddMachine(page.metadata.json_ld().published, "JSON-LD datePublished", 3, times);
  AddMachine(page.metadata.Meta("article:published_time"), "meta[article:published_time]", 2.9, times);
  AddMachine(page.metadata.Meta("datepublished"), "itemprop=datePublished", 2.8, times);
  for (const absl::string_view name : {"pubdate", "publishdate", "publish-date", "date", "dc.date.issued", "dc.created",
                                       "article.published", "og:published_time", "cxenseparse:recs:publishtime"}) {
    AddMachine(page.metadata.Meta(name), absl::StrCat("meta[", name, "]"), 2, times);
  }
  return times;
}

class ShownTimes {
 public:
  ShownTimes(const Page& page, const Content& content, const Title& title)
      : page_(page),
        content_(content),
        anchor_(title.node != dom::kRoot ? title.node : content.node),
        told_from_(ToldFrom()) {}

  std::vector<Candidate> Find() {
    for (const Block& block : page_.blocks) {
      if (block.type == BlockType::kText && block.text.size() <= kMaxLineBytes)
        Add(block.node, block.owner, block.text);
    }
    for (dom::NodeId id = dom::kRoot + 1; id < page_.document.size(); ++id) {
      if (page_.document.IsElement(id)) AddElement(id);
    }
    return std::move(found_);
  }

 private:
  void AddElement(dom::NodeId id) {
    const absl::string_view tag = page_.document.tag(id);
    if (tag == "time") {
      const double weight = Weight(id, id, TimeLabel::kNone);
      const absl::string_view value = page_.document.attribute(id, "datetime");
      if (weight > 0 && found_.size() < kMaxCandidates) AddMachine(value, "time[datetime]", weight / 2, found_);
    }
    if (tag != "time" && tag != "span" && tag != "em" && tag != "i" && tag != "label") return;
    if (tag != "time" && !SaysTime(page_.class_words[id])) return;
    if (++elements_ > kMaxElementsRead) return;
    const std::string text = TextOf(page_.document, id);
    Add(id, id, text);
  }

  void Add(dom::NodeId node, dom::NodeId owner, absl::string_view line) {
    if (found_.size() >= kMaxCandidates || lines_ >= kMaxLinesRead || !HasDigit(line)) return;
    ++lines_;
    const std::optional<Signature> signature = ParseSignature(line);
    if (!signature) return;
    const TimeLine* const time = &signature->time;
    const double weight = Weight(node, owner, time->label);
    const bool updated = time->label == TimeLabel::kUpdated;
    if (weight > 0) {
      found_.push_back({time->time, updated ? "shown, labelled as update" : "shown near the headline",
                        std::string(line), weight - (time->time.precision == v1::TIME_PRECISION_DAY ? 0.5 : 0)});
    }
  }

  // 0: no candidate. More: nearer to the headline.
  double Weight(dom::NodeId node, dom::NodeId owner, TimeLabel label) const {
    if (page_.in_chrome[owner] || content_.node == dom::kRoot || IsInHeader(owner)) return 0;
    const bool labelled = label == TimeLabel::kPublished;
    const bool before_story = node < content_.node || page_.document.Contains(content_.node, node);
    if (!before_story && !labelled) return 0;
    const dom::NodeId common = page_.document.CommonAncestor(anchor_, node);
    const absl::string_view tag = page_.document.tag(common);
    const bool apart = tag == "body" || tag == "html" || tag.empty();
    const bool between = node > anchor_ && before_story;
    if (apart && !between && !labelled) return 0;
    if (label == TimeLabel::kClock && (apart || node < anchor_)) return 0;
    if (InsideStoryText(node) && !labelled) return 0;
    return 4 + (labelled ? 1.5 : 0) + (between ? 1 : 0) + Nearness(common) - (label == TimeLabel::kUpdated ? 3 : 0);
  }

  double Nearness(dom::NodeId common) const {
    const double apart = page_.document.depth(anchor_) - static_cast<double>(page_.document.depth(common));
    return 1 / (1 + apart);
  }

  // A <header> that holds the headline too is the story's, not the page's.
  bool IsInHeader(dom::NodeId id) const {
    for (; id != dom::kRoot; id = page_.document.parent(id)) {
      if (page_.document.tag(id) == "header" && !page_.document.Contains(id, anchor_) && IsApart(id)) return true;
      if (HasAnyWord(page_.class_words[id], {"today", "now", "clock"})) return true;
    }
    return false;
  }

  // The smallest element around both is, but for little, the whole page.
  bool IsApart(dom::NodeId id) const {
    const dom::NodeId common = page_.document.CommonAncestor(anchor_, id);
    const size_t first = FirstBlockFrom(page_.blocks, common);
    const size_t last = FirstBlockFrom(page_.blocks, page_.document.end(common));
    return common == dom::kRoot || page_.document.tag(common) == "body" ||
           (last - first) * 20 > page_.blocks.size() * 17;
  }

  // Behind the first sentences of the story a date belongs to what is told.
  bool InsideStoryText(dom::NodeId node) const {
    return page_.document.Contains(content_.node, node) && node > told_from_;
  }

  dom::NodeId ToldFrom() const {
    uint32_t letters = 0;
    for (size_t i = FirstBlockFrom(page_.blocks, content_.node); i < page_.blocks.size(); ++i) {
      if (page_.blocks[i].letters >= kSentenceLetters) letters += page_.blocks[i].letters;
      if (letters > kOpeningLetters) return page_.blocks[i].node;
    }
    return static_cast<dom::NodeId>(page_.document.size());
  }

  const Page& page_;
  const Content& content_;
  const dom::NodeId anchor_;
  const dom::NodeId told_from_;
  size_t lines_ = 0;
  size_t elements_ = 0;
  std::vector<Candidate> found_;
};

// A machine's time confirms what is shown when the clocks agree, as instants or as written.
bool Confirms(const Candidate& machine, const Candidate& shown) {
  if (shown.time.precision == v1::TIME_PRECISION_DAY) {
    const absl::Duration apart = machine.time.time - shown.time.time;
    return apart >= absl::ZeroDuration() && apart < absl::Hours(24);
  }
  if (SameMinute(machine.time.time, shown.time.time)) return true;
  const std::optional<DraftTime> local = WithoutZone(machine.value);
  return local && SameMinute(local->time, shown.time.time);
}

std::vector<Candidate>::iterator Heaviest(std::vector<Candidate>& candidates) {
  return std::max_element(candidates.begin(), candidates.end(),
                          [](const Candidate& a, const Candidate& b) { return a.weight < b.weight; });
}

void Weigh(std::vector<Candidate>& shown, std::vector<Candidate>& machine) {
  for (Candidate& candidate : shown) {
    for (Candidate& other : machine) {
      if (!Confirms(other, candidate)) continue;
      candidate.weight += 3;
    }
  }
  for (size_t i = 0; i < machine.size(); ++i) {
    for (size_t j = 0; j < machine.size(); ++j) {
      if (i != j && SameMinute(machine[i].time.time, machine[j].time.time)) machine[i].weight += 0.5;
    }
  }
}

// A day shown and a minute stated by machines: the minute, when it is of that day.
DraftTime Refine(const Candidate& chosen, const std::vector<Candidate>& machine) {
  if (chosen.time.precision != v1::TIME_PRECISION_DAY) return chosen.time;
  for (const Candidate& candidate : machine) {
    if (candidate.time.precision != v1::TIME_PRECISION_DAY && Confirms(candidate, chosen)) return candidate.time;
  }
  return chosen.time;
}

std::optional<DraftTime> Modified(const Page& page, const std::optional<DraftTime>& published) {
  for (const absl::string_view value :
       {absl::string_view(page.metadata.json_ld().modified), page.metadata.Meta("article:modified_time"),
        page.metadata.Meta("datemodified")}) {
    std::optional<DraftTime> time = ParseMachineTime(value);
    if (time && (!published || time->time >= published->time)) return time;
  }
  return std::nullopt;
}

}  // namespace

Times FindTimes(const Page& page, const Content& content, const Title& title, std::vector<Evidence>& evidence) {
  std::vector<Candidate> machine = MachineTimes(page);
  std::vector<Candidate> candidates = ShownTimes(page, content, title).Find();
  Weigh(candidates, machine);
  candidates.insert(candidates.end(), machine.begin(), machine.end());
  Times times;
  const auto best = Heaviest(candidates);
  if (best != candidates.end()) times.published = Refine(*best, machine);
  for (const Candidate& candidate : candidates) {
    evidence.push_back({"published", candidate.rule, candidate.value, &candidate == &*best});
  }
  times.modified = Modified(page, times.published);
  return times;
}

}  // namespace tintinh::normalizer::html
