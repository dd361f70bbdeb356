#include <algorithm>
#include <functional>
#include <iostream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/status/grpc_status.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/crawler_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

using Stub = v1::CrawlerService::Stub;

constexpr double kWatchSeconds = 86'400;  // a day

struct CrawlFlags {
  std::string site;
  std::string url;
  bool wait = false;
  bool watch = false;
  double wait_seconds = 600;
};

std::string ClockText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%H:%M:%S%Ez", absl::FromUnixSeconds(time.seconds()), VietnamTimeZone());
}

std::string HoursText(const google::protobuf::Duration& time) {
  return absl::FormatDuration(absl::Hours(time.seconds() / 3600) + absl::Minutes(time.seconds() / 60 % 60));
}

void PrintSite(const v1::SiteStatus& site) {
  std::cout << site.site() << "  " << Printable(site.name()) << (site.paused() ? "  (paused)" : "")
            << (site.awaits_hand_over() ? "  (other crawlers are asked for it first)" : "") << "\n  "
            << site.articles_stored() << " articles, " << site.urls_known() << " URLs known, " << site.urls_due()
            << " due, " << site.fetches() << " fetches, " << site.not_modified() << " not modified, " << site.failures()
            << " failures, " << site.pages_rejected() << " rejected\n";
  if (site.has_blocked_until()) std::cout << "  blocked until " << ClockText(site.blocked_until()) << "\n";
  if (site.has_next_request()) std::cout << "  next request " << ClockText(site.next_request()) << "\n";
  if (site.silent())
    std::cout << "  silent for " << HoursText(site.quiet_for()) << ", usually " << HoursText(site.usual_gap()) << "\n";
  if (!site.last_error().empty()) std::cout << "  last error: " << Printable(site.last_error()) << "\n";
}

void PrintStatus(const Context& context, const v1::GetCrawlerStatusResponse& status) {
  if (context.json) {
    std::cout << ProtoLine(status) << std::endl;
    return;
  }
  for (const v1::SiteStatus& site : status.sites()) PrintSite(site);
  std::cout << status.urls_known() << " URLs known, " << status.urls_due() << " due, " << status.outbox_pages()
            << " pages in the outbox" << (status.idle() ? ", idle" : "") << "\n";
}

// Calls `visit` with the status every 200 ms until it returns false or the crawler ends the stream.
absl::Status Watch(const Context& context, double seconds,
                   const std::function<bool(const v1::GetCrawlerStatusResponse&)>& visit) {
  ASSIGN_OR_RETURN(const auto channel, context.Connect());
  const auto stub = v1::CrawlerService::NewStub(channel);
  grpc::ClientContext call;
  PrepareContext(call, absl::Seconds(seconds));
  v1::WatchCrawlerStatusRequest request;
  request.mutable_interval()->set_nanos(200'000'000);
  const auto stream = stub->WatchCrawlerStatus(&call, request);
  v1::WatchCrawlerStatusResponse response;
  while (stream->Read(&response)) {
    if (visit(response.status())) continue;
    call.TryCancel();
    return absl::OkStatus();
  }
  return FromGrpcStatus(stream->Finish());
}

uint64_t ArticlesOf(const v1::GetCrawlerStatusResponse& status) {
  uint64_t articles = 0;
  for (const v1::SiteStatus& site : status.sites()) articles += site.articles_stored();
  return articles;
}

absl::Status WaitUntilIdle(const Context& context, const CrawlFlags& flags) {
  ProgressBar progress("crawl", 100);
  uint64_t articles = 0;
  absl::Status status =
      Watch(context, flags.wait_seconds, [&progress, &articles](const v1::GetCrawlerStatusResponse& now) {
        articles = ArticlesOf(now);
        const uint64_t known = now.urls_known() == 0 ? 1 : now.urls_known();
        progress.Set(100 * (known - std::min(known, now.urls_due())) / known,
                     absl::StrCat("% · ", articles, " articles, ", now.urls_due(), " URLs due"));
        return !now.idle();
      });
  std::cout << articles << " articles stored\n";
  if (!absl::IsDeadlineExceeded(status)) return status;
  return absl::DeadlineExceededError(
      absl::StrCat("--wait-seconds: after ", flags.wait_seconds,
                   " s there are still URLs to fetch; the crawl goes on without this command"));
}

