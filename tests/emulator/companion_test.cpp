#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "emulator/child.h"

namespace xai::emulator::test {
namespace {

using Words = std::vector<std::string>;

/// `xai_emulator run` with a command of the shell.
Words beside(const std::string& script, const Words& options = {}) {
  Words words{XAI_EMULATOR, "run"};
  words.insert(words.end(), options.begin(), options.end());
  words.insert(words.end(), {"--", "sh", "-c", script});
  return words;
}

struct Ended {
  int code;
  std::string out;
  std::string err;
};

Ended run(const Words& words) {
  Child child{words};
  std::string out = child.read_stdout();
  std::string err = child.read_stderr();
  return {.code = child.wait(), .out = std::move(out), .err = std::move(err)};
}

TEST(Companion, IsShownByTheHelp) {
  const Ended help = run({XAI_EMULATOR, "--help"});
  const std::string begin = "  xai_emulator run ";
  const std::size_t at = help.out.rfind(begin);
  ASSERT_NE(at, std::string::npos);
  std::string line = help.out.substr(at, help.out.find('\n', at) - at);
  line.replace(0, begin.size(), XAI_EMULATOR " run ");
  line.replace(line.find("manage_xai list-keys"), std::string{"manage_xai list-keys"}.size(),
               "echo $XAI_MANAGEMENT_BASE_URL");
  const Ended ended = run({"/bin/sh", "-c", line});
  EXPECT_EQ(ended.code, 0) << line << ended.err;
  EXPECT_TRUE(ended.out.starts_with("http://127.0.0.1:")) << ended.out;
}

TEST(Companion, EndsWithTheExitCodeOfItsCommand) {
  for (const int code : {0, 1, 7, 126, 255})
    EXPECT_EQ(run(beside("exit " + std::to_string(code))).code, code);
  EXPECT_EQ(run(beside("kill -KILL $$")).code, 128 + SIGKILL);
}

TEST(Companion, SaysWhyItsCommandCannotBeRun) {
  const Ended missing = run({XAI_EMULATOR, "run", "--", "no-such-command"});
  EXPECT_EQ(missing.code, 127);
  EXPECT_EQ(missing.err, "xai_emulator: cannot run no-such-command: No such file or directory\n");
  const Ended folder = run({XAI_EMULATOR, "run", "--", "/"});
  EXPECT_EQ(folder.code, 126);
  EXPECT_EQ(folder.err, "xai_emulator: cannot run /: Permission denied\n");
  for (const Words& words : {Words{XAI_EMULATOR, "run"},
                             {XAI_EMULATOR, "run", "--"},
                             {XAI_EMULATOR, "run", "true"},
                             {XAI_EMULATOR, "run", "--nulls"}}) {
    const Ended ended = run(words);
    EXPECT_EQ(ended.code, 2);
    EXPECT_EQ(ended.err, "xai_emulator: run needs a command, after -- (see xai_emulator --help)\n");
  }
  EXPECT_TRUE(run({XAI_EMULATOR, "run", "--null", "--", "true"}).err.contains("mean --nulls?"));
}

TEST(Companion, SharesItsStreamsAndPrintsNothing) {
  const Ended ended = run(beside("echo out; echo err >&2"));
  EXPECT_EQ(ended.out, "out\n");
  EXPECT_EQ(ended.err, "err\n");
  const Ended piped = run({"/bin/sh", "-c", "echo in | " XAI_EMULATOR " run -- cat"});
  EXPECT_EQ(piped.out, "in\n");
}

TEST(Companion, LeadsItsCommandToTheEmulatorAndNowhereElse) {
  for (const char* const name : {"XAI_PROFILE", "XAI_API_REGION", "XAI_MANAGEMENT_API_KEY",
                                 "GROK_DEPLOYMENT_KEY", "http_proxy", "HTTPS_PROXY", "No_Proxy"})
    ::setenv(name, "from-outside", 1);
  ::setenv("XDG_STATE_HOME", "/from-outside", 1);
  ::setenv("UNRELATED", "kept", 1);
  const Ended ended = run(beside("env", {"--team-id", "11111111-2222-4333-8444-555555555555"}));
  EXPECT_EQ(ended.code, 0);
  EXPECT_FALSE(ended.out.contains("from-outside")) << ended.out;
  EXPECT_TRUE(ended.out.contains("UNRELATED=kept\n"));
  EXPECT_TRUE(ended.out.contains("XAI_TEAM_ID=11111111-2222-4333-8444-555555555555\n"));
  std::istringstream lines{ended.out};
  Words settings;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("XAI_")) settings.push_back(line.substr(0, line.find('=')));
  EXPECT_EQ(settings.size(), 4U) << ended.out;
  const Ended asked =
      run(beside("curl -s \"$XAI_MANAGEMENT_BASE_URL/auth/management-keys/validation\" "
                 "-H \"Authorization: Bearer $XAI_MANAGEMENT_KEY\""));
  EXPECT_TRUE(asked.out.contains("\"teamId\"")) << asked.out << asked.err;
}

TEST(Companion, TakesItsFolderAway) {
  const Ended ended =
      run(beside("mkdir -p \"$XDG_STATE_HOME/a\" \"$XDG_CONFIG_HOME\" && printf "
                 "\"$XDG_STATE_HOME\" && stat -c ' %a' \"$XDG_STATE_HOME/..\""));
  EXPECT_EQ(ended.code, 0) << ended.err;
  EXPECT_TRUE(ended.out.ends_with(" 700\n")) << ended.out;
  const std::filesystem::path state{ended.out.substr(0, ended.out.find(' '))};
  EXPECT_EQ(state.filename(), "state");
  EXPECT_FALSE(std::filesystem::exists(state.parent_path()));
}

TEST(Companion, PassesSignalsOn) {
  for (const auto& [signal, name] : {std::pair{SIGTERM, "TERM"},
                                     {SIGINT, "INT"},
                                     {SIGHUP, "HUP"},
                                     {SIGQUIT, "QUIT"},
                                     {SIGUSR1, "USR1"},
                                     {SIGUSR2, "USR2"}}) {
    Child child{beside("tail -f /dev/null & trap 'kill $!; echo got; exit 3' " + std::string{name} +
                       "; echo ready; wait")};
    ASSERT_EQ(child.read_line(), "ready");
    child.send_signal(signal);
    EXPECT_EQ(child.read_line(), "got") << name;
    EXPECT_EQ(child.wait(), 3) << name;
  }
}

TEST(Companion, EndsOfASignalThatItsCommandDiesOf) {
  Child child{beside("echo ready; exec tail -f /dev/null")};
  ASSERT_EQ(child.read_line(), "ready");
  child.send_signal(SIGTERM);
  EXPECT_EQ(child.wait(), 128 + SIGTERM);
}

TEST(Companion, WaitsAlsoWhereItsParentIgnoredTheEndsOfChildren) {
  ::signal(SIGCHLD, SIG_IGN);
  Child child{beside("exit 7")};
  ::signal(SIGCHLD, SIG_DFL);
  EXPECT_EQ(child.wait(), 7);
}

}  // namespace
}  // namespace xai::emulator::test
