#include <gtest/gtest.h>

#include <sstream>

#include "run_app.h"

namespace xai::cli::test {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Outcome;
using management::Result;

std::vector<std::string> column(const std::string& csv, std::size_t index) {
  std::vector<std::string> cells;
  std::istringstream lines{csv};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream parts{line};
    std::string cell;
    for (std::size_t i = 0; i <= index; ++i) std::getline(parts, cell, ',');
    cells.push_back(cell);
  }
  return cells;
}

TEST(App, TellsTheStatesOfKeysApart) {
  App app;
  app.create("far", "31d");
  app.create("near", "29d");
  app.create("gone", "1h");
  app.create("for ever");
  app.pass(std::chrono::hours{2});
  ASSERT_EQ(app.run({"list-keys"}), 0) << app.err;
  const auto state_of = [&](const std::string& name) {
    const std::size_t place = app.out.find("\n" + name + " ");
    std::istringstream rest{app.out.substr(place + name.size() + 2)};
    std::string state;
    rest >> state;
    return state;
  };
  EXPECT_EQ(state_of("far"), "active");
  EXPECT_EQ(state_of("near"), "expiring");
  EXPECT_EQ(state_of("gone"), "expired");
  EXPECT_EQ(state_of("for ever"), "active");
}

TEST(App, ActiveOnlyLeavesOutWhatCannotBeUsed) {
  App app;
  app.create("gone", "1h");
  app.create("here");
  app.pass(std::chrono::hours{2});
  ASSERT_EQ(app.run({"list-keys", "--active-only", "--output", "csv"}), 0);
  EXPECT_EQ(column(app.out, 1), (std::vector<std::string>{"name", "here"}));
}

TEST(App, SortsByExpiryWithTheUnendingLast) {
  App app;
  app.create("b", "20d");
  app.create("never");
  app.create("a", "10d");
  ASSERT_EQ(app.run({"list-keys", "--sort", "expires", "--output", "csv"}), 0);
  EXPECT_EQ(column(app.out, 1), (std::vector<std::string>{"name", "a", "b", "never"}));
}

TEST(App, ShowsPeopleRelativeTimes) {
  App app;
  app.create("one", "12d");
  app.pass(std::chrono::hours{3});
  app.is_terminal = true;
  app.columns = 250;
  ASSERT_EQ(app.run({"list-keys", "--no-color"}), 0);
  EXPECT_NE(app.out.find("3 hours ago"), std::string::npos) << app.out;
  EXPECT_NE(app.out.find("in 11 days"), std::string::npos) << app.out;
}

TEST(App, AFlagBeatsTheEnvironment) {
  App app;
  app.environment["XAI_API_REGION"] = "eu-west-1";
  ASSERT_EQ(app.run({"regions", "--region", "cloud9", "--output", "json"}), 0);
  EXPECT_EQ(app.out.find("eu-west-1"), std::string::npos);
  EXPECT_NE(app.out.find("cloud9"), std::string::npos);
}

TEST(App, GlobalOptionsMayStandBeforeTheCommand) {
  App app;
  ASSERT_EQ(app.run({"--output", "json", "--region", "cloud9", "regions"}), 0) << app.err;
  EXPECT_EQ(app.out.front(), '{');
}

TEST(App, NoColorIsObeyed) {
  App app;
  app.create("one");
  app.is_terminal = true;
  app.environment["NO_COLOR"] = "1";
  ASSERT_EQ(app.run({"list-keys"}), 0);
  EXPECT_EQ(app.out.find('\033'), std::string::npos);
}

/// Passes requests on, but loses the answers that `loses` names.
template <class Loses>
management::Transport losing(management::Transport next, Loses loses, int& sent) {
  return [=, &sent](const HttpRequest& request) -> Result<HttpResponse> {
    auto answer = next(request);
    if (!loses(request)) return answer;
    ++sent;
    return std::unexpected(management::Error{.kind = management::ErrorKind::unavailable,
                                             .outcome = Outcome::unknown,
                                             .message = "the connection was closed"});
  };
}

TEST(App, ALostCreateIsFoundAndNamedAndNotSentAgain) {
  App app;
  app.create("lost");
  int sent = 0;
  app.transport = losing(
      app.service->transport(),
      [](const HttpRequest& request) { return request.method == Method::post; }, sent);
  app.pass(std::chrono::hours{24});
  EXPECT_EQ(app.run({"create-key", "--name", "lost", "--all-models", "--all-endpoints"}), 8);
  EXPECT_EQ(sent, 1);
  EXPECT_NE(app.err.find("the list has a key of that name and time, "), std::string::npos)
      << app.err;
  app.transport = nullptr;
  ASSERT_EQ(app.run({"list-keys", "--output", "csv"}), 0);
  EXPECT_EQ(column(app.out, 1), (std::vector<std::string>{"name", "lost", "lost"}));
}

