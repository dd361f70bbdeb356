#include "common/digest/digest.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "openssl/evp.h"

namespace tintinh {
namespace {

std::string Digest(const EVP_MD* algorithm, absl::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr);
  return std::string(out.begin(), out.begin() + size);
}

bool IsLowerHexDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)) || (c >= 'a' && c <= 'f'); }

}  // namespace

std::string Sha256Hex128(absl::string_view bytes) {
  return absl::BytesToHexString(Digest(EVP_sha256(), bytes).substr(0, 16));
}

uint64_t Sha256Prefix64(absl::string_view bytes) {
  const std::string digest = Digest(EVP_sha256(), bytes);
  uint64_t value = 0;
  for (size_t i = 0; i < sizeof(value); ++i) value = (value << 8) | static_cast<unsigned char>(digest[i]);
  return value;
}

std::string Sha1Base32(absl::string_view bytes) {
  static constexpr absl::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  uint32_t buffer = 0;
  int bits = 0;
  for (const char c : Digest(EVP_sha1(), bytes)) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out.push_back(kAlphabet[(buffer >> (bits - 5)) & 31]);
  }
  return out;
}

bool IsHex128(absl::string_view text) {
  return text.size() == 32 && std::all_of(text.begin(), text.end(), IsLowerHexDigit);
}

}  // namespace tintinh
