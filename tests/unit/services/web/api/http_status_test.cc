#include "services/web/api/http_status.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace tintinh::web {
namespace {

TEST(HttpStatusOf, FollowsTheTableOfGoogleRpc) {
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kOk), 200);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kInvalidArgument), 400);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kOutOfRange), 400);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kUnauthenticated), 401);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kPermissionDenied), 403);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kNotFound), 404);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kAborted), 409);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kResourceExhausted), 429);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kCancelled), 499);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kInternal), 500);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kUnimplemented), 501);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kUnavailable), 503);
  EXPECT_EQ(HttpStatusOf(absl::StatusCode::kDeadlineExceeded), 504);
  EXPECT_EQ(HttpStatusOf(static_cast<absl::StatusCode>(99)), 500);
}

TEST(ErrorJson, SaysCodeStatusAndMessage) {
  const auto json = nlohmann::json::parse(ErrorJson(absl::NotFoundError("bài \"x\"")));
  EXPECT_EQ(json["error"]["code"], 404);
  EXPECT_EQ(json["error"]["status"], "NOT_FOUND");
  EXPECT_EQ(json["error"]["message"], "bài \"x\"");
}

TEST(ErrorJson, ReplacesInvalidUtf8) {
  EXPECT_NO_THROW(nlohmann::json::parse(ErrorJson(absl::NotFoundError("\xFF\xFE"))));
}

}  // namespace
}  // namespace tintinh::web
