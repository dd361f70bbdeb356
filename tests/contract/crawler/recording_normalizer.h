// A NormalizerService that keeps nothing but what it was sent: sections give their links, other pages are stored.
#ifndef TINTINH_TESTS_CONTRACT_CRAWLER_RECORDING_NORMALIZER_H_
#define TINTINH_TESTS_CONTRACT_CRAWLER_RECORDING_NORMALIZER_H_

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/digest/digest.h"
#include "common/sync/mutex.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::crawler {

class RecordingNormalizer final : public v1::NormalizerService::Service {
 public:
  // May change an outcome, or end the stream without it by returning false.
  using Twist = std::function<bool(const v1::Page&, v1::ProcessResponse&)>;
  void set_twist(Twist twist) {
    MutexLock lock(mu_);
    twist_ = std::move(twist);
  }

  grpc::Status Process(grpc::ServerContext*,
                       grpc::ServerReaderWriter<v1::ProcessResponse, v1::ProcessRequest>* stream) override {
    v1::ProcessRequest request;
    while (stream->Read(&request)) {
      v1::ProcessResponse response = OutcomeOf(request.page());
      Twist twist;
      {
        MutexLock lock(mu_);
        twist = twist_;
      }
      if (twist && !twist(request.page(), response)) return {grpc::StatusCode::UNAVAILABLE, "the stream is cut"};
      Record(request.page(), response);
      if (!stream->Write(response)) break;
    }
    return grpc::Status::OK;
  }

  // How often each URL had a final outcome.
  std::map<std::string, int> settled() const {
    MutexLock lock(mu_);
    return settled_;
  }
  std::vector<v1::Page> pages() const {
    MutexLock lock(mu_);
    return pages_;
  }

 private:
  static v1::ProcessResponse OutcomeOf(const v1::Page& page) {
    v1::ProcessResponse response;
    response.set_page_id(page.page_id());
    if (!page.hints().article_listing()) {
      response.set_outcome(v1::OUTCOME_STORED);
      response.set_article_id(Sha256Hex128(page.url()));
      return response;
    }
    response.set_outcome(v1::OUTCOME_REJECTED);
    response.set_reject_reason(v1::REJECT_REASON_NOT_ARTICLE);
    const std::string marker = "href=\"";
    for (size_t at = page.body().find(marker); at != std::string::npos; at = page.body().find(marker, at + 1)) {
      const size_t begin = at + marker.size();
      v1::OutLink& link = *response.add_links();
      link.set_url(page.body().substr(begin, page.body().find('"', begin) - begin));
      link.set_kind(v1::LINK_KIND_ARTICLE);
    }
    return response;
  }

  void Record(const v1::Page& page, const v1::ProcessResponse& response) {
    MutexLock lock(mu_);
    pages_.push_back(page);
    if (response.outcome() != v1::OUTCOME_FAILED) ++settled_[page.url()];
  }

  mutable Mutex mu_;
  Twist twist_ ABSL_GUARDED_BY(mu_);
  std::map<std::string, int> settled_ ABSL_GUARDED_BY(mu_);
  std::vector<v1::Page> pages_ ABSL_GUARDED_BY(mu_);
};

}  // namespace tintinh::crawler

#endif  // TINTINH_TESTS_CONTRACT_CRAWLER_RECORDING_NORMALIZER_H_
