#include "services/normalizer/normalizer_service.h"

#include <algorithm>
#include <string>

#include "absl/strings/string_view.h"
#include "common/status/grpc_status.h"
#include "services/normalizer/process_stream.h"

namespace tintinh::normalizer {
namespace {

constexpr size_t kMaxEvidenceBytes = 1024;

// Cut between letters.
std::string Shortened(const std::string& value) {
  size_t size = std::min(value.size(), kMaxEvidenceBytes);
  while (size < value.size() && size > 0 && (static_cast<unsigned char>(value[size]) & 0xC0) == 0x80) --size;
  return value.substr(0, size);
}

void Fill(Normalized normalized, v1::NormalizeResponse& response) {
  if (normalized.article) *response.mutable_article() = *std::move(normalized.article);
  response.set_reject_reason(normalized.reject_reason);
  response.set_reason(normalized.reason);
  response.set_kind(normalized.kind);
  response.set_blocked(normalized.blocked);
  for (const DraftLink& link : normalized.links) {
    v1::OutLink* out = response.add_links();
    out->set_url(link.url);
    out->set_kind(link.kind);
  }
  for (const Evidence& evidence : normalized.evidence) {
    v1::FieldEvidence* out = response.add_evidence();
    out->set_field(evidence.field);
    out->set_rule(evidence.rule);
    out->set_value(Shortened(evidence.value));
    out->set_chosen(evidence.chosen);
  }
}

}  // namespace

NormalizerService::NormalizerService(const Normalizer& normalizer, const Delivery& delivery, size_t max_in_flight_pages,
                                     Metrics& metrics)
    : normalizer_(normalizer),
      delivery_(delivery),
      max_in_flight_pages_(std::max<size_t>(max_in_flight_pages, 1)),
      metrics_(metrics) {}

grpc::Status NormalizerService::Normalize(grpc::ServerContext* /*context*/, const v1::NormalizeRequest* request,
                                          v1::NormalizeResponse* response) {
  if (const absl::Status checked = normalizer_.Check(request->page()); !checked.ok()) return ToGrpcStatus(checked);
  Fill(normalizer_.Normalize(request->page()), *response);
  return grpc::Status::OK;
}

grpc::Status NormalizerService::Process(grpc::ServerContext* context,
                                        grpc::ServerReaderWriter<v1::ProcessResponse, v1::ProcessRequest>* stream) {
  PageStream pages;
  pages.read = [stream](v1::ProcessRequest* request) { return stream->Read(request); };
  pages.write = [stream](const v1::ProcessResponse& response) { return stream->Write(response); };
  pages.cancelled = [context] { return context->IsCancelled(); };
  pages.stop = [context] { context->TryCancel(); };
  ProcessStream(normalizer_, delivery_, max_in_flight_pages_, metrics_, std::move(pages)).Run();
  return context->IsCancelled() ? grpc::Status::CANCELLED : grpc::Status::OK;
}

}  // namespace tintinh::normalizer
