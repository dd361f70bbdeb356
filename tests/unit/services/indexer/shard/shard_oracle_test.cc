// Random corpora, updates, deletes, flushes, merges and restarts: the shard must agree with an engine that has no
// index, whenever the background gets to its work.
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/indexer/shard/shard.h"
#include "tests/support/naive_index.h"
#include "tests/support/status_matchers.h"
#include "tests/support/stepped_executor.h"
#include "tests/support/temp_dir.h"

namespace tintinh::indexer {
namespace {

using testing::IsOk;
using testing::NaiveIndex;
using testing::SteppedExecutor;
using testing::TempDir;

constexpr const char* kSyllables[] = {"sông",  "núi",  "đồi",   "chè",  "lúa", "nước", "đường",  "xã",
                                      "huyện", "tỉnh", "người", "dân",  "mới", "của",  "và",     "trong",
                                      "năm",   "ngày", "hội",   "làng", "chợ", "cầu",  "trường", "học",
                                      "sinh",  "cá",   "rừng",  "biển", "đảo", "mưa"};

class RandomArticles {
 public:
  explicit RandomArticles(uint32_t seed) : random_(seed) {}

  size_t Below(size_t limit) { return std::uniform_int_distribution<size_t>(0, limit - 1)(random_); }

  // The first syllables are the most frequent.
  std::string Syllable() { return kSyllables[Below(Below(std::size(kSyllables)) + 1)]; }

  std::string Words(size_t most) {
    std::vector<std::string> words(Below(most + 1));
    for (std::string& word : words) word = Syllable();
    return absl::StrJoin(words, " ");
  }

  std::string Id() { return absl::StrCat(std::string(30, 'b'), 10 + Below(60)); }

  disk::v1::LogEntry Entry() {
    disk::v1::LogEntry entry;
    entry.set_article_id(Id());
    if (Below(8) == 0) {
      entry.set_kind(disk::v1::LOG_ENTRY_KIND_DELETE);
      return entry;
    }
    entry.set_kind(disk::v1::LOG_ENTRY_KIND_PUT);
    disk::v1::StoredArticle& article = *entry.mutable_article();
    article.set_article_id(entry.article_id());
    article.set_title(Words(6));
    article.set_lead(Words(8));
    for (size_t i = Below(3); i > 0; --i) article.add_paragraphs()->set_text(Words(30));
    for (size_t i = Below(3); i > 0; --i) article.add_photos()->set_caption(Words(5));
    if (Below(5) > 0) article.set_published_us(static_cast<int64_t>(Below(20)) * 1'000'000);
    article.set_site(absl::StrCat("bao", Below(4)));
    article.set_province(Below(3) == 0 ? "" : absl::StrCat("Tỉnh ", Below(3)));
    article.set_province_today(article.province().empty() ? "" : absl::StrCat("Tỉnh ", Below(2)));
    article.add_section_path(absl::StrCat("Mục ", Below(3)));
    if (Below(3) == 0) article.add_documents()->set_number(absl::StrCat(Below(4), "-NQ/TW"));
    article.set_content_hash(Below(6) == 0 ? std::string(32, 'c') : absl::StrCat("hash ", ++hashes_));
    return entry;
  }

  v1::Part Part() { return static_cast<v1::Part>(v1::PART_TITLE + static_cast<int>(Below(3))); }

  v1::LeafQuery Query(int depth) {
    v1::LeafQuery query;
    const size_t kind = Below(depth > 0 ? 11 : 7);
    if (kind < 4) {
      SetTerm(*query.mutable_term());
    } else if (kind == 4) {
      SetPhrase(*query.mutable_phrase());
    } else if (kind == 5) {
      query.mutable_match_all();
    } else if (kind == 6) {
      SetPrefix(*query.mutable_prefix());
    } else {
      SetBoolean(*query.mutable_boolean(), depth - 1);
    }
    return query;
  }

  v1::Filter Filter() {
    v1::Filter filter = Conditions();
    if (Below(4) == 0) *filter.add_also() = SomeCondition();
    for (uint64_t i = Below(3); i > 0; --i) *filter.add_without() = SomeCondition();
    return filter;
  }

  v1::Filter SomeCondition() {
    v1::Filter filter = Conditions();
    if (filter.ByteSizeLong() == 0) filter.add_sites("bao1");
    return filter;
  }