TEST(App, ALostCreateIsFoundByTheClockOfTheService) {
  App app;
  int sent = 0;
  app.transport = losing(
      app.service->transport(),
      [](const HttpRequest& request) { return request.method == Method::post; }, sent);
  // This machine's clock is days ahead of the service's.
  app.now += std::chrono::hours{72};
  EXPECT_EQ(app.run({"create-key", "--name", "lost", "--all-models", "--all-endpoints"}), 8);
  EXPECT_NE(app.err.find("the list has a key of that name and time, "), std::string::npos)
      << app.err;
}

TEST(App, AnOlderKeyOfTheSameNameIsNotTakenForTheLostOne) {
  App app;
  app.create("same");
  const auto refuse_posts = [&](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.method != Method::post) return app.service->transport()(request);
    return HttpResponse{.status = 503};
  };
  app.transport = refuse_posts;
  app.pass(std::chrono::hours{24});
  EXPECT_EQ(app.run({"create-key", "--name", "same", "--all-models", "--all-endpoints"}), 8);
  EXPECT_NE(app.err.find("no such key"), std::string::npos) << app.err;
}

TEST(App, ALostCreateIsNotGivenUpWhileTheListMayLag) {
  App app;
  app.transport = [&](const HttpRequest& request) -> Result<HttpResponse> {
    if (request.method != Method::post) return app.service->transport()(request);
    return HttpResponse{.status = 503};
  };
  EXPECT_EQ(app.run({"create-key", "--name", "lost", "--all-models", "--all-endpoints"}), 8);
  app.transport = nullptr;
  ASSERT_EQ(app.run({"recover"}), 0);
  EXPECT_NE(app.out.find("look again"), std::string::npos) << app.out;
  EXPECT_EQ(app.out.find("--forget"), std::string::npos) << app.out;
  app.pass(std::chrono::hours{1});
  ASSERT_EQ(app.run({"recover"}), 0);
  EXPECT_NE(app.out.find("--forget"), std::string::npos) << app.out;
}

TEST(App, DeleteAsksAPersonOnce) {
  App app;
  app.create("one");
  app.create("two");
  app.is_terminal = true;
  app.typed = "n";
  EXPECT_EQ(app.run({"delete-key", "one", "two"}), 5);
  EXPECT_NE(app.err.find("Delete these 2 keys for good?"), std::string::npos) << app.err;
  app.typed = "yes";
  EXPECT_EQ(app.run({"delete-key", "one", "two"}), 0) << app.err;
  ASSERT_EQ(app.run({"list-keys", "--output", "csv"}), 0);
  EXPECT_EQ(column(app.out, 1), std::vector<std::string>{"name"});
}

TEST(App, EndOfInputIsNoYes) {
  App app;
  app.create("one");
  app.is_terminal = true;
  EXPECT_EQ(app.run({"delete-key", "one"}), 5);
}

TEST(App, TheTeamIsAskedOfTheKey) {
  App app;
  app.environment.erase("XAI_TEAM_ID");
  app.create("one");
  ASSERT_EQ(app.run({"list-keys", "--output", "csv"}), 0);
  EXPECT_EQ(column(app.out, 12), (std::vector<std::string>{"teamId\r", std::string{team} + "\r"}));
}

TEST(App, SendsOneRequestWhereOneWillDo) {
  App app;
  app.create("one");
  int sent = 0;
  const auto count = [&](std::vector<std::string> arguments) {
    sent = 0;
    app.transport = [&](const HttpRequest& request) {
      ++sent;
      return app.service->transport()(request);
    };
    EXPECT_EQ(app.run(std::move(arguments)), 0) << app.err;
    return sent;
  };
  EXPECT_EQ(count({"list-keys"}), 1);
  EXPECT_EQ(count({"list-models"}), 1);
  EXPECT_EQ(count({"regions"}), 1);
  EXPECT_EQ(count({"whoami"}), 1);
  // Whether the name is new is looked up, and the models are.
  EXPECT_EQ(count({"create-key", "--name", "x", "--all-models", "--all-endpoints"}), 2);
  EXPECT_EQ(count({"create-key", "--name", "x", "--model", "grok-3", "--all-endpoints"}), 3);
  // The record tells the service's time, which is asked where nothing else is.
  EXPECT_EQ(count({"create-key", "--name", "x", "--all-models", "--all-endpoints", "--no-check"}),
            2);
}

TEST(App, TheManagementKeyIsNeverPrinted) {
  App app;
  app.create("one");
  const std::vector<std::vector<std::string>> runs{
      {"whoami", "-v"},
      {"whoami", "-v", "--output", "json"},
      {"list-keys", "-v"},
      {"list-keys", "-v", "--management-key", key},
      {"create-key", "--name", "x", "--all-models", "--dry-run", "-v"},
      {"delete-key", "one", "--dry-run", "-v", "--output", "json"},
      {"list-keys", "--base-url", "ftp://x", "-v"},
      {"get-key", "nothing", "-v"}};
  for (const auto& words : runs) {
    app.run(words);
    EXPECT_EQ((app.out + app.err).find("canary"), std::string::npos) << app.out << app.err;
  }
}

}  // namespace
}  // namespace xai::cli::test
