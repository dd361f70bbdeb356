#include "tests/support/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

namespace tintinh::testing {
namespace {

std::vector<char*> Arguments(const std::vector<std::string>& command) {
  std::vector<char*> argv;
  argv.reserve(command.size() + 1);
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  return argv;
}

// In the child: never returns. A test that dies takes its children along.
[[noreturn]] void Execute(char* const* argv, const char* log, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int file = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(output >= 0 ? output : file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  ::execv(argv[0], argv);
  ::_exit(127);
}

int ExitStatus(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command, const std::string& log) {
  const std::vector<char*> argv = Arguments(command);
  pid_ = ::fork();
  if (pid_ == 0) Execute(argv.data(), log.c_str(), -1);
}

ChildProcess::~ChildProcess() { Stop(SIGKILL); }

int ChildProcess::Reap(int options) {
  int status = 0;
  if (pid_ > 0 && ::waitpid(pid_, &status, options) == pid_) {
    pid_ = -1;
    status_ = ExitStatus(status);
  }
  return status_;
}

bool ChildProcess::IsRunning() {
  Reap(WNOHANG);
  return pid_ > 0;
}

int ChildProcess::Stop(int signal) {
  if (pid_ > 0) ::kill(pid_, signal);
  return Reap(0);
}

RunResult RunCommand(const std::vector<std::string>& command, const std::string& log) {
  const std::vector<char*> argv = Arguments(command);
  int pipe_ends[2];
  if (::pipe2(pipe_ends, O_CLOEXEC) != 0) return {};
  const pid_t pid = ::fork();
  if (pid == 0) Execute(argv.data(), log.c_str(), pipe_ends[1]);
  ::close(pipe_ends[1]);
  RunResult result;
  char buffer[4096];
  for (ssize_t size; (size = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;) {
    result.output.append(buffer, static_cast<size_t>(size));
  }
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  result.exit_status = ExitStatus(status);
  return result;
}

}  // namespace tintinh::testing
