// Damaged blocks of terms: any bytes are read through or refused, also behind a good checksum.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/string_view.h"
#include "services/indexer/postings/checked_value.h"
#include "services/indexer/postings/term_record.h"
#include "services/indexer/segment/term_block.h"

namespace {

void ReadBlock(const std::string& value) {
  using namespace tintinh::indexer;
  if (!TermBlockReader::Check(value).ok()) return;
  TermBlockWriter again;
  for (TermBlockReader terms(value); terms.Next();) {
    DecodeTermRecord(terms.record()).status().IgnoreError();
    again.Add(terms.term(), terms.record());
  }
  const std::string written = again.Finish();
  TermBlockReader copy(written);
  for (TermBlockReader terms(value); terms.Next();) {
    if (!copy.Next() || copy.term() != terms.term() || copy.record() != terms.record()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  ReadBlock(bytes);
  ReadBlock(tintinh::indexer::CheckedValue(bytes));
  return 0;
}
