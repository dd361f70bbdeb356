// The HTTP server: JSON for programs and pages for readers.
#ifndef TINTINH_SERVICES_WEB_WEB_SERVER_H_
#define TINTINH_SERVICES_WEB_WEB_SERVER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "common/metrics/metrics.h"
#include "services/web/api/api.h"
#include "tintinh/config/v1/services.pb.h"

namespace tintinh::web {

struct WebOptions {
  std::string listen = "127.0.0.1:0";  // HOST:PORT, [HOST]:PORT for IPv6; port 0 picks a free one
  uint32_t max_connections = 64;       // served at once; later ones wait to be accepted
};

WebOptions WebOptionsOf(const config::v1::WebConfig& config);
Peers PeersOf(const config::v1::WebConfig& config, v1::QueryService::StubInterface& query,
              v1::CrawlerService::StubInterface& crawler, v1::IndexerService::StubInterface& indexer);

// GET and HEAD of
//   /  /search?q=…  /article?id=…  /operator  pages (HTML)
//   /v1/search  /v1/articles/ID  /v1/status   JSON, see api.h
//   /healthz                            "ok", or 503 while draining
//   /page.js and the other files of page_files.h
// Other methods are 405, other paths 404, URLs over 8,192 bytes 414. A request has ten seconds
// to arrive and an answer thirty to be taken, whole; a slower client, or one sending over 64 KiB, is cut off. Answers
// are compressed where the client takes it. A strict Content-Security-Policy keeps scripts, styles and images of others
// out. Thread-safe.
class WebServer {
 public:
  // The stubs and `metrics` must outlive this.
  WebServer(const WebOptions& options, const Peers& peers, Metrics& metrics);
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

  // Binds and serves. INVALID_ARGUMENT when `listen` is not HOST:PORT, UNAVAILABLE when it cannot be bound. Once only.
  absl::Status Start();

  // The bound port; 0 before Start.
  int port() const;

  // Takes no further connections and returns when the running requests are answered; a client that has sent only part
  // of one, or does not take its answer, is cut off after two seconds. Safe to call twice.
  void Drain();

 private:
  class Site;
  std::unique_ptr<Site> site_;
};

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_WEB_SERVER_H_
