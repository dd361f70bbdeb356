#include "common/kafka_log/kafka_producer.h"

#include <algorithm>
#include <array>
#include <functional>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace tintinh::kafka_log {
namespace {

// What one call waits for. Each of its messages carries a ticket.
class Delivery {
 public:
  struct Ticket {
    Delivery* delivery;
    size_t index;
  };

  explicit Delivery(size_t records) : tickets_(records), offsets_(records, -1), waiting_(records) {
    for (size_t i = 0; i < records; ++i) tickets_[i] = {this, i};
  }

  Ticket& ticket(size_t index) { return tickets_[index]; }

  void Arrived(size_t index, int64_t offset, rd_kafka_resp_err_t error) {
    MutexLock lock(mu_);
    offsets_[index] = offset;
    End(1, error);
  }

  // The last `records` were never sent.
  void NeverSent(size_t records, rd_kafka_resp_err_t error) {
    MutexLock lock(mu_);
    End(records, error);
  }

  rd_kafka_resp_err_t Await() {
    MutexLock lock(mu_);
    while (waiting_ > 0) done_.Wait(mu_);
    return error_;
  }

  std::vector<int64_t> TakeOffsets() {
    MutexLock lock(mu_);
    return std::move(offsets_);
  }

 private:
  void End(size_t records, rd_kafka_resp_err_t error) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mu_) {
    if (error_ == RD_KAFKA_RESP_ERR_NO_ERROR) error_ = error;
    waiting_ -= records;
    if (waiting_ == 0) done_.NotifyAll();
  }

  std::vector<Ticket> tickets_;
  Mutex mu_;
  CondVar done_;
  std::vector<int64_t> offsets_ ABSL_GUARDED_BY(mu_);
  size_t waiting_ ABSL_GUARDED_BY(mu_);
  rd_kafka_resp_err_t error_ ABSL_GUARDED_BY(mu_) = RD_KAFKA_RESP_ERR_NO_ERROR;
};

void OnDelivery(rd_kafka_t* /*client*/, const rd_kafka_message_t* message, void* /*opaque*/) {
  const auto& ticket = *static_cast<const Delivery::Ticket*>(message->_private);
  ticket.delivery->Arrived(ticket.index, message->offset, message->err);
}

// How many messages librdkafka took, in order.
size_t Send(rd_kafka_topic_t& topic, int32_t partition, absl::Span<const KeyedRecord> records, Delivery& delivery) {
  for (size_t i = 0; i < records.size(); ++i) {
    std::string value = records[i].value;
    const int taken = rd_kafka_produce(&topic, partition, RD_KAFKA_MSG_F_COPY, value.data(), value.size(),
                                       records[i].key.data(), records[i].key.size(), &delivery.ticket(i));
    if (taken != 0) return i;
  }
  return records.size();
}

// A batch that the broker had already, sent again after its answer was lost, is acknowledged without its offsets.
absl::StatusOr<std::vector<int64_t>> CheckedOffsets(std::vector<int64_t> offsets, const std::string& doing) {
  const bool known = !offsets.empty() && offsets.front() >= 0;
  const bool ascend = std::adjacent_find(offsets.begin(), offsets.end(), std::greater_equal<>()) == offsets.end();
  if (known && ascend) return offsets;
  return absl::UnavailableError(doing + ": written, but the brokers do not say where; put them again");
}

Settings ProducerSettings(const KafkaOptions& options) {
  // librdkafka counts its own overhead too; what waits is bounded before it gets there.
  constexpr size_t kHeadroom = 4;
  return {
      {"enable.idempotence", "true"},
      {"acks", "all"},
      {"compression.codec", "zstd"},
      {"linger.ms", "1"},
      {"message.timeout.ms", absl::StrCat(std::max(1000, ToMillis(options.append_timeout)))},
      {"queue.buffering.max.messages", "10000000"},
      {"queue.buffering.max.kbytes", absl::StrCat(kHeadroom * options.max_queued_bytes / 1024)},
  };
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaProducer>> KafkaProducer::Open(const KafkaOptions& options, uint32_t partitions) {
  std::unique_ptr<KafkaProducer> producer(new KafkaProducer);
  ASSIGN_OR_RETURN(Conf conf, MakeConf(options, ProducerSettings(options)));
  rd_kafka_conf_set_dr_msg_cb(conf.get(), &OnDelivery);
  ASSIGN_OR_RETURN(producer->client_, MakeClient(RD_KAFKA_PRODUCER, std::move(conf)));
  ASSIGN_OR_RETURN(producer->topic_, OpenTopic(*producer->client_, options.topic));
  producer->order_ = std::vector<Mutex>(partitions);
  producer->poller_ = std::thread([raw = producer.get()] { raw->Poll(); });
  return producer;
}

KafkaProducer::~KafkaProducer() {
  stopping_ = true;
  if (poller_.joinable()) poller_.join();
}

void KafkaProducer::Poll() {
  constexpr int kLongestPollMillis = 100;
  while (!stopping_) rd_kafka_poll(client_.get(), kLongestPollMillis);
}

bool KafkaProducer::broken() const {
  std::array<char, 256> reason{};
  return rd_kafka_fatal_error(client_.get(), reason.data(), reason.size()) != RD_KAFKA_RESP_ERR_NO_ERROR;
}

absl::StatusOr<std::vector<int64_t>> KafkaProducer::Append(uint32_t partition, absl::Span<const KeyedRecord> records) {
  Delivery delivery(records.size());
  size_t sent = 0;
  {
    MutexLock lock(order_[partition]);
    sent = Send(*topic_, static_cast<int32_t>(partition), records, delivery);
    if (sent < records.size()) delivery.NeverSent(records.size() - sent, rd_kafka_last_error());
  }
  const rd_kafka_resp_err_t error = delivery.Await();
  const std::string doing = absl::StrCat("append ", records.size(), " records to shard ", partition);
  if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL && sent == 0) return absl::ResourceExhaustedError(doing + ": queue full");
  if (error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE) {
    return absl::FailedPreconditionError(doing + ": larger than the topic's max.message.bytes");
  }
  RETURN_IF_ERROR(FromKafka(error, doing));
  return CheckedOffsets(delivery.TakeOffsets(), doing);
}

}  // namespace tintinh::kafka_log
