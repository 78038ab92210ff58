#include <sys/stat.h>

#include "profile_stage.h"

namespace xai::cli {
namespace {

using test::ProfileTest;
using test::with_key;

TEST_F(ProfileTest, ComesBehindTheEnvironmentUnlessAnOptionNamesIt) {
  write("profile = \"a\"\n[profiles.a]\nregion = \"us-east-1\"\nteam_id = \"" +
        std::string{test::team} + "\"\n[profiles.b]\nregion = \"eu-west-1\"\n");
  EXPECT_TRUE(shows({}, "region", "us-east-1", "profile 'a'"));
  EXPECT_TRUE(shows({}, "profile", "a", "XAI_PROFILE or config.toml"));
  app.environment["XAI_PROFILE"] = "b";
  EXPECT_TRUE(shows({}, "region", "eu-west-1", "profile 'b'"));
  EXPECT_TRUE(shows({"--profile", "a"}, "region", "us-east-1", "profile 'a'"));
  app.environment["XAI_API_REGION"] = "auto";
  EXPECT_TRUE(shows({}, "region", "auto", "XAI_API_REGION"));
  EXPECT_TRUE(shows({"--profile", "a"}, "region", "us-east-1", "profile 'a'"));
  EXPECT_TRUE(shows({"--profile", "a", "--region", "r"}, "region", "r", "--region"));
}

TEST_F(ProfileTest, IsNamedWhereItsTimeoutIsNone) {
  write("[profiles.a]\ntimeout = \"soon\"\n");
  EXPECT_EQ(app.run({"list-keys", "--profile", "a"}), 2);
  EXPECT_TRUE(app.err.contains("timeout of the profile 'a' must be a span")) << app.err;
  EXPECT_EQ(app.run({"list-keys", "--profile", "a", "--timeout", "30s"}), 0) << app.err;
}

TEST_F(ProfileTest, BringsItsKeyAndItsTeamTogether) {
  write("[profiles.a]\n" + with_key);
  app.environment["XAI_MANAGEMENT_KEY"] = "xai-token-of-another";
  app.environment["XAI_TEAM_ID"] = "22222222-2222-4333-8444-555555555555";
  EXPECT_TRUE(shows({"--profile", "a"}, "team id", test::team, "management key"));
  app.environment.erase("XAI_MANAGEMENT_KEY");
  app.environment["XAI_TEAM_ID"] = test::team;
  app.environment["XAI_PROFILE"] = "a";
  EXPECT_TRUE(shows({}, "team id", test::team, "XAI_TEAM_ID"));
}

TEST_F(ProfileTest, RunsItsCommandOnlyForAKeyThatIsNeeded) {
  const std::string ran = app.folder.file("ran");
  write("profile = \"a\"\n[profiles.a]\nkey_command = [\"sh\", \"-c\", \"echo >> " + ran +
        "; echo " + test::key + "\"]\n");
  app.environment.erase("XAI_MANAGEMENT_KEY");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"version"},
                                                {"help"},
                                                {"list-keys", "--help"},
                                                {"config", "list"},
                                                {"__complete", "fish", "", "get-key"}})
    EXPECT_EQ(app.run(words), 0) << app.err;
  EXPECT_FALSE(std::filesystem::exists(ran));
  EXPECT_EQ(app.run({"list-keys"}), 0) << app.err;
  EXPECT_EQ(std::filesystem::file_size(ran), 1U);
  app.environment["XAI_MANAGEMENT_KEY"] = test::key;
  EXPECT_EQ(app.run({"list-keys"}), 0) << app.err;
  EXPECT_EQ(std::filesystem::file_size(ran), 1U);
}

TEST_F(ProfileTest, SaysWhyItsCommandGaveNoKey) {
  app.environment.erase("XAI_MANAGEMENT_KEY");
  for (const auto& [command, words] :
       {std::pair<std::string, std::string>{R"(["false"])", "failed: it ended with code 1"},
        {R"(["true"])", "printed no key"},
        {R"(["echo", "'xai-token-canary'"])", "printed stands in quotes"},
        {R"(["echo", "XAI_KEY=xai-token-canary"])", "printed begins with XAI_KEY="},
        {R"(["/nowhere/x"])", "failed: No such file or directory"},
        {R"(["sh", "-c", "kill -KILL $$"])", "failed: it was ended by signal 9"}}) {
    write("profile = \"a\"\n[profiles.a]\nkey_command = " + command + "\n");
    EXPECT_EQ(app.run({"list-keys"}), 4);
    EXPECT_TRUE(app.err.contains("the key_command of the profile 'a' " + words)) << app.err;
    EXPECT_FALSE(app.err.contains("canary")) << app.err;
  }
}

TEST_F(ProfileTest, KeepsTheKeyOfItsCommandOutOfAllOutput) {
  app.environment.erase("XAI_MANAGEMENT_KEY");
  write("profile = \"a\"\n[profiles.a]\n" + with_key);
  app.create(test::key);
  EXPECT_EQ(app.run({"list-keys", "--output", "json"}), 0) << app.err;
  EXPECT_FALSE(app.out.contains(test::key)) << app.out;
  EXPECT_TRUE(app.out.contains("***")) << app.out;
}

