#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "run_app.h"

namespace xai::cli {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Result;

using test::create_command;

struct RecoverTest : testing::Test {
  /// Leaves a create whose answer was lost after its key was made.
  void lose_a_create(const std::string& name) {
    app.control("faults",
                R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})");
    ASSERT_EQ(app.run(create_command(name)), 8);
  }
  [[nodiscard]] std::vector<std::string> records() const {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator{app.folder.file("state") + "/xai-management/pending"})
      names.push_back(entry.path().stem());
    return names;
  }
  std::string id_of(const std::string& name) {
    EXPECT_EQ(app.run({"list-keys", "--name", name, "--output", "csv", "--columns", "apiKeyId"}), 0)
        << app.err;
    const std::size_t begin = app.out.find('\n') + 1;
    return app.out.substr(begin, app.out.find('\r', begin) - begin);
  }

  test::App app{};
};

TEST_F(RecoverTest, ChoosesNoRecordOfSeveral) {
  lose_a_create("first");
  lose_a_create("second");
  for (const char* const action : {"--forget", "--rotate", "--delete", "--deliver"}) {
    EXPECT_EQ(app.run({"recover", action}), 2) << action << app.err;
    EXPECT_TRUE(app.err.contains("several operations are unfinished")) << app.err;
    EXPECT_EQ(records().size(), 2U) << action;
  }
  const std::string second = records().back();
  ASSERT_EQ(app.run({"recover", second, "--forget"}), 0) << app.err;
  ASSERT_EQ(records().size(), 1U);
  EXPECT_NE(records().front(), second);
}

TEST_F(RecoverTest, DeletesNoKeyThatHasNothingToDoWithIt) {
  app.create("bystander");
  const std::string bystander = id_of("bystander");
  lose_a_create("lost");
  ASSERT_EQ(bystander.size(), 36U) << bystander;
  for (const char* const action : {"--delete", "--rotate"}) {
    EXPECT_EQ(app.run({"recover", action, "--key", bystander}), 5) << app.err;
    EXPECT_TRUE(app.err.contains("is none of the keys that may have been made")) << app.err;
    EXPECT_EQ(records().size(), 1U) << action;
    EXPECT_EQ(id_of("bystander"), bystander);
  }
  EXPECT_EQ(app.run({"recover", "--delete", "--key", id_of("lost")}), 0) << app.err;
  EXPECT_TRUE(records().empty());
}

