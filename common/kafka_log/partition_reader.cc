#include "common/kafka_log/partition_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::kafka_log {
namespace {

std::string Doing(int32_t partition) { return absl::StrCat("read shard ", partition); }

}  // namespace

PartitionReader::PartitionReader(rd_kafka_t& consumer, rd_kafka_topic_t& topic, int32_t partition)
    : topic_(topic), partition_(partition), queue_(rd_kafka_queue_new(&consumer)) {
  rd_kafka_queue_cb_event_enable(queue_.get(), &OnEvent, this);
}

PartitionReader::~PartitionReader() {
  rd_kafka_queue_cb_event_enable(queue_.get(), nullptr, nullptr);
  MutexLock lock(mu_);
  StopReading();
}

void PartitionReader::OnEvent(rd_kafka_t* /*consumer*/, void* opaque) {
  auto& reader = *static_cast<PartitionReader*>(opaque);
  MutexLock lock(reader.listener_mu_);
  if (reader.listener_) reader.listener_();
}

void PartitionReader::SetListener(std::function<void()> listener) {
  MutexLock lock(listener_mu_);
  listener_ = std::move(listener);
}

absl::Status PartitionReader::StartAt(int64_t offset) {
  StopReading();
  if (rd_kafka_consume_start_queue(&topic_, partition_, offset, queue_.get()) != 0) {
    return FromKafka(rd_kafka_last_error(), Doing(partition_));
  }
  reading_ = true;
  next_offset_ = offset;
  return absl::OkStatus();
}

void PartitionReader::StopReading() {
  held_.reset();
  if (reading_) rd_kafka_consume_stop(&topic_, partition_);
  reading_ = false;
}

absl::StatusOr<Message> PartitionReader::Next(absl::Duration patience) {
  if (held_ != nullptr) return std::move(held_);
  Message message(rd_kafka_consume_queue(queue_.get(), ToMillis(patience)));
  if (message == nullptr || message->err == RD_KAFKA_RESP_ERR_NO_ERROR) return message;
  const absl::Status failure = FromKafka(message->err, Doing(partition_));
  message.reset();
  StopReading();
  return failure;
}

absl::StatusOr<std::vector<OffsetRecord>> PartitionReader::Read(int64_t offset, const ReadLimits& limits) {
  MutexLock lock(mu_);
  if (!reading_ || offset != next_offset_) RETURN_IF_ERROR(StartAt(offset));
  std::vector<OffsetRecord> records;
  size_t bytes = 0;
  while (records.size() < limits.records) {
    ASSIGN_OR_RETURN(Message message, Next(records.empty() ? limits.patience : absl::ZeroDuration()));
    if (message == nullptr) break;
    bytes += message->len;
    if (!records.empty() && bytes > limits.bytes) {
      held_ = std::move(message);
      break;
    }
    records.push_back({message->offset, std::string(static_cast<const char*>(message->payload), message->len)});
    next_offset_ = message->offset + 1;
  }
  return records;
}

}  // namespace tintinh::kafka_log
