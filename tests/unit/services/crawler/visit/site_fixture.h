// Two configured sites and a clock, for rules that ask where a URL belongs.
#ifndef TINTINH_TESTS_UNIT_SERVICES_CRAWLER_VISIT_SITE_FIXTURE_H_
#define TINTINH_TESTS_UNIT_SERVICES_CRAWLER_VISIT_SITE_FIXTURE_H_

#include <string>

#include "gtest/gtest.h"
#include "services/crawler/sites/sites.h"
#include "tests/support/fake_clock.h"
#include "tintinh/config/v1/sites.pb.h"

namespace tintinh::crawler {

class SiteTest : public ::testing::Test {
 protected:
  static Sites MakeSites() {
    config::v1::SitesConfig config;
    for (const char* name : {"a", "b"}) {
      config::v1::SiteConfig& site = *config.add_sites();
      site.set_id(std::string("bao-") + name);
      site.set_name(std::string("Báo ") + name);
      site.set_home(std::string("https://") + name + ".vn/");
      site.add_feeds("/rss");
      site.add_sitemaps("/sitemap.xml");
      site.add_section_pages("/xa-hoi");
      site.mutable_feed_interval()->set_seconds(300);
      site.mutable_sitemap_interval()->set_seconds(21600);
      site.mutable_section_interval()->set_seconds(1800);
      site.set_follow_article_links(std::string(name) == "b");
      site.set_max_article_urls(100);
    }
    return *Sites::Create(config, {.user_agent = "tintinh (+https://vidu.vn/robot)"});
  }

  Location Locate(const std::string& url) const { return sites_.Locate(url).value(); }

  testing::FakeClock clock_;
  const Sites sites_ = MakeSites();
  const Site& site_ = sites_.all()[0];
};

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_UNIT_SERVICES_CRAWLER_VISIT_SITE_FIXTURE_H_
