#include "services/crawler/fetch/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

bool Public(const char* text) {
  const auto address = ParseAddress(text);
  EXPECT_TRUE(address.has_value()) << text;
  return address && IsPublic(*address);
}

TEST(IsPublic, RefusesTheEdgesOfEverySpecialIpv4Block) {
  for (const char* address :
       {"0.0.0.0",         "0.255.255.255",   "10.0.0.1",        "10.255.255.255", "100.64.0.0",
        "100.127.255.255", "127.0.0.1",       "127.255.255.255", "169.254.0.0",    "169.254.169.254",
        "172.16.0.0",      "172.31.255.255",  "192.0.0.8",       "192.0.2.1",      "192.88.99.1",
        "192.168.0.0",     "192.168.255.255", "198.18.0.0",      "198.19.255.255", "198.51.100.7",
        "203.0.113.7",     "224.0.0.1",       "239.255.255.255", "240.0.0.0",      "255.255.255.255"}) {
    EXPECT_FALSE(Public(address)) << address;
  }
}

TEST(IsPublic, AllowsTheirNeighbours) {
  for (const char* address :
       {"1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255"}) {
    EXPECT_TRUE(Public(address)) << address;
  }
}

TEST(IsPublic, AllowsOnlyGlobalUnicastIpv6) {
  for (const char* address : {"::", "::1", "::7f00:1", "100::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1",
                              "2001:db8::1", "2001::1", "3fff::1", "4000::1", "64:ff9b:1::1", "::ffff:0:7f00:1"}) {
    EXPECT_FALSE(Public(address)) << address;
  }
  for (const char* address : {"2001:4860::1", "2400:cb00::1", "2606:4700::1111", "3ffe::1"}) {
    EXPECT_TRUE(Public(address)) << address;
  }
}

TEST(IsPublic, LooksAtTheIpv4AddressInside) {
  EXPECT_FALSE(Public("::ffff:127.0.0.1"));
  EXPECT_FALSE(Public("::ffff:169.254.169.254"));
  EXPECT_FALSE(Public("64:ff9b::10.0.0.1"));
  EXPECT_FALSE(Public("2002:7f00:1::"));
  EXPECT_FALSE(Public("64:ff9b::1:0:0"));
  EXPECT_TRUE(Public("::ffff:103.1.208.1"));
  EXPECT_TRUE(Public("64:ff9b::103.1.208.1"));
  EXPECT_TRUE(Public("2002:6701:d001::1"));
}

TEST(ParseAddress, TakesAddressesOnly) {
  EXPECT_EQ(ParseAddress("127.0.0.1"), ParseAddress("::ffff:7f00:1"));
  for (const char* text : {"", "localhost", "127.1", "[::1]", "::1%lo", "1.2.3.4/8"}) {
    EXPECT_EQ(ParseAddress(text), std::nullopt) << text;
  }
  EXPECT_EQ(ToString(*ParseAddress("127.0.0.1")), "127.0.0.1");
  EXPECT_EQ(ToString(*ParseAddress("2001:DB8::0:1")), "2001:db8::1");
}

TEST(AddressOf, ReadsBothFamiliesAndNoOther) {
  sockaddr_in ipv4{};
  ipv4.sin_family = AF_INET;
  ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(AddressOf(reinterpret_cast<const sockaddr&>(ipv4)), ParseAddress("127.0.0.1"));
  sockaddr_in6 ipv6{};
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_addr = in6addr_loopback;
  EXPECT_EQ(AddressOf(reinterpret_cast<const sockaddr&>(ipv6)), ParseAddress("::1"));
  sockaddr_un local{};
  local.sun_family = AF_UNIX;
  EXPECT_EQ(AddressOf(reinterpret_cast<const sockaddr&>(local)), std::nullopt);
}

TEST(AddressGuard, AllowsTheNetworksNamedBesides) {
  const auto guard = AddressGuard::Create({"127.0.0.0/8", "fd00::/8", "10.1.2.3"});
  ASSERT_THAT(guard, IsOk());
  for (const char* allowed : {"127.0.0.1", "127.255.0.1", "::ffff:127.0.0.1", "fd12::1", "10.1.2.3", "103.1.208.1"}) {
    EXPECT_TRUE(guard->Allows(*ParseAddress(allowed))) << allowed;
  }
  for (const char* refused : {"10.1.2.4", "fc00::1", "::1", "192.168.0.1"}) {
    EXPECT_FALSE(guard->Allows(*ParseAddress(refused))) << refused;
  }
  EXPECT_FALSE(AddressGuard().Allows(*ParseAddress("127.0.0.1")));
}

TEST(AddressGuard, RefusesWhatIsNoNetwork) {
  for (const std::string network :
       {"", "localhost", "127.0.0.0/33", "::1/129", "127.0.0.0/-1", "127.0.0.0/x", "1.2.3/8"}) {
    EXPECT_THAT(AddressGuard::Create({network}),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("network \"" + network)));
  }
}

}  // namespace
}  // namespace tintinh::crawler
