#include <sys/file.h>
#include <sys/stat.h>

#include "base/file.h"

#include "profile_stage.h"

namespace xai::cli {
namespace {

using ConfigTest = test::ProfileTest;
using test::with_key;
using Words = std::vector<std::string>;

TEST_F(ConfigTest, IsMadeByConfig) {
  EXPECT_EQ(app.run({"config", "path"}), 0);
  EXPECT_EQ(app.out, file() + "\n");
  EXPECT_EQ(app.run({"config", "list"}), 0);
  EXPECT_TRUE(app.err.contains("there are no profiles")) << app.err;
  EXPECT_EQ(app.run({"config", "set", "region", "us-east-1"}), 2);
  EXPECT_TRUE(app.err.contains("--profile NAME")) << app.err;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"config", "set", "region", "us-east-1", "--profile", "prod"},
        {"config", "set", "profile", "prod"},
        {"config", "set", "protected", "prod-*", "billing"},
        {"config", "set", "read_only", "true"}})
    EXPECT_EQ(app.run(words), 0) << app.err;
  struct stat status{};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(app.run({"config", "get", "protected"}), 0);
  EXPECT_EQ(app.out, "prod-*\nbilling\n");
  EXPECT_EQ(app.run({"config", "get", "protected", "--output", "json"}), 0);
  EXPECT_EQ(json::Document::parse(app.out)->root().items().size(), 2U);
  EXPECT_EQ(app.run({"config", "list"}), 0);
  EXPECT_TRUE(app.out.contains("prod (default)")) << app.out;
  EXPECT_EQ(app.run({"config", "unset", "read_only"}), 0) << app.err;
  EXPECT_EQ(app.run({"config", "get", "read_only"}), 3);
  EXPECT_EQ(app.run({"list-keys"}), 0) << app.err;
}

TEST_F(ConfigTest, RefusesWhatConfigCannotMean) {
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"config", "set", "regoin", "x", "--profile", "a"},
        {"config", "get", "regoin", "--profile", "a"},
        {"config", "unset", "regoin", "--profile", "a"},
        {"config", "set", "management_key", "xai-token-x", "--profile", "a"},
        {"config", "set", "read_only", "yes", "--profile", "a"},
        {"config", "set", "output", "xml", "--profile", "a"},
        {"config", "set", "region", "x", "y", "--profile", "a"},
        {"config", "set", "region"},
        {"config", "get"},
        {"config", "list", "x"},
        {"config", "nonsense"}}) {
    EXPECT_EQ(app.run(words), 2) << words[1] << app.err;
    EXPECT_FALSE(app.err.contains("xai-token-x")) << app.err;
  }
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(ConfigTest, RefusesWhatNoCommandCouldUse) {
  ASSERT_EQ(app.run({"config", "set", "region", "us-east-1", "--profile", "a"}), 0) << app.err;
  for (const Words& words : {Words{"timeout", "abc"},
                             {"timeout", "0s"},
                             {"base_url", "foo"},
                             {"base_url", "http://example.org"},
                             {"base_url", "https://user:word@example.org"},
                             {"team_id", "../x"},
                             {"max_top_up", "abc"},
                             {"max_top_up", "-5"},
                             {"profile", "nosuch"}}) {
    Words all{"config", "set", words[0], words[1]};
    if (words[0] != "profile") all.insert(all.end(), {"--profile", "a"});
    EXPECT_EQ(app.run(all), 2) << words[1] << app.err;
    EXPECT_FALSE(app.err.contains("config.toml")) << app.err;
    EXPECT_EQ(app.run({"config", "get", words[0], "--profile", "a"}), 3) << app.out;
  }
  // What was written before is no reason to refuse another setting, which may mend it.
  write("[profiles.a]\ntimeout = \"abc\"\n");
  EXPECT_EQ(app.run({"config", "set", "base_url", "https://a.example", "--profile", "a"}), 0)
      << app.err;
}

