#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace xai::emulator::test {

/// A program that runs beside the test.
class Child {
 public:
  explicit Child(const std::vector<std::string>& arguments);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  /// Kills what still runs.
  ~Child();

  /// The next line of its stdout, without the line break; empty at the end.
  std::string read_line();
  /// What is left of stdout and stderr, until the program closes them.
  std::string read_stdout();
  std::string read_stderr();
  void send_signal(int signal) const;
  [[nodiscard]] pid_t id() const { return process_; }
  /// Waits for the end: the exit code, or minus the signal that ended it.
  int wait();

 private:
  pid_t process_{-1};
  int stdout_{-1};
  int stderr_{-1};
};

}  // namespace xai::emulator::test
