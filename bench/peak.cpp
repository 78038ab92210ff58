// Runs a command and prints the most memory it had resident, in KiB. The kernel counts the memory
// of whoever starts a program as the program's, so it must be started by something small.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int argument_count, char** arguments) {
  if (argument_count < 2) return 2;
  const pid_t child = ::fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) return 2;
    ::execvp(arguments[1], arguments + 1);
    return 127;
  }
  int status = 0;
  rusage usage{};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child || status != 0) return 1;
  std::printf("%ld\n", usage.ru_maxrss);
}
