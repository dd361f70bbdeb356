#include "services/web/web_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <exception>
#include <functional>
#include <thread>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "common/time/proto_duration.h"
#include "httplib.h"
#include "services/web/api/http_status.h"
#include "services/web/connection.h"
#include "services/web/connection_pool.h"
#include "services/web/page/page_files.h"
#include "services/web/reader_pages.h"

namespace tintinh::web {
namespace {

constexpr char kPlain[] = "text/plain; charset=utf-8";
constexpr char kNoStore[] = "no-store";
constexpr char kCacheFiles[] = "public, max-age=3600";
constexpr size_t kMaxBodyBytes = 1024;  // no request here has a body
constexpr size_t kRequestsPerConnection = 100;

httplib::Headers SecurityHeaders() {
  return {{"Content-Security-Policy",
           "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
           "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "same-origin"},
          {"Cross-Origin-Opener-Policy", "same-origin"}};
}

absl::Duration DeadlineOf(const config::v1::PeerConfig& peer) { return ToDuration(peer.deadline()); }

struct Address {
  std::string host;
  int port = 0;
};

absl::StatusOr<Address> ParseAddress(const std::string& listen) {
  const size_t colon = listen.rfind(':');
  uint32_t port = 0;
  if (colon == std::string::npos || colon == 0 || !absl::SimpleAtoi(listen.substr(colon + 1), &port) || port > 65535) {
    return absl::InvalidArgumentError(absl::StrCat("http_listen: \"", listen, "\" is not HOST:PORT"));
  }
  std::string host = listen.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  return Address{host, static_cast<int>(port)};
}

Answer NotFound(const std::string& path) {
  const absl::Status status = absl::NotFoundError("no such page");
  return absl::StartsWith(path, "/v1/") ? JsonError(status) : HtmlError({}, status);
}

void Send(const Answer& answer, const char* caching, httplib::Response& response) {
  response.status = answer.status;
  response.set_header("Cache-Control", caching);
  response.set_content(answer.body, answer.content_type);
}

void ReuseAddressOnly(socket_t socket) {
  const int yes = 1;  // not SO_REUSEPORT: two servers on one port would share its readers unnoticed
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
}

// The library's own time limits are of each read and write, so that a client sending a byte now and then would be
// served for hours.
class BoundedServer final : public httplib::Server {
 public:
  explicit BoundedServer(std::function<bool()> draining) : draining_(std::move(draining)) {}

 private:
  bool process_and_close_socket(socket_t socket) override {
    Connection connection(socket, ConnectionLimits(), draining_);
    bool served = true;
    bool closed = false;
    for (size_t i = 1; i <= kRequestsPerConnection && served && !closed && connection.AwaitRequest(); ++i) {
      served = process_request(connection, i == kRequestsPerConnection || draining_(), closed, nullptr);
    }
    ::shutdown(socket, SHUT_RDWR);
    ::close(socket);
    return served;
  }

  const std::function<bool()> draining_;
};

}  // namespace

// Knows httplib, so that the header need not.
class WebServer::Site {
 public:
  Site(const WebOptions& options, const Peers& peers, Metrics& metrics)
      : options_(options), api_(peers), metrics_(metrics) {
    Configure();
    Route();
  }

  absl::Status Start() {
    ASSIGN_OR_RETURN(const Address address, ParseAddress(options_.listen));
    if (address.port == 0) {
      port_ = server_.bind_to_any_port(address.host);
    } else if (server_.bind_to_port(address.host, address.port)) {
      port_ = address.port;
    }
    if (port_ <= 0) {
      port_ = 0;
      return absl::UnavailableError(absl::StrCat("http_listen: cannot bind ", options_.listen));
    }
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();  // before that, stop() does nothing
    LogInfo("web page served", {{"port", port_}});
    return absl::OkStatus();
  }

  int port() const { return port_; }

