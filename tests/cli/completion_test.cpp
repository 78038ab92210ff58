#include <gtest/gtest.h>

#include <algorithm>

#include "cli/command.h"
#include "cli/help.h"
#include "run_app.h"

namespace xai::cli {
namespace {

using Words = std::vector<std::string>;

struct CompletionTest : testing::Test {
  /// What fits `begun` behind `words`, without the help; the first line, which says what kind it
  /// is, is left in `kind`.
  Words fitting(const std::string& begun, const Words& words, const std::string& shell = "fish") {
    Words arguments{"__complete", shell, begun};
    arguments.insert(arguments.end(), words.begin(), words.end());
    EXPECT_EQ(app.run(arguments), 0);
    EXPECT_EQ(app.err, "");
    Words values;
    for (std::size_t at = 0; at < app.out.size();) {
      const std::size_t end = app.out.find('\n', at);
      const std::string line = app.out.substr(at, end - at);
      values.push_back(line.substr(0, line.find('\t')));
      at = end + 1;
    }
    kind = values.empty() ? "" : values.front();
    if (!values.empty()) values.erase(values.begin());
    return values;
  }

  test::App app{};
  std::string kind{};
};

TEST_F(CompletionTest, OffersEveryCommandAndEveryOptionOfIt) {
  const Words all = fitting("", {});
  ASSERT_EQ(all.size(), commands().size());
  for (const Command& command : commands()) {
    EXPECT_EQ(std::ranges::count(all, command.name), 1) << command.name;
    const std::string help = help_of(command);
    const Words options = fitting("--", {std::string{command.name}});
    EXPECT_TRUE(std::ranges::find(options, "--output") != options.end());
    for (const std::string& option : options) EXPECT_TRUE(help.contains(option)) << option;
  }
  EXPECT_EQ(kind, "words");
}

TEST_F(CompletionTest, KnowsTheCommandBehindGlobalOptions) {
  EXPECT_EQ(fitting("--colum", {"--team-id", "list-models", "--quiet", "list-keys"}),
            Words{"--columns"});
  EXPECT_EQ(fitting("creat", {"--output=json"}), Words{"create-key"});
  EXPECT_EQ(fitting("--outp", {}), Words{"--output"});
}

TEST_F(CompletionTest, OffersTheValuesOfAnOption) {
  const Words formats{"text", "json"};
  EXPECT_EQ(fitting("", {"create-key", "--output"}), formats);
  EXPECT_EQ(fitting("j", {"create-key", "--output"}), Words{"json"});
  EXPECT_EQ(fitting("--output=j", {"create-key"}), Words{"--output=json"});
  EXPECT_EQ(fitting("--nonsense=j", {"create-key"}), Words{});
  EXPECT_EQ(fitting("", {"completion"}), (Words{"bash", "zsh", "fish"}));
  EXPECT_EQ(fitting("vers", {"help"}), Words{"version"});
  // What the option stands for is the user's.
  EXPECT_EQ(fitting("", {"create-key", "--name"}), Words{});
}

TEST_F(CompletionTest, JoinsWhatBashParts) {
  EXPECT_EQ(fitting("j", {"create-key", "--output", "="}, "bash"), Words{"json"});
  EXPECT_EQ(fitting("", {"create-key", "--output", "=", "json", "--output", "="}, "bash").size(),
            2U);
  EXPECT_EQ(fitting("--colum", {"list-keys", "--output", "=", "json"}, "bash"), Words{"--columns"});
}

TEST_F(CompletionTest, LeavesFilesToTheShell) {
  for (const Words& words : {Words{"create-key", "--secret-file"}, {"whoami", "--ca-file"}}) {
    EXPECT_EQ(fitting("", words), Words{});
    EXPECT_EQ(kind, "files");
  }
}

TEST_F(CompletionTest, OffersAnOptionAgainOnlyWhereItRepeats) {
  EXPECT_EQ(fitting("--model", {"create-key", "--model", "grok-4"}).front(), "--model");
  EXPECT_EQ(fitting("--name", {"create-key", "--name", "x"}), Words{});
}

TEST_F(CompletionTest, OffersTheNamesOfKeysOnce) {
  app.create("first app");
  app.create("second");
  EXPECT_EQ(fitting("", {"get-key"}).size(), 2U);
  EXPECT_EQ(kind, "names");
  EXPECT_EQ(fitting("fir", {"get-key"}), Words{"first app"});
  EXPECT_EQ(fitting("\"first\\ a", {"get-key"}), Words{"first app"});
  EXPECT_TRUE(app.out.contains("first app\tactive, ")) << app.out;
  EXPECT_EQ(fitting("", {"delete-key", "second"}), Words{"first app"});
  // A command that takes one key has it.
  EXPECT_EQ(fitting("", {"get-key", "second"}).front(), "--management-key");
}

TEST_F(CompletionTest, OffersNothingThatTheTerminalWouldNotShow) {
  app.create("safe");
  app.create("tab\tname");
  app.create("hidden\u202ename");
  EXPECT_EQ(fitting("", {"get-key"}), Words{"safe"});
}

TEST_F(CompletionTest, AsksNobodyWithoutSettings) {
  app.create("first");
  int requests = 0;
  app.transport = [&](const management::HttpRequest& request) {
    ++requests;
    return app.service->transport()(request);
  };
  EXPECT_EQ(fitting("f", {"get-key", "--management-key-file", "-"}), Words{});
  EXPECT_EQ(fitting("f", {"get-key", "--management-key-file", "nowhere"}), Words{});
  app.environment.erase("XAI_MANAGEMENT_KEY");
  EXPECT_EQ(fitting("f", {"get-key"}), Words{});
  EXPECT_EQ(requests, 0);
}

TEST_F(CompletionTest, OffersProfilesAndTheirSettings) {
  EXPECT_EQ(fitting("", {"list-keys", "--profile"}), Words{});
  app.environment["XDG_CONFIG_HOME"] = app.folder.file("config");
  for (const char* const profile : {"prod", "staging"})
    ASSERT_EQ(app.run({"config", "set", "region", "r", "--profile", profile}), 0) << app.err;
  EXPECT_EQ(fitting("", {"list-keys", "--profile"}), (Words{"prod", "staging"}));
  EXPECT_EQ(fitting("--profile=p", {}), Words{"--profile=prod"});
  EXPECT_EQ(fitting("unse", {"config"}), Words{"unset"});
  EXPECT_EQ(fitting("read", {"config", "set"}), Words{"read_only"});
  EXPECT_EQ(fitting("read", {"config", "set", "read_only"}), Words{});
}

TEST_F(CompletionTest, OffersTheRecordsOfThisMachine) {
  EXPECT_EQ(fitting("", {"recover"}), Words{});
  app.control("faults",
              R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})");
  ASSERT_EQ(app.run(test::create_command("lost")), 8);
  const Words records = fitting("", {"recover"});
  ASSERT_EQ(records.size(), 1U);
  EXPECT_TRUE(app.out.contains("lost")) << app.out;
}

}  // namespace
}  // namespace xai::cli
