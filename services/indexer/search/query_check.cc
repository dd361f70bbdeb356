#include "services/indexer/search/query_check.h"

#include <cmath>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/indexer/segment/field.h"

namespace tintinh::indexer {
namespace {

absl::Status Refuse(absl::string_view field, uint64_t value, uint64_t limit) {
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", value, " exceeds the limit of ", limit));
}

absl::Status CheckRange(absl::string_view field, uint64_t value, uint64_t least, uint64_t most) {
  if (value >= least && value <= most) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", value, " is not between ", least, " and ", most));
}

absl::Status CheckKey(absl::string_view field, absl::string_view key) {
  return CheckRange(absl::StrCat(field, " bytes"), key.size(), 1, kMaxKeyBytes);
}

absl::Status CheckWeight(absl::string_view field, float weight) {
  if (std::isfinite(weight) && weight >= 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(field, ": ", weight, " is not a finite number of at least 0"));
}

absl::Status CheckPart(absl::string_view field, v1::Part part) {
  return CheckRange(field, static_cast<uint64_t>(part), v1::PART_TITLE, v1::PART_CAPTION);
}

absl::Status CheckKind(absl::string_view field, v1::KeyKind kind) {
  return CheckRange(field, static_cast<uint64_t>(kind), v1::KEY_KIND_EXACT, v1::KEY_KIND_IDENTIFIER);
}

absl::Status CheckTerm(const v1::TermQuery& term) {
  RETURN_IF_ERROR(CheckPart("term.part", term.part()));
  RETURN_IF_ERROR(CheckKind("term.kind", term.kind()));
  RETURN_IF_ERROR(CheckKey("term.key", term.key()));
  return CheckWeight("term.weight", term.weight());
}

absl::Status CheckPairKeys(const v1::PhraseQuery& phrase) {
  if (phrase.pair_keys().empty()) return absl::OkStatus();
  if (phrase.pair_keys_size() != phrase.keys_size() - 1) {
    return absl::InvalidArgumentError(
        absl::StrCat("phrase.pair_keys: ", phrase.pair_keys_size(), " for ", phrase.keys_size(), " keys"));
  }
  for (const std::string& key : phrase.pair_keys()) {
    RETURN_IF_ERROR(CheckRange("phrase.pair_keys bytes", key.size(), 0, kMaxKeyBytes));
  }
  return absl::OkStatus();
}

absl::Status CheckPhrase(const v1::PhraseQuery& phrase) {
  RETURN_IF_ERROR(CheckPart("phrase.part", phrase.part()));
  RETURN_IF_ERROR(CheckRange("phrase.keys", static_cast<uint64_t>(phrase.keys_size()), 2, kMaxPhraseKeys));
  for (const std::string& key : phrase.keys()) RETURN_IF_ERROR(CheckKey("phrase.keys", key));
  if (phrase.offsets_size() != phrase.keys_size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("phrase.offsets: ", phrase.offsets_size(), " for ", phrase.keys_size(), " keys"));
  }
  if (phrase.offsets(0) != 0) {
    return absl::InvalidArgumentError(absl::StrCat("phrase.offsets: the first is ", phrase.offsets(0), ", not 0"));
  }
  RETURN_IF_ERROR(CheckPairKeys(phrase));
  return CheckWeight("phrase.weight", phrase.weight());
}

absl::Status CheckPrefix(const v1::PrefixQuery& prefix) {
  RETURN_IF_ERROR(CheckPart("prefix.part", prefix.part()));
  RETURN_IF_ERROR(CheckKind("prefix.kind", prefix.kind()));
  if (prefix.kind() == v1::KEY_KIND_PAIR) {
    return absl::InvalidArgumentError("prefix.kind: KEY_KIND_PAIR has no prefixes, its keys are hashes");
  }
  RETURN_IF_ERROR(CheckKey("prefix.prefix", prefix.prefix()));
  RETURN_IF_ERROR(CheckRange("prefix.expansions", prefix.expansions(), 1, kMaxExpansions));
  return CheckWeight("prefix.weight", prefix.weight());
}

class TreeCheck {
 public:
  absl::Status Check(const v1::LeafQuery& query, uint32_t depth) {
    if (depth > kMaxQueryDepth) return Refuse("query depth", depth, kMaxQueryDepth);
    if (++nodes_ > kMaxQueryNodes) return Refuse("query nodes", nodes_, kMaxQueryNodes);
    switch (query.node_case()) {
      case v1::LeafQuery::kTerm:
        return CheckTerm(query.term());
      case v1::LeafQuery::kPhrase:
        return CheckPhrase(query.phrase());
      case v1::LeafQuery::kBoolean:
        return CheckBoolean(query.boolean(), depth + 1);
      case v1::LeafQuery::kMatchAll:
        return absl::OkStatus();
      case v1::LeafQuery::kPrefix:
        return CountPrefix(query.prefix());
      case v1::LeafQuery::NODE_NOT_SET:
        break;
    }
    return absl::InvalidArgumentError("query.node: a node is empty");
  }

 private:
  absl::Status CheckBoolean(const v1::BooleanQuery& boolean, uint32_t depth) {
    for (const v1::LeafQuery& child : boolean.must()) RETURN_IF_ERROR(Check(child, depth));
    for (const v1::LeafQuery& child : boolean.should()) RETURN_IF_ERROR(Check(child, depth));
    for (const v1::LeafQuery& child : boolean.must_not()) RETURN_IF_ERROR(Check(child, depth));
    return absl::OkStatus();
  }