  void Drain() {
    draining_ = true;
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

 private:
  using Page = std::function<Answer(const httplib::Request&)>;

  void Configure() {
    server_.new_task_queue = [this] { return new ConnectionPool(options_.max_connections); };  // httplib deletes it
    server_.set_socket_options(ReuseAddressOnly);
    server_.set_tcp_nodelay(true);
    server_.set_default_headers(SecurityHeaders());
    server_.set_payload_max_length(kMaxBodyBytes);
    server_.set_pre_routing_handler(RefuseRanges);
    server_.set_error_handler(
        [](const httplib::Request& request, httplib::Response& response) { ExplainError(request, response); });
    server_.set_exception_handler([](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) {
      Send(JsonError(absl::InternalError("the request could not be served")), kNoStore, response);
    });
    server_.set_logger([this](const httplib::Request&, const httplib::Response& response) {
      metrics_
          .NewCounter("tintinh_web_requests_total", "HTTP requests answered",
                      {{"status", absl::StrCat(response.status)}})
          .Increment();
    });
  }

  void Route() {
    Get("/", kNoStore, [this](const httplib::Request& request) { return pages_.Home(request.params); });
    Get("/search", kNoStore, [this](const httplib::Request& request) { return pages_.Search(request.params); });
    Get("/article", kNoStore, [this](const httplib::Request& request) { return pages_.Article(request.params); });
    Get("/operator", kNoStore,
        [this](const httplib::Request& request) { return pages_.Operator(request.params, SteadyNow()); });
    Get("/v1/search", kNoStore, [this](const httplib::Request& request) { return api_.Search(request.params); });
    Get("/v1/articles/([0-9a-zA-Z]{1,64})", kNoStore,
        [this](const httplib::Request& request) { return api_.Article(request.matches[1].str()); });
    Get("/v1/status", kNoStore, [this](const httplib::Request&) { return api_.Status(); });
    Get("/healthz", kNoStore, [this](const httplib::Request&) {
      return draining_ ? Answer{503, kPlain, "draining\n"} : Answer{200, kPlain, "ok\n"};
    });
    for (const PageFile& file : PageFiles()) GetFile(file);
  }

  void Get(const std::string& pattern, const char* caching, Page page) {
    server_.Get(pattern,
                [caching, page = std::move(page)](const httplib::Request& request, httplib::Response& response) {
                  Send(page(request), caching, response);
                });
  }

  void GetFile(const PageFile& file) {
    Get(file.path, kCacheFiles, [&file](const httplib::Request&) {
      return Answer{200, file.content_type, std::string(file.content)};
    });
  }

  // A list of overlapping ranges would multiply the answer in memory.
  static httplib::Server::HandlerResponse RefuseRanges(const httplib::Request& request, httplib::Response& response) {
    if (request.ranges.empty()) return httplib::Server::HandlerResponse::Unhandled;
    Send({416, kPlain, "ranges are not served\n"}, kNoStore, response);
    return httplib::Server::HandlerResponse::Handled;
  }

  // Gives answers without a body one; what the library calls 404 for other methods is 405.
  static void ExplainError(const httplib::Request& request, httplib::Response& response) {
    if (!response.body.empty()) return;
    if (response.status == 404 && request.method != "GET" && request.method != "HEAD") {
      response.set_header("Allow", "GET, HEAD");
      Send({405, kPlain, "only GET and HEAD are served\n"}, kNoStore, response);
    } else if (response.status == 404) {
      Send(NotFound(request.path), kNoStore, response);
    } else {
      Send({response.status, kPlain, "the request cannot be read or is too large\n"}, kNoStore, response);
    }
  }

  const WebOptions options_;
  const Api api_;
  ReaderPages pages_{api_};
  Metrics& metrics_;
  std::atomic<bool> draining_{false};
  BoundedServer server_{[this] { return draining_.load(); }};
  std::thread thread_;
  int port_ = 0;
};

WebOptions WebOptionsOf(const config::v1::WebConfig& config) {
  return {config.http_listen(), config.max_connections()};
}

Peers PeersOf(const config::v1::WebConfig& config, v1::QueryService::StubInterface& query,
              v1::CrawlerService::StubInterface& crawler, v1::IndexerService::StubInterface& indexer) {
  return {
      query, crawler, indexer, DeadlineOf(config.query()), DeadlineOf(config.crawler()), DeadlineOf(config.indexer())};
}

WebServer::WebServer(const WebOptions& options, const Peers& peers, Metrics& metrics)
    : site_(std::make_unique<Site>(options, peers, metrics)) {}

WebServer::~WebServer() { site_->Drain(); }

absl::Status WebServer::Start() { return site_->Start(); }

int WebServer::port() const { return site_->port(); }

void WebServer::Drain() { site_->Drain(); }

}  // namespace tintinh::web
