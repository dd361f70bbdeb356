// The frontier at size: URLs put a second, leases granted and completed a second, and how long the next lease takes,
// with many URLs waiting on many hosts.
//
//   frontier_bench DIR [URLS] [HOSTS]      default 10,000,000 and 50,000; DIR must not exist
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "common/kv/database.h"
#include "common/time/clock.h"
#include "services/crawler/frontier/frontier.h"

namespace tintinh::crawler {
namespace {

constexpr size_t kPutBatch = 1000;  // what ten pages name
constexpr size_t kHostsPerSite = 10;
constexpr size_t kLinks = 100;         // on one page, all of its own host
constexpr size_t kLeaseBatch = 256;    // fetches under way
constexpr size_t kLeases = 1'000'000;  // granted and completed
constexpr size_t kSingles = 20'000;    // leased one at a time, for the latency

using Timer = std::chrono::steady_clock;

double Seconds(Timer::time_point since) { return std::chrono::duration<double>(Timer::now() - since).count(); }

template <typename T>
T OrDie(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  absl::FPrintF(stderr, "%s\n", value.status().ToString());
  std::exit(1);
}

// Resident bytes of this process.
uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t pages = 0;
  statm >> pages >> pages;
  return pages * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::string HostName(size_t host) { return absl::StrCat("baotinh", host, ".vn"); }

// Addresses such as newspapers have: a section, a slug, a number. Pages of all hosts alternate.
NewUrl MakeUrl(size_t index, size_t hosts) {
  NewUrl url;
  const size_t host = (index / kLinks * 7919) % hosts;
  url.host = HostName(host);
  url.url =
      absl::StrCat("https://", url.host, "/thoi-su/xay-dung-nong-thon-moi-o-xa-", index % 977, "-", index, ".htm");
  url.rank = index % 10 == 0 ? disk::v1::URL_RANK_FRESH : disk::v1::URL_RANK_BACKLOG;
  return url;
}

FrontierOptions Options(size_t hosts) {
  FrontierOptions options;
  for (size_t host = 0; host < hosts; ++host) {
    options.hosts.push_back(
        {.host = HostName(host), .site = absl::StrCat("bao-", host / kHostsPerSite), .max_articles = 100'000'000});
  }
  return options;
}

struct Opened {
  std::unique_ptr<kv::Database> database;
  std::unique_ptr<Frontier> frontier;
};

Opened Open(const std::string& directory, size_t hosts) {
  static const SystemClock clock;
  Opened opened;
  opened.database = OrDie(kv::Database::Open({.directory = directory, .column_families = Frontier::ColumnFamilies()}));
  opened.frontier = OrDie(Frontier::Open(*opened.database, Options(hosts), clock));
  return opened;
}

void Put(Frontier& frontier, size_t urls, size_t hosts) {
  const Timer::time_point start = Timer::now();
  std::vector<NewUrl> batch;
  for (size_t i = 0; i < urls; ++i) {
    batch.push_back(MakeUrl(i, hosts));
    if (batch.size() < kPutBatch && i + 1 < urls) continue;
    OrDie(frontier.Add(batch));
    batch.clear();
  }
  const double seconds = Seconds(start);
  absl::PrintF("put            %9.0f URLs/s   %zu URLs in %.1f s, new ones\n", static_cast<double>(urls) / seconds,
               urls, seconds);
}

void PutAgain(Frontier& frontier, size_t urls, size_t hosts) {
  const size_t again = std::min<size_t>(urls, 500'000);
  const Timer::time_point start = Timer::now();
  std::vector<NewUrl> batch;
  for (size_t i = 0; i < again; ++i) {
    batch.push_back(MakeUrl(i * (urls / again), hosts));
    if (batch.size() < kPutBatch) continue;
    OrDie(frontier.Add(batch));
    batch.clear();
  }
  absl::PrintF("put again      %9.0f URLs/s   known ones\n", static_cast<double>(again) / Seconds(start));
}

void Complete(Frontier& frontier, const std::vector<Lease>& leases) {
  Completion gone;
  gone.outcome = FetchOutcome::kGone;
  gone.http_status = 404;
  std::vector<Ended> ended;
  ended.reserve(leases.size());
  for (const Lease& lease : leases) ended.push_back({lease, gone, nullptr});
  for (const absl::Status& status : OrDie(frontier.CompleteAll(ended))) {
    if (!status.ok()) std::exit(1);
  }
}

void LeaseAndComplete(Frontier& frontier, size_t urls) {
  const size_t leases = std::min(urls / 2, kLeases);
  const Timer::time_point start = Timer::now();
  for (size_t done = 0; done < leases;) {
    const Turn turn = OrDie(frontier.Next(kLeaseBatch));
    if (turn.leases.empty()) std::exit(1);
    Complete(frontier, turn.leases);
    done += turn.leases.size();
  }
  absl::PrintF("lease+complete %9.0f URLs/s   %zu at a time, both on disk\n",
               static_cast<double>(leases) / Seconds(start), kLeaseBatch);
}

// The time of the call that finds the next lease and puts it on disk.
void NextLatency(Frontier& frontier) {
  std::vector<double> micros;
  for (size_t i = 0; i < kSingles; ++i) {
    const Timer::time_point start = Timer::now();
    const Turn turn = OrDie(frontier.Next());
    micros.push_back(Seconds(start) * 1e6);
    Complete(frontier, turn.leases);
  }
  std::sort(micros.begin(), micros.end());
  absl::PrintF("next           %9.1f us median, %.1f us p99   one at a time, on disk\n", micros[kSingles / 2],
               micros[kSingles * 99 / 100]);
}

int Main(const std::string& directory, size_t urls, size_t hosts) {
  {
    const Opened opened = Open(directory, hosts);
    Put(*opened.frontier, urls, hosts);
    PutAgain(*opened.frontier, urls, hosts);
    LeaseAndComplete(*opened.frontier, urls);
    NextLatency(*opened.frontier);
    absl::PrintF("memory         %9.0f MB, disk %.0f MB, %zu hosts\n", static_cast<double>(ResidentBytes()) / 1e6,
                 static_cast<double>(opened.database->DiskBytes()) / 1e6, hosts);
  }
  const Timer::time_point start = Timer::now();
  const Opened opened = Open(directory, hosts);
  absl::PrintF("open           %9.2f s\n", Seconds(start));
  return 0;
}

}  // namespace
}  // namespace tintinh::crawler

int main(int argc, char** argv) {
  if (argc < 2 || std::filesystem::exists(argv[1])) {
    std::fprintf(stderr, "usage: frontier_bench DIR [URLS] [HOSTS]; DIR must not exist\n");
    return 2;
  }
  return tintinh::crawler::Main(argv[1], argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000,
                                argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 50'000);
}