absl::Status CrawlRun(const Context& context, const CrawlFlags& flags) {
  v1::CrawlNowRequest request;
  request.set_site(flags.site);
  ASSIGN_OR_RETURN(const v1::CrawlNowResponse response, Call<v1::CrawlerService>(context, &Stub::CrawlNow, request));
  std::cout << response.urls_made_due() << " feeds, sitemaps and section pages are due\n";
  return flags.wait ? WaitUntilIdle(context, flags) : absl::OkStatus();
}

absl::Status CrawlStatus(const Context& context, const CrawlFlags& flags) {
  if (flags.watch) {
    return Watch(context, kWatchSeconds, [&context](const v1::GetCrawlerStatusResponse& status) {
      if (!context.json) std::cout << "\033[H\033[J";
      PrintStatus(context, status);
      return true;
    });
  }
  ASSIGN_OR_RETURN(const v1::GetCrawlerStatusResponse response,
                   Call<v1::CrawlerService>(context, &Stub::GetCrawlerStatus, {}));
  PrintStatus(context, response);
  return absl::OkStatus();
}

absl::Status Pause(const Context& context, const CrawlFlags& flags) {
  v1::PauseSiteRequest request;
  request.set_site(flags.site);
  RETURN_IF_ERROR(Call<v1::CrawlerService>(context, &Stub::PauseSite, request).status());
  std::cout << Printable(flags.site) << " is paused\n";
  return absl::OkStatus();
}

absl::Status Resume(const Context& context, const CrawlFlags& flags) {
  v1::ResumeSiteRequest request;
  request.set_site(flags.site);
  RETURN_IF_ERROR(Call<v1::CrawlerService>(context, &Stub::ResumeSite, request).status());
  std::cout << Printable(flags.site) << " goes on\n";
  return absl::OkStatus();
}

absl::Status Submit(const Context& context, const CrawlFlags& flags) {
  v1::SubmitUrlRequest request;
  request.set_url(flags.url);
  ASSIGN_OR_RETURN(const v1::SubmitUrlResponse response, Call<v1::CrawlerService>(context, &Stub::SubmitUrl, request));
  std::cout << Printable(response.canonical_url()) << (response.known() ? " is known already\n" : " is queued\n");
  return absl::OkStatus();
}

void AddAction(CLI::App* crawl, const Run& run, CLI::App* command, const std::shared_ptr<CrawlFlags>& flags,
               absl::Status (*action)(const Context&, const CrawlFlags&)) {
  crawl->require_subcommand(1);
  command->callback(
      [run, flags, action] { run([flags, action](const Context& context) { return action(context, *flags); }); });
}

}  // namespace

void AddCrawl(CLI::App& app, const Run& run) {
  CLI::App* crawl = app.add_subcommand("crawl", "steer the crawler");
  auto flags = std::make_shared<CrawlFlags>();
  CLI::App* now = crawl->add_subcommand("run", "make feeds, sitemaps and section pages due now");
  now->add_option("site", flags->site, "site id; absent: every site");
  now->add_flag("--wait", flags->wait, "wait, with a progress bar, until nothing is left to fetch");
  now->add_option("--wait-seconds", flags->wait_seconds, "give up waiting after this long")
      ->check(CLI::Range(1.0, 86400.0));
  AddAction(crawl, run, now, flags, CrawlRun);
  CLI::App* status = crawl->add_subcommand("status", "figures per site");
  status->add_flag("--watch", flags->watch, "redraw until interrupted");
  AddAction(crawl, run, status, flags, CrawlStatus);
  CLI::App* pause = crawl->add_subcommand("pause", "stop asking a site");
  pause->add_option("site", flags->site, "site id")->required();
  AddAction(crawl, run, pause, flags, Pause);
  CLI::App* resume = crawl->add_subcommand("resume", "ask a paused site again");
  resume->add_option("site", flags->site, "site id")->required();
  AddAction(crawl, run, resume, flags, Resume);
  AddExplain(*crawl, run);
  CLI::App* submit = crawl->add_subcommand("submit", "queue one URL of a configured site");
  submit->add_option("url", flags->url, "absolute URL")->required();
  AddAction(crawl, run, submit, flags, Submit);
}

}  // namespace tintinh::cli
