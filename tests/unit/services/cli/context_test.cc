#include "services/cli/context.h"

#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

TEST(Context, ConnectsToLoopbackWithoutTlsOnly) {
  Context context;
  context.server = "127.0.0.1:7300";
  EXPECT_THAT(context.Connect(), IsOk());
  context.server = "node.example.vn:7300";
  EXPECT_THAT(context.Connect().status(), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("node.example.vn")));
}

TEST(Context, ASilentServerIsNamedWithWhatToDo) {
  Context context;
  context.server = "127.0.0.1:7300";
  EXPECT_THAT(Explain(absl::UnavailableError("refused"), context),
              StatusIs(absl::StatusCode::kUnavailable, AllOf(HasSubstr("127.0.0.1:7300"), HasSubstr("tintinh-node"))));
  EXPECT_THAT(Explain(absl::NotFoundError("no such article"), context),
              StatusIs(absl::StatusCode::kNotFound, "no such article"));
}

}  // namespace
}  // namespace tintinh::cli
