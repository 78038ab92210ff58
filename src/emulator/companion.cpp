#include "emulator/companion.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <expected>
#include <iostream>
#include <string_view>
#include <thread>

namespace xai::emulator {

namespace {

constexpr std::array passed_on{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2};

/// Whether a variable could lead the command, or a tool that it starts, past the emulator.
bool is_left_out(std::string name) {
  std::ranges::transform(name, name.begin(),
                         [](unsigned char letter) { return std::toupper(letter); });
  return name.starts_with("XAI_") || name.ends_with("_PROXY") || name == "GROK_DEPLOYMENT_KEY" ||
         name == "XDG_CONFIG_HOME" || name == "XDG_STATE_HOME";
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  // The C interface takes no const, and changes nothing.
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

/// The process, or errno.
std::expected<pid_t, int> start(const std::vector<std::string>& words,
                                const std::vector<std::string>& environment,
                                const sigset_t& blocked) {
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &blocked);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> variables = pointers_to(environment);
  pid_t process{};
  const int error = ::posix_spawnp(&process, arguments.front(), nullptr, &attributes,
                                   arguments.data(), variables.data());
  posix_spawnattr_destroy(&attributes);
  if (error != 0) return std::unexpected(error);
  return process;
}

/// Passes signals on until the process ends; its exit code.
int wait_for(pid_t process, const sigset_t& awaited) {
  int status{};
  while (::waitpid(process, &status, WNOHANG) == 0) {
    siginfo_t signal{};
    // What the terminal sends, it sends to the whole group.
    if (::sigwaitinfo(&awaited, &signal) > 0 && signal.si_signo != SIGCHLD && signal.si_code <= 0)
      ::kill(process, signal.si_signo);
  }
  constexpr int signal_base = 128;
  return WIFEXITED(status) ? WEXITSTATUS(status) : signal_base + WTERMSIG(status);
}

}  // namespace

std::vector<std::string> environment_of_companion(const Emulator& emulator, const Server& server,
                                                  const std::string& folder) {
  std::vector<std::string> environment;
  for (char** variable = ::environ; *variable != nullptr; ++variable) {
    const std::string_view text{*variable};
    if (!is_left_out(std::string{text.substr(0, text.find('='))})) environment.emplace_back(text);
  }
  const std::string address = server.address();
  environment.push_back("XAI_MANAGEMENT_KEY=" + emulator.management_key().reveal());
  environment.push_back("XAI_TEAM_ID=" + emulator.team_id());
  environment.push_back("XAI_MANAGEMENT_BASE_URL=" + address);
  environment.push_back("XAI_INFERENCE_BASE_URL=" + address + "/_emulator/clusters/{region}");
  environment.push_back("XDG_CONFIG_HOME=" + folder + "/config");
  environment.push_back("XDG_STATE_HOME=" + folder + "/state");
  return environment;
}

int run_beside(Server& server, const std::vector<std::string>& words,
               const std::vector<std::string>& environment) {
  sigset_t awaited;
  sigemptyset(&awaited);
  sigaddset(&awaited, SIGCHLD);
  for (const int signal : passed_on) sigaddset(&awaited, signal);
  // Whoever started us may have had it ignored, and then there would be nothing to wait for.
  std::signal(SIGCHLD, SIG_DFL);
  sigset_t before;
  ::pthread_sigmask(SIG_BLOCK, &awaited, &before);
  const auto process = start(words, environment, before);
  if (!process) {
    std::cerr << "xai_emulator: cannot run " << words.front() << ": "
              << std::strerror(process.error()) << '\n';
    constexpr int not_there = 127;
    constexpr int not_runnable = 126;
    return process.error() == ENOENT ? not_there : not_runnable;
  }
  int code{};
  {
    const std::jthread waiter{[&] {
      code = wait_for(*process, awaited);
      server.stop();
    }};
    server.run();
  }
  return code;
}

}  // namespace xai::emulator
