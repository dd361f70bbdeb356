// What a crawler archived goes through the normalizer once more, from its WARC files, into the same articles.
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/archive/warc_writer.h"
#include "tests/support/node_process.h"
#include "tests/support/temp_dir.h"
#include "tintinh/v1/query_service.grpc.pb.h"

namespace tintinh {
namespace {

using ::testing::HasSubstr;

std::string PageHtml(const std::string& village) {
  return absl::StrCat(
      "<html lang=vi><head><title>", village, " đón mùa vải sớm</title></head><body><h1>", village,
      " đón mùa vải sớm</h1><span class=time>12/05/2025 08:30</span><div class=content><p>Sáng 12/5, hợp tác xã ",
      village,
      " hái những chùm vải đầu tiên của năm, sớm hơn năm ngoái gần mười ngày nhờ nắng ấm kéo dài.</p><p>Ông Trần Văn "
      "Bình cho biết thương lái đã vào tận vườn ở ",
      village, " đặt mua, giá cao hơn vụ trước khoảng hai nghìn đồng mỗi cân.</p><p>Xã ", village,
      " dự tính mở thêm hai điểm cân và một kho lạnh để bà con không phải bán vội trong những ngày vải chín rộ.</p>"
      "</div></body></html>");
}

class Reprocess : public ::testing::Test {
 protected:
  Reprocess() : node_(dir_.path(), "") {
    std::ofstream(dir_.path() + "/sites.yaml") << "sites:\n"
                                                  "- id: vuon-vai\n"
                                                  "  name: Báo Vườn Vải\n"
                                                  "  province: Bắc Giang\n"
                                                  "  home: \"https://vuonvai.example.vn/\"\n";
  }

  void Archive(const std::string& path, const std::string& type, const std::string& body) {
    crawler::Exchange exchange;
    exchange.url = "https://vuonvai.example.vn" + path;
    exchange.fetched = absl::FromUnixSeconds(1'747'000'000);
    exchange.request_headers = absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: vuonvai.example.vn\r\n\r\n");
    exchange.response_headers = absl::StrCat("HTTP/1.1 200 OK\r\nContent-Type: ", type, "\r\n\r\n");
    exchange.body = body;
    ASSERT_TRUE(writer_->Append(exchange).ok());
  }

  // What `tintinh import --warc` says of the archive.
  std::string ImportArchive() {
    const testing::RunResult result =
        testing::RunCommand({testing::BinaryPath("tintinh"), "--server", node_.address(), "import", "--warc", "--sites",
                             dir_.path() + "/sites.yaml", archive_},
                            dir_.path() + "/cli.log");
    std::ifstream log(dir_.path() + "/cli.log");
    EXPECT_EQ(result.exit_status, 0) << log.rdbuf();

    return result.output;
  }

  v1::SearchResponse Search(const std::string& query) {
    v1::SearchRequest request;
    request.set_query(query);
    grpc::ClientContext context;
    PrepareContext(context, absl::Seconds(10));
    v1::SearchResponse response;
    const auto stub = v1::QueryService::NewStub(node_.Channel());
    EXPECT_TRUE(stub->Search(&context, request, &response).ok());
    return response;
  }

  // Asked until there is a hit: what is stored becomes searchable a moment later.
  v1::SearchResponse Found(const std::string& query) {
    const absl::Time deadline = absl::Now() + absl::Seconds(10);
    v1::SearchResponse response;
    while (response.hits_size() == 0 && absl::Now() < deadline) response = Search(query);
    return response;
  }

  testing::TempDir dir_;
  testing::NodeProcess node_;
  const std::string archive_ = dir_.path() + "/warc";
  const SystemClock clock_;
  std::unique_ptr<crawler::WarcWriter> writer_ =
      *crawler::WarcWriter::Open({.directory = archive_, .software = "test"}, clock_);
};

TEST_F(Reprocess, ArchivedPagesBecomeTheSameArticlesAgain) {
  ASSERT_TRUE(node_.Start());
  Archive("/tin/lang-cham-don-mua-vai-som-100001.html", "text/html; charset=utf-8", PageHtml("Làng Chám"));
  Archive("/tin/lang-sen-don-mua-vai-som-100002.html", "text/html; charset=utf-8", PageHtml("Làng Sen"));
  Archive("/anh/vai.jpg", "image/jpeg", "\xff\xd8\xff");
  ASSERT_TRUE(writer_->Close().ok());

  EXPECT_THAT(ImportArchive(), HasSubstr("0 rejected, 0 failed"));
  const v1::SearchResponse first = Found("\"Làng Chám\"");
  ASSERT_EQ(first.hits_size(), 1);
  EXPECT_EQ(first.hits(0).site(), "vuon-vai");
  EXPECT_EQ(first.hits(0).url(), "https://vuonvai.example.vn/tin/lang-cham-don-mua-vai-som-100001.html");

  EXPECT_THAT(ImportArchive(), HasSubstr("2 unchanged"));
  EXPECT_EQ(Search("\"Làng Chám\"").hits_size(), 1);
}

}  // namespace
}  // namespace tintinh
