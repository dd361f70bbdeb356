// A frontier on a fake clock over a database that can be closed and opened again.
#ifndef TINTINH_TESTS_UNIT_SERVICES_CRAWLER_FRONTIER_FRONTIER_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_CRAWLER_FRONTIER_FRONTIER_FIXTURE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/kv/database.h"
#include "gtest/gtest.h"
#include "services/crawler/frontier/frontier.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::crawler {

inline NewUrl Article(const std::string& path, const std::string& host = "a.vn") {
  NewUrl url;
  url.url = "https://" + host + path;
  url.host = host;
  return url;
}

inline NewUrl Listing(const std::string& path, disk::v1::UrlRecordKind kind = disk::v1::URL_RECORD_KIND_FEED) {
  NewUrl url = Article(path);
  url.kind = kind;
  url.rank = kind == disk::v1::URL_RECORD_KIND_SITEMAP ? disk::v1::URL_RANK_SITEMAP : disk::v1::URL_RANK_LISTING;
  return url;
}

inline Completion Outcome(FetchOutcome outcome, uint32_t http_status = 200) {
  Completion completion;
  completion.outcome = outcome;
  completion.http_status = http_status;
  return completion;
}

class FrontierTest : public ::testing::Test {
 protected:
  FrontierTest() {
    options_.hosts = {{.host = "a.vn", .site = "bao-a", .delay = absl::Seconds(5), .max_articles = 100},
                      {.host = "b.vn", .site = "bao-b", .delay = absl::Seconds(1), .max_concurrent = 2}};
    options_.server_delay = absl::ZeroDuration();
    Reopen();
  }

  // What a kill and a start do: everything in memory is gone.
  void Reopen() {
    frontier_.reset();
    database_.reset();
    auto database =
        kv::Database::Open({.directory = dir_.path() + "/frontier", .column_families = Frontier::ColumnFamilies()});
    ASSERT_THAT(database, testing::IsOk());
    database_ = *std::move(database);
    auto frontier = Frontier::Open(*database_, options_, clock_);
    ASSERT_THAT(frontier, testing::IsOk());
    frontier_ = *std::move(frontier);
  }

  AddResult Add(const NewUrl& url) {
    const auto results = frontier_->Add({url});
    EXPECT_THAT(results, testing::IsOk());
    return results->at(0);
  }

  Turn Next() {
    auto turn = frontier_->Next();
    EXPECT_THAT(turn, testing::IsOk());
    return *std::move(turn);
  }

  // A lease that must be there.
  Lease Take() {
    Turn turn = Next();
    EXPECT_FALSE(turn.leases.empty()) << "nothing before " << turn.wait_until;
    return turn.leases.empty() ? Lease{} : turn.leases.front();
  }

  void Complete(const Lease& lease, const Completion& completion) {
    EXPECT_THAT(frontier_->Complete(lease, completion), testing::IsOk());
  }

  // After robots.txt was read, as a crawler does first on every host.
  void KnowRobots(const std::string& host, absl::Duration crawl_delay = absl::ZeroDuration()) {
    Add(Article("/dau-tien", host));
    Completion robots = Outcome(FetchOutcome::kRobotsRead);
    robots.robots_valid = absl::Hours(24);
    robots.crawl_delay = crawl_delay;
    Complete(Take(), robots);
    clock_.Advance(absl::Seconds(100));
    Complete(Take(), Outcome(FetchOutcome::kGone, 404));
    clock_.Advance(absl::Hours(1));
  }

  disk::v1::UrlRecord Record(const std::string& url) {
    auto record = frontier_->Find(url);
    EXPECT_THAT(record, testing::IsOk());
    return record->value_or(disk::v1::UrlRecord());
  }

  testing::TempDir dir_;
  testing::FakeClock clock_;
  FrontierOptions options_;
  std::unique_ptr<kv::Database> database_;
  std::unique_ptr<Frontier> frontier_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_UNIT_SERVICES_CRAWLER_FRONTIER_FRONTIER_FIXTURE_H_
