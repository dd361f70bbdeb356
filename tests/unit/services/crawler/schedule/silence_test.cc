#include "services/crawler/schedule/silence.h"

#include "common/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace tintinh::crawler {
namespace {
}  // namespace
}  // namespace tintinh::crawler