  absl::Status CountPrefix(const v1::PrefixQuery& prefix) {
    RETURN_IF_ERROR(CheckPrefix(prefix));
    if (++prefixes_ > kMaxPrefixes) return Refuse("query prefixes", prefixes_, kMaxPrefixes);
    nodes_ += prefix.expansions();
    return nodes_ <= kMaxQueryNodes ? absl::OkStatus()
                                    : Refuse("query nodes with the expansions of prefixes", nodes_, kMaxQueryNodes);
  }

  uint32_t nodes_ = 0;
  uint32_t prefixes_ = 0;
};

template <typename Values>
absl::Status CheckCount(absl::string_view field, const Values& values) {
  const size_t count = static_cast<size_t>(values.size());
  return count <= kMaxFilterValues ? absl::OkStatus() : Refuse(field, count, kMaxFilterValues);
}

absl::Status CheckTime(absl::string_view field, const google::protobuf::Timestamp& time) {
  // Years 0001 to 9999, as timestamp.proto has it.
  const bool sound = time.seconds() >= -62'135'596'800 && time.seconds() <= 253'402'300'799 && time.nanos() >= 0 &&
                     time.nanos() <= 999'999'999;
  if (sound) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(field, ": ", time.seconds(), " s ", time.nanos(), " ns is no timestamp"));
}

absl::Status CheckTerms(absl::string_view field, const google::protobuf::RepeatedPtrField<v1::TermKey>& terms) {
  const size_t count = static_cast<size_t>(terms.size());
  if (count > kMaxStatisticsTerms) return Refuse(field, count, kMaxStatisticsTerms);
  for (const v1::TermKey& term : terms) {
    RETURN_IF_ERROR(CheckPart(absl::StrCat(field, ".part"), term.part()));
    RETURN_IF_ERROR(CheckKind(absl::StrCat(field, ".kind"), term.kind()));
    RETURN_IF_ERROR(CheckKey(absl::StrCat(field, ".key"), term.key()));
  }
  return absl::OkStatus();
}

absl::Status CheckConditions(const v1::Filter& filter) {
  RETURN_IF_ERROR(CheckCount("filter.sites", filter.sites()));
  RETURN_IF_ERROR(CheckCount("filter.provinces", filter.provinces()));
  RETURN_IF_ERROR(CheckCount("filter.districts", filter.districts()));
  RETURN_IF_ERROR(CheckCount("filter.sections", filter.sections()));
  RETURN_IF_ERROR(CheckCount("filter.languages", filter.languages()));
  RETURN_IF_ERROR(CheckCount("filter.documents", filter.documents()));
  RETURN_IF_ERROR(CheckTime("filter.published_from", filter.published_from()));
  return CheckTime("filter.published_before", filter.published_before());
}

absl::Status CheckNested(absl::string_view field, const google::protobuf::RepeatedPtrField<v1::Filter>& filters) {
  const size_t count = static_cast<size_t>(filters.size());
  if (count > kMaxNestedFilters) return Refuse(field, count, kMaxNestedFilters);
  for (const v1::Filter& filter : filters) {
    if (filter.ByteSizeLong() == 0) return absl::InvalidArgumentError(absl::StrCat(field, ": one is empty"));
    if (!filter.also().empty() || !filter.without().empty()) {
      return absl::InvalidArgumentError(absl::StrCat(field, ": one holds filters itself"));
    }
    RETURN_IF_ERROR(CheckConditions(filter));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckQuery(const v1::LeafQuery& query) { return TreeCheck().Check(query, 1); }

absl::Status CheckFilter(const v1::Filter& filter) {
  RETURN_IF_ERROR(CheckConditions(filter));
  RETURN_IF_ERROR(CheckNested("filter.also", filter.also()));
  return CheckNested("filter.without", filter.without());
}

absl::Status CheckSearch(const v1::LeafSearchRequest& request) {
  if (request.has_query()) RETURN_IF_ERROR(CheckQuery(request.query()));
  RETURN_IF_ERROR(CheckFilter(request.filter()));
  RETURN_IF_ERROR(CheckRange("limit", request.limit(), 1, kMaxHits));
  RETURN_IF_ERROR(CheckRange("sort", static_cast<uint64_t>(request.sort()), 0, v1::SORT_ORDER_OLDEST));
  RETURN_IF_ERROR(CheckTerms("statistics_terms", request.statistics_terms()));
  if (request.has_statistics() && request.statistics().document_frequencies_size() != request.statistics_terms_size()) {
    return absl::InvalidArgumentError(
        absl::StrCat("statistics.document_frequencies: ", request.statistics().document_frequencies_size(), " for ",
                     request.statistics_terms_size(), " statistics_terms"));
  }
  if (std::isnan(request.after().score())) return absl::InvalidArgumentError("after.score: not a number");
  return absl::OkStatus();
}

absl::Status CheckFacets(const v1::LeafFacetsRequest& request) {
  if (request.has_query()) RETURN_IF_ERROR(CheckQuery(request.query()));
  RETURN_IF_ERROR(CheckFilter(request.filter()));
  RETURN_IF_ERROR(CheckRange("limit", request.limit(), 1, kMaxFacetValues));
  RETURN_IF_ERROR(CheckRange("fields", static_cast<uint64_t>(request.fields_size()), 1, v1::FACET_FIELD_MONTH));
  uint64_t seen = 0;
  for (const int field : request.fields()) {
    RETURN_IF_ERROR(CheckRange("fields", static_cast<uint64_t>(field), v1::FACET_FIELD_SITE, v1::FACET_FIELD_MONTH));
    const uint64_t bit = uint64_t{1} << field;
    if ((seen & bit) != 0) return absl::InvalidArgumentError(absl::StrCat("fields: ", field, " is there twice"));
    seen |= bit;
  }
  return absl::OkStatus();
}

absl::Status CheckStatistics(const v1::LeafStatisticsRequest& request) { return CheckTerms("terms", request.terms()); }

}  // namespace tintinh::indexer
