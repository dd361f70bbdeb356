#include "services/normalizer/dom/abridge.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "services/normalizer/dom/parse.h"

namespace tintinh::normalizer::dom {
namespace {

// Tags, attributes that matter here and texts in order, ends of elements too.
std::string Show(const std::string& html, bool abridge) {
  ParseLimits limits;
  limits.abridge = abridge;
  const absl::StatusOr<Document> document = ParseHtml(html, limits);
  if (!document.ok()) return document.status().ToString();
  std::string shown;
  for (NodeId id = kRoot; id < document->size(); ++id) {
    absl::StrAppend(&shown, document->depth(id), "<", document->tag(id), " ", document->attribute(id, "title"), ">",
                    document->text(id), "\n");
  }
  return shown;
}

TEST(WithoutPrograms, DropsScriptsAndStyleSheets) {
  EXPECT_EQ(WithoutPrograms("<p>một<script>var a = '<b>';</script><STYLE type=x>p{}</STYLE >hai"),
            "<p>một<script></script><STYLE type=x></STYLE >hai");
}

TEST(WithoutPrograms, KeepsJsonLd) {
  const std::string page = "<script type='application/LD+JSON'>{\"@type\":\"NewsArticle\"}</script>";
  EXPECT_EQ(WithoutPrograms(page), page);
}

TEST(WithoutPrograms, WhatOnlyLooksLikeAScriptStays) {
  for (const std::string page :
       {"<!-- <script> --><p>bài</p><!-- </script> -->", "<title>Thẻ <script></title><p>bài</p><script>x</script>",
        "<a title='<script>'>bài</a><b title=\"</script>\">", "<textarea><style></textarea><p>bài</p></style>",
        "<scripts>bài</scripts>", "<script>không bao giờ đóng <p>bài</p>", "<!--><p>bài</p>", "a < b <", "<script",
        "<svg><style/><text>bài</text></svg></style>", "<plaintext><script>bài</script>"}) {
    EXPECT_EQ(Show(page, true), Show(page, false)) << page;
  }
}

TEST(WithoutPrograms, ParsesToTheSameDocument) {
  for (const std::string page :
       {"<p>một<script>if (a</b) '</scrip>'</script>hai", "<script><!-- <script>x</script> --></script><p>bài",
        "<script><!-- <script>x</script>y</script> --></script><p>bài", "<style>a{content:'</style'}</style>z</style>",
        "<p title='a>b' data-x=\"</script>\">bài<script src=x></script>", "<!--a--!><script>b</script>c",
        "<svg><script>a<b</script></svg>bài", "<svg><script></</script>s</svg><script>x</script>bài",
        "<script>a</script/>b<script>c</script\n>d", "<!--->x<script>y</script>z", "<p a=>b<script>c</script>",
        "<p =\">b<script>c</script>", "<script\vsrc>b<p class =\"x\">c<script>d</script>", "<p \v=\"<script>\">b",
        "<p a = '>' >b<style>c</style>", "</p a='>'><script>x</script>y"}) {
    EXPECT_EQ(Show(page, true), Show(page, false)) << page;
  }
}

}  // namespace
}  // namespace tintinh::normalizer::dom
