#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>

#include "run_app.h"

namespace xai::cli {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;

std::string content_of(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

/// The secret in a body; empty when there is none.
std::string secret_in(const std::string& body) {
  constexpr std::string_view member = "\"apiKey\":\"";
  const std::size_t place = body.find(member);
  if (place == std::string::npos) return {};
  const std::size_t begin = place + member.size();
  return body.substr(begin, body.find('"', begin) - begin);
}

/// The program in front of a service that repeats each secret wherever there is room.
struct EchoingApp : test::App {
  EchoingApp() {
    transport = [this](const HttpRequest& request) -> Result<HttpResponse> {
      auto answer = service->transport()(request);
      if (!answer) return answer;
      if (const std::string fresh = secret_in(answer->body); !fresh.empty()) minted = fresh;
      if (minted.empty() || !answer->body.starts_with('{')) return answer;
      std::string hidden = minted;
      hidden.insert(7, "\u200b");
      answer->body.insert(1, R"("echo":"see )" + minted + R"(","hidden":")" + hidden + R"(",")" +
                                 minted + R"(":[")" + minted + R"("],)");
      answer->headers.push_back({"x-request-id", "r-" + minted});
      return answer;
    };
  }
  std::string minted{};
};

/// What is left of a secret, should any of it have slipped through.
bool shows(const std::string& text, const std::string& secret) {
  return text.contains(secret.substr(0, 16)) || text.contains(secret.substr(secret.size() - 16));
}

TEST(Minted, IsInNoOutputAndNoTraceWithAFileOrACommand) {
  for (const bool is_terminal : {false, true})
    for (const char* const format : {"text", "json"})
      for (const char* const sink : {"--secret-file", "--secret-command"}) {
        const auto app = std::make_unique<EchoingApp>();
        app->is_terminal = is_terminal;
        const std::string file = app->folder.file("new.key");
        const std::string trace = app->folder.file("trace");
        const std::string target =
            std::string_view{sink} == "--secret-file" ? file : "cat > " + file;
        ASSERT_EQ(app->run({"create-key", "--name", "x", "--all-models", "--all-endpoints", sink,
                            target, "--output", format, "-v", "--trace-file", trace, "--wait=1s"}),
                  11)
            << app->err;
        ASSERT_GE(app->minted.size(), 32U);
        EXPECT_EQ(content_of(file), app->minted);
        EXPECT_FALSE(shows(app->out, app->minted)) << app->out;
        EXPECT_FALSE(shows(app->err, app->minted)) << app->err;
        EXPECT_FALSE(shows(content_of(trace), app->minted)) << content_of(trace);
      }
}

TEST(Minted, IsInTheDataAloneWithoutASink) {
  for (const char* const format : {"text", "json"}) {
    const auto app = std::make_unique<EchoingApp>();
    const std::string trace = app->folder.file("trace");
    ASSERT_EQ(app->run({"create-key", "--name", "x", "--all-models", "--all-endpoints", "--output",
                        format, "-v", "--trace-file", trace}),
              0)
        << app->err;
    EXPECT_TRUE(app->out.contains(app->minted)) << app->out;
    EXPECT_FALSE(shows(app->err, app->minted)) << app->err;
    EXPECT_FALSE(shows(content_of(trace), app->minted)) << content_of(trace);
  }
}

TEST(Minted, GoesToACommandAsTheLineOfAVariable) {
  const auto app = std::make_unique<EchoingApp>();
  const std::string file = app->folder.file("line");
  ASSERT_EQ(app->run({"create-key", "--name", "x", "--all-models", "--all-endpoints",
                      "--secret-env", "A_KEY", "--secret-command", "cat > " + file}),
            0)
      << app->err;
  EXPECT_EQ(content_of(file), "A_KEY=" + app->minted + "\n");
}

TEST(Minted, IsInNoMessageAlsoWhereTheKeyIsNamedAfterIt) {
  const auto app = std::make_unique<EchoingApp>();
  app->transport = [&, next = app->transport](const management::HttpRequest& request) {
    auto answer = next(request);
    const bool is_create = request.method == management::Method::post && answer;
    const std::size_t name = is_create ? answer->body.find("\"name\"") : std::string::npos;
    if (name != std::string::npos)
      answer->body.replace(answer->body.find("\"x\"", name), 3, '"' + app->minted + '"');
    return answer;
  };
  app->run(
      {"create-key", "--name", "x", "--all-models", "--all-endpoints", "--secret-env", "A_KEY"});
  EXPECT_TRUE(app->out.contains("A_KEY=" + app->minted)) << app->out;
  EXPECT_TRUE(app->err.contains("***")) << app->err;
  EXPECT_FALSE(shows(app->err, app->minted)) << app->err;
}

struct Aliases : testing::Test {
  Aliases() {
    const int code = app.run({"create-key", "--name", "x", "--model", "grok-4", "--model", "grok-3",
                              "--endpoint", "chat", "--quiet"});
    EXPECT_EQ(code, 0) << app.err;
  }
  test::App app{};
};

TEST_F(Aliases, AreResolvedInFilters) {
  for (const char* const filter : {"model:grok-4", "model:grok-4-0709", "api-key:model:grok-4"}) {
    ASSERT_EQ(app.run({"list-keys", "--acl", filter, "--output", "csv", "--columns", "name"}), 0);
    EXPECT_EQ(app.out, "name\r\nx\r\n") << filter << app.err;
  }
  // A name that nobody knows is no all-clear.
  ASSERT_EQ(app.run({"list-keys", "--acl", "model:grok-44"}), 0);
  EXPECT_TRUE(app.err.contains("warning: the team has no model 'grok-44'")) << app.err;
  ASSERT_EQ(app.run({"list-keys", "--acl", "model:*"}), 0);
  EXPECT_FALSE(app.err.contains("warning")) << app.err;
}

TEST_F(Aliases, AreResolvedInWhatIsTakenAway) {
  ASSERT_EQ(app.run({"update-key", "x", "--remove-model", "grok-4"}), 0) << app.err;
  ASSERT_EQ(app.run({"list-keys", "--acl", "model:grok-4", "--output", "csv"}), 0);
  EXPECT_EQ(std::ranges::count(app.out, '\n'), 1) << app.out;
  EXPECT_EQ(app.run({"update-key", "x", "--remove-model", "grok-4"}), 5) << app.err;
}

TEST(Notes, NeverStandBeforeARefusalNorAmongWarnings) {
  test::App app;
  const std::vector<std::string> refused{"create-key", "--name",   "x",         "--model", "grok-4",
                                         "--endpoint", "nonsense", "--expires", "90d"};
  ASSERT_EQ(app.run(refused), 5);
  EXPECT_EQ(std::ranges::count(app.err, '\n'), 1) << app.err;
  std::vector<std::string> made = refused;
  made[6] = "chat";
  made.insert(made.end(), {"--output", "json"});
  ASSERT_EQ(app.run(made), 0) << app.err;
  EXPECT_TRUE(app.err.starts_with(R"({"warnings":[],"notes":["'grok-4' is an alias)")) << app.err;
  EXPECT_TRUE(app.err.contains(R"("the key expires )")) << app.err;
}

TEST(Notes, ARefusedListHasNoHeader) {
  for (const char* const command :
       {"list-keys", "list-models", "list-endpoints", "list-invoices", "list-audit-events"})
    for (const char* const format : {"csv", "jsonl", "json", "text"}) {
      if (std::string_view{command} == "list-endpoints" && std::string_view{format} == "jsonl")
        continue;
      test::App app;
      app.transport = [](const HttpRequest&) -> Result<HttpResponse> {
        return HttpResponse{.status = 403, .body = R"({"code":7,"message":"no","details":[]})"};
      };
      const int code = app.run({command, "--output", format});
      EXPECT_TRUE(code == 4 || code == 2) << command << " " << format << app.err;
      EXPECT_EQ(app.out, "") << command << " " << format;
    }
}

TEST(SecretCommand, SeesNoManagementKeyWhicheverVariableHasIt) {
  for (const char* const variable : {"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY"}) {
    test::App app;
    ::setenv(variable, test::key, 1);
    EXPECT_EQ(app.run(test::create_command("x", {"--secret-command", "! env | grep -q canary"})), 0)
        << variable << app.err;
    ::unsetenv(variable);
  }
}

TEST(Times, WhatWasJustDoneDoesNotLieAhead) {
  test::App app;
  app.is_terminal = true;
  app.columns = 200;
  app.create("x", "90d");
  // Their clock is ahead of what is known of it by less than a second.
  ASSERT_EQ(app.run({"get-key", "x", "--no-color"}), 0) << app.err;
  EXPECT_FALSE(app.out.contains("in under a minute")) << app.out;
  EXPECT_TRUE(app.out.contains("in 90 days")) << app.out;
  app.now -= std::chrono::seconds{5};
  for (const char* const command : {"get-key", "list-keys"}) {
    std::vector<std::string> words{command, "--no-color"};
    if (std::string_view{command} == "get-key") words.emplace_back("x");
    ASSERT_EQ(app.run(words), 0) << app.err;
    EXPECT_FALSE(app.out.contains("in under a minute")) << app.out;
  }
}

}  // namespace
}  // namespace xai::cli
