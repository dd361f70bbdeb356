#include "common/log/log.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh {
namespace {

TEST(Log, WritesOneJsonObjectPerLine) {
  EXPECT_EQ(FormatLogLine(LogLevel::kInfo, "page stored", {{"article_id", "ab"}, {"bytes", 12}}),
            R"({"level":"info","message":"page stored","article_id":"ab","bytes":12})");
}

TEST(Log, EscapesWhatWouldBreakTheLine) {
  EXPECT_EQ(FormatLogLine(LogLevel::kError, "bad", {{"text", "a\n\"b\""}}),
            R"({"level":"error","message":"bad","text":"a\n\"b\""})");
}

TEST(Log, ReplacesInvalidUtf8) {
  EXPECT_EQ(FormatLogLine(LogLevel::kWarn, "bad", {{"text", "\xff"}}),
            "{\"level\":\"warn\",\"message\":\"bad\",\"text\":\"\xEF\xBF\xBD\"}");
}

TEST(Log, UnknownLevelIsRefusedByName) {
  EXPECT_THAT(SetLogLevel("loud"), testing::StatusIs(absl::StatusCode::kInvalidArgument, ::testing::HasSubstr("loud")));
  EXPECT_THAT(SetLogLevel("info"), testing::IsOk());
}

}  // namespace
}  // namespace tintinh