  v1::Filter Conditions() {
    v1::Filter filter;
    if (Below(3) == 0) filter.add_sites(absl::StrCat("bao", Below(5)));
    if (Below(4) == 0) filter.add_provinces(absl::StrCat("Tỉnh ", Below(4)));
    if (Below(4) == 0) filter.add_sections(absl::StrCat("Mục ", Below(3)));
    if (Below(6) == 0) filter.add_documents(absl::StrCat(Below(4), "-NQ/TW"));
    if (Below(4) == 0) filter.mutable_published_from()->set_seconds(static_cast<int64_t>(Below(20)));
    if (Below(4) == 0) filter.mutable_published_before()->set_seconds(static_cast<int64_t>(Below(20)));
    return filter;
  }

 private:
  std::string Key(v1::KeyKind kind) {
    const text::AnalyzedText analyzed = text::Analyzer().Analyze(absl::StrCat(Syllable(), " ", Syllable()));
    for (const text::Token& token : analyzed.tokens) {
      if (static_cast<int>(token.kind) == kind) return std::string(analyzed.Key(token));
    }
    return "22-NQ/TW";
  }

  void SetTerm(v1::TermQuery& term) {
    term.set_part(Part());
    term.set_kind(static_cast<v1::KeyKind>(v1::KEY_KIND_EXACT + static_cast<int>(Below(4))));
    term.set_key(Key(term.kind()));
    term.set_weight(static_cast<float>(Below(4)) * 0.5f);
  }

  void SetPrefix(v1::PrefixQuery& prefix) {
    prefix.set_part(Part());
    prefix.set_kind(Below(2) == 0 ? v1::KEY_KIND_EXACT : v1::KEY_KIND_FOLDED);
    const std::string key = Key(prefix.kind());
    prefix.set_prefix(key.substr(0, 1 + Below(key.size())));
    prefix.set_weight(static_cast<float>(Below(3)) * 0.5f);
    prefix.set_expansions(2 * std::size(kSyllables));  // so that every key is among them
  }

  void SetPhrase(v1::PhraseQuery& phrase) {
    phrase.set_part(Part());
    phrase.set_weight(1.5f);
    for (size_t i = 0, count = 2 + Below(2), offset = 0; i < count; ++i, offset += 1 + Below(2)) {
      phrase.add_keys(Key(v1::KEY_KIND_EXACT));
      phrase.add_offsets(static_cast<uint32_t>(offset));
    }
  }

  void SetBoolean(v1::BooleanQuery& boolean, int depth) {
    for (size_t i = Below(3); i > 0; --i) *boolean.add_must() = Query(depth);
    for (size_t i = Below(4); i > 0; --i) *boolean.add_should() = Query(depth);
    for (size_t i = Below(2); i > 0; --i) *boolean.add_must_not() = Query(depth);
    boolean.set_minimum_should(static_cast<uint32_t>(Below(3)));
  }

  std::mt19937 random_;
  int hashes_ = 0;
};

void CollectTerms(const v1::LeafQuery& query, v1::LeafStatisticsRequest& request) {
  const auto add = [&request](v1::Part part, v1::KeyKind kind, const std::string& key) {
    v1::TermKey& term = *request.add_terms();
    term.set_part(part);
    term.set_kind(kind);
    term.set_key(key);
  };
  if (query.has_term()) add(query.term().part(), query.term().kind(), query.term().key());
  if (query.has_prefix()) {
    for (const char* syllable : kSyllables) {
      const text::AnalyzedText analyzed = text::Analyzer().Analyze(syllable);
      for (const text::Token& token : analyzed.tokens) {
        const std::string key(analyzed.Key(token));
        const bool wanted = static_cast<int>(token.kind) == query.prefix().kind();
        if (wanted && key.rfind(query.prefix().prefix(), 0) == 0)
          add(query.prefix().part(), query.prefix().kind(), key);
      }
    }
  }
  for (const std::string& key : query.phrase().keys()) add(query.phrase().part(), v1::KEY_KIND_EXACT, key);
  for (const auto* children : {&query.boolean().must(), &query.boolean().should(), &query.boolean().must_not()}) {
    for (const v1::LeafQuery& child : *children) CollectTerms(child, request);
  }
}

class ShardOracleTest : public ::testing::TestWithParam<uint32_t> {
 protected:
  // A shard in a directory of its own that is fed from log_. Its background is stepped by hand, or has threads.
  struct Replica {
    explicit Replica(bool stepped) {
      // A few articles fill a memory segment: an empty one takes some 130 KiB.
      options.memory_segment_bytes = 136 << 10;
      options.reorder_from = 70;
      if (!stepped) return;
      options.flushes = flushes.executor();
      options.merges = merges.executor();
    }

