#include "services/query/page_token/page_token.h"

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/digest/digest.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace tintinh::query {
namespace {

// version | 'w' or 's' | request hash (16 hex digits) | checksum of the rest (16 hex digits) | serialized SortKey
constexpr char kVersion = '1';
constexpr char kWidened = 'w';
constexpr char kStrict = 's';
constexpr size_t kHashSize = 16;
constexpr size_t kHeadSize = 2 + 2 * kHashSize;
constexpr size_t kMaxTokenBytes = 1024;

std::string Hash(absl::string_view bytes) { return Sha256Hex128(bytes).substr(0, kHashSize); }

std::string Serialize(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

std::string RequestHash(const v1::SearchRequest& request) {
  v1::SearchRequest same;
  same.set_query(request.query());
  *same.mutable_filter() = request.filter();
  same.set_sort(request.sort());
  return Hash(Serialize(same));
}

absl::Status Damaged() {
  return absl::InvalidArgumentError("page_token: not a token of this service, or damaged; search again without it");
}

}  // namespace

std::string MakePageToken(const PageStart& start, const v1::SearchRequest& request) {
  const std::string head = {kVersion, start.widened ? kWidened : kStrict};
  const std::string request_hash = RequestHash(request);
  const std::string key = Serialize(start.after);
  const std::string checksum = Hash(absl::StrCat(head, request_hash, key));
  return absl::WebSafeBase64Escape(absl::StrCat(head, request_hash, checksum, key));
}

absl::StatusOr<PageStart> ReadPageToken(const v1::SearchRequest& request) {
  const std::string& token = request.page_token();
  if (token.size() > kMaxTokenBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("page_token: ", token.size(), " bytes, at most ", kMaxTokenBytes, " are allowed"));
  }
  std::string bytes;
  // The last letter of base64 has spare bits; encoding again finds a change in them.
  if (!absl::WebSafeBase64Unescape(token, &bytes) || absl::WebSafeBase64Escape(bytes) != token) return Damaged();
  if (bytes.size() < kHeadSize || bytes[0] != kVersion) return Damaged();
  const absl::string_view view = bytes;
  const absl::string_view head = view.substr(0, 2);
  const absl::string_view request_hash = view.substr(2, kHashSize);
  const absl::string_view checksum = view.substr(2 + kHashSize, kHashSize);
  const absl::string_view key = view.substr(kHeadSize);
  PageStart start;
  start.widened = head[1] == kWidened;
  if (Hash(absl::StrCat(head, request_hash, key)) != checksum || !start.after.ParseFromString(std::string(key))) {
    return Damaged();
  }
  if (request_hash != RequestHash(request)) {
    return absl::InvalidArgumentError("page_token: belongs to another query, filter or sort; search again without it");
  }
  return start;
}

}  // namespace tintinh::query
