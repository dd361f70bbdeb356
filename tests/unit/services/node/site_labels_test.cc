#include "services/node/site_labels.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::node {
namespace {

TEST(SiteLabels, NamesSiteAndHintsByTheAddress) {
  const tintinh::testing::TempDir dir;
  const std::string file = dir.path() + "/sites.yaml";
  std::ofstream(file) << "sites:\n- id: vuon-vai\n  name: Báo Vườn Vải\n  home: \"https://vuonvai.example.vn/\"\n"
                         "  hints: {body_selector: div.bai}\n";
  const auto labels = SiteLabels(file);
  ASSERT_TRUE(labels.ok()) << labels.status();
  v1::Page page;
  page.set_url("https://vuonvai.example.vn/tin/1.html");
  (*labels)(page);
  EXPECT_EQ(page.site(), "vuon-vai");
  EXPECT_EQ(page.hints().body_selector(), "div.bai");
  v1::Page other;
  other.set_url("https://khac.example.vn/tin/1.html");
  (*labels)(other);
  EXPECT_EQ(other.site(), "");
}

TEST(SiteLabels, ABadFileIsNamed) { EXPECT_FALSE(SiteLabels("/khong/co/sites.yaml").ok()); }

}  // namespace
}  // namespace tintinh::node
