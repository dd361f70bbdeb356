#include "common/url/url.h"

#include <string>
#include <utility>

#include "absl/random/random.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/support/status_matchers.h"

namespace tintinh::url {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

TEST(Parse, NamesEveryPart) {
  const auto parts = Parse("https://toasoan:mat-khau@WWW.BaoLaoCai.vn:8443/tin%20moi?id=7#binh-luan");
  ASSERT_THAT(parts, IsOk());
  EXPECT_EQ(parts->scheme, "https");
  EXPECT_EQ(parts->host, "www.baolaocai.vn");
  EXPECT_EQ(parts->port, 8443);
  EXPECT_EQ(parts->path, "/tin%20moi");
  EXPECT_EQ(parts->query, "id=7");
}

TEST(Parse, FillsInPathAndPort) {
  const auto parts = Parse("http://[::1]");
  ASSERT_THAT(parts, IsOk());
  EXPECT_EQ(parts->host, "[::1]");
  EXPECT_EQ(parts->port, 80);
  EXPECT_EQ(parts->path, "/");
}

TEST(Parse, RefusesOtherSchemesAndBadPorts) {
  EXPECT_THAT(Parse("ftp://baolaocai.vn/"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("ftp")));
  EXPECT_THAT(Parse("/tin"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not absolute")));
  EXPECT_THAT(Parse("http://a.vn:65536/"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("port")));
  EXPECT_THAT(Parse("http://a.vn:+1/"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("port")));
  EXPECT_THAT(Parse("http://"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("host")));
}

TEST(Parse, NamesTheLimitOfALongUrl) {
  const std::string url = "http://a.vn/" + std::string(kMaxUrlBytes, 'a');
  EXPECT_THAT(Parse(url), StatusIs(absl::StatusCode::kInvalidArgument, AllOf(HasSubstr("2060"), HasSubstr("2048"))));
}

TEST(Parse, RefusesControlCharacters) {
  EXPECT_THAT(Parse("http://a.vn/\ttin"), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("byte 12")));
  EXPECT_THAT(Parse(absl::string_view("http://a.vn/\0", 13)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("control")));
  EXPECT_THAT(Parse("\n http://a.vn/ \r\n"), IsOk());
}

TEST(Normalize, BringsSpellingsTogether) {
  const std::pair<const char*, const char*> cases[] = {
      {"HTTP://BaoLaoCai.VN", "http://baolaocai.vn/"},
      {"http://a.vn:80/x", "http://a.vn/x"},
      {"https://a.vn:443/x", "https://a.vn/x"},
      {"https://a.vn:80/x", "https://a.vn:80/x"},
      {"http://u:p@a.vn./x#y", "http://a.vn/x"},
      {"http://a.vn/b/./c/../d", "http://a.vn/b/d"},
      {"http://a.vn/b/%2e%2e/c", "http://a.vn/c"},
      {"http://a.vn//b///c", "http://a.vn/b/c"},
      {"http://a.vn/luu/http://b.vn/x", "http://a.vn/luu/http://b.vn/x"},
      {"http://a.vn/tin t%e1%bb%a9c", "http://a.vn/tin%20t%E1%BB%A9c"},
      {"http://a.vn/50%", "http://a.vn/50%25"},
      {"http://a.vn/tin;jsessionid=1A?x=1", "http://a.vn/tin?x=1"},
      {"http://a.vn/?b=2&a=1&b=1", "http://a.vn/?a=1&b=2&b=1"},
      {"http://a.vn/?a=", "http://a.vn/?a"},
      {"http://a.vn/?", "http://a.vn/"},
      {"http://a.vn/?&&=", "http://a.vn/"},
      {"http://a.vn/?utm_source=x&UTM_Medium=y&id=3&fbclid=z&gclid=1&zarsrc=31", "http://a.vn/?id=3"},
  };
  for (const auto& [url, expected] : cases) EXPECT_THAT(Normalize(url), IsOkAndHolds(expected)) << url;
}

TEST(Normalize, KeepsDifferentPagesApart) {
  EXPECT_NE(*Normalize("http://a.vn/Tin"), *Normalize("http://a.vn/tin"));
  EXPECT_NE(*Normalize("http://a.vn/tin/"), *Normalize("http://a.vn/tin"));
  EXPECT_NE(*Normalize("http://a.vn/a%2Fb"), *Normalize("http://a.vn/a/b"));
  EXPECT_NE(*Normalize("https://a.vn/"), *Normalize("http://a.vn/"));
}

TEST(Normalize, RefusesWhatGrowsPastTheLimit) {
  const std::string url = "http://a.vn/" + std::string(1000, '"');
  EXPECT_THAT(Normalize(url), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3012 bytes, limit 2048")));
}

std::string RandomUrl(absl::InsecureBitGen& random) {
  static constexpr absl::string_view kPieces[] = {"/",          "//",
                                                  ".",          "..",
                                                  "%2e",        "%2F",
                                                  "%",          "%25",
                                                  "?",          "&",
                                                  "=",          "#",
                                                  "a",          "B",
                                                  "é",          "\\",
                                                  ";",          "http:",
                                                  ":",          "@",
                                                  " ",          "+",
                                                  "*",          "utm_x",
                                                  "%zz",        "%C3",
                                                  "jsessionid", "\xff",
                                                  "[",          "]",
                                                  "%20",        "'",
                                                  "|",          ";jsessionid=",
                                                  "https://"};
  std::string url = absl::Bernoulli(random, 0.5) ? "http://a.vn" : "https://B%C3%A1o.vn:443";
  for (int i = absl::Uniform(random, 0, 16); i > 0; --i) {
    url += std::string(kPieces[absl::Uniform(random, size_t{0}, std::size(kPieces))]);
  }
  return url;
}

TEST(Normalize, IsIdempotentOnRandomUrls) {
  absl::InsecureBitGen random(std::seed_seq{20'211});
  int accepted = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::string url = RandomUrl(random);
    const auto once = Normalize(url);
    if (!once.ok()) continue;
    ++accepted;
    EXPECT_THAT(Normalize(*once), IsOkAndHolds(*once)) << url;
  }
  EXPECT_GT(accepted, 10'000);
}

TEST(Resolve, MakesReferencesAbsolute) {
  const std::string base = "https://www.BaoLaoCai.vn/chinh-tri/index.html?trang=2";
  EXPECT_THAT(Resolve(base, "bai-1.html"), IsOkAndHolds("https://www.baolaocai.vn/chinh-tri/bai-1.html"));
  EXPECT_THAT(Resolve(base, "//media.baolaocai.vn/a b"), IsOkAndHolds("https://media.baolaocai.vn/a%20b"));
  EXPECT_THAT(Resolve(base, "?trang=3#cuoi"), IsOkAndHolds("https://www.baolaocai.vn/chinh-tri/index.html?trang=3"));
  EXPECT_THAT(Resolve(base, "http:/b.vn/x"), IsOkAndHolds("http://b.vn/x"));
  EXPECT_THAT(Resolve(base, "/a%2fb?utm_source=x&c=%"),
              IsOkAndHolds("https://www.baolaocai.vn/a%2fb?utm_source=x&c=%"));
}

TEST(Resolve, RefusesWhatCannotBeFetched) {
  EXPECT_THAT(Resolve("https://a.vn/", "javascript:void(0)"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("javascript")));
  EXPECT_THAT(Resolve("https://a.vn/", "mailto:x@a.vn"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("mailto")));
  EXPECT_THAT(Resolve("khong-tuyet-doi", "/x"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not absolute")));
}

TEST(RegistrableDomain, IsWhatOneOwnerRegistered) {
  EXPECT_EQ(RegistrableDomain("www.BaoLaoCai.vn"), "baolaocai.vn");
  EXPECT_EQ(RegistrableDomain("bacha.laocai.gov.vn"), "laocai.gov.vn");
  EXPECT_EQ(RegistrableDomain("media.baotayninh.com.vn"), "baotayninh.com.vn");
}

TEST(RegistrableDomain, ReturnsAddressesAndSuffixesAsTheyAre) {
  EXPECT_EQ(RegistrableDomain("127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(RegistrableDomain("[2001:db8::1]"), "[2001:db8::1]");
  EXPECT_EQ(RegistrableDomain("localhost"), "localhost");
  EXPECT_EQ(RegistrableDomain("gov.vn"), "gov.vn");
  EXPECT_EQ(RegistrableDomain(""), "");
}

}  // namespace
}  // namespace tintinh::url
