#include "services/web/connection.h"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tintinh::web {
namespace {

using std::chrono::steady_clock;

constexpr size_t kBufferBytes = 4096;
constexpr std::chrono::milliseconds kGlance{100};  // how late a drain may be noticed

// Positive when ready, 0 when not yet, negative when it never will be.
int Poll(socket_t socket, short events, std::chrono::milliseconds timeout) {
  pollfd asked{socket, events, 0};
  const int ready = ::poll(&asked, 1, static_cast<int>(timeout.count()));
  if (ready < 0 && errno == EINTR) return 0;
  return ready;
}

std::chrono::milliseconds Until(steady_clock::time_point time) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(time - steady_clock::now());
  return std::clamp(left, std::chrono::milliseconds(0), kGlance);
}

}  // namespace

Connection::Connection(socket_t socket, const ConnectionLimits& limits, std::function<bool()> draining)
    : socket_(socket), limits_(limits), draining_(std::move(draining)), read_by_(steady_clock::now()) {}

bool Connection::AwaitRequest() {
  const Time latest = steady_clock::now() + limits_.idle;
  int ready = taken_ < buffer_.size() ? 1 : 0;
  while (ready == 0) {
    const auto wait = draining_() ? std::chrono::milliseconds(0) : Until(latest);
    ready = Poll(socket_, POLLIN, wait);
    if (ready == 0 && (wait.count() == 0)) return false;
  }
  received_ = buffer_.size() - taken_;
  read_by_ = steady_clock::now() + limits_.read;
  write_by_ = Time::max();
  drained_by_ = Time::max();
  return ready > 0;
}

bool Connection::AwaitUntil(short events, Time latest) const {
  while (true) {
    if (drained_by_ == Time::max() && draining_()) drained_by_ = steady_clock::now() + limits_.drain;
    latest = std::min(latest, drained_by_);
    const auto wait = Until(latest);
    if (const int ready = Poll(socket_, events, wait); ready != 0) return ready > 0 && steady_clock::now() <= latest;
    if (wait.count() == 0) return false;
  }
}

bool Connection::Receive() {
  if (received_ >= limits_.bytes || !AwaitUntil(POLLIN, read_by_)) return false;
  buffer_.resize(std::min(kBufferBytes, limits_.bytes - received_));
  taken_ = 0;
  const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
  buffer_.resize(got > 0 ? static_cast<size_t>(got) : 0);
  received_ += buffer_.size();
  return got > 0;
}

bool Connection::is_readable() const { return taken_ < buffer_.size() || AwaitUntil(POLLIN, read_by_); }

bool Connection::is_writable() const {
  return AwaitUntil(POLLOUT, std::min(write_by_, steady_clock::now() + limits_.write));
}

ssize_t Connection::read(char* to, size_t size) {
  if (taken_ == buffer_.size() && !Receive()) return -1;
  const size_t given = std::min(size, buffer_.size() - taken_);
  std::memcpy(to, buffer_.data() + taken_, given);
  taken_ += given;
  return static_cast<ssize_t>(given);
}

ssize_t Connection::write(const char* from, size_t size) {
  if (write_by_ == Time::max()) {
    write_by_ = steady_clock::now() + limits_.write;
    drained_by_ = Time::max();
  }
  for (size_t sent = 0; sent < size;) {  // the library does not send the rest of headers
    if (!AwaitUntil(POLLOUT, write_by_)) return -1;
    const ssize_t now = ::send(socket_, from + sent, size - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (now < 0 && errno != EAGAIN && errno != EINTR) return -1;
    if (now > 0) sent += static_cast<size_t>(now);
  }
  return static_cast<ssize_t>(size);
}

void Connection::get_remote_ip_and_port(std::string&, int&) const {}

void Connection::get_local_ip_and_port(std::string&, int&) const {}

socket_t Connection::socket() const { return socket_; }

}  // namespace tintinh::web
