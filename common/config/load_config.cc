#include "common/config/load_config.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "common/config/scalar.h"
#include "common/status/status_macros.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/duration.pb.h"
#include "tintinh/config/v1/limits.pb.h"
#include "yaml-cpp/eventhandler.h"
#include "yaml-cpp/yaml.h"

namespace tintinh {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr size_t kMaxBytes = 16u << 20;
constexpr int kMaxDepth = 32;

// Where a value stands, for messages.
struct Place {
  std::string origin;
  std::string path;
  int line = 0;
  int depth = 0;

  Place Child(const YAML::Node& node, absl::string_view name) const {
    return {origin, path.empty() ? std::string(name) : absl::StrCat(path, ".", name), node.Mark().line + 1, depth + 1};
  }
  Place Element(const YAML::Node& node, size_t index) const {
    return {origin, absl::StrCat(path, "[", index, "]"), node.Mark().line + 1, depth + 1};
  }
  absl::Status Error(absl::string_view what) const {
    return absl::InvalidArgumentError(absl::StrCat(origin, ":", line, ": ", path, path.empty() ? "" : ": ", what));
  }
};

const config::v1::Limits& LimitsOf(const FieldDescriptor& field) {
  return field.options().GetExtension(config::v1::limits);
}

bool HasBounds(const config::v1::Limits& limits) { return limits.min() != 0 || limits.max() != 0; }

absl::Status CheckBounds(const FieldDescriptor& field, double value, absl::string_view shown, const Place& place) {
  const config::v1::Limits& limits = LimitsOf(field);
  if (!HasBounds(limits)) return absl::OkStatus();
  if (value < limits.min()) return place.Error(absl::StrCat(shown, " is below the limit ", limits.min()));
  if (value > limits.max()) return place.Error(absl::StrCat(shown, " is above the limit ", limits.max()));
  return absl::OkStatus();
}

bool IsDuration(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         field.message_type() == google::protobuf::Duration::descriptor();
}

google::protobuf::Duration ToProto(absl::Duration duration) {
  google::protobuf::Duration value;
  value.set_seconds(absl::IDivDuration(duration, absl::Seconds(1), &duration));
  value.set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(duration)));
  return value;
}

absl::Status SetDuration(const FieldDescriptor& field, absl::string_view text, const Place& place, Message* message) {
  const absl::StatusOr<absl::Duration> duration = ParseDuration(text);
  if (!duration.ok()) return place.Error(duration.status().message());
  RETURN_IF_ERROR(CheckBounds(field, absl::ToDoubleSeconds(*duration), text, place));
  message->GetReflection()->MutableMessage(message, &field)->CopyFrom(ToProto(*duration));
  return absl::OkStatus();
}

absl::Status AddDuration(const FieldDescriptor& field, absl::string_view text, const Place& place, Message* message) {
  const absl::StatusOr<absl::Duration> duration = ParseDuration(text);
  if (!duration.ok()) return place.Error(duration.status().message());
  message->GetReflection()->AddMessage(message, &field)->CopyFrom(ToProto(*duration));
  return absl::OkStatus();
}

absl::Status AddNumber(const FieldDescriptor& field, absl::string_view text, const Place& place, Message* message) {
  uint32_t number = 0;
  if (!absl::SimpleAtoi(text, &number)) {
    return place.Error(absl::StrCat("\"", text, "\" is not a whole number of at most ", UINT32_MAX));
  }
  message->GetReflection()->AddUInt32(message, &field, number);
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> ParseUnsigned(const FieldDescriptor& field, absl::string_view text, const Place& place) {
  uint64_t number = 0;
  if (LimitsOf(field).bytes()) {
    const absl::StatusOr<uint64_t> bytes = ParseBytes(text);
    if (!bytes.ok()) return place.Error(bytes.status().message());
    number = *bytes;
  } else if (!absl::SimpleAtoi(text, &number)) {
    return place.Error(absl::StrCat("\"", text, "\" is not a whole number"));
  }
  RETURN_IF_ERROR(CheckBounds(field, static_cast<double>(number), text, place));
  return number;
}

absl::Status SetUnsigned(const FieldDescriptor& field, absl::string_view text, const Place& place, Message* message) {
  ASSIGN_OR_RETURN(const uint64_t number, ParseUnsigned(field, text, place));
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
    message->GetReflection()->SetUInt64(message, &field, number);
    return absl::OkStatus();
  }
  if (number > UINT32_MAX) return place.Error(absl::StrCat(text, " is above the limit ", UINT32_MAX));
  message->GetReflection()->SetUInt32(message, &field, static_cast<uint32_t>(number));
  return absl::OkStatus();
}

absl::Status SetBool(const FieldDescriptor& field, absl::string_view text, const Place& place, Message* message) {
  const absl::StatusOr<bool> value = ParseBool(text);
  if (!value.ok()) return place.Error(value.status().message());
  message->GetReflection()->SetBool(message, &field, *value);
  return absl::OkStatus();
}

// Sets a singular field that is written as one text.
absl::Status SetScalar(const FieldDescriptor& field, absl::string_view text, const Place& place, Message* message) {
  if (IsDuration(field)) return SetDuration(field, text, place, message);
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      message->GetReflection()->SetString(message, &field, std::string(text));
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_BOOL:
      return SetBool(field, text, place, message);
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return SetUnsigned(field, text, place, message);
    default:
      return place.Error("takes a map, not a single value");
  }
}

absl::Status ReadMap(const YAML::Node& node, const Place& place, Message* message);

