#include "common/places/locate_story.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "common/places/gazetteer.h"
#include "common/places/mentions.h"
#include "common/places/places.h"
#include "common/text/letter.h"
#include "common/text/utf8.h"
#include "common/time/clock.h"

namespace tintinh::places {
namespace {

constexpr int kTitleWeight = 6;
constexpr int kLeadWeight = 4;
constexpr int kCaptionWeight = 2;
constexpr int kParagraphWeight = 1;
constexpr int kWorded = 3;        // a unit word triples a mention
constexpr int kPaperBonus = 24;   // the paper's own province against names met in the text: two title mentions
constexpr int kCommuneBonus = 3;  // a commune of the district named beside it
constexpr size_t kMaxBytes = size_t{256} << 10;
constexpr size_t kMaxMentionsPerPart = 200;

// All capitals, as headlines are set.
bool IsShouted(absl::string_view name) {
  const char* at = name.data();
  const char* const limit = at + name.size();
  size_t capitals = 0;
  while (at != limit) {
    const text::CodePoint point = text::DecodeUtf8(at, limit);
    at += point.size;
    const bool letter = text::ClassifyLetter(point.value).kind == text::LetterKind::kLetter;
    const bool capital = text::LowerOf(point.value) != point.value;
    if (letter && !capital) {
      return false;
    }
    capitals += capital ? 1 : 0;
  }
  return capitals > 1;
}

// How often a name is met, and how it is spelled.
struct Tally {
  int score = 0;
  bool worded = false;
  bool prominent = false;  // in the title or lead
  std::vector<std::pair<std::string, int>> spellings;

  void Add(const Mention& mention, int weight) {
    const int points = weight * (mention.unit == Unit::kNone ? 1 : kWorded);
    score += points;
    worded |= mention.unit != Unit::kNone;
    prominent |= weight >= kLeadWeight;
    for (auto& [spelling, count] : spellings) {
      if (spelling == mention.surface) {
        count += points;
        return;
      }
    }
    spellings.emplace_back(mention.surface, points);
  }

  // The commonest spelling that is not all capitals; `official` when all are.
  std::string Spelling(const std::string& official) const {
    const std::pair<std::string, int>* best = nullptr;
    for (const auto& spelling : spellings) {
      if (!IsShouted(spelling.first) && (best == nullptr || spelling.second > best->second)) {
        best = &spelling;
      }
    }
    return best == nullptr ? official : best->first;
  }
};

using Tallies = absl::flat_hash_map<std::string, Tally>;  // by folded key

struct Evidence {
  Tallies provinces;
  Tallies districts;
  Tallies communes;
  std::optional<size_t> paper;  // the paper's own province
};

bool IsOf(Unit unit, std::initializer_list<Unit> units) {
  return std::find(units.begin(), units.end(), unit) != units.end();
}

// A bare name counts for a province and a district alike; a city is either.
void Note(const Mention& mention, int weight, Evidence& evidence) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  const std::string& key = mention.key.folded;
  if (IsOf(mention.unit, {Unit::kNone, Unit::kProvince, Unit::kCity}) && !gazetteer.ProvincesNamed(key).empty()) {
    evidence.provinces[key].Add(mention, weight);
  }
  if (IsOf(mention.unit, {Unit::kNone, Unit::kCity, Unit::kUrbanDistrict, Unit::kRuralDistrict, Unit::kTown}) &&
      !gazetteer.DistrictsNamed(key).empty()) {
    evidence.districts[key].Add(mention, weight);
  }
  if (IsOf(mention.unit, {Unit::kWard, Unit::kRuralCommune, Unit::kTownship, Unit::kSpecialZone})) {
    evidence.communes[key].Add(mention, weight);
  }
}

class TextBudget {
 public:
  absl::string_view Take(absl::string_view part) {
    part = part.substr(0, left_);
    left_ -= part.size();
    return part;
  }

 private:
  size_t left_ = kMaxBytes;
};

void NoteAll(absl::string_view part, int weight, Evidence& evidence) {
  for (const Mention& mention : FindMentions(part, kMaxMentionsPerPart)) {
    Note(mention, weight, evidence);
  }
}

std::optional<size_t> RowOf(const std::optional<Province>& province) {
  const std::vector<ProvinceRow>& rows = Gazetteer::Get().provinces();
  for (size_t i = 0; province.has_value() && i < rows.size(); ++i) {
    if (rows[i].name == province->name) {
      return i;
    }
  }
  return std::nullopt;
}

Evidence Gather(const StoryText& story) {
  Evidence evidence;
  TextBudget budget;
  NoteAll(budget.Take(story.title), kTitleWeight, evidence);
  NoteAll(budget.Take(story.lead), kLeadWeight, evidence);
  for (const absl::string_view caption : story.captions) {
    NoteAll(budget.Take(caption), kCaptionWeight, evidence);
  }
  for (const absl::string_view paragraph : story.paragraphs) {
    NoteAll(budget.Take(paragraph), kParagraphWeight, evidence);
  }
  NoteAll(budget.Take(story.source_name), kTitleWeight, evidence);
  evidence.paper = RowOf(FindProvince(story.site_province));
  if (!evidence.paper.has_value()) {
    evidence.paper = RowOf(FindProvinceInSource(story.source_name));
  }
  return evidence;
}

int ProvinceScore(const Evidence& evidence, size_t province) {
  const ProvinceRow& row = Gazetteer::Get().provinces()[province];
  const auto met = evidence.provinces.find(row.key.folded);
  int score = met == evidence.provinces.end() ? 0 : met->second.score;
  if (evidence.paper.has_value()) {
    const bool own = *evidence.paper == province;
    const bool sibling = Gazetteer::Get().provinces()[*evidence.paper].today == row.today;
    score += own ? kPaperBonus : sibling ? kPaperBonus / 2 : 0;
  }
  return score;
}

int CommuneScore(const Evidence& evidence, size_t district) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  const size_t holder = gazetteer.districts()[district].successor;
  int score = 0;
  for (const auto& [key, tally] : evidence.communes) {
    const Gazetteer::Indices& holders = gazetteer.DistrictsWithCommune(key);
    const bool holds = std::find(holders.begin(), holders.end(), static_cast<uint32_t>(holder)) != holders.end();
    score += holds ? kCommuneBonus : 0;
  }
  return score;
}

