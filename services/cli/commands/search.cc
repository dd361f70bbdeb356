#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "common/time/clock.h"
#include "services/cli/call.h"
#include "services/cli/commands/commands.h"
#include "services/cli/context.h"
#include "services/cli/json_output.h"
#include "services/cli/terminal.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh::cli {
namespace {

struct SearchFlags {
  std::vector<std::string> words;
  std::vector<std::string> provinces;
  std::vector<std::string> sites;
  std::string from;
  std::string to;
  std::string sort;
  std::string page_token;
  uint32_t page_size = 10;
  bool exact_total = false;
};

constexpr char kLanguage[] = R"(The query:
  lũ quét, lu quet          words, with or without marks
  "sông Lô"                 a phrase; give the shell '"sông Lô"'
  +lũ -bão                  required, excluded (behind --)
  (Huế OR "Hà Nội")         one of them
  xây*                      words that begin so
  title:lũ                  in the title; also title:"…", title:(…)
  province:Phú Thọ          where: also district:Lập Thạch; names of both epochs
  site:baophutho            which paper; also section:"Kinh tế", doc:22-NQ/TW
  from:9/2021 to:20/09/2021 when; a year, a month or a day
  -site:baophutho           all others (behind --))";

absl::StatusOr<absl::Time> ParseDay(absl::string_view flag, const std::string& text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime("%Y-%m-%d", text, VietnamTimeZone(), &time, &error)) {
    return absl::InvalidArgumentError(absl::StrCat(flag, ": \"", text, "\" is not a day such as 2021-09-20"));
  }
  return time;
}

absl::Status SetDates(const SearchFlags& flags, v1::Filter& filter) {
  if (!flags.from.empty()) {
    ASSIGN_OR_RETURN(const absl::Time from, ParseDay("--from", flags.from));
    filter.mutable_published_from()->set_seconds(absl::ToUnixSeconds(from));
  }
  if (!flags.to.empty()) {
    ASSIGN_OR_RETURN(const absl::Time to, ParseDay("--to", flags.to));
    filter.mutable_published_before()->set_seconds(absl::ToUnixSeconds(to + absl::Hours(24)));
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::SearchRequest> MakeRequest(const SearchFlags& flags) {
  v1::SearchRequest request;
  request.set_query(absl::StrJoin(flags.words, " "));
  if (!text::IsValidUtf8(request.query())) return absl::InvalidArgumentError("the query is not valid UTF-8");
  for (const std::string& province : flags.provinces) request.mutable_filter()->add_provinces(province);
  for (const std::string& site : flags.sites) request.mutable_filter()->add_sites(site);
  RETURN_IF_ERROR(SetDates(flags, *request.mutable_filter()));
  request.set_page_size(flags.page_size);
  request.set_page_token(flags.page_token);
  request.set_exact_total(flags.exact_total);
  if (flags.sort == "newest") request.set_sort(v1::SORT_ORDER_NEWEST);
  if (flags.sort == "oldest") request.set_sort(v1::SORT_ORDER_OLDEST);
  if (flags.sort == "relevance") request.set_sort(v1::SORT_ORDER_RELEVANCE);
  return request;
}

std::string Byline(const v1::Hit& hit) {
  v1::Article dated;
  *dated.mutable_published() = hit.published();
  dated.set_published_precision(hit.published_precision());
  std::vector<std::string> parts;
  const std::string place = hit.place().province() == hit.place().province_today()
                                ? hit.place().province()
                                : absl::StrCat(hit.place().province(), " (nay: ", hit.place().province_today(), ")");
  for (const std::string& part :
       {hit.source_name().empty() ? hit.site() : hit.source_name(), place, PublishedText(dated)}) {
    if (!part.empty()) parts.push_back(Printable(part));
  }
  return absl::StrJoin(parts, " · ");
}

void PrintHit(size_t rank, const v1::Hit& hit, bool colour) {
  std::cout << rank << ". " << Highlighted(hit.title(), hit.title_highlights(), colour) << "\n";
  std::cout << "   " << Byline(hit) << "\n";
  for (const v1::Snippet& snippet : hit.snippets()) {
    std::cout << "   " << Highlighted(snippet.text(), snippet.highlights(), colour) << "\n";
  }
  std::cout << "   " << Printable(hit.url()) << "  [" << hit.article_id() << "]\n\n";
}

void PrintResponse(const v1::SearchResponse& response) {
  const bool colour = WantsColour();
  for (const v1::Notice& notice : response.notices()) std::cout << "! " << Printable(notice.text()) << "\n";
  size_t rank = 0;
  for (const v1::Hit& hit : response.hits()) PrintHit(++rank, hit, colour);
  const double milliseconds =
      static_cast<double>(response.took().seconds()) * 1e3 + static_cast<double>(response.took().nanos()) / 1e6;
  std::cout << (response.total_is_exact() ? "" : "≥ ") << response.total() << " bài, " << milliseconds << " ms, "
            << response.shards_answered() << "/" << response.shards_asked() << " shards\n";
  if (!response.next_page_token().empty())
    std::cout << "next page: --page-token " << response.next_page_token() << "\n";
}

absl::Status Search(const Context& context, const SearchFlags& flags) {
  ASSIGN_OR_RETURN(const v1::SearchRequest request, MakeRequest(flags));
  ASSIGN_OR_RETURN(const v1::SearchResponse response,
                   Call<v1::QueryService>(context, &v1::QueryService::Stub::Search, request));
  if (context.json) {
    std::cout << ProtoLine(response) << "\n";
  } else {
    PrintResponse(response);
  }
  return absl::OkStatus();
}

}  // namespace

void AddSearch(CLI::App& app, const Run& run) {
  CLI::App* command =
      app.add_subcommand("search", "search articles; words with or without marks, \"phrases\", +must, -not (after --)");
  command->footer(kLanguage);
  auto flags = std::make_shared<SearchFlags>();
  command->add_option("words", flags->words, "the query");
  command->add_option("--province", flags->provinces, "only this province, of either epoch; repeatable")
      ->allow_extra_args(false);
  command->add_option("--site", flags->sites, "only this site; repeatable")->allow_extra_args(false);
  command->add_option("--from", flags->from, "published on or after this day, such as 2021-09-20");
  command->add_option("--to", flags->to, "published on or before this day");
  command->add_option("--sort", flags->sort, "order of the hits")
      ->check(CLI::IsMember({"relevance", "newest", "oldest"}));
  command->add_option("-n,--page-size", flags->page_size, "hits to show, 1 to 100")->check(CLI::Range(1, 100));
  command->add_option("--page-token", flags->page_token, "continue after an earlier page");
  command->add_flag("--exact-total", flags->exact_total, "count every match");
  command->callback([run, flags] { run([flags](const Context& context) { return Search(context, *flags); }); });
}

}  // namespace tintinh::cli
