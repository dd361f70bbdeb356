#include "services/crawler/fetch/address_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace tintinh::crawler {
namespace {

constexpr int kMappedBits = 96;
constexpr std::array<uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

struct Ipv4Block {
  std::array<uint8_t, 4> address;
  int bits;
};
// IANA IPv4 Special-Purpose Address Registry, without the entries that are globally reachable; multicast.
constexpr std::array<Ipv4Block, 16> kSpecialIpv4 = {{
    {{0, 0, 0, 0}, 8},
    {{10, 0, 0, 0}, 8},
    {{100, 64, 0, 0}, 10},
    {{127, 0, 0, 0}, 8},
    {{169, 254, 0, 0}, 16},
    {{172, 16, 0, 0}, 12},
    {{192, 0, 0, 0}, 24},
    {{192, 0, 2, 0}, 24},
    {{192, 88, 99, 0}, 24},
    {{192, 168, 0, 0}, 16},
    {{198, 18, 0, 0}, 15},
    {{198, 51, 100, 0}, 24},
    {{203, 0, 113, 0}, 24},
    {{224, 0, 0, 0}, 4},
    {{240, 0, 0, 0}, 4},
    {{255, 255, 255, 255}, 32},
}};

struct Ipv6Block {
  std::array<uint8_t, 8> prefix;
  int bits;
};
constexpr Ipv6Block kGlobalUnicast = {{0x20}, 3};
constexpr Ipv6Block kNat64 = {{0x00, 0x64, 0xff, 0x9b}, 64};
constexpr Ipv6Block k6to4 = {{0x20, 0x02}, 16};
// IETF protocol assignments with Teredo and ORCHID, and the two documentation blocks.
constexpr std::array<Ipv6Block, 3> kSpecialIpv6 = {
    {{{0x20, 0x01}, 23}, {{0x20, 0x01, 0x0d, 0xb8}, 32}, {{0x3f, 0xff}, 20}}};

// Whether the first `bits` of the two are the same; both have that many.
bool SamePrefix(const uint8_t* a, const uint8_t* b, int bits) {
  const auto whole = static_cast<size_t>(bits / 8);
  if (std::memcmp(a, b, whole) != 0) return false;
  const int rest = bits % 8;
  return rest == 0 || ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

bool IsIn(const IpAddress& address, const Ipv6Block& block) {
  return SamePrefix(address.bytes.data(), block.prefix.data(), block.bits);
}

bool IsMapped(const IpAddress& address) {
  return std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes.begin());
}

bool IsPublicIpv4(const uint8_t* address) {
  return std::none_of(kSpecialIpv4.begin(), kSpecialIpv4.end(),
                      [&](const Ipv4Block& block) { return SamePrefix(address, block.address.data(), block.bits); });
}

// Bytes 8 to 11 of the well-known NAT64 prefix are zero; other addresses below it are nobody's.
bool IsNat64(const IpAddress& address) {
  return IsIn(address, kNat64) &&
         std::all_of(address.bytes.begin() + 8, address.bytes.begin() + 12, [](uint8_t b) { return b == 0; });
}

IpAddress Mapped(const void* ipv4) {
  IpAddress out;
  std::copy(kMappedPrefix.begin(), kMappedPrefix.end(), out.bytes.begin());
  std::memcpy(out.bytes.data() + kMappedPrefix.size(), ipv4, 4);
  return out;
}

}  // namespace

std::optional<IpAddress> ParseAddress(absl::string_view text) {
  const std::string terminated(text);
  in_addr ipv4{};
  if (inet_pton(AF_INET, terminated.c_str(), &ipv4) == 1) return Mapped(&ipv4);
  IpAddress out;
  if (inet_pton(AF_INET6, terminated.c_str(), out.bytes.data()) == 1) return out;
  return std::nullopt;
}

std::optional<IpAddress> AddressOf(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4{};
    std::memcpy(&ipv4, &address, sizeof ipv4);
    return Mapped(&ipv4.sin_addr);
  }
  if (address.sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 ipv6{};
  std::memcpy(&ipv6, &address, sizeof ipv6);
  IpAddress out;
  std::memcpy(out.bytes.data(), &ipv6.sin6_addr, out.bytes.size());
  return out;
}

std::string ToString(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool ipv4 = IsMapped(address);
  const uint8_t* bytes = address.bytes.data() + (ipv4 ? kMappedPrefix.size() : 0);
  inet_ntop(ipv4 ? AF_INET : AF_INET6, bytes, text.data(), static_cast<socklen_t>(text.size()));
  return text.data();
}

bool IsPublic(const IpAddress& address) {
  const uint8_t* bytes = address.bytes.data();
  if (IsMapped(address) || IsNat64(address)) return IsPublicIpv4(bytes + 12);
  if (IsIn(address, k6to4)) return IsPublicIpv4(bytes + 2);
  return IsIn(address, kGlobalUnicast) && std::none_of(kSpecialIpv6.begin(), kSpecialIpv6.end(),
                                                       [&](const Ipv6Block& block) { return IsIn(address, block); });
}

absl::StatusOr<AddressGuard> AddressGuard::Create(const std::vector<std::string>& allowed_networks) {
  AddressGuard guard;
  for (const std::string& network : allowed_networks) {
    const absl::string_view text(network);
    const size_t slash = text.find('/');
    const auto address = ParseAddress(text.substr(0, slash));
    const int width = address && text.find(':') == absl::string_view::npos ? 32 : 128;
    int bits = width;
    const bool readable = slash == absl::string_view::npos || absl::SimpleAtoi(text.substr(slash + 1), &bits);
    if (!address || !readable || bits < 0 || bits > width) {
      return absl::InvalidArgumentError(absl::StrCat("network \"", network, "\" is no address and no CIDR block"));
    }
    guard.allowed_.push_back({*address, width == 32 ? bits + kMappedBits : bits});
  }
  return guard;
}

bool AddressGuard::Allows(const IpAddress& address) const {
  return IsPublic(address) || std::any_of(allowed_.begin(), allowed_.end(), [&](const Network& network) {
           return SamePrefix(address.bytes.data(), network.address.bytes.data(), network.bits);
         });
}

}  // namespace tintinh::crawler
