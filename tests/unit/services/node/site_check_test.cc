#include "services/node/site_check.h"

#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/fetch/address_guard.h"
#include "services/node/page_fetch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/local_server.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::node {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tintinh::testing::IsOk;
using tintinh::testing::StatusIs;

class SiteCheckTest : public ::testing::Test {
 protected:
  SiteCheckTest() {
    options_.fetch = ByHandOptions("1.2.3");
    options_.fetch.guard = *crawler::AddressGuard::Create({"127.0.0.0/8"});
    options_.rest = [this](absl::Duration delay) { rested_ += delay; };
    Serve("/robots.txt", "User-agent: *\nDisallow: /kin\n", "text/plain");
    Serve("/rss", "<rss version='2.0'><channel><item><link>/bai-1.htm</link></item></channel></rss>",
          "application/xml");
    Serve("/kin", "bí mật", "text/html");
    Serve("/hong.xml", "không phải sơ đồ", "text/html");
    server_.Start();
  }

  void Serve(const std::string& path, const std::string& body, const std::string& type) {
    server_.routes().Get(path, [this, path, body, type](const httplib::Request&, httplib::Response& response) {
      asked_.push_back(path);
      response.set_content(body, type);
    });
  }

  absl::Status Check(const std::string& yaml) {
    const std::string path = dir_.path() + "/sites.yaml";
    std::ofstream(path) << yaml;
    return CheckSites(path, options_, clock_, [this](const cli::SiteFinding& finding) {
      findings_.push_back((finding.ok ? "ok " : "wrong ") + finding.site + " " + finding.what + ": " + finding.detail);
    });
  }

  tintinh::testing::TempDir dir_;
  tintinh::testing::FakeClock clock_;
  tintinh::testing::LocalServer<httplib::Server> server_;
  SiteCheckOptions options_;
  absl::Duration rested_;
  std::vector<std::string> asked_, findings_;
};

TEST_F(SiteCheckTest, EveryEntryThatIsWrongIsNamedAtOnce) {
  EXPECT_THAT(Check("sites:\n- {id: a, name: A, home: 'https://a.vn/', feeds: [/rss]}\n"
                    "- {id: b, name: B, home: 'ftp://b.vn/'}\n- {id: c, name: C, home: 'https://a.vn/'}\n"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("2 findings")));
  EXPECT_THAT(findings_, ElementsAre("ok a entry: enabled, 1 feeds, 0 sitemaps, 0 section pages",
                                     HasSubstr("wrong b entry: site \"b\": home \"ftp://b.vn/\""),
                                     HasSubstr("belongs to site \"a\" already")));
}

TEST_F(SiteCheckTest, ProbingReadsListingsPolitelyAndAsksNothingDisallowed) {
  options_.probe = true;
  EXPECT_THAT(Check("sites:\n- {id: a, name: A, home: '" + server_.Url("/") +
                    "', delay: 3s, feeds: [/rss], sitemaps: [/hong.xml], section_pages: [/kin, /mat]}\n"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("3 findings")));
  EXPECT_THAT(findings_, ElementsAre(HasSubstr("ok a entry"), "ok a robots.txt: HTTP 200, 0 sitemaps",
                                     HasSubstr("/rss: 1 items"), HasSubstr("wrong a sitemap"),
                                     HasSubstr("/kin: disallowed by robots.txt"), HasSubstr("/mat: HTTP 404")));
  EXPECT_THAT(asked_, ElementsAre("/robots.txt", "/rss", "/hong.xml"));
  EXPECT_EQ(rested_, absl::Seconds(9)) << "before every request but the first";
}

TEST_F(SiteCheckTest, ARobotsTxtThatHasMovedIsReadWhereItIsAndItsDelayKept) {
  tintinh::testing::LocalServer<httplib::Server> moved;
  std::vector<std::string> asked;
  moved.routes().Get(".*", [&asked](const httplib::Request& request, httplib::Response& response) {
    asked.push_back(request.path);
    if (request.path == "/robots.txt") return response.set_redirect("/quy-tac.txt");
    response.set_content("User-agent: *\nDisallow: /kin\nCrawl-delay: 7\n", "text/plain");
  });
  moved.Start();
  options_.probe = true;
  EXPECT_FALSE(
      Check("sites:\n- {id: a, name: A, home: '" + moved.Url("/") + "', delay: 3s, section_pages: [/kin, /tin]}\n")
          .ok());
  EXPECT_THAT(asked, ElementsAre("/robots.txt", "/quy-tac.txt", "/tin"));
  EXPECT_EQ(rested_, absl::Seconds(3 + 7));
}

TEST_F(SiteCheckTest, WithoutAnAnswerForRobotsTxtNothingIsAsked) {
  tintinh::testing::LocalServer<httplib::Server> down;
  std::vector<std::string> asked;
  down.routes().Get(".*", [&asked](const httplib::Request& request, httplib::Response& response) {
    asked.push_back(request.path);
    response.status = 503;
  });
  down.Start();
  options_.probe = true;
  EXPECT_FALSE(Check("sites:\n- {id: a, name: A, home: '" + down.Url("/") + "', feeds: [/rss]}\n").ok());
  EXPECT_THAT(asked, ElementsAre("/robots.txt"));
}

TEST_F(SiteCheckTest, ARightFileIsOk) {
  EXPECT_THAT(Check("sites:\n- {id: a, name: A, home: 'https://a.vn/', feeds: [/rss]}\n"), IsOk());
}

}  // namespace
}  // namespace tintinh::node
