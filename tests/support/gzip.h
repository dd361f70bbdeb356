// Compresses for tests of what expands.
#ifndef TINTINH_TESTS_SUPPORT_GZIP_H_
#define TINTINH_TESTS_SUPPORT_GZIP_H_

#include <zlib.h>

#include <string>

namespace tintinh::testing {

// One gzip member (RFC 1952).
inline std::string Gzip(std::string text) {
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(text.data());
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_GZIP_H_
