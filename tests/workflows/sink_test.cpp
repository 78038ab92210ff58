#include "workflows/sink.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "workflows/account_fixture.h"

namespace xai::workflows {
namespace {

using management::Secret;
using management::SecretFile;

const Secret minted{"xai-minted-0123456789"};

struct SinkTest : testing::Test {
  [[nodiscard]] std::string path(const std::string& name) const { return folder.file(name); }

  management::Result<OpenSink> open(const SecretFile& target) {
    return OpenSink::open(Call{*account, options}, target);
  }

  static std::string text_of_file(const std::string& path) {
    std::ifstream stream{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }

  static std::vector<std::string> names_in(const std::string& path) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{path})
      names.push_back(entry.path().filename());
    return names;
  }

  test::EmulatedAccount account{};
  management::CallOptions options{};
  emulator::test::TemporaryDirectory folder{};
};

TEST_F(SinkTest, LinksMayLeadToItsFolder) {
  std::filesystem::create_directories(path("real/below"));
  std::filesystem::create_directory_symlink(path("real"), path("link"));
  for (const bool replaces : {false, true}) {
    auto sink = open({.path = path("link/below/new.key"), .replaces = replaces});
    ASSERT_TRUE(sink) << sink.error().message;
    ASSERT_TRUE(sink->deliver(minted));
    EXPECT_EQ(text_of_file(path("real/below/new.key")), minted.reveal());
    EXPECT_EQ(names_in(path("real/below")), std::vector<std::string>{"new.key"});
  }
  std::filesystem::create_symlink(path("real/below/new.key"), path("real/last"));
  EXPECT_FALSE(open({.path = path("real/last"), .replaces = true}));
}

TEST_F(SinkTest, TakesANameOfTheGreatestLength) {
  for (const std::size_t length : {244U, 245U, 246U, 254U, 255U}) {
    const std::string name(length, 'k');
    auto sink = open({.path = path(name)});
    ASSERT_TRUE(sink) << length << ": " << sink.error().message;
    ASSERT_TRUE(sink->deliver(minted));
    EXPECT_EQ(text_of_file(path(name)), minted.reveal());
  }
  EXPECT_EQ(names_in(path("")).size(), 5U);
  EXPECT_FALSE(open({.path = path(std::string(256, 'k'))}));
}

TEST_F(SinkTest, PublishesNothingWhereItsPathLeadsElsewhere) {
  for (const bool replaces : {false, true})
    for (const bool is_link : {false, true}) {
      const std::string work = path("work");
      std::filesystem::create_directories(path("first"));
      std::filesystem::create_directories(path("second"));
      if (is_link)
        std::filesystem::create_directory_symlink(path("first"), work);
      else
        std::filesystem::create_directories(work);
      {
        auto sink = open({.path = work + "/new.key", .replaces = replaces});
        ASSERT_TRUE(sink) << sink.error().message;
        std::filesystem::rename(work, path("moved"));
        std::filesystem::create_directory_symlink(path("second"), work);
        const auto delivered = sink->deliver(minted);
        ASSERT_FALSE(delivered);
        EXPECT_TRUE(delivered.error().contains("folder was moved or replaced"))
            << delivered.error();
      }
      for (const auto* const name : {"first", "second", "moved"})
        EXPECT_TRUE(names_in(path(name)).empty()) << name;
      for (const auto* const name : {"first", "second", "moved", "work"})
        std::filesystem::remove_all(path(name));
    }
}

TEST_F(SinkTest, AFolderThatIsGoneTakesNoSecret) {
  std::filesystem::create_directories(path("work"));
  auto sink = open({.path = path("work/new.key")});
  ASSERT_TRUE(sink);
  std::filesystem::remove_all(path("work"));
  EXPECT_FALSE(sink->deliver(minted));
  EXPECT_FALSE(std::filesystem::exists(path("work")));
}

TEST_F(SinkTest, AFailedDeliveryLeavesNoFileBehind) {
  std::filesystem::create_directories(path("work"));
  {
    auto sink = open({.path = path("work/new.key")});
    ASSERT_TRUE(sink);
    std::ofstream{path("work/new.key")} << "theirs";
    EXPECT_FALSE(sink->deliver(minted));
  }
  EXPECT_EQ(names_in(path("work")), std::vector<std::string>{"new.key"});
  EXPECT_EQ(text_of_file(path("work/new.key")), "theirs");
}

TEST_F(SinkTest, PublishesNoFileThatTookThePlaceOfItsOwn) {
  for (const bool replaces : {false, true}) {
    std::filesystem::create_directories(path("work"));
    auto sink = open({.path = path("work/new.key"), .replaces = replaces});
    ASSERT_TRUE(sink);
    const std::string temporary = sink->temporary_file();
    std::filesystem::rename(temporary, path("moved"));
    if (replaces)
      std::filesystem::create_symlink(path("moved"), temporary);
    else
      std::ofstream{temporary} << "theirs";
    const auto delivered = sink->deliver(minted);
    ASSERT_FALSE(delivered);
    EXPECT_TRUE(delivered.error().contains("was moved or replaced")) << delivered.error();
    EXPECT_FALSE(std::filesystem::exists(path("work/new.key")));
    std::filesystem::remove_all(path("work"));
  }
}

TEST_F(SinkTest, WritesAVariableOnlyWhereAShellWouldRunNothing) {
  for (int letter = 1; letter < 256; ++letter) {
    const std::string value = std::string{"xai-"} + static_cast<char>(letter) + "rest";
    const auto line = workflows::text_of(Secret{value}, "XAI_API_KEY");
    const bool is_plain = (letter < 0x80 && std::isalnum(letter) != 0) ||
                          std::string_view{"-_.+/=:@%,"}.contains(static_cast<char>(letter));
    EXPECT_EQ(line.has_value(), is_plain) << letter;
    EXPECT_EQ(line.value_or(""), is_plain ? "XAI_API_KEY=" + value + "\n" : "");
    EXPECT_EQ(workflows::text_of(Secret{value}, ""), value);
  }
}

}  // namespace
}  // namespace xai::workflows
