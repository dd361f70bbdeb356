#include "common/warc/byte_source.h"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>

#include "tests/support/gzip.h"
#include "tests/support/temp_dir.h"

namespace tintinh::warc {
namespace {

class ByteSourceTest : public ::testing::Test {
 protected:
  std::unique_ptr<ByteSource> Open(const std::string& bytes) {
    const std::string path = dir_.path() + "/tep";
    std::ofstream(path, std::ios::binary) << bytes;
    return *ByteSource::Open(path);
  }

  // All of one member.
  static std::string ReadMember(ByteSource& source) {
    std::string read;
    for (auto bytes = source.Peek(); bytes.ok() && !bytes->empty(); bytes = source.Peek()) {
      read.append(bytes->data(), bytes->size());
      source.Consume(bytes->size());
    }
    return read;
  }

  tintinh::testing::TempDir dir_;
};

TEST_F(ByteSourceTest, APlainFileIsOneMember) {
  const std::string text(200'000, 'a');
  const auto source = Open(text);
  EXPECT_EQ(source->offset(), 0u);
  EXPECT_EQ(ReadMember(*source), text);
  EXPECT_EQ(source->offset(), text.size());
  EXPECT_FALSE(*source->NextMember());
}

TEST_F(ByteSourceTest, GzipMembersAreReadOneByOne) {
  const std::string first = tintinh::testing::Gzip(std::string(200'000, 'a'));
  const std::string second = tintinh::testing::Gzip("hai");
  const auto source = Open(first + second);
  EXPECT_EQ(ReadMember(*source).size(), 200'000u);
  EXPECT_EQ(source->in_member(), 200'000u);
  EXPECT_EQ(source->file_position(), first.size());
  ASSERT_TRUE(*source->NextMember());
  EXPECT_EQ(source->offset(), first.size());
  EXPECT_EQ(source->in_member(), 0u);
  EXPECT_EQ(ReadMember(*source), "hai");
  EXPECT_FALSE(*source->NextMember());
}

TEST_F(ByteSourceTest, WhatIsPeekedStaysUntilConsumed) {
  const auto source = Open("một hai");
  EXPECT_EQ(*source->Peek(), "một hai");
  source->Consume(6);
  EXPECT_EQ(*source->Peek(), "hai");
  EXPECT_EQ(source->offset(), 6u);
}

TEST_F(ByteSourceTest, ATornMemberIsDataLoss) {
  const std::string whole = tintinh::testing::Gzip(std::string(1000, 'x'));
  const auto source = Open(whole.substr(0, whole.size() - 4));
  ReadMember(*source);
  EXPECT_TRUE(absl::IsDataLoss(source->Peek().status()));
}

}  // namespace
}  // namespace tintinh::warc