TEST_F(RecoverTest, KeepsTheRecordOfARefusedRotation) {
  lose_a_create("lost");
  for (const int status : {400, 403, 404, 409}) {
    app.control("faults", R"({"method":"POST","path":"/auth/api-keys/*/rotate","status":)" +
                              std::to_string(status) + "}");
    EXPECT_NE(app.run({"recover", "--rotate"}), 0);
    EXPECT_EQ(records().size(), 1U) << status << app.err;
  }
  // Refused by ours, before anything is sent.
  EXPECT_NE(app.run({"recover", "--rotate", "--overlap", "nonsense"}), 0);
  EXPECT_NE(app.run({"recover", "--rotate", "--key", "fe15b799-32e1-4d02-9e65-80236f9995f7"}), 0);
  EXPECT_NE(app.run({"recover", "--rotate", "--secret-env", "2BAD"}), 0);
  EXPECT_EQ(records().size(), 1U);
  EXPECT_EQ(app.run({"recover", "--rotate"}), 0) << app.err;
  EXPECT_TRUE(records().empty());
}

TEST_F(RecoverTest, LeavesOneCopyOfADeliveredSecret) {
  ASSERT_EQ(app.run(create_command("x", {"--secret-command", "cat > /dev/null; exit 1"})), 9);
  const std::string folder = app.folder.file("out");
  std::filesystem::create_directory(folder);
  ASSERT_EQ(
      app.run({"recover", "--deliver", "--secret-file", folder + "/x.key", "--output", "json"}), 0)
      << app.err;
  std::ifstream file{folder + "/x.key"};
  const std::string secret{std::istreambuf_iterator<char>{file}, {}};
  ASSERT_TRUE(secret.starts_with("xai-")) << secret;
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder}, {}), 1);
  EXPECT_TRUE(records().empty());
  EXPECT_FALSE(app.out.contains("apiKey\"")) << app.out;
  EXPECT_FALSE(app.out.contains(secret));
}

/// What is printed of an answer that breaks off behind its secret.
TEST_F(RecoverTest, ACutAnswerShowsNoSecretThatHasASink) {
  const std::string file = app.folder.file("cut.key");
  app.transport = [&](const HttpRequest& request) -> Result<HttpResponse> {
    auto answer = app.service->transport()(request);
    if (!answer || !request.salvage) return answer;
    const std::size_t secret = answer->body.find(R"("apiKey":"xai-)");
    answer->body.resize(answer->body.find(',', secret) + 1);
    request.salvage(*answer);
    return std::unexpected{management::Error{.kind = management::ErrorKind::unavailable,
                                             .outcome = management::Outcome::unknown,
                                             .message = "the answer was cut"}};
  };
  for (const char* const format : {"json", "text"}) {
    std::filesystem::remove(file);
    ASSERT_EQ(app.run(create_command("x", {"--secret-file", file, "--output", format})), 0)
        << app.err;
    EXPECT_TRUE(app.out.contains("x")) << app.out;
    // Not even struck out: the member is for an output without a sink.
    EXPECT_FALSE(app.out.contains("apiKey\":")) << app.out;
    EXPECT_FALSE(app.out.contains("***")) << app.out;
    EXPECT_FALSE(app.out.contains("Secret")) << app.out;
  }
  ASSERT_EQ(app.run(create_command("x", {"--output", "json"})), 0) << app.err;
  EXPECT_TRUE(app.out.contains(R"("apiKey": "xai-)")) << app.out;
}

TEST_F(RecoverTest, NamesALinkThatHidesTheRecords) {
  lose_a_create("lost");
  const std::string state = app.folder.file("state");
  for (const std::string& hidden :
       {state, state + "/xai-management", state + "/xai-management/pending"}) {
    const std::string aside = app.folder.file("aside");
    std::filesystem::rename(hidden, aside);
    // A state folder that is merely missing holds nothing.
    EXPECT_EQ(app.run({"recover"}), 0) << hidden << app.err;
    std::filesystem::create_symlink("nowhere", hidden);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"recover"}, {"recover", "--forget"}, {"recover", "--rotate"}}) {
      EXPECT_EQ(app.run(words), 12) << hidden << app.err;
      EXPECT_TRUE(app.err.contains("cannot be read: '" + hidden + "' ")) << app.err;
      EXPECT_TRUE(app.err.contains("; nothing was sent; ")) << app.err;
    }
    std::filesystem::remove(hidden);
    std::filesystem::rename(aside, hidden);
    EXPECT_EQ(records().size(), 1U);
  }
  // Links above it that lead somewhere are the user's own.
  std::filesystem::rename(state, app.folder.file("disk"));
  std::filesystem::create_symlink("disk", state);
  EXPECT_EQ(app.run({"recover"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("'lost'")) << app.out;
}

TEST_F(RecoverTest, SaysThatTheSecretItHandsOverIsAnOlderOne) {
  app.create("app");
  ASSERT_EQ(app.run({"rotate-key", "app", "--secret-command", "cat > /dev/null; exit 1"}), 9);
  app.pass(std::chrono::hours{25});
  EXPECT_EQ(app.run({"recover"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("was not handed over")) << app.out;
  ASSERT_EQ(app.run({"rotate-key", "app"}), 0) << app.err;
  EXPECT_EQ(app.run({"recover"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("the key has been rotated since")) << app.out;
  EXPECT_TRUE(app.out.contains("--forget")) << app.out;
  EXPECT_EQ(app.run({"recover", "--deliver"}), 0) << app.err;
  EXPECT_TRUE(app.err.contains("the key has been rotated since")) << app.err;
  EXPECT_TRUE(app.out.contains("xai-")) << app.out;
}

TEST_F(RecoverTest, SaysThatRecordsCannotBeReadWhateverIsAsked) {
  const std::string pending = app.folder.file("state") + "/xai-management/pending";
  std::filesystem::create_directories(pending);
  const std::string place = pending + "/aaaaaaaa.jsonl";
  const std::vector<std::pair<const char*, std::function<void()>>> faults{
      {"garbage", [&] { std::ofstream{place} << "garbage\n"; }},
      {"empty", [&] { std::ofstream{place}; }},
      {"a folder", [&] { std::filesystem::create_directory(place); }},
      {"a link", [&] { std::filesystem::create_symlink("nowhere", place); }},
      {"cut", [&] { std::ofstream{place} << R"({"version":1,"operation":"createAp)"; }}};
  for (const auto& [name, make] : faults) {
    make();
    for (const std::vector<std::string>& words : {std::vector<std::string>{"recover"},
                                                  {"recover", "--deliver"},
                                                  {"recover", "--forget"},
                                                  {"recover", "--rotate"},
                                                  {"recover", "--delete"}}) {
      EXPECT_EQ(app.run(words), 12) << name << words.back() << app.err;
      EXPECT_TRUE(app.err.contains("cannot be used as a record")) << name << app.err;
    }
    std::filesystem::remove(place);
  }
  // Beside one that can be read it is told of, and in nobody's way.
  lose_a_create("lost");
  std::ofstream{place} << "garbage\n";
  EXPECT_EQ(app.run({"recover", "--forget"}), 0) << app.err;
  EXPECT_TRUE(app.err.contains("1 file in ")) << app.err;
  EXPECT_EQ(records(), std::vector<std::string>{"aaaaaaaa"});
}

TEST_F(RecoverTest, RefusesOptionsThatAreAboutAnotherAction) {
  lose_a_create("lost");
  struct Companion {
    std::vector<std::string> words;
    std::vector<std::string> actions;
  };
  const std::vector<Companion> companions{
      {{"--key", "fe15b799-32e1-4d02-9e65-80236f9995f7"}, {"--rotate", "--delete"}},
      {{"--overlap", "5d"}, {"--rotate"}},
      {{"--expires", "5d"}, {"--rotate"}},
      {{"--end-overlap"}, {"--rotate"}},
      {{"--wait"}, {"--rotate"}},
      {{"--verify"}, {"--rotate"}},
      {{"--secret-file", "x"}, {"--deliver", "--rotate"}},
      {{"--secret-command", "cat"}, {"--deliver", "--rotate"}},
      {{"--secret-env", "X"}, {"--deliver", "--rotate"}},
      {{"--yes"}, {"--deliver", "--rotate", "--delete", "--forget"}}};
  for (const auto& [option, actions] : companions) {
    for (const std::string action : {"", "--deliver", "--rotate", "--delete", "--forget"}) {
      if (std::ranges::find(actions, action) != actions.end()) continue;
      std::vector<std::string> words{"recover"};
      if (!action.empty()) words.push_back(action);
      words.insert(words.end(), option.begin(), option.end());
      EXPECT_EQ(app.run(words), 2) << option.front() << " " << action << app.err;
      EXPECT_TRUE(app.err.contains(option.front() + " goes with ")) << app.err;
      EXPECT_EQ(records().size(), 1U);
    }
  }
}

}  // namespace
}  // namespace xai::cli
