// Any file: every record lies behind the one before it, and keeps to its bounds; no crash, no hang.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "common/warc/http_message.h"
#include "common/warc/reader.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

std::string Written(const uint8_t* data, size_t size) {
  const std::string path = absl::StrCat("/tmp/tintinh-warc-fuzz-", getpid());
  std::FILE* file = std::fopen(path.c_str(), "wb");
  Check(file != nullptr && std::fwrite(data, 1, size, file) == size && std::fclose(file) == 0);
  return path;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kMaxBlock = 4096;
  const std::string path = Written(data, size);
  tintinh::warc::ReaderLimits limits;
  limits.max_block_bytes = kMaxBlock;
  const auto reader = tintinh::warc::Reader::Open(path, limits);
  Check(reader.ok());
  tintinh::warc::Record record;
  bool first = true;
  std::tuple<uint64_t, uint64_t> before;
  while (true) {
    const absl::StatusOr<bool> more = (*reader)->Next(record);
    if (!more.ok() || !*more) break;
    const std::tuple<uint64_t, uint64_t> place(record.offset, record.in_member);
    Check(first || before < place);
    Check(record.block.size() <= kMaxBlock && record.block.size() <= record.block_bytes);
    const auto response = tintinh::warc::ParseHttpResponse(record.block, 1 << 16);
    Check(!response.ok() || response->body.size() <= 1 << 16);
    first = false;
    before = place;
  }
  unlink(path.c_str());
  return 0;
}