TEST_F(ConfigTest, TakesAPathFromTheFolderInWhichItIsTyped) {
  const std::string here = std::filesystem::current_path();
  EXPECT_EQ(app.run({"config", "set", "ca_file", "ca.pem", "--profile", "a"}), 0) << app.err;
  EXPECT_EQ(app.run({"config", "get", "ca_file", "--profile", "a"}), 0) << app.err;
  EXPECT_EQ(app.out, here + "/ca.pem\n");
}

TEST_F(ConfigTest, RemovesWhatAKilledRunLeft) {
  write("");
  const std::string left = file(".manage_xai.abcdefgh");
  std::ofstream{left} << "xai-token-x";
  std::ofstream{file("config.toml.bak")} << "kept";
  using std::filesystem::file_time_type;
  for (const std::string& path : {left, file("config.toml.bak")})
    std::filesystem::last_write_time(path, file_time_type::clock::now() - std::chrono::hours{48});
  app.now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  EXPECT_EQ(app.run({"config", "set", "region", "us-east-1", "--profile", "a"}), 0) << app.err;
  EXPECT_FALSE(std::filesystem::exists(left));
  EXPECT_TRUE(std::filesystem::exists(file("config.toml.bak")));
}

TEST_F(ConfigTest, TakesItsKeyFromStandardInput) {
  app.environment.erase("XAI_MANAGEMENT_KEY");
  app.typed = test::key;
  EXPECT_EQ(app.run({"config", "set-key", "--profile", "prod"}), 0) << app.err;
  EXPECT_FALSE((app.out + app.err).contains(test::key));
  struct stat status{};
  ASSERT_EQ(::stat(file("prod.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_EQ(app.run({"list-keys", "--profile", "prod"}), 0) << app.err;
  EXPECT_EQ(app.run({"config", "unset", "management_key_file", "--profile", "prod"}), 0) << app.err;
  EXPECT_TRUE(app.err.ends_with("; the key itself stays where it is\n")) << app.err;
  EXPECT_TRUE(std::filesystem::exists(file("prod.key")));
  // Over a profile that had a command, which would be one source too many.
  std::ofstream{file(), std::ios::app} << "[profiles.b]\n" << with_key;
  EXPECT_EQ(app.run({"config", "set-key", "--profile", "b"}), 2);
  EXPECT_TRUE(app.err.contains("more than one key, by management_key_file, key_command"))
      << app.err;
  EXPECT_FALSE(std::filesystem::exists(file("b.key")));
  for (const char* const typed : {"", "NAME=xai-token-x", "'xai-token-x'"}) {
    app.typed = typed;
    EXPECT_EQ(app.run({"config", "set-key", "--profile", "c"}), 2) << typed << app.err;
    EXPECT_FALSE(app.err.contains("xai-token-x")) << app.err;
  }
  EXPECT_FALSE(std::filesystem::exists(file("c.key")));
}

TEST_F(ConfigTest, KeepsWhatAnotherRunChanges) {
  write("[profiles.a]\nregion = \"us-east-1\"\n");
  auto held = base::open_folder(base::folder_of(file())).value();
  ASSERT_EQ(::flock(held.get(), LOCK_EX), 0);
  for (const Words& words :
       {Words{"set", "region", "eu-west-1"}, {"unset", "region"}, {"set-key"}}) {
    app.typed = test::key;
    Words all{"config"};
    all.insert(all.end(), words.begin(), words.end());
    all.insert(all.end(), {"--profile", "a"});
    EXPECT_EQ(app.run(all), 12);
    EXPECT_TRUE(app.err.contains("another run is changing")) << app.err;
  }
  app.meanwhile = [&] {
    write("[profiles.a]\nregion = \"us-east-1\"\n[profiles.b]\noutput = \"json\"\n");
    held.close();
  };
  EXPECT_EQ(app.run({"config", "set", "team_id", test::team, "--profile", "a"}), 0) << app.err;
  EXPECT_EQ(app.run({"config", "get", "output", "--profile", "b"}), 0) << app.err;
  EXPECT_EQ(app.out, "json\n");
}

}  // namespace
}  // namespace xai::cli
