// RocksDB's own messages.
#ifndef TINTINH_COMMON_KV_ENGINE_LOG_H_
#define TINTINH_COMMON_KV_ENGINE_LOG_H_

#include <memory>

namespace rocksdb {
class Logger;
}  // namespace rocksdb

namespace tintinh::kv {

// Warnings and worse go to the process's log, the rest nowhere: a file beside the data could not be written any more
// just when the disk is full, which RocksDB's debug assertions take for a fault of the program.
std::shared_ptr<rocksdb::Logger> EngineLog();

}  // namespace tintinh::kv

#endif  // TINTINH_COMMON_KV_ENGINE_LOG_H_
