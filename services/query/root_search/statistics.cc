#include "services/query/root_search/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace tintinh::query {
namespace {

class TermCollector {
 public:
  // Queries are built by this service's parser and a few levels deep.
  void Visit(const v1::LeafQuery& query) {
    if (query.has_term()) Add(query.term().part(), query.term().kind(), query.term().key());
    if (query.has_phrase()) {
      for (const std::string& key : query.phrase().keys()) Add(query.phrase().part(), v1::KEY_KIND_EXACT, key);
    }
    for (const v1::LeafQuery& child : query.boolean().must()) Visit(child);
    for (const v1::LeafQuery& child : query.boolean().should()) Visit(child);
  }

  std::vector<v1::TermKey> terms() && { return std::move(terms_); }

 private:
  void Add(v1::Part part, v1::KeyKind kind, const std::string& key) {
    if (!seen_.emplace(part, kind, key).second) return;
    v1::TermKey& term = terms_.emplace_back();
    term.set_part(part);
    term.set_kind(kind);
    term.set_key(key);
  }

  absl::flat_hash_set<std::tuple<int, int, std::string>> seen_;
  std::vector<v1::TermKey> terms_;
};

v1::FieldStatistics& FieldOf(const v1::FieldStatistics& like, v1::CollectionStatistics& sum) {
  for (v1::FieldStatistics& field : *sum.mutable_fields()) {
    if (field.part() == like.part() && field.kind() == like.kind()) return field;
  }
  v1::FieldStatistics& field = *sum.add_fields();
  field.set_part(like.part());
  field.set_kind(like.kind());
  return field;
}

void ShareFrequencies(const std::vector<v1::TermKey>& terms, v1::CollectionStatistics& sum) {
  auto& frequencies = *sum.mutable_document_frequencies();
  absl::flat_hash_map<std::pair<int, absl::string_view>, uint64_t> most;
  for (int i = 0; i < frequencies.size(); ++i) {
    const v1::TermKey& term = terms[static_cast<size_t>(i)];
    uint64_t& frequency = most[{term.kind(), term.key()}];
    frequency = std::max(frequency, frequencies.Get(i));
  }
  for (int i = 0; i < frequencies.size(); ++i) {
    const v1::TermKey& term = terms[static_cast<size_t>(i)];
    frequencies.Set(i, most.at({term.kind(), term.key()}));
  }
}

void ShareDocumentCounts(v1::CollectionStatistics& sum) {
  absl::flat_hash_map<int, uint64_t> most;  // by kind
  for (const v1::FieldStatistics& field : sum.fields()) {
    most[field.kind()] = std::max(most[field.kind()], field.document_count());
  }
  for (v1::FieldStatistics& field : *sum.mutable_fields()) {
    if (field.document_count() == 0) continue;
    const double average = static_cast<double>(field.total_length()) / static_cast<double>(field.document_count());
    field.set_document_count(most.at(field.kind()));
    field.set_total_length(static_cast<uint64_t>(std::llround(average * static_cast<double>(field.document_count()))));
  }
}

}  // namespace

std::vector<v1::TermKey> CollectTerms(const v1::LeafQuery& query) {
  TermCollector collector;
  collector.Visit(query);
  return std::move(collector).terms();
}

absl::Status AddStatistics(const v1::CollectionStatistics& part, int terms, v1::CollectionStatistics& sum) {
  if (part.document_frequencies_size() != terms) {
    return absl::InternalError(
        absl::StrCat("leaf statistics: ", part.document_frequencies_size(), " frequencies for ", terms, " terms"));
  }
  sum.set_document_count(sum.document_count() + part.document_count());
  for (const v1::FieldStatistics& field : part.fields()) {
    v1::FieldStatistics& total = FieldOf(field, sum);
    total.set_document_count(total.document_count() + field.document_count());
    total.set_total_length(total.total_length() + field.total_length());
  }
  sum.mutable_document_frequencies()->Resize(terms, 0);
  for (int i = 0; i < terms; ++i) {
    sum.set_document_frequencies(i, sum.document_frequencies(i) + part.document_frequencies(i));
  }
  return absl::OkStatus();
}

void ShareAmongParts(const std::vector<v1::TermKey>& terms, v1::CollectionStatistics& sum) {
  ShareFrequencies(terms, sum);
  ShareDocumentCounts(sum);
}

}  // namespace tintinh::query
