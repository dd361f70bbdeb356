// A program run by a test: started with an output file, stopped or killed with the object at the latest.
#ifndef TINTINH_TESTS_SUPPORT_CHILD_PROCESS_H_
#define TINTINH_TESTS_SUPPORT_CHILD_PROCESS_H_

#include <sys/types.h>

#include <string>
#include <vector>

namespace tintinh::testing {

class ChildProcess {
 public:
  // Standard output and error are appended to `log`.
  ChildProcess(const std::vector<std::string>& command, const std::string& log);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  bool IsRunning();
  // Sends the signal and waits for the end; returns the exit status, or 128 and the signal.
  int Stop(int signal);

 private:
  int Reap(int options);

  pid_t pid_ = -1;
  int status_ = -1;
};

// Runs to the end; returns the exit status and what was written to standard output.
struct RunResult {
  int exit_status = -1;
  std::string output;
};
RunResult RunCommand(const std::vector<std::string>& command, const std::string& log);

}  // namespace tintinh::testing

#endif  // TINTINH_TESTS_SUPPORT_CHILD_PROCESS_H_
