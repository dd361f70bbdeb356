// Which IP addresses a crawler may connect to: those of the public Internet, and networks that the operator names.
#ifndef TINTINH_SERVICES_CRAWLER_FETCH_ADDRESS_GUARD_H_
#define TINTINH_SERVICES_CRAWLER_FETCH_ADDRESS_GUARD_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

struct sockaddr;

namespace tintinh::crawler {

// IPv4 addresses are held in their IPv4-mapped form (RFC 4291 §2.5.5.2), so that the two spellings are one address.
struct IpAddress {
  std::array<uint8_t, 16> bytes{};
  friend bool operator==(const IpAddress& a, const IpAddress& b) { return a.bytes == b.bytes; }
};
// "127.0.0.1", "::1"; no brackets, no zone.
std::optional<IpAddress> ParseAddress(absl::string_view text);
// No value for families other than IPv4 and IPv6.
std::optional<IpAddress> AddressOf(const sockaddr& address);
std::string ToString(const IpAddress& address);

// False for all that the registries of special addresses (RFC 6890 and its successors) keep off the public Internet:
// this host, private, shared (CGNAT), loopback, link-local with its metadata services, documentation, benchmarking,
// multicast, reserved. An IPv6 address must lie in 2000::/3, or carry an IPv4 address (mapped, 64:ff9b::/96, 2002::/16)
// that is itself public.
bool IsPublic(const IpAddress& address);

// Immutable; thread-safe. The default allows public addresses only.
class AddressGuard {
 public:
  AddressGuard() = default;
  // `allowed_networks` ("127.0.0.0/8", "fd00::/8", "10.1.2.3") are allowed besides. InvalidArgument names a bad one.
  static absl::StatusOr<AddressGuard> Create(const std::vector<std::string>& allowed_networks);

  bool Allows(const IpAddress& address) const;

 private:
  struct Network {
    IpAddress address;
    int bits = 0;
  };
  std::vector<Network> allowed_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_FETCH_ADDRESS_GUARD_H_
