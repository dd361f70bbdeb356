#include "services/query/search_response.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/query/page_token/page_token.h"
#include "services/query/snippet/snippet.h"
#include "tintinh/v1/article.pb.h"

namespace tintinh::query {
namespace {

using ArticlesById = absl::flat_hash_map<absl::string_view, const v1::Article*>;

void AddNotice(v1::NoticeKind kind, std::string text, v1::SearchResponse& response) {
  v1::Notice& notice = *response.add_notices();
  notice.set_kind(kind);
  notice.set_text(std::move(text));
}

// Which name is which: "Vĩnh Phúc nay thuộc Phú Thọ", "Phú Thọ nay gồm cả Vĩnh Phúc, Hòa Bình".
std::string EpochText(const ProvinceNames& names) {
  const std::string relation =
      names.earlier.empty()
          ? absl::StrCat(names.named, " từ 1/7/2025 thuộc ", names.today, ": bài viết về ", names.today)
          : absl::StrCat(names.named, " từ 1/7/2025 gồm cả ", absl::StrJoin(names.earlier, ", "), ": bài viết về đó");
  return absl::StrCat(relation, " cũng được tìm, xếp sau.");
}

void AddNotices(const SearchPlan& plan, const Coverage& coverage, v1::SearchResponse& response) {
  if (plan.widened) {
    AddNotice(v1::NOTICE_KIND_WIDENED, "Ít bài viết khớp đúng như đã gõ: đã tìm rộng hơn, kể cả từ khác dấu.",
              response);
  }
  if (!plan.parsed.repaired.empty()) {
    AddNotice(v1::NOTICE_KIND_REPAIRED, absl::StrCat("Câu tìm kiếm được đọc là: ", plan.parsed.repaired), response);
  }
  if (plan.parsed.shortened) {
    AddNotice(v1::NOTICE_KIND_SHORTENED,
              absl::StrCat("Câu tìm kiếm dài: chỉ ", plan.parsed.searched_terms, " tiếng đầu được tìm."), response);
  }
  for (const ProvinceNames& names : plan.parsed.provinces) {
    AddNotice(v1::NOTICE_KIND_PLACES, EpochText(names), response);
  }
  if (coverage.shards_answered < coverage.shards_asked) {
    AddNotice(v1::NOTICE_KIND_PARTIAL,
              absl::StrCat("Chỉ ", coverage.shards_answered, "/", coverage.shards_asked,
                           " phần của kho bài trả lời: kết quả có thể thiếu."),
              response);
  }
}

void AddFetchNotice(const FetchedArticles& fetched, v1::SearchResponse& response) {
  if (fetched.first_error.ok()) return;
  AddNotice(v1::NOTICE_KIND_PARTIAL, "Một số bài tìm thấy không lấy được từ kho bài: kết quả có thể thiếu.", response);
}

void FillHit(const v1::Article& article, v1::Hit& hit) {
  hit.set_article_id(article.article_id());
  hit.set_url(article.url());
  hit.set_site(article.site());
  hit.set_source_name(article.source_name());
  if (article.has_published()) *hit.mutable_published() = article.published();
  hit.set_published_precision(article.published_precision());
  if (article.has_place()) *hit.mutable_place() = article.place();
  *hit.mutable_authors() = article.authors();
  *hit.mutable_section_path() = article.section_path();
  hit.set_duplicate_cluster(article.duplicate_cluster());
}

// Of the keys with frequencies; by the part where a key is most frequent.
Rarity RarityOf(const RootResult& found) {
  Rarity rarity;
  const double documents = static_cast<double>(found.statistics.document_count());
  for (size_t i = 0; i < found.terms.size(); ++i) {
    const int index = static_cast<int>(i);
    if (index >= found.statistics.document_frequencies_size()) break;
    const double frequency = static_cast<double>(found.statistics.document_frequencies(index));
    const double value = std::log1p(documents / (frequency + 1));
    const auto [it, added] = rarity.try_emplace(found.terms[i].key(), value);
    if (!added) it->second = std::min(it->second, value);
  }
  return rarity;
}

void AddHits(const SearchPlan& plan, const RootResult& found, const ArticlesById& articles,
             v1::SearchResponse& response) {
  const Rarity rarity = RarityOf(found);
  for (size_t i = 0; i < std::min<size_t>(found.hits.size(), plan.page_size); ++i) {
    const v1::LeafHit& leaf = found.hits[i].hit;
    const auto it = articles.find(leaf.article_id());
    if (it == articles.end()) continue;
    v1::Hit& hit = *response.add_hits();
    hit.set_score(leaf.score());
    FillHit(*it->second, hit);
    FillTexts(*it->second, plan.wanted(), rarity, plan.snippet_bytes, hit);
  }
}

void AddNextPage(const SearchPlan& plan, const v1::SearchRequest& request, const RootResult& found,
                 v1::SearchResponse& response) {
  if (found.hits.size() <= plan.page_size) return;
  const PageStart next = {SortKeyOf(found.hits[plan.page_size - 1].hit), plan.widened};
  response.set_next_page_token(MakePageToken(next, request));
}

}  // namespace

v1::SearchResponse BuildSearchResponse(const SearchPlan& plan, const v1::SearchRequest& request,
                                       const RootResult& found, const FetchedArticles& fetched) {
  ArticlesById by_id;
  for (const v1::Article& article : fetched.articles) by_id.try_emplace(article.article_id(), &article);
  v1::SearchResponse response;
  AddHits(plan, found, by_id, response);
  AddNextPage(plan, request, found, response);
  response.set_total(found.total);
  response.set_total_is_exact(found.total_is_exact);
  response.set_shards_asked(found.coverage.shards_asked);
  response.set_shards_answered(found.coverage.shards_answered);
  response.mutable_positions()->Assign(found.positions.begin(), found.positions.end());
  AddNotices(plan, found.coverage, response);
  AddFetchNotice(fetched, response);
  return response;
}

}  // namespace tintinh::query
