// RETURN_IF_ERROR(expr) and ASSIGN_OR_RETURN(lhs, expr): the names and meaning of Abseil's later status_macros.h,
// which Debian's Abseil does not have yet.
#ifndef TINTINH_COMMON_STATUS_STATUS_MACROS_H_
#define TINTINH_COMMON_STATUS_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define TINTINH_STATUS_CONCAT_INNER(x, y) x##y
#define TINTINH_STATUS_CONCAT(x, y) TINTINH_STATUS_CONCAT_INNER(x, y)

// Evaluates expr, an absl::Status, once; returns it from the enclosing function unless it is OK.
#define RETURN_IF_ERROR(expr)                                         \
  do {                                                                \
    if (absl::Status tintinh_status = (expr); !tintinh_status.ok()) { \
      return tintinh_status;                                          \
    }                                                                 \
  } while (false)

#define TINTINH_ASSIGN_OR_RETURN(statusor, lhs, expr) \
  auto statusor = (expr);                             \
  if (!statusor.ok()) {                               \
    return std::move(statusor).status();              \
  }                                                   \
  lhs = *std::move(statusor)

// Evaluates expr, an absl::StatusOr<T>, once; returns its status unless it is OK, else assigns the value to lhs,
// which may declare a variable.
#define ASSIGN_OR_RETURN(lhs, expr) \
  TINTINH_ASSIGN_OR_RETURN(TINTINH_STATUS_CONCAT(tintinh_statusor_, __LINE__), lhs, expr)

#endif  // TINTINH_COMMON_STATUS_STATUS_MACROS_H_
