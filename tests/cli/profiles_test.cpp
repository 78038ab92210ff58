#include "cli/profiles.h"

#include <gtest/gtest.h>

#include "cli/profile_text.h"

namespace xai::cli {
namespace {

constexpr const char* path = "/of-a-user/xai-management/config.toml";

std::string fault_of(const std::string& text) {
  const auto parsed = parse_configuration(text, path);
  return parsed ? "" : parsed.error().message.substr(std::string{path}.size());
}

TEST(Profiles, AreReadWhole) {
  const auto read = parse_configuration(R"(profile = "prod"
[profiles.prod]
team_id = "c9a0c990-53e6-491e-8df7-b9f18e6983ac"
key_command = ["pass", "show", "xai/prod"]
region = "us-east-1"
base_url = "https://example.test"
ca_file = "ca.pem"
timeout = "30s"
output = "json"
read_only = true
protected = ["prod-*", "billing"]
[profiles."two words"]
management_key_file = "/run/key"
)",
                                        path);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->default_profile, "prod");
  ASSERT_EQ(read->names(), (std::vector<std::string>{"prod", "two words"}));
  const Profile expected{.name = "prod",
                         .team_id = "c9a0c990-53e6-491e-8df7-b9f18e6983ac",
                         .key_command = {"pass", "show", "xai/prod"},
                         .region = "us-east-1",
                         .base_url = "https://example.test",
                         .ca_file = "/of-a-user/xai-management/ca.pem",
                         .timeout = "30s",
                         .output = "json",
                         .read_only = true,
                         .protected_keys = {"prod-*", "billing"}};
  EXPECT_EQ(*read->find("prod"), expected);
  EXPECT_EQ(read->find("two words")->management_key_file, "/run/key");
  EXPECT_EQ(read->find("none"), nullptr);
  EXPECT_TRUE(parse_configuration("", path)->profiles.empty());
}

TEST(Profiles, SayWhereTheirFaultIs) {
  EXPECT_EQ(fault_of("[profiles.a]\nregoin = \"x\"\n"), ":2:1: there is no setting 'regoin'");
  EXPECT_EQ(fault_of("[profiles.a]\n  read_only = \"yes\"\n"),
            ":2:15: read_only must be true or false");
  EXPECT_EQ(fault_of("[profiles.a]\nteam_id = 7\n"), ":2:11: team_id must be a string in quotes");
  EXPECT_EQ(fault_of("[profiles.a]\nprotected = \"x\"\n"),
            ":2:13: protected must be a list of strings, [\"…\", \"…\"]");
  EXPECT_EQ(fault_of("[profiles.a]\nprotected = [\"x\", 7]\n"),
            ":2:19: protected must be a string in quotes");
  EXPECT_EQ(fault_of("[profiles.a]\nmax_top_up = \"much\"\n"),
            ":2:14: max_top_up must be an amount in USD, such as \"100.00\"");
  EXPECT_EQ(fault_of("[profiles.a]\nmax_top_up = \"100.00\"\n"), "");
  EXPECT_EQ(fault_of("profiles = 7\n"), ":1:12: profiles are tables, [profiles.NAME]");
  EXPECT_EQ(fault_of("[profiles]\na = 7\n"), ":2:5: a profile is a table, [profiles.a]");
  EXPECT_EQ(fault_of("profil = \"a\"\n"), ":1:1: there is no setting 'profil'");
  EXPECT_TRUE(fault_of("[profiles.a\n").starts_with(":1:12: ")) << fault_of("[profiles.a\n");
  EXPECT_EQ(fault_of("[profiles.a]\nkey_command = [\"x\"]\nmanagement_key_file = \"y\"\n"),
            ":1:1: the profile 'a' has more than one key, by management_key_file, key_command");
  const auto parsed = parse_configuration("[profiles.a]\nregoin = \"x\"\n", path);
  EXPECT_EQ(parsed.error().next, "did you mean region?");
}

TEST(Profiles, RefuseATableThatBeginsWithNoKey) {
  for (const std::string header : {"[.a]", "[=]", "[#]", "[[,]]", "[ +a]", "[\xC3\xA9]"})
    EXPECT_TRUE(fault_of("\n" + header + "\n").starts_with(":2:")) << header;
  EXPECT_FALSE(parse_configuration(std::string{"[\0.a]", 6}, path));
}

