#include "cli/advice.h"

#include <gtest/gtest.h>

#include "cli/exit_code.h"
#include "profile_stage.h"

namespace xai::cli {
namespace {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;

template <class Enumerator>
std::vector<Enumerator> all_up_to(Enumerator last) {
  std::vector<Enumerator> all;
  for (int i = 0; i <= static_cast<int>(last); ++i) all.push_back(static_cast<Enumerator>(i));
  return all;
}

TEST(Advice, IsGivenForEveryFailure) {
  for (const ErrorKind kind : all_up_to(ErrorKind::malformed_response))
    for (const Outcome outcome : all_up_to(Outcome::unknown))
      for (const Reason reason : all_up_to(Reason::empty_window)) {
        const Error error{.kind = kind, .outcome = outcome, .reason = reason, .message = "x"};
        const std::string next = next_of(error);
        // Who reads the arguments points to the command's help.
        if (exit_code_of(error) == ExitCode::usage) continue;
        EXPECT_FALSE(next.empty())
            << name_of(kind) << " " << name_of(outcome) << " " << static_cast<int>(reason);
        const bool must_name_command =
            exit_code_of(error) == ExitCode::outcome_unknown && reason == Reason::none;
        EXPECT_TRUE(!must_name_command || next.contains("manage_xai ")) << name_of(kind);
      }
}

TEST(Advice, IsTheErrorsOwnWhereThereIsOne) {
  EXPECT_EQ(next_of({.message = "x", .next = "do that"}), "do that");
  EXPECT_EQ(next_of({.kind = ErrorKind::unavailable,
                     .outcome = Outcome::unanswered,
                     .retry_after = std::chrono::seconds{7}}),
            "try again in 7 seconds");
}

/// Where a wrong team id came from.
struct TeamTest : test::ProfileTest {
  static constexpr auto elsewhere = "00000000-0000-4000-8000-000000000000";
};

TEST_F(TeamTest, OfAnotherFormIsSentNowhere) {
  int sent = 0;
  app.transport = [&](const management::HttpRequest& request) {
    ++sent;
    return app.service->transport()(request);
  };
  for (const std::string& team :
       {std::string{"default"}, std::string{"x"}, std::string{elsewhere} + "0",
        std::string{elsewhere}.substr(1), "{" + std::string{elsewhere} + "}"}) {
    app.environment["XAI_TEAM_ID"] = team;
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"list-keys"},
          {"create-key", "--name", "x", "--all-models", "--all-endpoints"},
          {"rotate-key", elsewhere},
          {"update-key", elsewhere, "--qps", "1"},
          {"delete-key", elsewhere},
          {"check-key", elsewhere},
          {"list-models"},
          {"regions"},
          {"list-endpoints"},
          {"balance"},
          {"usage"},
          {"list-invoices"},
          {"list-audit-events"}}) {
      EXPECT_EQ(app.run(words), 2) << words.front() << app.err;
      EXPECT_TRUE(app.err.contains("from XAI_TEAM_ID is not a UUID")) << app.err;
    }
    EXPECT_EQ(app.run({"list-keys", "--team-id", team}), 2) << app.err;
    EXPECT_TRUE(app.err.contains("from --team-id is not a UUID")) << app.err;
  }
  EXPECT_EQ(sent, 0);
}

TEST_F(TeamTest, OfAnotherIsNamedWithItsSource) {
  EXPECT_EQ(app.run({"list-keys", "--team-id", elsewhere}), 3) << app.err;
  EXPECT_TRUE(app.err.contains("the team from --team-id")) << app.err;
  app.environment["XAI_TEAM_ID"] = elsewhere;
  EXPECT_EQ(app.run({"list-keys"}), 3) << app.err;
  EXPECT_TRUE(app.err.contains("the team from XAI_TEAM_ID")) << app.err;
  app.environment.erase("XAI_TEAM_ID");
  const auto set = [&](const std::string& team) {
    write("[profiles.p]\nteam_id = \"" + team + "\"\n");
  };
  set(elsewhere);
  EXPECT_EQ(app.run({"list-keys", "--profile", "p"}), 3) << app.err;
  EXPECT_TRUE(app.err.contains("the team from the profile 'p'")) << app.err;
  set("default");
  EXPECT_EQ(app.run({"list-keys", "--profile", "p"}), 2) << app.err;
  EXPECT_TRUE(app.err.contains("'default' from the profile 'p' is not a UUID")) << app.err;
}

}  // namespace
}  // namespace xai::cli
