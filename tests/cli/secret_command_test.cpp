#include "cli/secret_command.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>

#include <fstream>
#include <iterator>

#include "emulator/temporary_directory.h"

namespace xai::cli {
namespace {

/// As main has it.
const auto sigpipe_before = ::signal(SIGPIPE, SIG_IGN);

std::string text_of(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

TEST(SecretCommand, TakesTheSecretOnItsStandardInput) {
  const emulator::test::TemporaryDirectory folder;
  EXPECT_TRUE(run_secret_command("cat > " + folder.file("out"), "xai-secret"));
  EXPECT_EQ(text_of(folder.file("out")), "xai-secret");
}

TEST(SecretCommand, TakesMoreThanAPipeHolds) {
  const emulator::test::TemporaryDirectory folder;
  const std::string large(1UL << 20U, 'x');
  EXPECT_TRUE(run_secret_command("wc -c > " + folder.file("out"), large));
  EXPECT_EQ(text_of(folder.file("out")), "1048576\n");
}

TEST(SecretCommand, DoesNotSeeTheManagementKey) {
  const emulator::test::TemporaryDirectory folder;
  ::setenv("XAI_MANAGEMENT_KEY", "xai-token-canary", 1);
  ::setenv("XAI_MANAGEMENT_API_KEY", "xai-token-canary", 1);
  ::setenv("XAI_TEAM_ID", "the-team", 1);
  EXPECT_TRUE(run_secret_command("env > " + folder.file("out"), ""));
  for (const auto* name : {"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY", "XAI_TEAM_ID"})
    ::unsetenv(name);
  EXPECT_EQ(text_of(folder.file("out")).find("canary"), std::string::npos);
  EXPECT_NE(text_of(folder.file("out")).find("XAI_TEAM_ID=the-team"), std::string::npos);
}

TEST(SecretCommand, SaysHowItFailed) {
  EXPECT_EQ(run_secret_command("exit 3", "s").error(), "it ended with code 3");
  EXPECT_EQ(run_secret_command("kill -9 $$", "s").error(), "it was ended by signal 9");
  EXPECT_EQ(run_secret_command("no-such-command-here 2>&-", "s").error(), "it ended with code 127");
}

TEST(SecretCommand, MayCloseItsInputEarly) {
  EXPECT_TRUE(run_secret_command("exec <&-; true", std::string(1UL << 20U, 'x')));
}

}  // namespace
}  // namespace xai::cli
