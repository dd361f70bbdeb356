#include "common/kafka_log/offset_query.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/time/clock.h"

namespace tintinh::kafka_log {
namespace {

using Partitions = std::unique_ptr<rd_kafka_topic_partition_list_t, Destroyer<rd_kafka_topic_partition_list_destroy>>;

constexpr absl::Duration kOneTry = absl::Seconds(1);

// The protocol asks for "the offset at a time", with these two times for the ends. librdkafka's own question for both
// ends waits without limit for a leader that is gone.
absl::StatusOr<int64_t> AskOnce(const OffsetQuery& query, End end, absl::Duration timeout) {
  const std::string doing = absl::StrCat("ask where shard ", query.partition, " begins and ends");
  const Partitions asked(rd_kafka_topic_partition_list_new(1));
  rd_kafka_topic_partition_t* const one =
      rd_kafka_topic_partition_list_add(asked.get(), query.topic.c_str(), query.partition);
  one->offset = end == End::kFirst ? RD_KAFKA_OFFSET_BEGINNING : RD_KAFKA_OFFSET_END;
  RETURN_IF_ERROR(FromKafka(rd_kafka_offsets_for_times(&query.client, asked.get(), ToMillis(timeout)), doing));
  RETURN_IF_ERROR(FromKafka(one->err, doing));
  return one->offset;
}

}  // namespace

Settings AskerSettings() { return {{"socket.timeout.ms", absl::StrCat(ToMillis(kOneTry))}}; }

absl::StatusOr<int64_t> AskOffset(const OffsetQuery& query, End end) {
  constexpr int kPauseMillis = 50;
  const absl::Time latest = SteadyNow() + query.timeout;
  while (true) {
    absl::StatusOr<int64_t> offset = AskOnce(query, end, std::min(kOneTry, query.timeout));
    if (offset.ok() || !absl::IsUnavailable(offset.status()) || SteadyNow() >= latest) return offset;
    rd_kafka_poll(&query.client, kPauseMillis);
  }
}

}  // namespace tintinh::kafka_log
