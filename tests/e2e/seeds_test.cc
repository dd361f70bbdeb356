// The five real text dumps of the sibling data folder, imported by the command line and searched through the public
// API.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/rpc/channel.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/support/node_process.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh {
namespace {

using Json = nlohmann::json;

std::vector<std::string> SeedFiles() {
  std::vector<std::string> files;
  const std::filesystem::path folder = std::filesystem::path(TINTINH_SHARED_DATA) / "seeds";
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// "000" of ".../000_10313150c1ccd711.txt".
std::string SeedNumber(const std::string& path) { return std::filesystem::path(path).filename().string().substr(0, 3); }

class Seeds : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::vector<std::string> files = SeedFiles();
    if (files.empty()) return;
    dir_ = new testing::TempDir;
    node_ = new testing::NodeProcess(dir_->path(), "");
    ASSERT_TRUE(node_->Start());
    std::vector<std::string> command = {testing::BinaryPath("tintinh"), "--server", node_->address(), "import"};
    command.insert(command.end(), files.begin(), files.end());
    ASSERT_EQ(testing::RunCommand(command, dir_->path() + "/cli.log").exit_status, 0);
    stub_ = v1::QueryService::NewStub(node_->Channel()).release();
  }
  static void TearDownTestSuite() {
    delete stub_;
    delete node_;
    delete dir_;
  }
  void SetUp() override {
    if (stub_ == nullptr) GTEST_SKIP() << "the seeds are not beside the project";
  }

  static v1::SearchResponse Search(const v1::SearchRequest& request) {
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(10));
    v1::SearchResponse response;
    const grpc::Status status = stub_->Search(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  static std::string FirstHit(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    const v1::SearchResponse response = Search(request);
    return response.hits_size() == 0 ? "none" : SeedNumber(response.hits(0).url());
  }

  static testing::TempDir* dir_;
  static testing::NodeProcess* node_;
  static v1::QueryService::Stub* stub_;
};

testing::TempDir* Seeds::dir_ = nullptr;
testing::NodeProcess* Seeds::node_ = nullptr;
v1::QueryService::Stub* Seeds::stub_ = nullptr;

struct Expected {
  const char* query;
  const char* seed;
};

TEST_F(Seeds, TheFirstHitIsTheOneAReaderMeans) {
  const Expected table[] = {
      {"Lập Thạch tổ chức cơ sở Đảng", "000"},
      {"lap thach to chuc co so dang", "000"},
      {"22-NQ/TW", "001"},
      {"hiến đất xây dựng rãnh thoát nước", "001"},
      {"Ia H'Drai", "002"},
      {"ia hdrai", "002"},
      {"213-QĐ/TW", "002"},
      {"TCCSĐ", "002"},
      {"\"chính trị vững mạnh toàn diện\" Đông Sơn", "003"},
      {"254-KH/TU", "004"},
      {"Yên Sơn sinh hoạt chi bộ", "004"},
      {"yen son sinh hoat chi bo", "004"},
  };
  for (const Expected& row : table) EXPECT_EQ(FirstHit(row.query), row.seed) << row.query;
}

TEST_F(Seeds, DecomposedAndUpperCaseQueriesMeetTheSameArticles) {
  // NFD of "Lập Thạch tổ chức cơ sở Đảng" and of "Yên Sơn sinh hoạt chi bộ", then capitals.
  const Expected table[] = {
      {"La\u0323\u0302p Tha\u0323ch to\u0302\u0309 chu\u031B\u0301c co\u031B so\u031B\u0309 \u0110a\u0309ng", "000"},
      {"Ye\u0302n So\u031Bn sinh hoa\u0323t chi bo\u0323\u0302", "004"},
      {"\"chi\u0301nh tri\u0323 vu\u031B\u0303ng ma\u0323nh toa\u0300n die\u0323\u0302n\" \u0110o\u0302ng So\u031Bn",
       "003"},
      {"LẬP THẠCH TỔ CHỨC CƠ SỞ ĐẢNG", "000"},
      {"LAP THACH TO CHUC CO SO DANG", "000"},
      {"HIẾN ĐẤT XÂY DỰNG RÃNH THOÁT NƯỚC", "001"},
      {"IA H'DRAI", "002"},
      {"22-nq/tw", "001"},
      {"213-qđ/tw", "002"},
      {"tccsđ", "002"},
  };
  for (const Expected& row : table) EXPECT_EQ(FirstHit(row.query), row.seed) << row.query;
}

TEST_F(Seeds, AProvinceOfTodayFindsTheArchiveOfTheOneItTookIn) {
  v1::SearchRequest request;
  request.mutable_filter()->add_provinces("Phú Thọ");
  request.set_sort(v1::SORT_ORDER_NEWEST);
  const v1::SearchResponse response = Search(request);
  std::vector<std::string> seeds;
  for (const v1::Hit& hit : response.hits()) seeds.push_back(SeedNumber(hit.url()));
  EXPECT_THAT(seeds, ::testing::ElementsAre("000", "001"));
}

// The names and shapes of `tintinh normalize --json`, all equal to what was expected of the dumps.
TEST_F(Seeds, NormalizePrintsEveryFieldAsExpected) {
  std::vector<std::string> command = {testing::BinaryPath("tintinh"), "normalize", "--json"};
  for (const std::string& file : SeedFiles()) command.push_back(file);
  const testing::RunResult result = testing::RunCommand(command, dir_->path() + "/cli.log");
  EXPECT_EQ(result.exit_status, 0);
  const Json expected = Json::parse(std::ifstream(std::string(TINTINH_SHARED_DATA) + "/seeds/expected.json"));
  std::stringstream lines(result.output);
  std::string line;
  for (const Json& want : expected) {
    ASSERT_TRUE(std::getline(lines, line));
    const Json got = Json::parse(line);
    for (const char* field : {"file", "title", "section", "published", "author", "lead", "photos", "paragraphs",
                              "province", "province_today", "district", "documents"}) {
      EXPECT_EQ(got[field], want[field]) << want["file"] << " " << field;
    }
  }
}

}  // namespace
}  // namespace tintinh
