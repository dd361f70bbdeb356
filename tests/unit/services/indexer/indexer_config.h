// The configuration of a small indexer.
#ifndef TINTINH_TESTS_UNIT_SERVICES_INDEXER_INDEXER_CONFIG_H_
#define TINTINH_TESTS_UNIT_SERVICES_INDEXER_INDEXER_CONFIG_H_

#include <string>

#include "tintinh/config/v1/services.pb.h"

namespace tintinh::indexer {

inline config::v1::IndexerConfig SmallConfig(const std::string& data_directory) {
  config::v1::IndexerConfig config;
  config.set_data_directory(data_directory);
  config.set_shards(2);
  config.set_memory_segment_bytes(64 << 20);
  config.set_block_cache_bytes(8 << 20);
  config.set_max_queued_appends(64);
  config.set_near_duplicate_distance(6);
  return config;
}

}  // namespace tintinh::indexer

#endif  // TINTINH_TESTS_UNIT_SERVICES_INDEXER_INDEXER_CONFIG_H_
