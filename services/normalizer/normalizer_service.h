// NormalizerService over gRPC: translates between the wire and Normalizer and Delivery.
#ifndef TINTINH_SERVICES_NORMALIZER_NORMALIZER_SERVICE_H_
#define TINTINH_SERVICES_NORMALIZER_NORMALIZER_SERVICE_H_

#include <cstddef>

#include "common/metrics/metrics.h"
#include "grpcpp/server_context.h"
#include "services/normalizer/deliver/deliver.h"
#include "services/normalizer/normalizer.h"
#include "tintinh/v1/normalizer_service.grpc.pb.h"

namespace tintinh::normalizer {

// Stateless: several may be made over one core. Thread-safe.
class NormalizerService final : public v1::NormalizerService::Service {
 public:
  // The references outlive this.
  NormalizerService(const Normalizer& normalizer, const Delivery& delivery, size_t max_in_flight_pages,
                    Metrics& metrics);

  grpc::Status Normalize(grpc::ServerContext* context, const v1::NormalizeRequest* request,
                         v1::NormalizeResponse* response) override;

  // Reads at most max_in_flight_pages ahead of the outcomes it has written; normalizes what it reads while the indexer
  // takes what is done. Ends when the client half-closes and every outcome is written, or when the client is gone.
  grpc::Status Process(grpc::ServerContext* context,
                       grpc::ServerReaderWriter<v1::ProcessResponse, v1::ProcessRequest>* stream) override;

 private:
  const Normalizer& normalizer_;
  const Delivery& delivery_;
  const size_t max_in_flight_pages_;
  Metrics& metrics_;
};

}  // namespace tintinh::normalizer

#endif  // TINTINH_SERVICES_NORMALIZER_NORMALIZER_SERVICE_H_
