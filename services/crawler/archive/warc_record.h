// WARC/1.1 records (ISO 28500:2017) as bytes.
#ifndef TINTINH_SERVICES_CRAWLER_ARCHIVE_WARC_RECORD_H_
#define TINTINH_SERVICES_CRAWLER_ARCHIVE_WARC_RECORD_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/random/bit_gen_ref.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace tintinh::crawler {

// One request and its answer. Headers are raw: start line, fields, CRLFs, the final empty line included or not.
struct Exchange {
  std::string url;
  absl::Time fetched;
  std::string remote_address;  // empty: unknown
  std::string request_headers;
  std::string response_headers;
  absl::string_view body;  // without transfer and content encodings
  // When the page that this one equals was kept: a revisit. InfinitePast: it is kept itself.
  absl::Time same_as = absl::InfinitePast();
};

// Named fields in the order given, Content-Length computed; a field with an empty value is left out.
struct WarcRecord {
  std::vector<std::pair<std::string, std::string>> fields;
  std::string block;

  std::string Serialize() const;
};

// "<urn:uuid:…>" of a random (version 4) UUID.
std::string MakeWarcId(absl::BitGenRef random);

// What a file's first record says of its maker.
WarcRecord WarcInfo(absl::string_view id, absl::Time now, absl::string_view filename, absl::string_view software);

// The identities of an exchange's records.
struct ExchangeIds {
  std::string request;
  std::string response;
  std::string warcinfo;
};
WarcRecord RequestRecord(const Exchange& exchange, const ExchangeIds& ids);

// The body is stored decoded. So that readers do not decode it again, the fields that described the encoded form are
// kept as X-Crawler-Content-Encoding, X-Crawler-Transfer-Encoding and X-Crawler-Content-Length, and Content-Length is
// that of the stored body; a status line of HTTP/2 is written as HTTP/1.1, which is what the record's type promises.
WarcRecord ResponseRecord(const Exchange& exchange, const ExchangeIds& ids);

// An answer that brought nothing new (ISO 28500:2017, 6.7): its headers, and which earlier page it stands for. The
// profile is server-not-modified for a 304, identical-payload-digest otherwise.
WarcRecord RevisitRecord(const Exchange& exchange, const ExchangeIds& ids);

}  // namespace tintinh::crawler

#endif  // TINTINH_SERVICES_CRAWLER_ARCHIVE_WARC_RECORD_H_
