// Tells of bytes whether they belong to a regular language, one step a byte and no branch, so that it costs the same
// whatever letters a text is made of.
#ifndef TINTINH_COMMON_TEXT_BYTE_AUTOMATON_H_
#define TINTINH_COMMON_TEXT_BYTE_AUTOMATON_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"

namespace tintinh::text {

// At most ten states. Bytes that no rule names lead from any state to a dead one, for good.
class ByteAutomaton {
 public:
  using State = unsigned;
  static constexpr State kDead = 0;
  static constexpr State kMaxStates = 10;  // 1 to 9 are free to use

  constexpr void On(State from, unsigned first_byte, unsigned last_byte, State to) {
    for (unsigned byte = first_byte; byte <= last_byte; ++byte) {
      rows_[byte] &= ~(uint64_t{kMask} << (kBits * from));
      rows_[byte] |= uint64_t{kBits * to} << (kBits * from);
    }
  }

  // The state that `text` leads to from `state`.
  State Run(absl::string_view text, State state) const {
    uint64_t shift = kBits * state;
    for (const char byte : text) shift = rows_[static_cast<unsigned char>(byte)] >> (shift & kMask);
    return static_cast<State>((shift & kMask) / kBits);
  }

 private:
  // A row holds for one byte where it leads to from each state, as the shift that finds the entry of the next row.
  static constexpr unsigned kBits = 6;
  static constexpr unsigned kMask = 63;
  std::array<uint64_t, 256> rows_{};
};

}  // namespace tintinh::text

#endif  // TINTINH_COMMON_TEXT_BYTE_AUTOMATON_H_
