#include "common/kv/engine_log.h"

#include <array>
#include <cstdarg>
#include <cstdio>

#include "common/log/log.h"
#include "rocksdb/env.h"

namespace tintinh::kv {
namespace {

constexpr size_t kMaxMessageBytes = 1024;

class ForwardingLogger final : public rocksdb::Logger {
 public:
  ForwardingLogger() : Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

  void Logv(const rocksdb::InfoLogLevel level, const char* format, va_list arguments) override {
    if (level < GetInfoLogLevel() || level == rocksdb::InfoLogLevel::HEADER_LEVEL) return;
    Logv(format, arguments);
  }

  void Logv(const char* format, va_list arguments) override {
    std::array<char, kMaxMessageBytes> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    LogWarning("rocksdb", {{"message", absl::string_view(text.data())}});
  }
};

}  // namespace

std::shared_ptr<rocksdb::Logger> EngineLog() { return std::make_shared<ForwardingLogger>(); }

}  // namespace tintinh::kv
