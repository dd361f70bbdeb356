#include "common/text/utf8.h"

#include "common/text/byte_automaton.h"

namespace tintinh::text {
namespace {

struct Lead {
  uint8_t continuations = 0;
  uint8_t low = 0x80;  // range of the second byte
  uint8_t high = 0xBF;
  uint8_t bits = 0;  // of the first byte
};

Lead ClassifyLead(uint8_t byte) {
  if (byte < 0xC2 || byte > 0xF4) return {};
  if (byte < 0xE0) return {1, 0x80, 0xBF, static_cast<uint8_t>(byte & 0x1F)};
  if (byte < 0xF0) {
    const uint8_t low = byte == 0xE0 ? 0xA0 : 0x80;
    const uint8_t high = byte == 0xED ? 0x9F : 0xBF;
    return {2, low, high, static_cast<uint8_t>(byte & 0x0F)};
  }
  const uint8_t low = byte == 0xF0 ? 0x90 : 0x80;
  const uint8_t high = byte == 0xF4 ? 0x8F : 0xBF;
  return {3, low, high, static_cast<uint8_t>(byte & 0x07)};
}

// Well-formed UTF-8: between characters, or before so many continuation bytes, of which some bytes restrict the first.
enum Utf8State : ByteAutomaton::State {
  kBetween = 1,
  kOneLeft,
  kTwoLeft,
  kThreeLeft,
  kAfterE0,
  kAfterEd,
  kAfterF0,
  kAfterF4
};

constexpr ByteAutomaton BuildUtf8() {
  ByteAutomaton automaton;
  automaton.On(kBetween, 0x00, 0x7F, kBetween);
  automaton.On(kBetween, 0xC2, 0xDF, kOneLeft);
  automaton.On(kBetween, 0xE0, 0xE0, kAfterE0);
  automaton.On(kBetween, 0xE1, 0xEF, kTwoLeft);
  automaton.On(kBetween, 0xED, 0xED, kAfterEd);
  automaton.On(kBetween, 0xF0, 0xF0, kAfterF0);
  automaton.On(kBetween, 0xF1, 0xF3, kThreeLeft);
  automaton.On(kBetween, 0xF4, 0xF4, kAfterF4);
  automaton.On(kOneLeft, 0x80, 0xBF, kBetween);
  automaton.On(kTwoLeft, 0x80, 0xBF, kOneLeft);
  automaton.On(kThreeLeft, 0x80, 0xBF, kTwoLeft);
  automaton.On(kAfterE0, 0xA0, 0xBF, kOneLeft);
  automaton.On(kAfterEd, 0x80, 0x9F, kOneLeft);
  automaton.On(kAfterF0, 0x90, 0xBF, kTwoLeft);
  automaton.On(kAfterF4, 0x80, 0x8F, kTwoLeft);
  return automaton;
}

constexpr ByteAutomaton kUtf8 = BuildUtf8();

}  // namespace

CodePoint DecodeMultibyte(const char* at, const char* limit) {
  Lead lead = ClassifyLead(static_cast<uint8_t>(*at));
  if (lead.continuations == 0) return {};
  char32_t value = lead.bits;
  for (uint8_t i = 1; i <= lead.continuations; ++i) {
    if (at + i == limit) return {kReplacement, i, false};
    const auto byte = static_cast<uint8_t>(at[i]);
    if (byte < lead.low || byte > lead.high) return {kReplacement, i, false};
    lead.low = 0x80;
    lead.high = 0xBF;
    value = value << 6 | (byte & 0x3F);
  }
  return {value, static_cast<uint8_t>(lead.continuations + 1), true};
}

size_t WriteUtf8(char32_t value, char* out) {
  if (value < 0x80) {
    out[0] = static_cast<char>(value);
    return 1;
  }
  const size_t size = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; --i) {
    out[i] = static_cast<char>(0x80 | (value & 0x3F));
    value >>= 6;
  }
  constexpr uint8_t kLeads[] = {0, 0, 0xC0, 0xE0, 0xF0};
  out[0] = static_cast<char>(kLeads[size] | value);
  return size;
}

void AppendUtf8(char32_t value, std::string* out) {
  char bytes[4];
  out->append(bytes, WriteUtf8(value, bytes));
}

bool IsValidUtf8(absl::string_view bytes) { return kUtf8.Run(bytes, kBetween) == kBetween; }

std::string RepairUtf8(absl::string_view bytes, size_t* replaced) {
  if (IsValidUtf8(bytes)) {
    if (replaced != nullptr) *replaced = 0;
    return std::string(bytes);
  }
  std::string out;
  out.reserve(bytes.size());
  size_t count = 0;
  const char* at = bytes.data();
  const char* const limit = at + bytes.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    if (point.valid) {
      out.append(at, point.size);
    } else {
      AppendUtf8(kReplacement, &out);
      ++count;
    }
    at += point.size;
  }
  if (replaced != nullptr) *replaced = count;
  return out;
}

bool IsWhitespace(char32_t value) {
  if (value <= 0x20) return value == 0x20 || (value >= 0x09 && value <= 0x0D);
  if (value < 0x1680) return value == 0x85 || value == 0xA0;
  return value == 0x1680 || (value >= 0x2000 && value <= 0x200A) || value == 0x2028 || value == 0x2029 ||
         value == 0x202F || value == 0x205F || value == 0x3000;
}

std::string CollapseWhitespace(absl::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool pending = false;
  const char* at = utf8.data();
  const char* const limit = at + utf8.size();
  while (at < limit) {
    const CodePoint point = DecodeUtf8(at, limit);
    if (point.valid && IsWhitespace(point.value)) {
      pending = !out.empty();
    } else {
      if (pending) out.push_back(' ');
      pending = false;
      out.append(at, point.size);
    }
    at += point.size;
  }
  return out;
}

}  // namespace tintinh::text