absl::Status ReadElement(const YAML::Node& node, const FieldDescriptor& field, const Place& place, Message* message) {
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !IsDuration(field)) {
    return ReadMap(node, place, message->GetReflection()->AddMessage(message, &field));
  }
  if (!node.IsScalar()) return place.Error("takes a text");
  if (IsDuration(field)) return AddDuration(field, node.Scalar(), place, message);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_UINT32) return AddNumber(field, node.Scalar(), place, message);
  message->GetReflection()->AddString(message, &field, node.Scalar());
  return absl::OkStatus();
}

absl::Status ReadList(const YAML::Node& node, const FieldDescriptor& field, const Place& place, Message* message) {
  if (!node.IsSequence()) return place.Error("takes a list");
  RETURN_IF_ERROR(CheckBounds(field, static_cast<double>(node.size()), absl::StrCat(node.size(), " elements"), place));
  for (size_t i = 0; i < node.size(); ++i) {
    RETURN_IF_ERROR(ReadElement(node[i], field, place.Element(node[i], i), message));
  }
  return absl::OkStatus();
}

absl::Status ReadValue(const YAML::Node& node, const FieldDescriptor& field, const Place& place, Message* message) {
  if (field.is_repeated()) return ReadList(node, field, place, message);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !IsDuration(field)) {
    return ReadMap(node, place, message->GetReflection()->MutableMessage(message, &field));
  }
  if (!node.IsScalar()) return place.Error("takes a single value");
  return SetScalar(field, node.Scalar(), place, message);
}

std::string KnownKeys(const Descriptor& type) {
  std::vector<std::string> names;
  names.reserve(static_cast<size_t>(type.field_count()));
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return absl::StrJoin(names, ", ");
}

bool IsAbsentOrEmpty(const FieldDescriptor& field, const Message& message) {
  if (field.is_repeated()) return message.GetReflection()->FieldSize(message, &field) == 0;
  return !message.GetReflection()->HasField(message, &field);
}

// What an absent key means: its default, or a section of defaults.
absl::Status SetDefault(const FieldDescriptor& field, const Place& place, Message* message) {
  const Place here = place.Child(YAML::Node(), field.name());
  const std::string& text = LimitsOf(field).default_();
  if (!text.empty()) return SetScalar(field, text, here, message);
  const bool section = !field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (!section || IsDuration(field)) return absl::OkStatus();
  return ReadMap(YAML::Node(YAML::NodeType::Null), here, message->GetReflection()->MutableMessage(message, &field));
}

// Fills what the file left out, then checks what must be there.
absl::Status Complete(const std::vector<const FieldDescriptor*>& given, const Place& place, Message* message) {
  const Descriptor& type = *message->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    const config::v1::Limits& limits = LimitsOf(field);
    const bool absent = std::find(given.begin(), given.end(), &field) == given.end();
    if (absent) RETURN_IF_ERROR(SetDefault(field, place, message));
    if (limits.required() && IsAbsentOrEmpty(field, *message)) {
      return place.Error(absl::StrCat(field.name(), " is missing"));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadMap(const YAML::Node& node, const Place& place, Message* message) {
  if (place.depth > kMaxDepth) return place.Error(absl::StrCat("is nested deeper than ", kMaxDepth, " levels"));
  if (!node.IsMap() && !node.IsNull()) return place.Error("takes a map");
  const Descriptor& type = *message->GetDescriptor();
  std::vector<const FieldDescriptor*> given;
  for (const auto& entry : node) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const Place here = place.Child(entry.first, key);
    const FieldDescriptor* field = type.FindFieldByName(key);
    if (field == nullptr) return here.Error(absl::StrCat("unknown key; known here: ", KnownKeys(type)));
    if (std::find(given.begin(), given.end(), field) != given.end()) return here.Error("is given twice");
    given.push_back(field);
    RETURN_IF_ERROR(ReadValue(entry.second, *field, here, message));
  }
  return Complete(given, place, message);
}

// An alias can make a small file stand for an exponentially large tree, so none is read.
class AliasDetector final : public YAML::EventHandler {
 public:
  bool found() const { return found_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { found_ = true; }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}

 private:
  bool found_ = false;
};

bool HasAliases(absl::string_view text) {
  std::istringstream in{std::string(text)};
  YAML::Parser parser(in);
  AliasDetector detector;
  parser.HandleNextDocument(detector);
  return detector.found();
}

}  // namespace

absl::Status LoadYaml(absl::string_view text, absl::string_view origin, Message* config) {
  const Place top{std::string(origin), "", 1, 0};
  if (text.size() > kMaxBytes) return top.Error(absl::StrCat(text.size(), " bytes are above the limit ", kMaxBytes));
  try {
    if (HasAliases(text)) return top.Error("YAML anchors and aliases are not taken");
    const YAML::Node root = YAML::Load(std::string(text));
    return ReadMap(root, top, config);
  } catch (const YAML::Exception& error) {
    return absl::InvalidArgumentError(absl::StrCat(origin, ":", error.mark.line + 1, ": ", error.msg));
  }
}

absl::Status LoadYamlFile(absl::string_view path, Message* config) {
  std::ifstream in{std::string(path), std::ios::binary};
  if (!in) return absl::NotFoundError(absl::StrCat("configuration file ", path, " cannot be read"));
  std::string text;
  text.resize(kMaxBytes + 1);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(in.gcount()));
  return LoadYaml(text, path, config);
}

}  // namespace tintinh