    TempDir dir;
    SteppedExecutor flushes;
    SteppedExecutor merges;
    ShardOptions options;
    std::unique_ptr<kv::Database> db;
    std::unique_ptr<Shard> shard;

    void Open() {
      shard.reset();
      db.reset();
      auto opened = kv::Database::Open({.directory = dir.path() + "/db", .column_families = Shard::ColumnFamilies()});
      ASSERT_THAT(opened, IsOk());
      db = *std::move(opened);
      auto made = Shard::Open(*db, options);
      ASSERT_THAT(made, IsOk());
      shard = *std::move(made);
    }

    // In batches of up to `most` entries; `after_each` is called in between.
    template <typename AfterEach>
    void CatchUp(const std::vector<disk::v1::LogEntry>& log, size_t most, const AfterEach& after_each) {
      while (shard->applied_position() < log.size()) {
        std::vector<PositionedEntry> batch;
        for (uint64_t position = shard->applied_position(); position < log.size() && batch.size() < most; ++position) {
          batch.push_back({position + 1, log[position]});
        }
        ASSERT_THAT(shard->ApplyAll(batch, most == 4 ? Pace::kBulk : Pace::kFresh), IsOk());
        after_each();
      }
    }
    void CatchUp(const std::vector<disk::v1::LogEntry>& log) {
      CatchUp(log, 7, [] {});
    }

    std::string Digest() const {
      v1::ShardStatus status;
      shard->FillStatus(&status);
      return status.digest();
    }
  };

  v1::LeafSearchRequest RandomRequest(const Shard& shard) {
    v1::LeafSearchRequest request;
    *request.mutable_query() = random_.Query(3);
    *request.mutable_filter() = random_.Filter();
    request.set_limit(static_cast<uint32_t>(1 + random_.Below(12)));
    request.set_exact_total(random_.Below(4) == 0);
    request.set_sort(static_cast<v1::SortOrder>(v1::SORT_ORDER_RELEVANCE + static_cast<int>(random_.Below(3))));
    v1::LeafStatisticsRequest terms;
    CollectTerms(request.query(), terms);
    EXPECT_THAT(shard.AddStatistics(terms, request.mutable_statistics()), IsOk());
    *request.mutable_statistics_terms() = terms.terms();
    return request;
  }

  static void ExpectTotal(const v1::ShardResult& got, uint64_t want, const v1::LeafSearchRequest& request) {
    const bool must_be_exact = request.exact_total() || request.sort() != v1::SORT_ORDER_RELEVANCE;
    ASSERT_TRUE(got.total_is_exact() || !must_be_exact) << request.DebugString();
    ASSERT_LE(got.total(), want) << request.DebugString();
    ASSERT_TRUE(got.total() == want || !got.total_is_exact()) << request.DebugString();
    ASSERT_GE(got.total(), static_cast<uint64_t>(got.hits_size())) << request.DebugString();
  }

  // The request, and then page after page of it.
  void ExpectSameHits(const Shard& shard, v1::LeafSearchRequest request) {
    for (int page = 0; page < 4; ++page) {
      const auto got = shard.Search(request);
      ASSERT_THAT(got, IsOk());
      const v1::ShardResult want = naive_.Search(request);
      ASSERT_NO_FATAL_FAILURE(ExpectTotal(*got, want.total(), request));
      ASSERT_EQ(got->hits_size(), want.hits_size()) << request.DebugString();
      for (int i = 0; i < want.hits_size(); ++i) {
        ASSERT_EQ(got->hits(i).article_id(), want.hits(i).article_id()) << i << request.DebugString();
        ASSERT_EQ(got->hits(i).score(), want.hits(i).score()) << i << request.DebugString();
        ASSERT_EQ(got->hits(i).published_us(), want.hits(i).published_us());
      }
      if (got->hits().empty()) return;
      const v1::LeafHit& last = *got->hits().rbegin();
      request.mutable_after()->set_score(last.score());
      request.mutable_after()->set_published_us(last.published_us());
      request.mutable_after()->set_article_id(last.article_id());
    }
  }

