// A small news site on loopback that writes down every request, and misbehaves where told.
#ifndef TINTINH_TESTS_CONTRACT_CRAWLER_NEWS_SITE_H_
#define TINTINH_TESTS_CONTRACT_CRAWLER_NEWS_SITE_H_

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/sync/mutex.h"
#include "httplib.h"

namespace tintinh::crawler {

struct Seen {
  std::string path;
  absl::Time time;
  int status = 0;
};

// Serves /robots.txt, /rss.xml (with an ETag), /sitemap.xml, the section /xa-hoi/ and `articles` articles /bai-N.html,
// a third of them named by each listing.
class NewsSite {
 public:
  using Answer = std::function<void(const httplib::Request&, httplib::Response&)>;

  explicit NewsSite(int articles) : articles_(articles) {
    server_.set_keep_alive_max_count(1000);
    server_.Get(".*", [this](const httplib::Request& request, httplib::Response& response) {
      const absl::Time time = absl::Now();
      Serve(request, response);
      MutexLock lock(mu_);
      seen_.push_back({request.path, time, response.status == -1 ? 200 : response.status});
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~NewsSite() {
    server_.stop();
    thread_.join();
  }

  std::string home() const { return absl::StrCat("http://127.0.0.1:", port_, "/"); }

  // Takes precedence over what the site would answer. Before the crawl only.
  void Override(const std::string& path, Answer answer) { overrides_[path] = std::move(answer); }

  std::vector<Seen> seen() const {
    MutexLock lock(mu_);
    return seen_;
  }
  size_t Count(const std::string& path) const {
    size_t count = 0;
    for (const Seen& request : seen()) count += request.path == path ? 1 : 0;
    return count;
  }

 private:
  std::string Articles(int from, int step, const std::string& before, const std::string& after) const {
    std::string text;
    for (int i = from; i < articles_; i += step) absl::StrAppend(&text, before, home(), "bai-", i, ".html", after);
    return text;
  }

  void Serve(const httplib::Request& request, httplib::Response& response) {
    if (const auto found = overrides_.find(request.path); found != overrides_.end()) {
      return found->second(request, response);
    }
    if (request.path == "/robots.txt") {
      return response.set_content(absl::StrCat("User-agent: *\nDisallow: /noi-bo/\nSitemap: ", home(), "sitemap.xml\n"),
                                  "text/plain");
    }
    if (request.path == "/rss.xml") return ServeFeed(request, response);
    if (request.path == "/sitemap.xml") {
      return response.set_content(absl::StrCat("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">",
                                               Articles(1, 3, "<url><loc>", "</loc></url>"), "</urlset>"),
                                  "application/xml");
    }
    if (request.path == "/xa-hoi/") {
      return response.set_content(absl::StrCat("<html><body>", Articles(2, 3, "<a href=\"", "\">tin</a>"),
                                               "<a href=\"http://khac.example/bai.html\">báo bạn</a></body></html>"),
                                  "text/html; charset=utf-8");
    }
    if (request.path.rfind("/bai-", 0) == 0) {
      return response.set_content(
          absl::StrCat("<html><body><h1>Tin ", request.path, "</h1><p>Bà con vùng cao vào vụ.</p></body></html>"),
          "text/html; charset=utf-8");
    }
    response.status = 404;
  }

  void ServeFeed(const httplib::Request& request, httplib::Response& response) const {
    response.set_header("ETag", "\"so-1\"");
    if (request.get_header_value("If-None-Match") == "\"so-1\"") {
      response.status = 304;
      return;
    }
    response.set_content(
        absl::StrCat("<rss version=\"2.0\"><channel>", Articles(0, 3, "<item><link>", "</link></item>"), "<item><link>",
                     home(), "noi-bo/bao-cao.html</link></item>",
                     "<item><link>https://quang-cao.example/mua</link></item></channel></rss>"),
        "application/rss+xml");
  }

  const int articles_;
  std::map<std::string, Answer> overrides_;
  httplib::Server server_;
  int port_ = 0;
  mutable Mutex mu_;
  std::vector<Seen> seen_ ABSL_GUARDED_BY(mu_);
  std::thread thread_;
};

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_CONTRACT_CRAWLER_NEWS_SITE_H_
