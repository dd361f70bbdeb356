// Reads a YAML file into a typed proto message: unknown keys refused, limits and defaults of
// tintinh.config.v1.limits applied.
#ifndef TINTINH_COMMON_CONFIG_LOAD_CONFIG_H_
#define TINTINH_COMMON_CONFIG_LOAD_CONFIG_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace tintinh {

// `text` is at most 16 MiB of YAML 1.2, at most 32 levels deep; anchors and aliases are refused. `origin` (a file name)
// starts every message: "node.yaml:12: indexer.shards: 0 is below the limit 1". Keys are the proto's field names;
// durations are written "250ms", "5s", "2h"; sizes of `bytes` fields may carry KiB, MiB, GiB. On failure *config is
// unspecified.
absl::Status LoadYaml(absl::string_view text, absl::string_view origin, google::protobuf::Message* config);

// The same from a file; NOT_FOUND when it does not exist.
absl::Status LoadYamlFile(absl::string_view path, google::protobuf::Message* config);

}  // namespace tintinh

#endif  // TINTINH_COMMON_CONFIG_LOAD_CONFIG_H_