  void ExpectSameSites(const Shard& shard) {
    v1::LeafFacetsRequest request;
    *request.mutable_query() = random_.Query(2);
    *request.mutable_filter() = random_.Filter();
    request.add_fields(v1::FACET_FIELD_SITE);
    request.set_limit(100);
    FacetCounts counts;
    ASSERT_THAT(shard.CountFacets(request, counts), IsOk());
    std::map<std::string, uint64_t> got;
    const v1::LeafFacetsResponse response = counts.ToProto(request);
    for (const v1::FacetValue& value : response.facets(0).values()) got[value.value()] = value.count();
    EXPECT_EQ(got, naive_.CountSites(request.query(), request.filter())) << request.DebugString();
  }

  void ExpectSameArticles(const Shard& shard) {
    for (int i = 0; i < 70; ++i) {
      const std::string id = absl::StrCat(std::string(30, 'b'), 10 + i);
      const auto got = shard.Get(id);
      ASSERT_THAT(got, IsOk());
      const disk::v1::StoredArticle* const want = naive_.Find(id);
      ASSERT_EQ(got->has_value(), want != nullptr) << id;
      if (want != nullptr) {
        EXPECT_EQ((*got)->SerializeAsString(), want->SerializeAsString());
      }
    }
  }

  void ExpectAgreement(const Shard& shard) {
    for (int i = 0; i < 25; ++i) ASSERT_NO_FATAL_FAILURE(ExpectSameHits(shard, RandomRequest(shard)));
    ExpectSameSites(shard);
    ExpectSameArticles(shard);
    v1::ShardStatus status;
    shard.FillStatus(&status);
    EXPECT_EQ(status.articles(), naive_.size());
  }

  RandomArticles random_{GetParam()};
  NaiveIndex naive_;
  std::vector<disk::v1::LogEntry> log_;
};

TEST_P(ShardOracleTest, AgreesWithTheNaiveIndexWhateverIsFlushedMergedAndReopened) {
  Replica replica(/*stepped=*/true);
  Replica other(/*stepped=*/false);  // flushes and merges at other times
  ASSERT_NO_FATAL_FAILURE(replica.Open());
  ASSERT_NO_FATAL_FAILURE(other.Open());
  size_t flushes = 0;
  const auto step = [&] {
    if (random_.Below(3) == 0 && replica.flushes.Step()) ++flushes;
    if (random_.Below(3) == 0) replica.merges.Step();
  };
  for (int round = 0; round < 14; ++round) {
    for (size_t i = random_.Below(30); i > 0; --i) {
      log_.push_back(random_.Entry());
      naive_.Apply(log_.back());
    }
    ASSERT_NO_FATAL_FAILURE(replica.CatchUp(log_, 1 + random_.Below(4), step));
    if (random_.Below(5) == 0) {
      ASSERT_THAT(random_.Below(2) == 0 ? replica.shard->Flush() : replica.shard->Compact(), IsOk());
    }
    if (random_.Below(4) == 0) {
      ASSERT_NO_FATAL_FAILURE(replica.Open());
    }  // what was not committed is lost and replayed
    ASSERT_NO_FATAL_FAILURE(replica.CatchUp(log_));
    ASSERT_NO_FATAL_FAILURE(ExpectAgreement(*replica.shard));
    if (random_.Below(3) == 0) {
      ASSERT_NO_FATAL_FAILURE(other.CatchUp(log_));
      ASSERT_NO_FATAL_FAILURE(ExpectAgreement(*other.shard));
      EXPECT_EQ(replica.Digest(), other.Digest());
    }
  }
  EXPECT_GT(flushes, 0u) << "the memory segments are too large for the articles";
  ASSERT_THAT(other.shard->Compact(), IsOk());
  ASSERT_NO_FATAL_FAILURE(other.CatchUp(log_));
  ASSERT_NO_FATAL_FAILURE(ExpectAgreement(*other.shard));
  EXPECT_EQ(replica.Digest(), other.Digest());
}

INSTANTIATE_TEST_SUITE_P(Seeds, ShardOracleTest, ::testing::Range(1u, 7u));

}  // namespace
}  // namespace tintinh::indexer
