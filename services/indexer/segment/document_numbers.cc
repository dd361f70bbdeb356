#include "services/indexer/segment/document_numbers.h"

#include <algorithm>
#include <array>
#include <bit>
#include <memory>

#include "absl/functional/function_ref.h"
#include "common/status/status_macros.h"
#include "services/indexer/postings/posting_block.h"
#include "services/indexer/reorder/bisection.h"
#include "services/indexer/segment/field.h"
#include "services/indexer/segment/merged_terms.h"

namespace tintinh::indexer {
namespace {

constexpr FieldId kField = FieldOf(v1::PART_BODY, v1::KEY_KIND_EXACT);

// Rarer terms tell too little about which documents belong together for what they cost, more frequent ones hardly
// differ between them.
uint64_t LeastDocuments(uint32_t documents) { return std::clamp<uint64_t>(documents / 16, 2, 64); }
constexpr double kLargestShare = 0.4;
// Of all documents together: bounds memory. With more, only terms rarer still are looked at.
constexpr uint64_t kMostFeatures = 24'000'000;

constexpr uint32_t kSmallestPart = 32;
constexpr uint32_t kIterations = 10;

// Calls `visit` for each term of kField with the number of its documents, deleted ones included.
absl::Status ForEachTerm(absl::Span<const SegmentView> sources,
                         absl::FunctionRef<absl::Status(MergedTerms& terms, uint64_t documents)> visit) {
  MergedTerms terms(sources);
  while (terms.Next() && FieldOfTerm(terms.term()) <= kField) {
    if (FieldOfTerm(terms.term()) < kField) continue;
    uint64_t documents = 0;
    for (const size_t holder : terms.holders()) {
      ASSIGN_OR_RETURN(const uint32_t in_source, sources[holder].segment->DocumentFrequency(terms.term()));
      documents += in_source;
    }
    RETURN_IF_ERROR(visit(terms, documents));
  }
  return terms.status();
}

// How many documents a term that is a feature has.
struct Frequencies {
  uint64_t least = 0;
  uint64_t most = 0;

  bool Has(uint64_t documents) const { return documents >= least && documents <= most; }
};

absl::StatusOr<Frequencies> ChooseFrequencies(absl::Span<const SegmentView> sources, uint32_t documents) {
  Frequencies chosen{LeastDocuments(documents), static_cast<uint64_t>(kLargestShare * documents)};
  std::array<uint64_t, 65> features_by_width{};  // by the bits of the number of documents
  RETURN_IF_ERROR(ForEachTerm(sources, [&](MergedTerms&, uint64_t of_term) {
    if (chosen.Has(of_term)) features_by_width[static_cast<size_t>(std::bit_width(of_term))] += of_term;
    return absl::OkStatus();
  }));
  uint64_t features = 0;
  for (size_t width = 1; width < features_by_width.size(); ++width) {
    features += features_by_width[width];
    if (features > kMostFeatures) {
      chosen.most = (uint64_t{1} << (width - 1)) - 1;
      break;
    }
  }
  return chosen;
}

absl::Status ForEachFeature(absl::Span<const SegmentView> sources, const DocumentNumbers& numbers,
                            const Frequencies& frequencies,
                            absl::FunctionRef<void(uint32_t feature, uint32_t number)> visit) {
  uint32_t feature = 0;
  return ForEachTerm(sources, [&](MergedTerms& terms, uint64_t documents) -> absl::Status {
    if (!frequencies.Has(documents)) return absl::OkStatus();
    for (const size_t holder : terms.holders()) {
      ASSIGN_OR_RETURN(const std::unique_ptr<PostingCursor> cursor, terms.Open(holder));
      for (uint32_t target = 0; cursor->SeekBlock(target); target = cursor->block_last() + 1) {
        for (const uint32_t document : cursor->BlockDocs()) {
          const uint32_t number = numbers.Of(holder, document);
          if (number != kNoMoreDocs) visit(feature, number);
        }
      }
      RETURN_IF_ERROR(cursor->status());
    }
    ++feature;
    return absl::OkStatus();
  });
}

absl::StatusOr<DocumentFeatures> FeaturesOf(absl::Span<const SegmentView> sources, const DocumentNumbers& numbers) {
  ASSIGN_OR_RETURN(const Frequencies frequencies, ChooseFrequencies(sources, numbers.count()));
  DocumentFeatures features;
  features.starts.resize(numbers.count() + size_t{1});
  RETURN_IF_ERROR(ForEachFeature(sources, numbers, frequencies, [&features](uint32_t feature, uint32_t number) {
    features.count = feature + 1;
    ++features.starts[number];
  }));
  // Ends first; filling from behind turns them into starts.
  for (size_t i = 1; i < features.starts.size(); ++i) features.starts[i] += features.starts[i - 1];
  features.features.resize(features.starts.back());
  RETURN_IF_ERROR(ForEachFeature(sources, numbers, frequencies, [&features](uint32_t feature, uint32_t number) {
    features.features[--features.starts[number]] = feature;
  }));
  return features;
}

}  // namespace

DocumentNumbers DocumentNumbers::InOrder(absl::Span<const SegmentView> sources) {
  DocumentNumbers numbers;
  for (uint32_t source = 0; source < sources.size(); ++source) {
    std::vector<uint32_t>& of_source = numbers.numbers_.emplace_back(sources[source].documents, kNoMoreDocs);
    for (uint32_t document = 0; document < of_source.size(); ++document) {
      if (!sources[source].IsLive(document)) continue;
      of_source[document] = numbers.count();
      numbers.places_.push_back({source, document});
    }
  }
  return numbers;
}

absl::StatusOr<DocumentNumbers> DocumentNumbers::ByContent(absl::Span<const SegmentView> sources) {
  DocumentNumbers numbers = InOrder(sources);
  ASSIGN_OR_RETURN(const DocumentFeatures features, FeaturesOf(sources, numbers));
  numbers.Rearrange(BisectDocuments(features, {.smallest = kSmallestPart, .iterations = kIterations}));
  return numbers;
}

void DocumentNumbers::Rearrange(absl::Span<const uint32_t> order) {
  std::vector<Place> places;
  places.reserve(order.size());
  for (const uint32_t old : order) {
    const Place place = places_[old];
    numbers_[place.source][place.document] = static_cast<uint32_t>(places.size());
    places.push_back(place);
  }
  places_ = std::move(places);
  in_order_ = false;
}

}  // namespace tintinh::indexer
