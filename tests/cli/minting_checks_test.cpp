#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "cli/sinks.h"
#include "run_app.h"

// What create-key and rotate-key look at before anything is minted.
namespace xai::cli {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Result;

using test::create_command;
using Line = std::vector<std::string>;

Line line_of(Line words, const Line& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// The program, with all requests counted that were sent.
struct CountingApp : test::App {
  CountingApp() {
    transport = [this](const HttpRequest& request) -> Result<HttpResponse> {
      if (request.method != Method::get) ++writes;
      if (request.method == Method::get && is_list(request)) ++lists;
      if (request.method == Method::get && is_list(request) && are_lists_refused)
        return HttpResponse{.status = 403, .body = R"({"code":7,"message":"no"})"};
      if (request.method == Method::get && is_list(request) && are_lists_endless)
        return HttpResponse{
            .status = 200,
            .body = R"({"apiKeys":[],"paginationToken":"page )" + std::to_string(lists) + R"("})"};
      return service->transport()(request);
    };
  }
  static bool is_list(const HttpRequest& request) {
    return request.target.contains("/api-keys") && !request.target.contains("/propagation");
  }
  /// The files of all records.
  std::vector<std::string> records() {
    std::vector<std::string> names;
    std::error_code error;
    const std::filesystem::path folder_of_records{environment["XDG_STATE_HOME"] +
                                                  "/xai-management/pending"};
    for (const auto& entry : std::filesystem::directory_iterator{folder_of_records, error})
      names.push_back(entry.path());
    std::ranges::sort(names);
    return names;
  }
  /// A create whose answer is lost behind the change.
  void lose(const std::string& name) {
    control("faults", R"({"method":"POST","path":"/auth/teams/*/api-keys","reset":true,)"
                      R"("when":"after"})");
    EXPECT_EQ(run(create_command(name)), 8) << err;
  }

  int writes{};
  int lists{};
  bool are_lists_refused{};
  bool are_lists_endless{};
};

TEST(Namesakes, AreWarnedAboutWithTheirIds) {
  CountingApp app;
  ASSERT_EQ(app.run(create_command("twin")), 0) << app.err;
  EXPECT_FALSE(app.err.contains("already has")) << app.err;
  for (const auto* const run : {"--dry-run", ""}) {
    ASSERT_EQ(app.run(create_command("twin", *run == 0 ? Line{} : Line{run})), 0) << app.err;
    EXPECT_TRUE(app.err.contains("warning: the team already has a key named 'twin' (")) << app.err;
  }
  ASSERT_EQ(app.run(create_command("twin")), 0);
  EXPECT_TRUE(app.err.contains("already has 2 keys named 'twin' (")) << app.err;
  ASSERT_EQ(app.run(create_command("twin", {"--output", "json"})), 0);
  EXPECT_TRUE(app.err.contains(R"("warnings":["the team already has 3 keys)")) << app.err;
  ASSERT_EQ(app.run(create_command("Twin")), 0);
  EXPECT_FALSE(app.err.contains("already has")) << app.err;
}

TEST(Namesakes, AreLookedForOnThreePagesAtMost) {
  CountingApp app;
  app.are_lists_endless = true;
  ASSERT_EQ(app.run(create_command("last")), 0) << app.err;
  EXPECT_EQ(app.lists, 3);
}

TEST(Namesakes, AreNotLookedForWithoutChecks) {
  CountingApp app;
  app.create("twin");
  app.lists = 0;
  ASSERT_EQ(app.run(create_command("twin", {"--no-check"})), 0);
  EXPECT_EQ(app.lists, 0);
  EXPECT_FALSE(app.err.contains("already has")) << app.err;
}

TEST(Namesakes, AreNotSpokenOfWhereTheListMayNotBeRead) {
  CountingApp app;
  app.create("twin");
  app.are_lists_refused = true;
  ASSERT_EQ(app.run(create_command("twin")), 0) << app.err;
  EXPECT_FALSE(app.err.contains("warning")) << app.err;
}

TEST(DryRun, OfACreateRefusesWhatTheCreateWouldRefuse) {
  struct RefusedLine {
    Line words;
    int code;
  };
  CountingApp app;
  const std::string file = app.folder.file("taken.key");
  std::ofstream{file} << "here";
  for (const auto& [words, code] : {
           RefusedLine{{"--secret-file", file}, 12},
           RefusedLine{{"--secret-file", app.folder.file("nowhere/new.key")}, 12},
           RefusedLine{{"--secret-file", file, "--secret-command", "cat"}, 2},
           RefusedLine{{"--force"}, 2},
           RefusedLine{{"--secret-env", "1A"}, 2},
           RefusedLine{{"--wait=soon"}, 2},
           RefusedLine{{"--region", "mars"}, 5},
           RefusedLine{{"--wait", "--no-check", "--region", "mars"}, 5},
       }) {
    EXPECT_EQ(app.run(create_command("x", words)), code) << app.err;
    const std::string refusal = app.err;
    EXPECT_EQ(app.run(create_command("x", line_of(words, {"--dry-run"}))), code) << words.front();
    EXPECT_EQ(app.err, refusal);
    EXPECT_EQ(app.out, "");
  }
  EXPECT_EQ(app.writes, 0);
  EXPECT_EQ(app.run(create_command("x", {"--secret-file", file, "--force", "--dry-run"})), 0);
  const std::string fresh = app.folder.file("new.key");
  EXPECT_EQ(app.run(create_command("x", {"--secret-file", fresh, "--dry-run"})), 0) << app.err;
  EXPECT_FALSE(std::filesystem::exists(fresh));
  EXPECT_TRUE(app.records().empty());
}

TEST(DryRun, OfACreateRefusesBehindAnUnfinishedOneOfThatName) {
  CountingApp app;
  app.lose("x");
  const auto records = app.records();
  const int writes = app.writes;
  ASSERT_EQ(app.run(create_command("x")), 8);
  const std::string refusal = app.err;
  EXPECT_EQ(app.run(create_command("x", {"--dry-run"})), 8) << app.err;
  EXPECT_EQ(app.err, refusal);
  EXPECT_EQ(app.out, "");
  EXPECT_EQ(app.run(create_command("other", {"--dry-run"})), 0) << app.err;
  EXPECT_EQ(app.writes, writes);
  EXPECT_EQ(app.records(), records);
}

TEST(DryRun, OfACreateRefusesBehindASecretThatWasNotDelivered) {
  CountingApp app;
  ASSERT_EQ(app.run(create_command("x", {"--secret-command", "cat > /dev/null; exit 1"})), 9)
      << app.err;
  EXPECT_EQ(app.run(create_command("x", {"--dry-run"})), 9) << app.err;
  EXPECT_TRUE(app.err.contains("--deliver")) << app.err;
  EXPECT_EQ(app.writes, 1);
}

TEST(DryRun, SettlesNoRecord) {
  CountingApp app;
  app.control("faults", R"({"method":"POST","path":"/auth/teams/*/api-keys","reset":true,)"
                        R"("when":"before"})");
  ASSERT_EQ(app.run(create_command("x")), 8) << app.err;
  const auto records = app.records();
  EXPECT_EQ(app.run(create_command("x", {"--dry-run"})), 8) << app.err;
  EXPECT_EQ(app.run(create_command("x", {"--dry-run", "--again"})), 0) << app.err;
  app.pass(std::chrono::hours{1});
  EXPECT_EQ(app.run(create_command("x", {"--dry-run"})), 0) << app.err;
  EXPECT_EQ(app.records(), records);
  EXPECT_EQ(app.run(create_command("x")), 0) << app.err;
  EXPECT_NE(app.records(), records);
}

TEST(DryRun, NeedsNoStateFolder) {
  CountingApp app;
  app.create("old");
  const int writes = app.writes;
  const std::string no_folder = app.folder.file("a file");
  std::ofstream{no_folder} << "none";
  for (const std::string& state : {std::string{}, no_folder, std::string{"/proc/self"}}) {
    app.environment["XDG_STATE_HOME"] = state;
    for (const Line& command :
         {create_command("x"), Line{"rotate-key", "old"}, Line{"update-key", "old", "--disable"},
          Line{"delete-key", "old"}}) {
      EXPECT_EQ(app.run(line_of(command, {"--dry-run"})), 0) << command.front() << app.err;
      EXPECT_TRUE(app.out.contains("/auth/")) << app.out;
    }
    EXPECT_EQ(app.run(create_command("x")), 12) << state << app.err;
    EXPECT_EQ(app.run({"rotate-key", "old"}), 12) << state << app.err;
  }
  EXPECT_EQ(app.writes, writes);
}

TEST(Rotation, IsRefusedWhereItCouldNotBeWaitedFor) {
  CountingApp app;
  app.create("x");
  const int writes = app.writes;
  for (const auto* const dry : {"", "--dry-run"}) {
    Line words{"rotate-key", "x", "--wait", "--region", "mars"};
    if (*dry != 0) words.emplace_back(dry);
    EXPECT_EQ(app.run(words), 5) << app.err;
    EXPECT_TRUE(app.err.contains("'mars'") && app.err.contains("us-east-1")) << app.err;
    EXPECT_TRUE(app.err.contains("nothing was changed")) << app.err;
  }
  EXPECT_EQ(app.writes, writes);
  EXPECT_TRUE(app.records().empty());
  EXPECT_EQ(app.run({"rotate-key", "x", "--region", "mars"}), 0) << app.err;
}

TEST(Rotation, OfALostKeyIsRefusedWhereItCouldNotBeWaitedFor) {
  CountingApp app;
  app.lose("x");
  const auto records = app.records();
  EXPECT_EQ(app.run({"recover", "--rotate", "--wait", "--region", "mars"}), 5) << app.err;
  EXPECT_TRUE(app.err.contains("us-east-1")) << app.err;
  EXPECT_EQ(app.records(), records);
  EXPECT_EQ(app.writes, 1);
}

TEST(Recover, TellsInJsonWhyARecordCannotBeRead) {
  CountingApp app;
  app.lose("x");
  const std::string folder =
      std::filesystem::path{app.records().front()}.parent_path().string() + "/";
  std::ofstream{folder + "abcdefgh.jsonl"} << "no record\n";
  ::chmod((folder + "abcdefgh.jsonl").c_str(), 0600);
  EXPECT_EQ(app.run({"recover", "--output", "json"}), 12) << app.err;
  const std::size_t place = app.out.find("abcdefgh.jsonl");
  ASSERT_NE(place, std::string::npos) << app.out;
  const std::size_t end = app.out.find('}', place);
  const std::string entry = app.out.substr(place, end - place);
  EXPECT_TRUE(entry.contains(R"("state": "unreadable")")) << entry;
  EXPECT_TRUE(entry.contains(R"("reason": ")")) << entry;
  // What nobody can look at now says so, too.
  app.are_lists_refused = true;
  EXPECT_EQ(app.run({"recover", "--output", "json"}), 12);
  EXPECT_EQ(app.out.find(R"("reason": ")") == app.out.rfind(R"("reason": ")"), false) << app.out;
}

TEST(SinkOptions, NameTheVeryFileOrNone) {
  const auto options_of = [](const std::string& file) { return SinkInput{.file = file}.options(); };
  EXPECT_EQ(options_of("a b.key"), " --secret-file 'a b.key'");
  for (const std::string& file : {std::string(300, 'k'), std::string{"a\nb"}, std::string{"it's"}})
    EXPECT_EQ(options_of(file), " --secret-file FILE") << file;
}

}  // namespace
}  // namespace xai::cli
