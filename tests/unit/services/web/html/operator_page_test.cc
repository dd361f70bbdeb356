#include "services/web/html/operator_page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int64_t kNow = 1'700'000'000;

v1::SiteStatus& AddSite(const std::string& name, OperatorSnapshot& snapshot) {
  v1::SiteStatus& site = *snapshot.crawler->add_sites();
  site.set_site(name);
  return site;
}

OperatorSnapshot Snapshot() {
  return {absl::FromUnixSeconds(kNow), v1::GetCrawlerStatusResponse(), v1::GetIndexStatusResponse(),
          v1::FacetsResponse(), v1::FacetsResponse()};
}

v1::FacetsResponse CountOfSite(const std::string& site, uint64_t count) {
  v1::FacetsResponse counts;
  v1::Facet& facet = *counts.add_facets();
  facet.set_field(v1::FACET_FIELD_SITE);
  v1::FacetValue& value = *facet.add_values();
  value.set_value(site);
  value.set_count(count);
  return counts;
}

TEST(OperatorPage, ShowsWhatASiteYieldsAndItsNewestAge) {
  OperatorSnapshot snapshot = Snapshot();
  v1::SiteStatus& site = AddSite("bao-mau", snapshot);
  site.set_name("Báo <Mẫu>");
  site.set_failures(3);
  site.mutable_newest_article()->set_seconds(kNow - 7200);
  site.set_last_error("HTTP 503 <script>");
  snapshot.last_hour = CountOfSite("bao-mau", 4);
  snapshot.last_day = CountOfSite("bao-mau", 61);
  const std::string html = OperatorPage({}, snapshot);
  EXPECT_THAT(html, HasSubstr("Báo &lt;Mẫu&gt;"));
  EXPECT_THAT(html, HasSubstr("<td class=\"number\">4</td><td class=\"number\">61</td>"));
  EXPECT_THAT(html, HasSubstr("<td class=\"number\">2 giờ</td>"));
  EXPECT_THAT(html, HasSubstr("HTTP 503 &lt;script&gt;"));
}

TEST(OperatorPage, ExplainsWhatHoldsASiteUpAndPutsItFirst) {
  OperatorSnapshot snapshot = Snapshot();
  AddSite("viec-deu", snapshot).mutable_next_request()->set_seconds(kNow + 4);
  AddSite("bi-chan", snapshot).mutable_blocked_until()->set_seconds(kNow + 600);
  AddSite("tam-dung", snapshot).set_paused(true);
  v1::SiteStatus& quiet = AddSite("im-lang", snapshot);
  quiet.set_silent(true);
  quiet.mutable_quiet_for()->set_seconds(3 * 86400);
  quiet.mutable_usual_gap()->set_seconds(7200);
  AddSite("het-viec", snapshot).mutable_blocked_until()->set_seconds(kNow - 1);
  AddSite("ban-giao", snapshot).set_awaits_hand_over(true);
  const std::string html = OperatorPage({}, snapshot);
  EXPECT_THAT(html, AllOf(HasSubstr("Lượt tới sau 4 giây"), HasSubstr("Bị chặn thêm 10 phút"), HasSubstr("Tạm dừng"),
                          HasSubstr("Im lặng 3 ngày, thường 2 giờ có bài"), HasSubstr("Hết việc"),
                          HasSubstr("Chờ trình thu thập khác bàn giao")));
  EXPECT_LT(html.find("bi-chan"), html.find("viec-deu"));
  EXPECT_LT(html.find("im-lang"), html.find("viec-deu"));
}

TEST(OperatorPage, ShowsShardPositionsAndLag) {
  OperatorSnapshot snapshot = Snapshot();
  v1::ShardStatus& shard = *snapshot.index->add_shards();
  shard.set_shard(2);
  shard.set_articles(1500);
  shard.set_applied_position(9990);
  shard.set_log_last_position(10'000);
  const std::string html = OperatorPage({}, snapshot);
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">2</th><td class=\"number\">1.500</td><td class=\"number\">9.990</td>"
                              "<td class=\"number\">10.000</td><td class=\"number\">10</td>"));
  shard.set_applied_position(20'000);
  EXPECT_THAT(OperatorPage({}, snapshot), HasSubstr("<td class=\"number\">10.000</td><td class=\"number\">0</td>"));
}

TEST(OperatorPage, SaysWhoIsSilentAndShowsTheRest) {
  OperatorSnapshot snapshot = Snapshot();
  snapshot.index->add_shards()->set_articles(7);
  snapshot.crawler = absl::UnavailableError("10.0.0.7 refused");
  const std::string html = OperatorPage({}, snapshot);
  EXPECT_THAT(html, HasSubstr("Trình thu thập không trả lời"));
  EXPECT_THAT(html, HasSubstr("<dt>Bài trong kho</dt><dd>7</dd>"));
  EXPECT_THAT(html, Not(HasSubstr("10.0.0.7")));
}

}  // namespace
}  // namespace tintinh::web
