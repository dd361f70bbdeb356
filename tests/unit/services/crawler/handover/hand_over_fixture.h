// Two crawlers' frontiers and outboxes, of which the first answers calls.
#ifndef TINTINH_TESTS_UNIT_SERVICES_CRAWLER_HANDOVER_HAND_OVER_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_CRAWLER_HANDOVER_HAND_OVER_FIXTURE_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/kv/database.h"
#include "common/rpc/channel.h"
#include "common/server/server.h"
#include "common/status/grpc_status.h"
#include "gtest/gtest.h"
#include "services/crawler/archive/outbox.h"
#include "services/crawler/frontier/frontier.h"
#include "services/crawler/handover/give.h"
#include "services/crawler/handover/take_over.h"
#include "services/crawler/sites/sites.h"
#include "tests/support/fake_clock.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/crawler/frontier/frontier_fixture.h"

namespace tintinh::crawler {

// What one crawler has on disk, and whether the site is its own.
struct Holder {
  explicit Holder(const Clock& its_clock) : clock(its_clock) {}

  // As a restart with another list of members does.
  void Open(bool has_site) {
    frontier.reset();
    outbox.reset();
    database.reset();
    std::vector<kv::ColumnFamily> families = Frontier::ColumnFamilies();
    for (kv::ColumnFamily& family : Outbox::ColumnFamilies()) families.push_back(std::move(family));
    database = *kv::Database::Open({.directory = dir.path() + "/frontier", .column_families = families});
    FrontierOptions options;
    options.sites_are_held = true;
    options.hosts = {{.host = "b.vn", .site = "bao-b"}};
    if (has_site) options.hosts.push_back({.host = "a.vn", .site = "bao-a", .delay = absl::Seconds(5)});
    frontier = *Frontier::Open(*database, options, clock);
    outbox = *Outbox::Open(*database);
    config::v1::SitesConfig config;
    for (const char* name : has_site ? std::vector<const char*>{"a", "b"} : std::vector<const char*>{"b"}) {
      config::v1::SiteConfig& site = *config.add_sites();
      site.set_id(std::string("bao-") + name);
      site.set_home(std::string("https://") + name + ".vn/");
      site.set_max_article_urls(100);
    }
    sites = std::make_unique<Sites>(*Sites::Create(config, {.user_agent = "tintinh (+https://vidu.vn/robot)"}));
  }

  const Clock& clock;
  testing::TempDir dir;
  std::unique_ptr<kv::Database> database;
  std::unique_ptr<Frontier> frontier;
  std::unique_ptr<Outbox> outbox;
  std::unique_ptr<Sites> sites;
};

class Gives final : public v1::CrawlerService::Service {
 public:
  explicit Gives(Holder& holder) : holder_(holder) {}
  grpc::Status HandOverSite(grpc::ServerContext*, const v1::HandOverSiteRequest* request,
                            grpc::ServerWriter<v1::HandOverSiteResponse>* writer) override {
    return ToGrpcStatus(
        Give(*request, *holder_.sites, *holder_.frontier, *holder_.outbox, [&](v1::HandOverSiteResponse message) {
          if (change != nullptr) change(message);
          return writer->Write(message) && !breaks_off;
        }));
  }

  bool breaks_off = false;  // after the first message
  std::function<void(v1::HandOverSiteResponse&)> change;

 private:
  Holder& holder_;
};

class HandOverTest : public ::testing::Test {
 protected:
  HandOverTest() {
    giver_.Open(true);
    EXPECT_THAT(giver_.frontier->Hold("bao-a", 1, nullptr), testing::IsOk());
    EXPECT_THAT(giver_.frontier->Hold("bao-b", 1, nullptr), testing::IsOk());
    taker_.Open(true);
  }
  ~HandOverTest() override {
    for (Server* server : {server_.get(), taker_server_.get()}) server->Drain(absl::Seconds(1));
  }

  static std::vector<Member> Others(const std::string& name, Server& server) {
    return {{name, v1::CrawlerService::NewStub(server.InProcessChannel())}};
  }
  static Lease Take(Frontier& frontier) {
    const auto turn = frontier.Next();
    EXPECT_TRUE(turn.ok() && !turn->leases.empty());
    return turn.ok() && !turn->leases.empty() ? turn->leases.front() : Lease{};
  }
  static Member Nobody(const std::string& name) {
    config::v1::PeerConfig nobody;
    nobody.set_target("127.0.0.1:1");
    return {name, v1::CrawlerService::NewStub(*Connect(nobody))};
  }
  // The sites that the taker is left without.
  std::vector<std::string> LookOnce() {
    TakeOver take_over({.others = Others("crawler-0", *server_)}, *taker_.frontier, clock_,
                       [this](const std::string& site) { held_.push_back(site); });
    return take_over.LookOnce({"bao-a"});
  }
  // As both restart with the list of members that there was first.
  void MoveBack() {
    taker_.Open(false);
    giver_.Open(true);
    TakeOver back({.others = Others("crawler-1", *taker_server_)}, *giver_.frontier, clock_, [](const std::string&) {});
    EXPECT_TRUE(back.LookOnce({"bao-a"}).empty());
  }

  testing::FakeClock clock_;
  Holder giver_{clock_};
  Holder taker_{clock_};
  Gives gives_{giver_};
  Gives taker_gives_{taker_};
  std::unique_ptr<Server> server_ = *Server::StartInProcess({&gives_});
  std::unique_ptr<Server> taker_server_ = *Server::StartInProcess({&taker_gives_});
  std::vector<std::string> held_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_UNIT_SERVICES_CRAWLER_HANDOVER_HAND_OVER_FIXTURE_H_
