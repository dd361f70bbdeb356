// The fetcher against a server whose certificate it trusts, and does not.
#include <openssl/pem.h>

#include <cstdio>
#include <future>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/crawler/fetch/fetcher.h"
#include "tests/support/fake_clock.h"
#include "tests/support/local_server.h"
#include "tests/support/self_signed.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace tintinh::crawler {
namespace {

using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

using testing::Certificate;
using testing::Key;
using testing::SelfSigned;

class FetcherTlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    server_.routes().Get("/", [](const httplib::Request&, httplib::Response& response) {
      response.set_content("kín", "application/octet-stream");
    });
    server_.Start();
  }

  std::string WriteCertificate() {
    const std::string path = folder_.path() + "/ca.pem";
    std::FILE* file = std::fopen(path.c_str(), "w");
    PEM_write_X509(file, certificate_.get());
    std::fclose(file);
    return path;
  }

  FetchResult Get(const std::string& authorities, const std::string& host, bool verify = true) {
    FetcherOptions options;
    options.guard = *AddressGuard::Create({"127.0.0.0/8"});
    options.certificate_authorities = authorities;
    Fetcher fetcher(options, clock_);
    std::promise<FetchResult> answer;
    FetchRequest request;
    request.url = absl::StrCat("https://", host, ":", server_.port(), "/");
    request.verify_certificate = verify;
    fetcher.Fetch(std::move(request), [&](FetchResult result) { answer.set_value(std::move(result)); });
    return answer.get_future().get();
  }

  testing::TempDir folder_;
  testing::FakeClock clock_;
  Key key_{EVP_RSA_gen(2048), &EVP_PKEY_free};
  Certificate certificate_ = SelfSigned(key_.get());
  tintinh::testing::LocalServer<httplib::SSLServer> server_{certificate_.get(), key_.get()};
};

TEST_F(FetcherTlsTest, TrustsTheAuthoritiesNamed) {
  const FetchResult result = Get(WriteCertificate(), "127.0.0.1");
  EXPECT_THAT(result.status, IsOk());
  EXPECT_EQ(result.body, "kín");
}

TEST_F(FetcherTlsTest, RefusesACertificateNobodyVouchesFor) {
  EXPECT_THAT(Get("", "127.0.0.1").status,
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("https://127.0.0.1")));
}

TEST_F(FetcherTlsTest, RefusesACertificateForAnotherName) {
  EXPECT_THAT(Get(WriteCertificate(), "127.0.0.2").status, ::testing::Not(IsOk()));
  EXPECT_THAT(Get(WriteCertificate(), "localhost").status,
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("localhost")));
}

TEST_F(FetcherTlsTest, TakesAnyCertificateOnlyWhereTheRequestSaysSo) {
  EXPECT_THAT(Get("", "localhost", false).status, IsOk());
  EXPECT_THAT(Get("", "localhost").status, StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("localhost")));
}

}  // namespace
}  // namespace tintinh::crawler
