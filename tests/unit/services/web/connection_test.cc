#include "services/web/connection.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <string>

#include "gtest/gtest.h"

namespace tintinh::web {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kForever{3'600'000};

class ConnectionTest : public ::testing::Test {
 protected:
  ConnectionTest() { EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()), 0); }
  ~ConnectionTest() override {
    for (const int end : ends_) ::close(end);
  }

  Connection Connect(const ConnectionLimits& limits) {
    return Connection(ends_[0], limits, [this] { return draining_; });
  }
  void ClientSends(const std::string& bytes) {
    EXPECT_EQ(::send(ends_[1], bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }

  std::array<int, 2> ends_{};
  bool draining_ = false;
  char byte_ = 0;
};

TEST_F(ConnectionTest, GivesTheBytesInOrderAndSendsAllOfAnAnswer) {
  Connection connection = Connect({});
  ClientSends("ab");
  ASSERT_TRUE(connection.AwaitRequest());
  EXPECT_TRUE(connection.is_readable());
  EXPECT_EQ(connection.read(&byte_, 1), 1);
  EXPECT_EQ(byte_, 'a');
  EXPECT_EQ(connection.read(&byte_, 1), 1);
  EXPECT_EQ(byte_, 'b');
  EXPECT_TRUE(connection.is_writable());
  const std::string answer = "xin chào";
  EXPECT_EQ(connection.write(answer.data(), answer.size()), static_cast<ssize_t>(answer.size()));
}

TEST_F(ConnectionTest, WaitsNoLongerThanIdleForARequest) {
  EXPECT_FALSE(Connect({milliseconds(1), kForever, kForever, kForever}).AwaitRequest());
}

TEST_F(ConnectionTest, ARequestHasItsTimeHoweverManyPiecesItComesIn) {
  Connection connection = Connect({kForever, milliseconds(50), kForever, kForever, size_t{1} << 40});
  ClientSends("a");
  ASSERT_TRUE(connection.AwaitRequest());
  const auto start = std::chrono::steady_clock::now();
  while (connection.read(&byte_, 1) == 1) ClientSends("a");
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(49));
}

TEST_F(ConnectionTest, ARequestHasItsBytes) {
  Connection connection = Connect({kForever, kForever, kForever, kForever, 3});
  ClientSends("abcd");
  ASSERT_TRUE(connection.AwaitRequest());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(connection.read(&byte_, 1), 1);
  EXPECT_EQ(connection.read(&byte_, 1), -1);
}

TEST_F(ConnectionTest, AnAnswerHasItsTimeWhenTheClientDoesNotTakeIt) {
  Connection connection = Connect({kForever, kForever, milliseconds(20), kForever});
  const std::string large(size_t{8} << 20, 'a');
  EXPECT_EQ(connection.write(large.data(), large.size()), -1);
}

TEST_F(ConnectionTest, ADrainEndsTheWaitForARequestAtOnceButServesOneThatIsThere) {
  Connection connection = Connect({kForever, kForever, kForever, kForever});
  draining_ = true;
  EXPECT_FALSE(connection.AwaitRequest());
  ClientSends("a");
  EXPECT_TRUE(connection.AwaitRequest());
}

TEST_F(ConnectionTest, ADrainLeavesReadingAndWritingItsGrace) {
  Connection connection = Connect({kForever, kForever, kForever, milliseconds(20)});
  draining_ = true;
  ClientSends("a");
  ASSERT_TRUE(connection.AwaitRequest());
  EXPECT_EQ(connection.read(&byte_, 1), 1);
  EXPECT_EQ(connection.read(&byte_, 1), -1);
  const std::string large(size_t{8} << 20, 'a');
  EXPECT_EQ(connection.write(large.data(), large.size()), -1);
}

TEST_F(ConnectionTest, AClientThatIsGoneIsNotWaitedFor) {
  Connection connection = Connect({kForever, kForever, kForever, kForever});
  ::shutdown(ends_[1], SHUT_RDWR);
  ASSERT_TRUE(connection.AwaitRequest()) << "that it is gone shows in reading";
  EXPECT_EQ(connection.read(&byte_, 1), -1);
  EXPECT_EQ(connection.write("a", 1), -1);
}

}  // namespace
}  // namespace tintinh::web
