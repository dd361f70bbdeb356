#include "deploy/demo/site.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"
#include "deploy/demo/content.h"
#include "deploy/demo/layouts.h"

namespace tintinh::demo {
namespace {

namespace fs = std::filesystem;

constexpr char kPublishedFile[] = ".published";  // one Unix time a line, oldest first
constexpr size_t kFeedItems = 20;

std::optional<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

// A reader of the site sees the old file or the new one, never half of one.
absl::Status WriteFile(const fs::path& path, const std::string& text) {
  if (ReadFile(path) == text) return absl::OkStatus();
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  const fs::path draft = path.string() + ".draft";
  std::ofstream(draft, std::ios::binary | std::ios::trunc) << text;
  fs::rename(draft, path, error);
  if (error) return absl::InternalError(absl::StrCat("cannot write ", path.string(), ": ", error.message()));
  return absl::OkStatus();
}

std::vector<absl::Time> PublishedTimes(const fs::path& directory) {
  std::vector<absl::Time> times;
  const std::string text = ReadFile(directory / kPublishedFile).value_or("");
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    int64_t seconds = 0;
    if (absl::SimpleAtoi(line, &seconds)) times.push_back(absl::FromUnixSeconds(seconds));
  }
  return times;
}

// Newest first.
std::vector<Article> AllArticles(const fs::path& directory) {
  std::vector<Article> articles;
  for (size_t number = 1; number <= kArticles; ++number) articles.push_back(ComposeArticle(number));
  const std::vector<absl::Time> published = PublishedTimes(directory);
  for (size_t i = 0; i < published.size(); ++i) articles.push_back(ComposePublished(i + 1, published[i]));
  std::sort(articles.begin(), articles.end(),
            [](const Article& a, const Article& b) { return a.published > b.published; });
  return articles;
}

std::vector<Article> OfSection(const std::vector<Article>& articles, size_t section) {
  std::vector<Article> chosen;
  std::copy_if(articles.begin(), articles.end(), std::back_inserter(chosen),
               [section](const Article& article) { return article.section == section; });
  return chosen;
}

// Older articles of the section: fixed for the first ones, so that adding an article does not change their pages.
std::vector<Article> RelatedTo(const Article& article) {
  std::vector<Article> related;
  for (size_t step = 1; step <= 4; ++step) {
    related.push_back(ComposeArticle((article.number + step * Sections().size() - 1) % kArticles + 1));
  }
  return related;
}

std::string Feed(const std::vector<Article>& articles, absl::string_view base) {
  std::string xml = absl::StrCat(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>"
      "<title>Báo Sông Lam</title><link>",
      base, "/</link><description>Trang tin trình diễn</description>\n");
  for (size_t i = 0; i < articles.size() && i < kFeedItems; ++i) {
    absl::StrAppend(&xml, "<item><title>", EscapeMarkup(articles[i].title), "</title><link>", base, PathOf(articles[i]),
                    "</link><description><![CDATA[", articles[i].lead, "]]></description><pubDate>",
                    absl::FormatTime("%a, %d %b %Y %H:%M:%S %z", articles[i].published, VietnamTimeZone()),
                    "</pubDate></item>\n");
  }
  return xml + "</channel></rss>\n";
}

std::string Sitemap(const std::vector<Article>& articles, absl::string_view base) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (const Article& article : articles) {
    absl::StrAppend(&xml, "<url><loc>", base, PathOf(article), "</loc><lastmod>",
                    absl::FormatTime("%Y-%m-%d", article.published, VietnamTimeZone()), "</lastmod></url>\n");
  }
  return xml + "</urlset>\n";
}

std::string Robots(absl::string_view base) {
  return absl::StrCat("User-agent: *\nDisallow: /quan-tri/\nDisallow: /tim-kiem\nAllow: /\n\nSitemap: ", base,
                      "/sitemap.xml\n");
}

std::string Picture(size_t number) {
  return absl::StrCat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 180\"><rect width=\"320\" height=\"180\" fill=\"#",
      number % 2 == 0 ? "2a6f6b" : "b4652d", "\"/><circle cx=\"", 60 + 60 * number,
      "\" cy=\"70\" r=\"40\" fill=\"#f2d7a0\"/></svg>\n");
}

constexpr char kStyle[] =
    "body{font:17px/1.6 Georgia,serif;max-width:46rem;margin:0 auto;padding:0 1rem;color:#222}\n"
    ".logo{font-size:2rem;font-weight:bold;color:#7a1d1d;text-decoration:none}\n"
    ".menu li{display:inline;margin-right:1rem}\n.menu "
    "ul{padding:0}\nimg{max-width:100%}\nfooter{color:#777;font-size:.8rem}\n";

absl::Status WriteFrame(const fs::path& directory, absl::string_view base) {
  RETURN_IF_ERROR(WriteFile(directory / "robots.txt", Robots(base)));
  RETURN_IF_ERROR(WriteFile(directory / "style.css", kStyle));
  RETURN_IF_ERROR(WriteFile(directory / "quan-tri" / "index.html", "<!DOCTYPE html><title>Quản trị</title>\n"));
  for (size_t i = 0; i < 4; ++i) {
    RETURN_IF_ERROR(WriteFile(directory / "images" / absl::StrCat(i, ".svg"), Picture(i)));
  }
  return absl::OkStatus();
}

absl::Status WriteLists(const fs::path& directory, const std::vector<Article>& articles, absl::string_view base) {
  RETURN_IF_ERROR(WriteFile(directory / "index.html", RenderList("", articles, base)));
  for (size_t i = 0; i < Sections().size(); ++i) {
    const Section& section = Sections()[i];
    RETURN_IF_ERROR(
        WriteFile(directory / section.slug / "index.html", RenderList(section.name, OfSection(articles, i), base)));
  }
  RETURN_IF_ERROR(WriteFile(directory / "sitemap.xml", Sitemap(articles, base)));
  return WriteFile(directory / "rss" / "home.rss", Feed(articles, base));
}

}  // namespace

absl::Status GenerateSite(const std::string& directory, absl::string_view base) {
  const fs::path root(directory);
  const std::vector<Article> articles = AllArticles(root);
  RETURN_IF_ERROR(WriteFrame(root, base));
  for (const Article& article : articles) {
    RETURN_IF_ERROR(WriteFile(root / PathOf(article).substr(1), RenderArticle(article, RelatedTo(article), base)));
  }
  return WriteLists(root, articles, base);
}

absl::StatusOr<std::string> PublishArticle(const std::string& directory, absl::string_view base, absl::Time now) {
  const fs::path root(directory);
  if (!fs::exists(root / "robots.txt")) {
    return absl::FailedPreconditionError(absl::StrCat(directory, " holds no generated site"));
  }
  const size_t number = PublishedTimes(root).size() + 1;
  const std::string times = ReadFile(root / kPublishedFile).value_or("");
  RETURN_IF_ERROR(WriteFile(root / kPublishedFile, absl::StrCat(times, absl::ToUnixSeconds(now), "\n")));
  RETURN_IF_ERROR(GenerateSite(directory, base));
  return PublishedWord(number);
}

}  // namespace tintinh::demo
