#include "services/web/html/page_frame.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/web/html/text.h"
#include "services/web/page/page_files.h"

namespace tintinh::web {
namespace {

// Since 1 July 2025, the cities first, then in the order of the alphabet.
constexpr absl::string_view kProvinces[] = {
    "Hà Nội",   "Hồ Chí Minh", "Cần Thơ",     "Đà Nẵng",   "Hải Phòng",   "Huế",        "An Giang",
    "Bắc Ninh", "Cà Mau",      "Cao Bằng",    "Đắk Lắk",   "Điện Biên",   "Đồng Nai",   "Đồng Tháp",
    "Gia Lai",  "Hà Tĩnh",     "Hưng Yên",    "Khánh Hòa", "Lai Châu",    "Lạng Sơn",   "Lào Cai",
    "Lâm Đồng", "Nghệ An",     "Ninh Bình",   "Phú Thọ",   "Quảng Ngãi",  "Quảng Ninh", "Quảng Trị",
    "Sơn La",   "Tây Ninh",    "Thái Nguyên", "Thanh Hóa", "Tuyên Quang", "Vĩnh Long"};

struct SortChoice {
  absl::string_view value, label;
};
constexpr SortChoice kSorts[] = {{"", "Liên quan nhất"}, {"newest", "Mới nhất"}, {"oldest", "Cũ nhất"}};

std::string Option(absl::string_view value, absl::string_view label, absl::string_view selected) {
  return absl::StrCat("<option value=\"", Escape(value), "\"", value == selected ? " selected" : "", ">", Escape(label),
                      "</option>");
}

// A province of the time before that the URL names is offered too, so that the form says what is searched.
std::string ProvinceOptions(absl::string_view selected) {
  std::string options = Option("", "Cả nước", selected);
  if (!selected.empty() && std::find(std::begin(kProvinces), std::end(kProvinces), selected) == std::end(kProvinces)) {
    options += Option(selected, selected, selected);
  }
  for (const absl::string_view name : kProvinces) options += Option(name, name, selected);
  return options;
}

std::string SortOptions(absl::string_view selected) {
  std::string options;
  for (const SortChoice& sort : kSorts) {
    options += Option(sort.value, sort.label, selected == "relevance" ? "" : selected);
  }
  return options;
}

// Conditions of the URL that the form has no field for stay when it is sent again.
std::string HiddenInputs(const Params& params) {
  std::string inputs;
  for (const char* name : {"site", "district", "section", "language", "document"}) {
    const auto [begin, end] = params.equal_range(name);
    for (auto it = begin; it != end; ++it) {
      absl::StrAppend(&inputs, "<input type=\"hidden\" name=\"", name, "\" value=\"", Escape(it->second), "\">");
    }
  }
  return inputs;
}

}  // namespace

std::string Frame(absl::string_view kind, absl::string_view title, const Params& params, absl::string_view main_html) {
  return absl::StrReplaceAll(PageHtml(), {{"{{kind}}", kind},
                                          {"{{title}}", Escape(title)},
                                          {"{{q}}", Escape(Param(params, "q"))},
                                          {"{{from}}", Escape(Param(params, "from"))},
                                          {"{{to}}", Escape(Param(params, "to"))},
                                          {"{{provinces}}", ProvinceOptions(Param(params, "province"))},
                                          {"{{sorts}}", SortOptions(Param(params, "sort"))},
                                          {"{{hidden}}", HiddenInputs(params)},
                                          {"{{main}}", main_html}});
}

}  // namespace tintinh::web
