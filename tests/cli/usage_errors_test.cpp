#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string_view>

#include "base/words.h"
#include "run_app.h"

// What is wrong with the words of a command line is told before anything happens, and in full.
namespace xai::cli {
namespace {

using test::create_command;
using Words = std::vector<std::string>;

struct UsageErrors : testing::Test {
  UsageErrors() {
    app.transport = [this](const management::HttpRequest& request)
        -> management::Result<management::HttpResponse> {
      ++requests;
      return app.service->transport()(request);
    };
  }
  /// That the words are refused with a message of three parts that holds `told`, and nothing else.
  void expect_refusal(const Words& words, std::string_view told) {
    const std::string line = base::listed(words);
    EXPECT_EQ(app.run(words), 2) << line << app.err;
    EXPECT_EQ(requests, 0) << line;
    EXPECT_EQ(app.out, "") << line;
    EXPECT_TRUE(app.err.contains(told)) << line << app.err;
    const bool is_json = app.err.starts_with('{');
    const std::string_view consequence =
        is_json ? R"("outcome":"not_sent","next":")" : "; nothing was sent; ";
    const std::size_t place = app.err.find(consequence);
    ASSERT_NE(place, std::string::npos) << line << app.err;
    const std::string next = app.err.substr(place + consequence.size());
    EXPECT_FALSE(next.starts_with(is_json ? "\"" : "\n")) << line << app.err;
    EXPECT_EQ(app.err.find('\n'), app.err.size() - 1) << line << app.err;
    requests = 0;
  }

  test::App app{};
  int requests{};
};

const std::vector<Words> deliveries{
    {"--wait=soon"},
    {"--wait=5"},
    {"--secret-env", "A-B"},
    {"--secret-env", "A", "--output", "json"},
    {"--force"},
    {"--secret-file", "a", "--secret-command", "cat"},
};

TEST_F(UsageErrors, OfADeliveryComeBeforeEveryRequest) {
  for (const Words& more : deliveries) {
    expect_refusal(create_command("x", more), more.front().substr(0, 6));
    for (Words words : {Words{"rotate-key", "a name"}, Words{"recover"},
                        Words{"recover", "--rotate"}, Words{"recover", "--deliver"}}) {
      words.insert(words.end(), more.begin(), more.end());
      expect_refusal(words, more.front().substr(0, 6));
    }
  }
}

TEST_F(UsageErrors, OfAValueComeBeforeEveryRequest) {
  for (const auto* const when : {"soon", "2027-02-30", "-5d", "2020-01-01"}) {
    expect_refusal({"update-key", "a name", "--expires", when}, "--expires");
    expect_refusal(create_command("x", {"--expires", when}), "--expires");
  }
  expect_refusal({"check-key", "a name", "--wait=soon"}, "--wait");
  expect_refusal({"list-keys", "--acl", "grok-4"}, "--acl");
  expect_refusal({"list-keys", "--acl", "model:grok-4", "--acl", "chat"}, "--acl");
  expect_refusal({"list-keys", "--columns", "colour"}, "--columns");
  expect_refusal({"list-keys", "--timeout", "soon"}, "--timeout");
  expect_refusal({"list-audit-events", "--interval", "often"}, "--interval");
  expect_refusal({"list-audit-events", "--since", "soon"}, "--since");
  expect_refusal({"list-audit-events", "--follow", "--until", "2027-01-01"}, "--until");
  expect_refusal({"list-invoices", "--since", "May"}, "--since");
  expect_refusal({"balance", "--fail-below", "little"}, "--fail-below");
  expect_refusal({"usage", "--last", "long"}, "--last");
  expect_refusal({"usage", "--from", "2027-01-02", "--to", "2027-01-01"}, "ends before it begins");
  expect_refusal({"usage", "--zone", "Mars/Base"}, "--zone");
}

TEST_F(UsageErrors, WithoutAdviceOfTheirOwnPointToTheHelpOfTheCommand) {
  for (const auto& [words, name] : {std::pair{Words{"list-keys", "--timeout", "soon"}, "list-keys"},
                                    {Words{"rotate-key", "a name", "--wait=soon"}, "rotate-key"},
                                    {Words{"recover", "--forget", "--delete"}, "recover"}}) {
    expect_refusal(words, "see `manage_xai " + std::string{name} + " --help`\n");
  }
  expect_refusal({"rotate-key", "a name", "--wait=5"}, "did you mean 5s?\n");
}

TEST_F(UsageErrors, ComeBeforeTheHelpOfOtherCommands) {
  EXPECT_EQ(app.run({"help", "create-key", "eol"}), 2);
  EXPECT_EQ(app.out, "");
  EXPECT_EQ(app.err, "manage_xai: there is no command 'eol'; see `manage_xai help`\n");
}

TEST_F(UsageErrors, OfASecretToTryComeBeforeEveryRequest) {
  for (const char* const text : {"", "\n", " \t\r\n", "'xai-x'", "APP_KEY=xai-x", "xai x"}) {
    app.typed = text;
    expect_refusal({"check-key", "a name", "--secret-from", "-"}, "the secret from --secret-from");
    const std::string file = app.folder.file("secret");
    std::ofstream{file} << text;
    std::filesystem::permissions(file, std::filesystem::perms{0600});
    expect_refusal({"check-key", "a name", "--secret-from", file}, "the secret from --secret-from");
  }
  app.typed.reset();
  expect_refusal({"check-key", "a name", "--secret-from", "-"}, "is empty");
}

}  // namespace
}  // namespace xai::cli