TEST(Profiles, ShowNoValueOfWhatTheyDoNotKnow) {
  const std::string fault = fault_of("[profiles.a]\nmanagement_key = \"xai-token-canary\"\n");
  EXPECT_EQ(fault, ":2:1: there is no setting 'management_key'");
  // A key without quotes is no TOML; not more than the letter where that shows is told.
  EXPECT_FALSE(fault_of("[profiles.a]\nteam_id = xai-token-canary\n").contains("canary"));
}

struct Edit {
  std::string before;
  SettingPlace place;
  std::optional<std::string> value;
  std::string after;
};

TEST(ProfileText, IsChangedInItsPlace) {
  const std::string whole =
      "# Ours.\nprofile = \"a\"  # the usual\n\n[profiles.a]\n# which team\nteam_id = \"ä\" # say\n"
      "protected = [\n  \"x\",  # one\n]\nread_only = true\n\n# The other.\n[profiles.b]\n";
  const auto replaced = [&](const std::string& from, const std::string& to) {
    std::string text = whole;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const auto& [before, place, value, after] : {
           Edit{whole, {"", "profile"}, "\"b\"", replaced("\"a\"", "\"b\"")},
           Edit{whole,
                {"", "profile"},
                std::nullopt,
                replaced("profile = \"a\"  # the usual\n", "")},
           Edit{whole, {"a", "team_id"}, "\"y\"", replaced("\"ä\"", "\"y\"")},
           Edit{whole, {"a", "protected"}, "[]", replaced("[\n  \"x\",  # one\n]", "[]")},
           Edit{whole,
                {"a", "protected"},
                std::nullopt,
                replaced("protected = [\n  \"x\",  # one\n]\n", "")},
           Edit{whole,
                {"a", "region"},
                "\"r\"",
                replaced("read_only = true\n", "read_only = true\nregion = \"r\"\n")},
           Edit{whole, {"b", "region"}, "\"r\"", whole + "region = \"r\"\n"},
           Edit{
               whole, {"c d", "region"}, "\"r\"", whole + "\n[profiles.\"c d\"]\nregion = \"r\"\n"},
           Edit{whole, {"b", "region"}, std::nullopt, whole},
           Edit{"", {"a", "region"}, "\"r\"", "[profiles.a]\nregion = \"r\"\n"},
           Edit{"", {"", "profile"}, "\"a\"", "profile = \"a\"\n"},
           Edit{"[profiles.a]", {"a", "region"}, "\"r\"", "[profiles.a]\nregion = \"r\"\n"},
           Edit{"[profiles.a]\n", {"", "profile"}, "\"a\"", "profile = \"a\"\n\n[profiles.a]\n"},
           Edit{"profile = \"a\"", {"", "profile"}, "\"b\"", "profile = \"b\""},
           Edit{"profiles.a.region = \"q\"\n",
                {"a", "region"},
                "\"r\"",
                "profiles.a.region = \"r\"\n"},
       }) {
    // As editors of Windows may begin a file.
    for (const std::string& begin : {std::string{}, std::string{"\xEF\xBB\xBF"}}) {
      const auto changed = with_setting(begin + before, path, place, value);
      ASSERT_TRUE(changed) << changed.error().message;
      EXPECT_EQ(*changed, begin + after);
    }
  }
}

TEST(ProfileText, IsLeftAloneWhereThatCannotBe) {
  for (const std::string& text :
       {std::string{"profiles.a = {region = \"q\"}\n"},
        std::string{"[profiles]\na = {region = \"q\", timeout = \"1s\"}\n"}}) {
    EXPECT_FALSE(with_setting(text, path, {"a", "output"}, "\"json\""));
    EXPECT_FALSE(with_setting(text, path, {"a", "region"}, std::nullopt));
    EXPECT_TRUE(with_setting(text, path, {"a", "region"}, "\"r\""));
  }
  EXPECT_FALSE(with_setting("[profiles.a", path, {"a", "region"}, "\"r\""));
}

TEST(ProfileText, QuotesWhatItIsGiven) {
  const std::string odd = "a\"b\\c\n\x01\x7fä";
  const auto changed = with_setting("", path, {odd, "key_command"}, toml_list({odd, "", "'"}));
  ASSERT_TRUE(changed) << changed.error().message;
  const auto read = parse_configuration(*changed, path);
  ASSERT_TRUE(read && read->profiles.size() == 1);
  EXPECT_EQ(read->profiles.front().name, odd);
  EXPECT_EQ(read->profiles.front().key_command, (std::vector<std::string>{odd, "", "'"}));
}

}  // namespace
}  // namespace xai::cli
