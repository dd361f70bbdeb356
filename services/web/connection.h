// One accepted socket, as the HTTP library reads and writes it.
#ifndef TINTINH_SERVICES_WEB_CONNECTION_H_
#define TINTINH_SERVICES_WEB_CONNECTION_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "httplib.h"

namespace tintinh::web {

// Of one request. Times are of the whole, however many pieces it comes in.
struct ConnectionLimits {
  std::chrono::milliseconds idle{3000};    // until its first byte
  std::chrono::milliseconds read{10000};   // from then to its last
  std::chrono::milliseconds write{30000};  // from the answer's first byte to its last
  std::chrono::milliseconds drain{2000};   // for reading and for writing, from when the server drains
  size_t bytes = size_t{1} << 16;          // of its line, headers and body
};

// Reads and writes fail, and with them the request, once a limit is passed. One thread.
class Connection final : public httplib::Stream {
 public:
  // Does not own `socket`, which must be connected. `draining` may be called at any time.
  Connection(socket_t socket, const ConnectionLimits& limits, std::function<bool()> draining);

  // Waits for the first byte of the next request, whose limits begin then. False when none comes in time, the client
  // is gone or, none being there, the server drains.
  bool AwaitRequest();

  bool is_readable() const override;
  bool is_writable() const override;
  ssize_t read(char* to, size_t size) override;
  ssize_t write(const char* from, size_t size) override;

  // Left untouched: nobody here asks who calls.
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override;

 private:
  using Time = std::chrono::steady_clock::time_point;

  // Whether the socket is ready for `events` before `latest`, or before the grace of a drain is over.
  bool AwaitUntil(short events, Time latest) const;
  // Fills the buffer. False when the request has had its time or bytes, or the client is gone.
  bool Receive();

  const socket_t socket_;
  const ConnectionLimits limits_;
  const std::function<bool()> draining_;
  std::vector<char> buffer_;
  size_t taken_ = 0;     // of the buffer
  size_t received_ = 0;  // of the request
  Time read_by_;
  Time write_by_ = Time::max();            // until the answer begins
  mutable Time drained_by_ = Time::max();  // until a drain is noticed, in reading or in writing
};

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_CONNECTION_H_
