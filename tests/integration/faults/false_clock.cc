// A calendar clock that jumps for one process, as settimeofday makes it jump for all: preload it, and the file that
// FALSE_CLOCK names says how many seconds the clock is off. The monotonic clock is left alone. libfaketime cannot be
// used: it allocates on its first call, and jemalloc, which replaces malloc, reads the clock before it can allocate.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

namespace {

constexpr int64_t kNanos = 1'000'000'000;
// A waiter sees a jump as soon as that; the kernel wakes it at once.
constexpr int64_t kSliceNanos = 20'000'000;

// Nothing here may allocate: an allocator may be who asks for the time.
int64_t OffsetSeconds() {
  const char* const path = ::getenv("FALSE_CLOCK");
  if (path == nullptr) return 0;
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[32] = {};
  const ssize_t read = ::read(file, text, sizeof(text) - 1);
  ::close(file);
  return read > 0 ? ::strtoll(text, nullptr, 10) : 0;
}

using Syscall = long (*)(long, ...);

Syscall TrueSyscall() {
  static const auto call = reinterpret_cast<Syscall>(::dlsym(RTLD_NEXT, "syscall"));
  return call;
}

timespec TrueTime(clockid_t clock) {
  timespec now{};
  TrueSyscall()(SYS_clock_gettime, clock, &now);
  return now;
}

bool IsCalendar(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

timespec FalseTime(clockid_t clock) {
  timespec now = TrueTime(clock);
  if (IsCalendar(clock)) now.tv_sec += OffsetSeconds();
  return now;
}

int64_t ToNanos(const timespec& time) { return time.tv_sec * kNanos + time.tv_nsec; }
timespec FromNanos(int64_t nanos) { return {nanos / kNanos, nanos % kNanos}; }

using TimedWait = int (*)(pthread_cond_t*, pthread_mutex_t*, const timespec*);

TimedWait TrueTimedWait() {
  static const auto wait = reinterpret_cast<TimedWait>(::dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2"));
  return wait;
}

// In slices, since the real wait knows nothing of jumps.
int WaitByFalseClock(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  while (true) {
    const int64_t left = ToNanos(*until) - ToNanos(FalseTime(CLOCK_REALTIME));
    if (left <= 0) return ETIMEDOUT;
    const int64_t slice = left < kSliceNanos ? left : kSliceNanos;
    const timespec end = FromNanos(ToNanos(TrueTime(CLOCK_REALTIME)) + slice);
    const int woken = TrueTimedWait()(condition, mutex, &end);
    if (woken != ETIMEDOUT) return woken;
  }
}

struct FutexWait {
  void* word;
  int operation;
  uint32_t value;
  const timespec* until;
  void* unused;
  uint32_t mask;
};

// Abseil's conditions wait in the kernel without asking the C library.
int WaitByFalseClock(const FutexWait& wait) {
  while (true) {
    const int64_t left = ToNanos(*wait.until) - ToNanos(FalseTime(CLOCK_REALTIME));
    if (left <= 0) {
      errno = ETIMEDOUT;
      return -1;
    }
    const int64_t slice = left < kSliceNanos ? left : kSliceNanos;
    const timespec end = FromNanos(ToNanos(TrueTime(CLOCK_REALTIME)) + slice);
    const auto woken = TrueSyscall()(SYS_futex, wait.word, wait.operation, wait.value, &end, wait.unused, wait.mask);
    if (woken == 0 || errno != ETIMEDOUT) return static_cast<int>(woken);
  }
}

bool IsByCalendar(const FutexWait& wait) {
  return (wait.operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET && (wait.operation & FUTEX_CLOCK_REALTIME) != 0 &&
         wait.until != nullptr;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  *now = FalseTime(clock);
  return 0;
}

int gettimeofday(timeval* now, void*) noexcept {
  const timespec time = FalseTime(CLOCK_REALTIME);
  *now = {time.tv_sec, time.tv_nsec / 1000};
  return 0;
}

time_t time(time_t* out) noexcept {
  const timespec now = FalseTime(CLOCK_REALTIME);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

// Of conditions on the monotonic clock, which pthread_cond_clockwait waits for, nothing changes.
int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  // gRPC's conditions are made for the monotonic clock and are waited for by this very call: their times are those of
  // the machine's running, far from any date.
  constexpr int64_t kNoDate = 1'000'000'000;
  if (until->tv_sec < kNoDate) return TrueTimedWait()(condition, mutex, until);
  return WaitByFalseClock(condition, mutex, until);
}

long syscall(long number, ...) noexcept {
  long argument[6];
  va_list list;
  va_start(list, number);
  for (auto& one : argument) one = va_arg(list, long);
  va_end(list);
  const FutexWait wait{reinterpret_cast<void*>(argument[0]), static_cast<int>(argument[1]),
                       static_cast<uint32_t>(argument[2]),   reinterpret_cast<const timespec*>(argument[3]),
                       reinterpret_cast<void*>(argument[4]), static_cast<uint32_t>(argument[5])};
  if (number == SYS_futex && IsByCalendar(wait)) return WaitByFalseClock(wait);
  return TrueSyscall()(number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5]);
}

}  // extern "C"