struct Candidate {
  size_t district = 0;
  const Tally* tally = nullptr;
  int support = 0;  // what speaks for this one among those of its name
};

// The most likely district of one name; nothing when the name alone proves nothing.
std::optional<Candidate> Resolve(const std::string& key, const Tally& tally, const Evidence& evidence) {
  std::optional<Candidate> best;
  bool tie = false;
  for (const uint32_t district : Gazetteer::Get().DistrictsNamed(key)) {
    const size_t province = Gazetteer::Get().districts()[district].province;
    const Candidate candidate{district, &tally, ProvinceScore(evidence, province) + CommuneScore(evidence, district)};
    tie = best.has_value() && candidate.support == best->support &&
          province != Gazetteer::Get().districts()[best->district].province;
    if (!best.has_value() || candidate.support > best->support) {
      best = candidate;
    }
  }
  if (!best.has_value() || (best->support == 0 && (tie || !tally.worded))) {
    return std::nullopt;
  }
  return best;
}

// A name that is a province's too ("Thanh Hóa", "Hòa Bình") is a district's only behind its unit word.
bool IsMerelyProvince(const std::string& key, const Tally& tally) {
  return !Gazetteer::Get().ProvincesNamed(key).empty() && !tally.worded;
}

std::optional<Candidate> BestDistrict(const Evidence& evidence) {
  std::optional<Candidate> best;
  int second = 0;
  const auto rank = [](const Candidate& c) { return c.tally->score + std::min(c.support, kPaperBonus) / 3; };
  for (const auto& [key, tally] : evidence.districts) {
    const std::optional<Candidate> candidate =
        IsMerelyProvince(key, tally) ? std::nullopt : Resolve(key, tally, evidence);
    if (!candidate.has_value()) {
      continue;
    }
    const bool better = !best.has_value() || rank(*candidate) > rank(*best) ||
                        (rank(*candidate) == rank(*best) && candidate->district < best->district);
    second = better ? (best.has_value() ? std::max(second, best->tally->score) : second)
                    : std::max(second, candidate->tally->score);
    best = better ? candidate : best;
  }
  const bool clear = best.has_value() && (best->tally->score * 2 >= second * 3);
  return clear ? best : std::nullopt;
}

std::optional<size_t> BestProvince(const Evidence& evidence) {
  std::optional<size_t> best;
  int best_score = 0;
  const std::vector<ProvinceRow>& rows = Gazetteer::Get().provinces();
  for (size_t i = 0; i < rows.size(); ++i) {
    const int score = ProvinceScore(evidence, i);
    if (score > best_score) {
      best = i;
      best_score = score;
    }
  }
  // One bare name in passing does not place a story.
  return best_score >= 3 ? best : std::nullopt;
}

bool IsSinceMerger(const StoryText& story) {
  static const absl::Time merger = absl::FromCivil(absl::CivilDay(2025, 7, 1), VietnamTimeZone());
  return story.published.has_value() && *story.published >= merger;
}

// The commune of the story: named in title or lead, or again and again, and lying where the story does.
template <typename Holds>
std::string BestCommune(const Evidence& evidence, Holds holds) {
  const Tally* best = nullptr;
  std::string best_key;
  bool tie = false;
  for (const auto& [key, tally] : evidence.communes) {
    if ((!tally.prominent && tally.score < 3 * kWorded) || !holds(key)) {
      continue;
    }
    tie = best != nullptr && tally.score == best->score;
    if (best == nullptr || tally.score > best->score) {
      best = &tally;
    }
  }
  return best == nullptr || tie ? "" : best->Spelling(best->spellings.front().first);
}

bool Contains(const Gazetteer::Indices& indices, size_t value) {
  return std::find(indices.begin(), indices.end(), static_cast<uint32_t>(value)) != indices.end();
}

PlaceMatch LocateBefore(const Evidence& evidence) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  PlaceMatch match;
  std::optional<size_t> province = BestProvince(evidence);
  if (const std::optional<Candidate> district = BestDistrict(evidence)) {
    const DistrictRow& row = gazetteer.districts()[district->district];
    match.district = district->tally->Spelling(row.name);
    match.commune = BestCommune(
        evidence, [&](const std::string& key) { return Contains(gazetteer.DistrictsWithCommune(key), row.successor); });
    province = row.province;
  }
  if (province.has_value()) {
    match.province = gazetteer.provinces()[*province].name;
    match.province_today = gazetteer.provinces()[*province].today;
  }
  return match;
}

PlaceMatch LocateSince(const Evidence& evidence) {
  const Gazetteer& gazetteer = Gazetteer::Get();
  PlaceMatch match = LocateBefore(evidence);
  match.district.clear();
  match.province = match.province_today;
  const std::optional<size_t> province = RowOf(FindProvince(match.province));
  match.commune = !province.has_value() ? "" : BestCommune(evidence, [&](const std::string& key) {
    return Contains(gazetteer.ProvincesWithCommune(key), *province);
  });
  return match;
}

}  // namespace

PlaceMatch LocateStory(const StoryText& story) {
  const Evidence evidence = Gather(story);
  return IsSinceMerger(story) ? LocateSince(evidence) : LocateBefore(evidence);
}

}  // namespace tintinh::places
