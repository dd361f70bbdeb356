#include "services/crawler/archive/gzip_member.h"

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/services/crawler/archive/warc_reader.h"

namespace tintinh::crawler {
namespace {

using ::testing::ElementsAre;
using testing::IsOkAndHolds;
using testing::StatusIs;
using testing::TempDir;

std::string Noise(size_t bytes) {
  std::string noise(bytes, '\0');
  uint32_t state = 1;
  for (char& c : noise) {
    state = state * 1664525 + 1013904223;
    c = static_cast<char>(state >> 24);
  }
  return noise;
}

std::string Member(absl::string_view bytes) {
  std::string member;
  EXPECT_TRUE(AppendGzipMember(bytes, member).ok());
  return member;
}

TEST(GzipMember, IsReadBackWhole) {
  const std::string noise = Noise(300'000);
  EXPECT_THAT(ReadMembers(Member("") + Member("xin chào") + Member(noise)), ElementsAre("", "xin chào", noise));
}

TEST(CompleteMemberBytes, EndsAfterTheLastWholeMemberWhereverTheFileIsTorn) {
  TempDir dir;
  const std::string path = dir.path() + "/torn.gz";
  const std::string first = Member("một");
  const std::string both = first + Member("hai");
  for (size_t size = 0; size <= both.size(); ++size) {
    std::ofstream(path, std::ios::binary).write(both.data(), static_cast<std::streamsize>(size));
    const uint64_t whole = size == both.size() ? both.size() : size >= first.size() ? first.size() : 0;
    EXPECT_THAT(CompleteMemberBytes(path), IsOkAndHolds(whole)) << size;
  }
}

TEST(CompleteMemberBytes, CrossesThePiecesItReads) {
  TempDir dir;
  const std::string path = dir.path() + "/long.gz";
  const std::string member = Member(Noise(200'000));
  std::ofstream(path, std::ios::binary) << member << member << "rác ở cuối";
  EXPECT_THAT(CompleteMemberBytes(path), IsOkAndHolds(2 * member.size()));
}

TEST(CompleteMemberBytes, AMissingFileIsNotFound) {
  EXPECT_THAT(CompleteMemberBytes("/khong/co"), StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("khong")));
}

}  // namespace
}  // namespace tintinh::crawler
