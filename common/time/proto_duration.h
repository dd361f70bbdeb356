// A protobuf duration, as configurations and requests hold it, as one to calculate with.
#ifndef TINTINH_COMMON_TIME_PROTO_DURATION_H_
#define TINTINH_COMMON_TIME_PROTO_DURATION_H_

#include "absl/time/time.h"
#include "google/protobuf/duration.pb.h"

namespace tintinh {

inline absl::Duration ToDuration(const google::protobuf::Duration& value) {
  return absl::Seconds(value.seconds()) + absl::Nanoseconds(value.nanos());
}

}  // namespace tintinh

#endif  // TINTINH_COMMON_TIME_PROTO_DURATION_H_
