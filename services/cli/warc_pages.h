// The HTML pages of WARC files, as pages for the normalizer.
#ifndef TINTINH_SERVICES_CLI_WARC_PAGES_H_
#define TINTINH_SERVICES_CLI_WARC_PAGES_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "tintinh/v1/page.pb.h"

namespace tintinh::cli {

// A file stands for itself, a directory for its *.warc and *.warc.gz in the order of their names, which is the order in
// which crawlers wrote them. INVALID_ARGUMENT: a directory without any.
absl::StatusOr<std::vector<std::string>> WarcFiles(const std::vector<std::string>& paths);

// Called with "FILE@OFFSET" and the page, or what is wrong with its response; false ends the reading.
using WarcVisitor = absl::FunctionRef<bool(std::string name, absl::StatusOr<v1::Page> page)>;

// Every response record that holds HTML and answered 200, in order, with the record's URL and date. DATA_LOSS names the
// offset of a record that cannot be read; nothing behind it is.
absl::Status ReadWarcPages(const std::string& file, WarcVisitor visit);

}  // namespace tintinh::cli

#endif  // TINTINH_SERVICES_CLI_WARC_PAGES_H_
