#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "cli/app.h"
#include "emulator/emulator.h"
#include "emulator/temporary_directory.h"
#include "memory/freed_memory.h"

namespace xai::test {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Result;

constexpr std::string_view key = "xai-token-canary-00c0ffee-0123456789-0123456789";
constexpr const char* team = "11111111-2222-4333-8444-555555555555";

TEST(FreedMemory, HoldsNoSecretThatEndedOrWasReplaced) {
  watch_for(key);
  {
    const Watched watched;
    management::Secret one{std::string{key}};
    management::Secret other{one};
    const management::Secret moved{std::move(other)};
    other = one;
    one = management::Secret{};
    one = moved;
    const management::Secret none;
    one = none;
  }
  EXPECT_EQ(unwiped_blocks(), 0);
}

TEST(FreedMemory, ShowsATextThatWasNotWiped) {
  watch_for("xai-token-canary");
  {
    const Watched watched;
    {
      const std::string left{"a text with xai-token-canary in it, long enough for the heap"};
    }
    std::string wiped{"a text with xai-token-canary in it, long enough for the heap"};
    management::wipe(wiped);
  }
  EXPECT_EQ(unwiped_blocks(), 1);
}

/// The program in this process. What it gives back is looked at, for the management key and the
/// minted secrets; what the service and the reader of its output give back is not.
struct SecretsInMemory : testing::Test {
  SecretsInMemory() {
    emulator::Options options{.management_key = management::Secret{std::string{key}}};
    options.team_id = team;
    options.random_seed = 1;
    auto opened = emulator::Emulator::open(std::move(options));
    if (!opened) std::abort();
    service = *std::move(opened);
  }

  Result<HttpResponse> answer(const HttpRequest& request) {
    const Unwatched unwatched;
    auto given = service->transport()(request);
    constexpr std::string_view member = R"("apiKey":"xai-)";
    const std::size_t secret = given ? given->body.find(member) : std::string::npos;
    if (secret == std::string::npos) return given;
    minted = given->body.substr(secret + 10, 60);
    watch_for_also(minted);
    if (!is_cut) return given;
    given->body.resize(given->body.find(',', secret) + 1);
    if (request.salvage) {
      const Watched watched_again;
      request.salvage(*given);
    }
    return std::unexpected{management::Error{.kind = management::ErrorKind::unavailable,
                                             .outcome = management::Outcome::unknown,
                                             .message = "the answer was cut"}};
  }

  /// The exit code, and that nothing was left in memory on the way.
  int run(const std::vector<std::string>& words) {
    watch_for(key, minted);
    out.clear();
    int code = 0;
    {
      cli::Process process{
          .arguments = words,
          .environment = [this](const std::string& name) { return variable(name); },
          .clock = base::system_clock(),
          .sleep = [](std::chrono::milliseconds) {},
          .random = base::system_random(),
          .transport = [this](const HttpRequest& request) { return answer(request); }};
      const auto keep = [](std::string& text) {
        return [&text](std::string_view part) {
          const Unwatched unwatched;
          text.append(part);
          return 0;
        };
      };
      const Watched watched;
      cli::Output output{keep(out), is_terminal, 80, is_terminal};
      cli::Output messages{keep(err), false, 80};
      code = cli::run(process, output, messages);
    }
    EXPECT_EQ(unwiped_blocks(), 0) << testing::PrintToString(words);
    return code;
  }

  std::optional<std::string> variable(const std::string& name) {
    const Unwatched unwatched;
    if (name == "XAI_MANAGEMENT_KEY" && has_key) return std::string{key};
    if (name == "XAI_TEAM_ID") return team;
    if (name == "XDG_STATE_HOME") return folder.file("state");
    return std::nullopt;
  }

  int create(const std::vector<std::string>& more) {
    std::vector<std::string> words{"create-key",   "--name",          "n",
                                   "--all-models", "--all-endpoints", "--again"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  bool is_cut{};
  bool is_terminal{};
  bool has_key{true};
  emulator::test::TemporaryDirectory folder{};
  std::unique_ptr<emulator::Emulator> service;
  std::string minted{};  ///< The first letters of the last secret.
  std::string out{};
  std::string err{};
};

TEST_F(SecretsInMemory, AreWipedWhereverTheyWent) {
  int number = 0;
  for (const char* const format : {"text", "json"}) {
    EXPECT_EQ(create({"--output", format}), 0) << err;
    EXPECT_TRUE(out.contains("xai-"));
    const std::string file = folder.file("new.key." + std::to_string(++number));
    EXPECT_EQ(create({"--output", format, "--secret-file", file}), 0) << err;
    EXPECT_EQ(create({"--output", format, "--secret-command", "cat > /dev/null"}), 0) << err;
    EXPECT_EQ(create({"--output", format, "--secret-command", "cat > /dev/null", "--secret-env",
                      "APP_KEY"}),
              0)
        << err;
  }
  EXPECT_EQ(create({"--secret-env", "APP_KEY"}), 0) << err;
  EXPECT_EQ(create({"--secret-env", "APP_KEY", "--secret-file", folder.file("app.env")}), 0) << err;
}

TEST_F(SecretsInMemory, AreWipedWhenATerminalShowedThem) {
  is_terminal = true;
  for (const char* const format : {"text", "json"}) {
    EXPECT_EQ(create({"--output", format}), 0) << err;
    EXPECT_TRUE(out.contains("xai-"));
  }
}

TEST_F(SecretsInMemory, AreWipedWhenTheAnswerWasCut) {
  is_cut = true;
  for (const char* const format : {"text", "json"}) {
    EXPECT_EQ(create({"--output", format}), 0) << err;
    EXPECT_TRUE(out.contains("xai-"));
  }
}

TEST_F(SecretsInMemory, AreWipedWhenTheyAreRotatedTriedOrTraced) {
  ASSERT_EQ(create({}), 0) << err;
  EXPECT_EQ(run({"rotate-key", "n", "--secret-file", folder.file("rotated.key"), "-v",
                 "--trace-file", folder.file("trace")}),
            0)
      << err;
  EXPECT_EQ(run({"rotate-key", "n", "--end-overlap", "--verify", "--wait=1s"}), 11) << err;
}

TEST_F(SecretsInMemory, AreWipedWhenARecordIsRead) {
  for (const char* const format : {"text", "json"}) {
    ASSERT_EQ(create({"--secret-command", "cat > /dev/null; exit 1"}), 9) << err;
    EXPECT_EQ(run({"recover", "--output", format}), 0) << err;
    EXPECT_EQ(run({"recover", "--deliver", "--secret-command", "cat > /dev/null; exit 1"}), 9)
        << err;
    EXPECT_EQ(run({"recover", "--deliver", "--output", format}), 0) << err;
    EXPECT_TRUE(out.contains("xai-"));
  }
}

TEST_F(SecretsInMemory, TheManagementKeyIsWipedWhereverItCameFrom) {
  EXPECT_EQ(run({"list-keys"}), 0) << err;
  const std::string file = folder.file("management.key");
  std::ofstream{file} << "  " << key << "  \nmore\n";
  std::filesystem::permissions(file, std::filesystem::perms{0600});
  has_key = false;
  EXPECT_EQ(run({"list-keys", "--management-key-file", file}), 0) << err;
}

}  // namespace
}  // namespace xai::test
