#include "services/crawler/fetch/transfer.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::crawler {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(Transfer, RefusesRequestsThatCannotBeSent) {
  const FetcherOptions options;
  EXPECT_THAT(Transfer({"ftp://a.vn/", "", ""}, options).Prepare(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("ftp")));
  EXPECT_THAT(Transfer({"http://a.vn/", "\"a\"\r\nX: y", ""}, options).Prepare(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("etag")));
  EXPECT_THAT(Transfer({"http://a.vn/", "", std::string(1025, 'a')}, options).Prepare(),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("last_modified: 1025 bytes"), HasSubstr("limit 1024"))));
  EXPECT_THAT(Transfer({"http://a.vn/", "\"a\"", "Thu, 05 Mar 2026 00:00:00 GMT"}, options).Prepare(), IsOk());
}

TEST(Transfer, TellsFailuresApartByWhatTheCallerCanDo) {
  const FetcherOptions options;
  const auto code_for = [&](CURLcode code) {
    Transfer transfer({"http://a.vn/", "", ""}, options);
    EXPECT_THAT(transfer.Prepare(), IsOk());
    return transfer.Finish(code, absl::UnixEpoch()).status.code();
  };
  EXPECT_EQ(code_for(CURLE_OK), absl::StatusCode::kOk);
  EXPECT_EQ(code_for(CURLE_COULDNT_RESOLVE_HOST), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code_for(CURLE_PARTIAL_FILE), absl::StatusCode::kUnavailable);
  EXPECT_EQ(code_for(CURLE_OPERATION_TIMEDOUT), absl::StatusCode::kDeadlineExceeded);
  EXPECT_EQ(code_for(CURLE_PEER_FAILED_VERIFICATION), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(code_for(CURLE_BAD_CONTENT_ENCODING), absl::StatusCode::kDataLoss);
  EXPECT_EQ(code_for(CURLE_FILESIZE_EXCEEDED), absl::StatusCode::kResourceExhausted);
}

}  // namespace
}  // namespace tintinh::crawler
