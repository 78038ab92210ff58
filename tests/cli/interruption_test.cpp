#include <gtest/gtest.h>

#include <csignal>

#include "profile_stage.h"
#include "run_app.h"

namespace xai::cli::test {
namespace {

constexpr auto some_id = "00000000-0000-4000-8000-000000000000";

struct Line {
  std::vector<std::string> words;
};

/// A person who types nothing, or an answer, while a signal comes.
struct InterruptionTest : testing::TestWithParam<std::tuple<int, std::optional<std::string>>> {
  void SetUp() override {
    app.create("one");
    const auto [number, typed] = GetParam();
    app.is_terminal = true;
    app.typed = typed;
    app.interrupted = [this, number] { return has_asked() ? number : 0; };
  }

  /// Signals come while the program waits for an answer, and not before.
  [[nodiscard]] bool has_asked() const { return app.err.contains("? [y/N]") || is_asked; }

  App app{};
  bool is_asked{};
};

TEST_P(InterruptionTest, AtAQuestionIsNoAnswer) {
  for (const Line& line :
       {Line{{"delete-key", "one"}}, Line{{"delete-key", "one", "--output", "json"}},
        Line{{"rotate-key", "one", "--overlap", "0"}}}) {
    const int code = std::get<0>(GetParam()) == SIGTERM ? 143 : 130;
    EXPECT_EQ(app.run(line.words), code) << line.words.front() << app.err;
    EXPECT_TRUE(app.err.contains("interrupted")) << app.err;
    EXPECT_FALSE(app.err.contains("not confirmed")) << app.err;
  }
  app.interrupted = {};
  EXPECT_EQ(app.run({"get-key", "one"}), 0) << app.err;
}

TEST_P(InterruptionTest, AtAQuestionOfRecoverKeepsTheRecord) {
  app.is_terminal = false;
  ASSERT_EQ(app.run(create_command("two", {"--secret-command", "cat > /dev/null; exit 1"})), 9);
  app.is_terminal = true;
  const int code = std::get<0>(GetParam()) == SIGTERM ? 143 : 130;
  EXPECT_EQ(app.run({"recover", "--forget"}), code) << app.err;
  app.interrupted = {};
  EXPECT_EQ(app.run({"recover", "--deliver"}), 0) << app.err;
}

TEST_P(InterruptionTest, AtTheInputOfAKeyIsNoKey) {
  const int code = std::get<0>(GetParam()) == SIGTERM ? 143 : 130;
  app.environment["XDG_CONFIG_HOME"] = app.folder.file("config");
  is_asked = true;
  for (const Line& line : {Line{{"config", "set-key", "--profile", "p"}},
                           Line{{"list-keys", "--management-key-file", "-"}}}) {
    EXPECT_EQ(app.run(line.words), code) << line.words.front() << app.err;
    EXPECT_TRUE(app.err.contains("interrupted")) << app.err;
  }
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptionTest,
                         testing::Combine(testing::Values(SIGINT, SIGTERM),
                                          testing::Values(std::nullopt,
                                                          std::optional<std::string>{"y"},
                                                          std::optional<std::string>{key})));

TEST(Interruption, OfADeleteOfSeveralNamesWhatIsLeft) {
  App app;
  for (const char* const name : {"first", "second", "third"}) app.create(name);
  bool has_deleted = false;
  app.transport = [&](const management::HttpRequest& request) {
    has_deleted = has_deleted || request.method == management::Method::delete_;
    return app.service->transport()(request);
  };
  app.interrupted = [&] { return has_deleted ? SIGINT : 0; };
  EXPECT_EQ(app.run({"delete-key", "first", "second", "third", "--yes"}), 130) << app.err;
  EXPECT_TRUE(app.err.contains("deleted 1 of 3 keys, not 'second' (")) << app.err;
  EXPECT_TRUE(app.err.contains("; nothing else was changed; run the command again")) << app.err;
  app.interrupted = {};
  EXPECT_EQ(app.run({"delete-key", "first", "second", "third", "--yes"}), 0) << app.err;
}

TEST(Interruption, EndOfInputIsNone) {
  App app;
  app.create("one");
  app.is_terminal = true;
  app.interrupted = [] { return 0; };
  EXPECT_EQ(app.run({"delete-key", "one"}), 5) << app.err;
  EXPECT_TRUE(app.err.contains("not confirmed")) << app.err;
}

/// What a second signal would leave to say.
TEST(Interruption, KeepsLastWordsForEveryCommand) {
  App app;
  app.create("one");
  const auto kept = [&](const std::vector<std::string>& words) {
    app.last_words.clear();
    app.run(words);
    return app.last_words;
  };
  constexpr std::string_view begin = "manage_xai: interrupted a second time, so ended at once; ";
  constexpr std::string_view unknown = "the change may or may not have been made; see `manage_xai ";
  const auto expected = [&](std::string_view teller) {
    return std::string{begin} + std::string{unknown} + std::string{teller} + "`\n";
  };
  EXPECT_EQ(kept(create_command("two")), expected("recover"));
  EXPECT_EQ(kept({"rotate-key", "one"}), expected("recover"));
  EXPECT_EQ(kept({"recover", "--forget"}), expected("recover"));
  EXPECT_EQ(kept({"update-key", "one", "--qps", "1"}), expected("list-keys"));
  EXPECT_EQ(kept({"delete-key", some_id}), expected("list-keys"));
  EXPECT_EQ(kept({"config", "list"}), expected("config list"));
  const std::string harmless = std::string{begin} + "nothing was changed; run the command again\n";
  EXPECT_EQ(kept({"list-keys"}), harmless);
  EXPECT_EQ(kept({"balance"}), harmless);
  EXPECT_EQ(kept({"delete-key", some_id, "--dry-run"}), harmless);
  const std::string json = kept(create_command("three", {"--output", "json"}));
  EXPECT_TRUE(json.starts_with(R"({"error":{"code":"cancelled",)")) << json;
  EXPECT_TRUE(json.contains(R"("outcome":"unknown","next":"see `manage_xai recover`")")) << json;
}

}  // namespace
}  // namespace xai::cli::test
