// What the pages say, in Vietnamese and in English.
#ifndef TINTINH_SERVICES_WEB_HTML_PHRASES_H_
#define TINTINH_SERVICES_WEB_HTML_PHRASES_H_

#include "absl/strings/string_view.h"
#include "services/web/api/search_params.h"

namespace tintinh::web {

// $0 and $1 are places for absl::Substitute. Texts hold no markup: they are escaped like any other.
struct Phrases {
  // How the language writes.
  absl::string_view code;  // BCP 47
  absl::string_view thousands, decimal;
  absl::string_view day_format, long_day_format, month_format;  // of absl::FormatTime

  // The frame.
  absl::string_view motto, description, skip, placeholder, search_label, search, other_language, theme, operations,
      foot;
  absl::string_view suggestions, offline;

  // Results.
  absl::string_view exactly, at_least, seconds, next_page, sort, relevance, newest, oldest, also_papers, also_copies;
  absl::string_view read_at, today_is, partial, counts_partial, counts_strict, nothing, nothing_hint, marks_hint,
      unfiltered;

  // Conditions.
  absl::string_view filters, apply, show_results, remove, remove_all, places, all_places, sites, sections, others;
  absl::string_view months, histogram, earliest, latest, from, to, district, document, language, since, until;

  // Home.
  absl::string_view welcome, hint_phrase, hint_must, hint_not, latest_news, by_place, try_these;

  // An article.
  absl::string_view back, photos, photo, documents, similar, tags, provenance, published_at, modified_at, fetched_at;
  absl::string_view address, canonical, site, kind, kind_article, kind_gallery, kind_video, kind_document, kind_other;
  absl::string_view reading, minutes, normalizer, content_hash, copy_of, obfuscated, extracted, json;

  // Operations.
  absl::string_view live, still, idle, busy, silent_crawler, silent_indexer, articles, outbox, known, due, shards;
  absl::string_view last_hour, last_day, newest_age, requests, failures, state, last_error, shard, segments, memory,
      disk;
  absl::string_view applied, logged, lag, paused, blocked, handed_over, quiet, next_in, no_queue, waiting, stored,
      digest;

  // Ages.
  absl::string_view days, hours, mins, secs;

  // Errors.
  absl::string_view unreadable, absent, overloaded, too_long, unavailable, again, home;

  // Notices, in the order of NoticeKind; empty where the query service's own words say it.
  absl::string_view widened, repaired, partial_notice, shortened, epochs;
};

// By the parameter lang: "en", or Vietnamese for anything else.
const Phrases& PhrasesOf(const Params& params);

}  // namespace tintinh::web

#endif  // TINTINH_SERVICES_WEB_HTML_PHRASES_H_
