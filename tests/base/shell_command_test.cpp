#include "base/shell_command.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <fstream>
#include <iterator>

#include "base/file.h"
#include "emulator/temporary_directory.h"

namespace xai::base {
namespace {

/// As main has it.
const auto sigpipe_before = ::signal(SIGPIPE, SIG_IGN);

std::string text_of(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

constexpr std::array<std::string_view, 2> hidden{"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY"};

std::expected<void, std::string> run(const std::string& command, const std::string& text) {
  return run_shell_command({command, hidden}, text);
}

TEST(ShellCommand, TakesTextOnItsStandardInput) {
  const emulator::test::TemporaryDirectory folder;
  EXPECT_TRUE(run("cat > " + folder.file("out"), "xai-secret"));
  EXPECT_EQ(text_of(folder.file("out")), "xai-secret");
}

TEST(ShellCommand, MayEndBeforeItHasReadAllInAHostThatIgnoresNoSignal) {
  ::signal(SIGPIPE, SIG_DFL);
  // More than a pipe holds.
  EXPECT_TRUE(run("exit 0", std::string(1UL << 20U, 's')));
  EXPECT_FALSE(run("exit 3", std::string(1UL << 20U, 's')));
  sigset_t pending;
  ::sigpending(&pending);
  EXPECT_EQ(sigismember(&pending, SIGPIPE), 0);
  ::signal(SIGPIPE, SIG_IGN);
}

TEST(ShellCommand, HasNoDescriptorsOfOursButTheStandardOnes) {
  const emulator::test::TemporaryDirectory folder;
  // Those that were not opened with the flag which closes them are the ones in question.
  const File connection{::socket(AF_INET, SOCK_STREAM, 0)};
  const File record{::open(folder.file("record").c_str(), O_RDWR | O_CREAT, 0600)};
  ASSERT_TRUE(connection.is_open() && record.is_open());
  EXPECT_TRUE(run("ls /proc/self/fd > " + folder.file("out") + "; true", "s"));
  // The last one is the folder that it lists.
  EXPECT_EQ(text_of(folder.file("out")), "0\n1\n2\n3\n");
}

TEST(ShellCommand, FindsIgnoredOnlyWhatWasIgnoredBeforeUs) {
  const emulator::test::TemporaryDirectory folder;
  const auto ignored = [&] {
    EXPECT_TRUE(
        run("sed -n 's/^SigIgn:[^0-9a-f]*//p' /proc/$$/status > " + folder.file("out"), ""));
    return std::stoull(text_of(folder.file("out")), nullptr, 16);
  };
  const auto has = [](unsigned long long set, int signal) {
    return (set >> static_cast<unsigned>(signal - 1) & 1U) != 0;
  };
  EXPECT_FALSE(has(ignored(), SIGPIPE));
  EXPECT_FALSE(has(ignored(), SIGINT));
  const auto before = ::signal(SIGINT, SIG_IGN);
  EXPECT_TRUE(has(ignored(), SIGINT));
  ::signal(SIGINT, before);
}

TEST(ShellCommand, TakesMoreThanAPipeHolds) {
  const emulator::test::TemporaryDirectory folder;
  const std::string large(1UL << 20U, 'x');
  EXPECT_TRUE(run("wc -c > " + folder.file("out"), large));
  EXPECT_EQ(text_of(folder.file("out")), "1048576\n");
}

TEST(ShellCommand, DoesNotSeeWhatIsHiddenFromIt) {
  const emulator::test::TemporaryDirectory folder;
  ::setenv("XAI_MANAGEMENT_KEY", "xai-token-canary", 1);
  ::setenv("XAI_MANAGEMENT_API_KEY", "xai-token-canary", 1);
  ::setenv("XAI_TEAM_ID", "the-team", 1);
  EXPECT_TRUE(run("env > " + folder.file("out"), ""));
  for (const auto* name : {"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY", "XAI_TEAM_ID"})
    ::unsetenv(name);
  EXPECT_EQ(text_of(folder.file("out")).find("canary"), std::string::npos);
  EXPECT_NE(text_of(folder.file("out")).find("XAI_TEAM_ID=the-team"), std::string::npos);
}

TEST(ShellCommand, SaysHowItFailed) {
  EXPECT_EQ(run("exit 3", "s").error(), "it ended with code 3");
  EXPECT_EQ(run("kill -9 $$", "s").error(), "it was ended by signal 9");
  EXPECT_EQ(run("no-such-command-here 2>&-", "s").error(), "it ended with code 127");
}

TEST(ShellCommand, MayCloseItsInputEarly) {
  EXPECT_TRUE(run("exec <&-; true", std::string(1UL << 20U, 'x')));
}

TEST(ShellCommand, IsEndedWhenItsTimeIsUp) {
  for (const std::string_view text : {"", "s"}) {
    const ShellCommand command{.words = "exec tail -f /dev/null", .time_max = {}};
    EXPECT_EQ(run_shell_command(command, text).error(), "it did not end within 0 s");
  }
}

TEST(ShellCommand, TakesWhatItBeganWithIt) {
  const emulator::test::TemporaryDirectory folder;
  const std::string pipe = folder.file("held");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const File held{::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
  const std::string words = "exec 3>" + pipe + "; tail -f /dev/null & wait";
  EXPECT_FALSE(run_shell_command({.words = words, .time_max = std::chrono::seconds{1}}, "s"));
  // Hung up once nobody holds the other end any more.
  constexpr int wait_ms_max = 10'000;
  pollfd watched{.fd = held.get(), .events = POLLIN, .revents = 0};
  EXPECT_EQ(::poll(&watched, 1, wait_ms_max), 1);
  EXPECT_EQ(watched.revents, POLLHUP);
}

std::expected<std::string, std::string> output(std::vector<std::string> words,
                                               std::chrono::seconds time_max) {
  return output_of({.words = words, .time_max = time_max});
}

TEST(OutputOf, IsAllThatTheCommandPrints) {
  constexpr std::chrono::seconds minute{60};
  // No shell reads the words.
  EXPECT_EQ(output({"printf", "%s|", "a b", "$HOME", "*"}, minute), "a b|$HOME|*|");
  EXPECT_EQ(output({"sh", "-c", "cat; echo end"}, minute), "end\n");
  EXPECT_EQ(output({"head", "-c", "65535", "/dev/zero"}, minute), std::string(65535, '\0'));
  EXPECT_EQ(output({"head", "-c", "65536", "/dev/zero"}, minute),
            std::unexpected{std::string{"File too large"}});
}

TEST(OutputOf, GivesTheProgramItsInput) {
  constexpr std::chrono::seconds minute{60};
  const std::string much(65'535, 'x');
  for (const std::string& input : {std::string{}, std::string{"a\nb"}, much})
    EXPECT_EQ(
        output_of({.words = std::vector<std::string>{"cat"}, .input = input, .time_max = minute}),
        input);
  EXPECT_EQ(
      output_of({.words = std::vector<std::string>{"true"}, .input = much, .time_max = minute}),
      "");
}

TEST(OutputOf, EndsAProgramThatIsNoLongerWanted) {
  // One that holds its output open, one that does not, and one that will not go.
  for (const char* const words : {"exec tail -f /dev/null", "exec tail -f /dev/null >/dev/null",
                                  "trap '' TERM; exec tail -f /dev/null"}) {
    int asked = 0;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(output_of({.words = std::vector<std::string>{"sh", "-c", words},
                         .time_max = std::chrono::seconds{60},
                         .is_cancelled = [&] { return ++asked > 3; }}),
              std::unexpected{std::string{"Operation canceled"}})
        << words;
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{30});
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << words;
  }
  EXPECT_EQ(output_of({.words = std::vector<std::string>{"printf", "x"},
                       .time_max = std::chrono::seconds{60},
                       .is_cancelled = [] { return false; }}),
            "x");
}

TEST(OutputOf, SaysWhyThereIsNone) {
  constexpr std::chrono::seconds minute{60};
  const auto because = [](const std::string& words) { return std::unexpected{words}; };
  EXPECT_EQ(output({"sh", "-c", "echo half; exit 3"}, minute), because("it ended with code 3"));
  EXPECT_EQ(output({"sh", "-c", "kill -TERM $$"}, minute), because("it was ended by signal 15"));
  EXPECT_EQ(output({"/nowhere/at/all"}, minute), because("No such file or directory"));
  EXPECT_EQ(output({"tail", "-f", "/dev/null"}, std::chrono::seconds{1}),
            because("it did not end within 1 s"));
  EXPECT_EQ(output({"sh", "-c", "exec tail -f /dev/null >/dev/null"}, std::chrono::seconds{1}),
            because("it did not end within 1 s"));
}

}  // namespace
}  // namespace xai::base