TEST_F(ProfileTest, ThatMayOnlyReadRefusesEveryChange) {
  app.create("n");
  write("profile = \"a\"\n[profiles.a]\nread_only = true\n");
  writes = 0;
  for (const std::vector<std::string>& words : {test::create_command("m"),
                                                {"update-key", "n", "--disable"},
                                                {"rotate-key", "n"},
                                                {"delete-key", "n", "--yes"},
                                                test::create_command("m", {"--dry-run"})}) {
    EXPECT_EQ(app.run(words), 5) << words.front();
    EXPECT_TRUE(app.err.contains("the profile 'a' is read_only")) << app.err;
    EXPECT_FALSE(std::filesystem::exists(app.folder.file("state/xai-management/pending")) &&
                 !std::filesystem::is_empty(app.folder.file("state/xai-management/pending")));
  }
  EXPECT_EQ(writes, 0);
  for (const std::vector<std::string>& words : {std::vector<std::string>{"list-keys"},
                                                {"whoami"},
                                                {"usage", "--last", "2d"},
                                                {"balance"},
                                                {"recover"}})
    EXPECT_EQ(app.run(words), 0) << words.front() << app.err;
}

TEST_F(ProfileTest, ProtectsKeysByNameIdAndPattern) {
  app.create("prod-api");
  app.create("billing");
  app.create("other");
  EXPECT_EQ(
      app.run({"list-keys", "--name", "prod-api", "--output", "csv", "--columns", "apiKeyId"}), 0);
  const std::size_t begin = app.out.find('\n') + 1;
  const std::string id = app.out.substr(begin, app.out.find('\r', begin) - begin);
  write("profile = \"a\"\n[profiles.a]\nprotected = [\"prod-*\", \"billing\"]\n");
  writes = 0;
  for (const std::string& key : {std::string{"prod-api"}, std::string{"billing"}, id})
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"update-key", key, "--disable"},
          {"rotate-key", key},
          {"delete-key", key, "--yes"},
          {"delete-key", "other", key, "--yes"}}) {
      EXPECT_EQ(app.run(words), 5) << words.front() << key << app.err;
      EXPECT_TRUE(app.err.contains("is protected by '")) << app.err;
    }
  EXPECT_EQ(writes, 0);
  EXPECT_EQ(app.run({"delete-key", "other", "--yes"}), 0) << app.err;
}

TEST_F(ProfileTest, ThatThereIsNotNamesThoseThatThereAre) {
  write("[profiles.a]\n[profiles.b]\n");
  EXPECT_EQ(app.run({"list-keys", "--profile", "c"}), 2);
  EXPECT_TRUE(app.err.contains("no profile 'c', which --profile names")) << app.err;
  EXPECT_TRUE(app.err.contains("there are: a, b")) << app.err;
  app.environment["XAI_PROFILE"] = "c";
  EXPECT_EQ(app.run({"list-keys"}), 2);
  EXPECT_EQ(app.run({"version"}), 0);
}

TEST_F(ProfileTest, StandsInTheWayOnlyOfWhatNeedsIt) {
  write("[profiles.a\n");
  EXPECT_EQ(app.run({"list-keys"}), 12);
  EXPECT_TRUE(app.err.contains("config.toml:1:")) << app.err;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"version"}, {"help"}, {"config", "path"}, {"completion", "bash"}})
    EXPECT_EQ(app.run(words), 0) << words.front() << app.err;
  EXPECT_EQ(app.run({"config", "set", "profile", "a"}), 12);
  write("[profiles.a]\n");
  ::chmod(file().c_str(), 0622);
  EXPECT_EQ(app.run({"list-keys"}), 12);
  EXPECT_TRUE(app.err.contains("others may write to")) << app.err;
}

TEST_F(ProfileTest, ChoosesTheFormatWhereACommandHasIt) {
  write("profile = \"a\"\n[profiles.a]\noutput = \"csv\"\n");
  EXPECT_EQ(app.run({"list-keys"}), 0);
  EXPECT_TRUE(app.out.starts_with("apiKeyId,name,")) << app.out;
  EXPECT_EQ(app.run({"whoami"}), 0);
  EXPECT_FALSE(app.out.contains("apiKeyId,")) << app.out;
  EXPECT_EQ(app.run({"list-keys", "--output", "json"}), 0);
  EXPECT_EQ(app.out, "[]\n");
}

TEST_F(ProfileTest, AreShownWithWhoseKeysTheyHave) {
  ASSERT_EQ(app.run(test::create_command("app", {"--output", "json"})), 0);
  const std::string secret{json::Document::parse(app.out)->root().find("apiKey").text()};
  app.environment.erase("XAI_MANAGEMENT_KEY");
  app.pass(std::chrono::hours{1});
  write("[profiles.a]\n" + with_key + "[profiles.b]\nkey_command = [\"echo\", \"" + secret +
        "\"]\n[profiles.c]\nkey_command = [\"echo\", \"xai-token-of-nobody\"]\n"
        "[profiles.d]\nkey_command = [\"false\"]\n[profiles.e]\n");
  EXPECT_EQ(app.run({"whoami", "--all-profiles", "--output", "json"}), 10) << app.err;
  EXPECT_FALSE(app.out.contains(secret) || app.out.contains("nobody")) << app.out;
  const auto document = json::Document::parse(app.out);
  std::vector<std::string> kinds;
  for (const json::Value identity : document->root().items())
    kinds.emplace_back(identity.find("kind").text());
  EXPECT_EQ(kinds,
            (std::vector<std::string>{"management", "inference", "other", "unknown", "none"}));
  EXPECT_EQ(document->root().items()[0].find("teamId").text(), test::team);
  EXPECT_EQ(document->root().items()[1].find("name").text(), "app");
  write("[profiles.a]\n" + with_key + "[profiles.e]\n");
  EXPECT_EQ(app.run({"whoami", "--all-profiles"}), 0) << app.err;
}

}  // namespace
}  // namespace xai::cli
