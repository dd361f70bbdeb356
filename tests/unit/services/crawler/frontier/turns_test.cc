#include "services/crawler/frontier/turns.h"

#include <optional>

#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {

TEST(Turns, TheHostThatHasWaitedLongestGoesFirst) {
  Turns turns;
  const size_t a = turns.AddHost(1);
  const size_t b = turns.AddHost(1);
  turns.SetReady(a, 20);
  turns.SetReady(b, 10);
  EXPECT_EQ(turns.First(9), std::nullopt);
  EXPECT_EQ(turns.FirstTime(), 10);
  EXPECT_EQ(turns.First(30), b);
  turns.SetReady(b, Turns::kNever);
  EXPECT_EQ(turns.First(30), a);
}

TEST(Turns, HostsOfOneServerShareItsPace) {
  Turns turns;
  const size_t a = turns.AddHost(1);
  const size_t b = turns.AddHost(1);
  const size_t other = turns.AddHost(1);
  for (const size_t host : {a, b}) turns.SetServer(host, "203.0.113.9");
  for (const size_t host : {a, b, other}) turns.SetReady(host, 10);
  turns.PutOffServer(a, 50);
  EXPECT_EQ(turns.First(10), other);
  turns.SetReady(other, Turns::kNever);
  EXPECT_EQ(turns.FirstTime(), 50);
  EXPECT_EQ(turns.hosts_on_server(b), 2u);
}

TEST(Turns, HostsOfOneServerShareItsConcurrency) {
  Turns turns;
  const size_t a = turns.AddHost(1);
  const size_t b = turns.AddHost(2);
  for (const size_t host : {a, b}) turns.SetServer(host, "203.0.113.9");
  turns.SetReady(b, 1);
  turns.Began(a);
  EXPECT_EQ(turns.First(1), b) << "two at once, as one of them allows";
  turns.Began(b);
  EXPECT_EQ(turns.First(1), std::nullopt);
  EXPECT_TRUE(turns.server_is_busy(a));
  turns.Ended(a);
  EXPECT_EQ(turns.First(1), b);
}

TEST(Turns, AHostThatMovesTakesItsRequestsAndItsServersRestAlong) {
  Turns turns;
  const size_t a = turns.AddHost(1);
  const size_t b = turns.AddHost(1);
  turns.SetServer(b, "203.0.113.9");
  turns.SetReady(b, 1);
  turns.Began(a);
  turns.PutOffServer(a, 40);
  turns.SetServer(a, "203.0.113.9");
  EXPECT_EQ(turns.First(100), std::nullopt) << "one request is under way there";
  turns.Ended(a);
  EXPECT_EQ(turns.FirstTime(), 40);
}

TEST(Turns, ATurnIsGivenBackUnlessAnotherRequestFollowedIt) {
  Turns turns;
  const size_t a = turns.AddHost(1);
  turns.PutOffServer(a, 50);
  turns.GiveBackServer(a, 50, 10);
  EXPECT_EQ(turns.server_until(a), 10);
  turns.PutOffServer(a, 60);
  turns.PutOffServer(a, 70);
  turns.GiveBackServer(a, 60, 10);
  EXPECT_EQ(turns.server_until(a), 70);
}

}  // namespace
}  // namespace tintinh::crawler
