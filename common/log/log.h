// Structured logging: one JSON object a line on stderr, with time, level, message and the caller's fields.
#ifndef TINTINH_COMMON_LOG_LOG_H_
#define TINTINH_COMMON_LOG_LOG_H_

#include <cstdint>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <variant>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace tintinh {

// A named string or integer. Lives for the call only.
struct LogField {
  LogField(absl::string_view field_name, absl::string_view text) : name(field_name), value(text) {}
  template <typename Integer, typename = std::enable_if_t<std::is_integral_v<Integer>>>
  LogField(absl::string_view field_name, Integer number) : name(field_name), value(static_cast<int64_t>(number)) {}

  absl::string_view name;
  std::variant<absl::string_view, int64_t> value;
};

enum class LogLevel { kDebug, kInfo, kWarn, kError };

// Thread-safe. Messages are lower case without a full stop; values that vary go into fields. Invalid UTF-8 is replaced.
void Log(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields);

inline void LogDebug(absl::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kDebug, message, fields);
}
inline void LogInfo(absl::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kInfo, message, fields);
}
inline void LogWarning(absl::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kWarn, message, fields);
}
inline void LogError(absl::string_view message, std::initializer_list<LogField> fields = {}) {
  Log(LogLevel::kError, message, fields);
}

// The line that Log would write at `level`, without the time.
std::string FormatLogLine(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields);

// Lines below the level are dropped. Names: debug, info, warn, error; INVALID_ARGUMENT for another.
absl::Status SetLogLevel(absl::string_view name);

}  // namespace tintinh

#endif  // TINTINH_COMMON_LOG_LOG_H_
