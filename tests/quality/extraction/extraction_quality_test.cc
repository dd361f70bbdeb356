// How much of real, annotated Vietnamese news pages the extraction gets right, as a table. The pages belong to their
// papers and stay outside the repository; without them the test is skipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/text/normal_form.h"
#include "common/time/clock.h"
#include "nlohmann/json.hpp"
#include "services/normalizer/html/html.h"
#include "tests/quality/extraction/shingles.h"

namespace tintinh::normalizer {
namespace {

using nlohmann::json;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

struct Sample {
  std::string name;
  json expected;
  Draft draft;
};

std::vector<Sample> LoadSamples(const std::filesystem::path& folder) {
  std::vector<Sample> samples;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    if (file.extension() != ".json") continue;
    Sample sample;
    sample.name = file.stem().string();
    sample.expected = json::parse(ReadFile(file));
    const std::string html = ReadFile(std::filesystem::path(file).replace_extension(".html"));
    HtmlInput input;
    input.utf8 = html;
    input.url = sample.expected["url"];
    absl::StatusOr<Draft> draft = ExtractHtml(input, HtmlLimits());
    EXPECT_TRUE(draft.ok()) << draft.status();
    if (draft.ok()) sample.draft = *std::move(draft);
    samples.push_back(std::move(sample));
  }
  return samples;
}

std::string Folded(const std::string& text) { return text::CollapseWhitespace(text::NormalForm(text)); }
std::string FoldedLower(const std::string& text) { return text::LowerCase(Folded(text)); }

std::string Body(const Draft& draft) {
  return absl::StrJoin(draft.paragraphs, "\n", [](std::string* out, const DraftParagraph& p) { *out += p.text; });
}

std::string Minute(const Draft& draft) {
  return draft.published ? absl::FormatTime("%Y-%m-%dT%H:%M", draft.published->time, VietnamTimeZone()) : "";
}

std::set<std::string> Captions(const json& expected) {
  std::set<std::string> captions;
  for (const json& photo : expected["photos"]) captions.insert(Folded(photo["caption"]));
  return captions;
}

std::set<std::string> Captions(const Draft& draft) {
  std::set<std::string> captions;
  for (const DraftPhoto& photo : draft.photos) {
    if (!photo.caption.empty()) captions.insert(photo.caption);
  }
  return captions;
}

struct Score {
  int articles = 0, titles = 0, times = 0, authors = 0, leads = 0, captions = 0, sections = 0;
  double f1 = 0;
};

void ScoreArticle(const Sample& sample, Score& score) {
  const json& want = sample.expected;
  const Draft& got = sample.draft;
  const bool title = got.title == Folded(want["title"]);
  const bool time = Minute(got) == want["published"].get<std::string>().substr(0, 16);
  const std::string authors = absl::StrJoin(got.authors, " - ");
  const bool author = authors == Folded(want["author"]);
  const bool lead = got.lead == Folded(want["lead"]);
  const bool captions = Captions(got) == Captions(want);
  const bool section = got.section_path == want["section_path"].get<std::vector<std::string>>();
  const Overlap body = CompareShingles(
      FoldedLower(Body(got)), FoldedLower(absl::StrJoin(want["paragraphs"].get<std::vector<std::string>>(), "\n")));
  std::printf("%-22s kind %d title %d time %d author %d lead %d captions %d section %d body P %.3f R %.3f F1 %.3f\n",
              sample.name.c_str(), got.kind, title, time, author, lead, captions, section, body.precision, body.recall,
              body.f1());
  if (!title)
    std::printf("    title    got  %s\n             want %s\n", got.title.c_str(), std::string(want["title"]).c_str());
  if (!time) std::printf("    time     got  %s want %s\n", Minute(got).c_str(), std::string(want["published"]).c_str());
  if (!author) std::printf("    author   got  %s want %s\n", authors.c_str(), std::string(want["author"]).c_str());
  if (!lead)
    std::printf("    lead     got  %s\n             want %s\n", got.lead.c_str(), std::string(want["lead"]).c_str());
  if (!captions) {
    std::printf("    captions got  %s\n             want %s\n", absl::StrJoin(Captions(got), " ## ").c_str(),
                absl::StrJoin(Captions(want), " ## ").c_str());
  }
  if (!section)
    std::printf("    section  got  %s want %s\n", absl::StrJoin(got.section_path, " > ").c_str(),
                want["section_path"].dump().c_str());
  ++score.articles;
  score.titles += title;
  score.times += time;
  score.authors += author;
  score.leads += lead;
  score.captions += captions;
  score.sections += section;
  score.f1 += body.f1();
}

// The links taken for stories against the annotated ones.
Overlap CompareLinks(const Sample& sample) {
  std::set<std::string> stories;
  for (const DraftLink& link : sample.draft.links) {
    if (link.kind == v1::LINK_KIND_ARTICLE) stories.insert(link.url);
  }
  const auto listed = sample.expected["article_links"].get<std::vector<std::string>>();
  const std::set<std::string> want(listed.begin(), listed.end());
  const auto found = static_cast<double>(
      std::count_if(want.begin(), want.end(), [&](const std::string& url) { return stories.contains(url); }));
  return {stories.empty() ? 1 : found / static_cast<double>(stories.size()),
          want.empty() ? 1 : found / static_cast<double>(want.size())};
}

TEST(ExtractionQuality, AnnotatedPages) {
  const std::filesystem::path folder = std::filesystem::path(TINTINH_SHARED_DATA) / "pages" / "vietnamese";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no annotated pages in " << folder;
  Score score;
  int listings = 0, listings_known = 0, articles_known = 0;
  Overlap links;
  for (const Sample& sample : LoadSamples(folder)) {
    if (sample.expected["page_kind"] == "article") {
      ScoreArticle(sample, score);
      articles_known += sample.draft.kind == v1::PAGE_KIND_ARTICLE;
      continue;
    }
    const Overlap found = CompareLinks(sample);
    std::printf("%-22s listing, kind %d, story links P %.3f R %.3f\n", sample.name.c_str(), sample.draft.kind,
                found.precision, found.recall);
    ++listings;
    listings_known += sample.draft.kind == v1::PAGE_KIND_LISTING;
    links.precision += found.precision;
    links.recall += found.recall;
  }
  std::printf("articles %d: kind %d, title %d, time %d, author %d, lead %d, captions %d, section %d, body F1 %.4f\n",
              score.articles, articles_known, score.titles, score.times, score.authors, score.leads, score.captions,
              score.sections, score.f1 / score.articles);
  links = {links.precision / listings, links.recall / listings};
  std::printf("listings %d: kind %d, story links P %.4f R %.4f\n", listings, listings_known, links.precision,
              links.recall);
  EXPECT_EQ(articles_known, score.articles);
  EXPECT_EQ(score.titles, score.articles);
  EXPECT_EQ(score.times, score.articles);
  EXPECT_GE(score.authors * 20, score.articles * 19);
  EXPECT_GE(score.leads * 20, score.articles * 19);
  EXPECT_GE(score.f1 / score.articles, 0.985);
  EXPECT_EQ(listings_known, listings);
  EXPECT_GE(links.recall, 0.97);
  EXPECT_GE(links.precision, 0.9);
}

}  // namespace
}  // namespace tintinh::normalizer
