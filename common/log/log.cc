#include "common/log/log.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace tintinh {
namespace {

using Json = nlohmann::ordered_json;

std::string Text(absl::string_view view) { return std::string(view.data(), view.size()); }

const char* NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarn:
      return "warn";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
  static constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                          spdlog::level::warn, spdlog::level::err};
  return kLevels[static_cast<size_t>(level)];
}

// spdlog owns the registry of loggers; ours writes lines as they are.
std::shared_ptr<spdlog::logger> MakeLogger() {
  auto logger = spdlog::stderr_logger_mt("tintinh");
  logger->set_pattern("%v");
  return logger;
}

spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = MakeLogger();
  return *logger;
}

Json LineObject(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields) {
  Json line;
  line["level"] = NameOf(level);
  line["message"] = Text(message);
  for (const LogField& field : fields) {
    if (const auto* text = std::get_if<absl::string_view>(&field.value)) {
      line[Text(field.name)] = Text(*text);
    } else {
      line[Text(field.name)] = std::get<int64_t>(field.value);
    }
  }
  return line;
}

std::string Dump(const Json& line) { return line.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string FormatLogLine(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields) {
  return Dump(LineObject(level, message, fields));
}

void Log(LogLevel level, absl::string_view message, std::initializer_list<LogField> fields) {
  if (!Logger().should_log(SpdlogLevel(level))) return;
  Json line;
  line["time"] = absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", absl::Now(), absl::UTCTimeZone());
  line.update(LineObject(level, message, fields));
  Logger().log(SpdlogLevel(level), Dump(line));
}

absl::Status SetLogLevel(absl::string_view name) {
  for (const LogLevel level : {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarn, LogLevel::kError}) {
    if (name != NameOf(level)) continue;
    Logger().set_level(SpdlogLevel(level));
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(absl::StrCat("log_level: \"", name, "\" is none of debug, info, warn, error"));
}

}  // namespace tintinh
