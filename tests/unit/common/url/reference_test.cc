#include "common/url/reference.h"

#include <string>
#include <utility>

#include "gtest/gtest.h"

namespace tintinh::url {
namespace {

std::string Resolved(const std::string& text) {
  return ToString(ResolveReference(SplitReference("http://a/b/c/d;p?q"), text));
}

TEST(ResolveReference, FollowsTheExamplesOfRfc3986Section54) {
  const std::pair<const char*, const char*> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"http:g", "http://a/b/c/g"},
  };
  for (const auto& [reference, expected] : cases) EXPECT_EQ(Resolved(reference), expected) << reference;
}

TEST(SplitReference, ReadsBackslashesAndSlashRunsAsBrowsersDo) {
  EXPECT_EQ(ToString(SplitReference("HTTP:\\\\baolaocai.vn\\tin?a\\b")), "http://baolaocai.vn/tin?a\\b");
  EXPECT_EQ(ToString(SplitReference("https:/baolaocai.vn/tin")), "https://baolaocai.vn/tin");
  EXPECT_EQ(ToString(SplitReference("mailto:toasoan@baolaocai.vn")), "mailto:toasoan@baolaocai.vn");
}

TEST(RemoveDotSegments, CountsEscapedDots) {
  EXPECT_EQ(RemoveDotSegments("/a/%2e%2E/b/%2e"), "/b/");
  EXPECT_EQ(RemoveDotSegments("/a//../b"), "/a/b");
  EXPECT_EQ(RemoveDotSegments(""), "");
}

}  // namespace
}  // namespace tintinh::url
