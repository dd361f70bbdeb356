// A normalizer inside this process that can store nothing: for dry runs without a node.
#ifndef TINTINH_SERVICES_NODE_EMBEDDED_NORMALIZER_H_
#define TINTINH_SERVICES_NODE_EMBEDDED_NORMALIZER_H_

#include <memory>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"

namespace tintinh::node {

class EmbeddedNormalizer {
 public:
  static absl::StatusOr<std::unique_ptr<EmbeddedNormalizer>> Start();
  ~EmbeddedNormalizer();
  EmbeddedNormalizer(const EmbeddedNormalizer&) = delete;
  EmbeddedNormalizer& operator=(const EmbeddedNormalizer&) = delete;

  // Answers NormalizerService; an article put through Process fails. Valid as long as this object.
  const std::shared_ptr<grpc::Channel>& channel() const;

 private:
  struct Parts;
  explicit EmbeddedNormalizer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace tintinh::node

#endif  // TINTINH_SERVICES_NODE_EMBEDDED_NORMALIZER_H_
