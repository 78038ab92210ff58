#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "run_app.h"

// A script that runs the same create until it succeeds.
namespace xai::cli {
namespace {

using management::HttpRequest;
using management::HttpResponse;
using management::Method;
using management::Result;

std::unexpected<management::Error> broken_off() {
  return std::unexpected(management::Error{.kind = management::ErrorKind::unavailable,
                                           .outcome = management::Outcome::unknown,
                                           .message = "the connection broke off"});
}

/// The program in front of a service that one create goes wrong at.
struct UnluckyApp : test::App {
  /// The first create is made, and `cut(answer)` says how much of its body comes back.
  void lose_answer(std::function<std::size_t(const std::string& answer)> cut) {
    transport = [this, cut = std::move(cut)](const HttpRequest& request) -> Result<HttpResponse> {
      auto answer = service->transport()(request);
      if (request.method != Method::post || std::exchange(has_failed, true) || !answer)
        return answer;
      answer->body.resize(cut(answer->body));
      if (request.salvage) request.salvage(*answer);
      return broken_off();
    };
  }
  /// The first create comes to nothing, and nobody is told so.
  void lose_request() {
    transport = [this](const HttpRequest& request) -> Result<HttpResponse> {
      if (request.method == Method::post && !std::exchange(has_failed, true)) return broken_off();
      return service->transport()(request);
    };
  }
  std::size_t keys() {
    EXPECT_EQ(run({"list-keys", "--output", "csv", "--columns", "name"}), 0) << err;
    std::size_t count = 0;
    for (std::size_t at = out.find("app\r"); at != std::string::npos;
         at = out.find("app\r", at + 1))
      ++count;
    return count;
  }

  bool has_failed{};
};

/// The exit codes of the runs, up to the first 0 and to thirty of them, some of which come within
/// the lag of the list and some long after it.
std::vector<int> run_until_done(UnluckyApp& app, const std::vector<std::string>& more = {}) {
  constexpr std::size_t runs_max = 30;
  const std::vector<std::string> words = test::create_command("app", more);
  std::vector<int> codes;
  while (codes.size() < runs_max && (codes.empty() || codes.back() != 0)) {
    codes.push_back(app.run(words));
    if (codes.size() % 10 == 0) app.pass(std::chrono::hours{1});
  }
  return codes;
}

/// Where the secret begins and ends in an answer.
std::size_t secret_begin(const std::string& answer) {
  constexpr std::string_view member = "\"apiKey\":\"";
  return answer.find(member) + member.size();
}
std::size_t secret_end(const std::string& answer) { return answer.find('"', secret_begin(answer)); }

TEST(Wrapper, MakesNoSecondKeyAfterALostAnswer) {
  using Cut = std::function<std::size_t(const std::string&)>;
  const std::vector<Cut> cuts{[](const std::string&) -> std::size_t { return 0; },
                              [](const std::string&) -> std::size_t { return 1; },
                              [](const std::string& answer) { return secret_begin(answer) + 9; },
                              secret_end};
  for (const Cut& cut : cuts) {
    UnluckyApp app;
    app.lose_answer(cut);
    EXPECT_EQ(run_until_done(app), std::vector<int>(30, 8)) << app.err;
    EXPECT_EQ(app.keys(), 1U);
    EXPECT_EQ(app.run({"recover", "--rotate"}), 0) << app.err;
    EXPECT_EQ(app.keys(), 1U);
  }
}

TEST(Wrapper, EndsWithASecretThatCameBeforeTheCut) {
  UnluckyApp app;
  app.lose_answer([](const std::string& answer) { return secret_end(answer) + 2; });
  EXPECT_EQ(run_until_done(app), std::vector<int>{0}) << app.err;
  EXPECT_EQ(app.keys(), 1U);
}

TEST(Wrapper, MakesOneKeyAfterARequestThatCameToNothing) {
  UnluckyApp app;
  app.lose_request();
  const auto codes = run_until_done(app);
  // Within the lag of the list nobody can tell; behind it the record is settled.
  EXPECT_EQ(std::ranges::count(codes, 8), 10);
  EXPECT_EQ(codes.back(), 0) << app.err;
  EXPECT_EQ(app.keys(), 1U);
}

TEST(Wrapper, MakesNoSecondKeyWhileThereIsNoRoomForTheSecret) {
  UnluckyApp app;
  EXPECT_EQ(run_until_done(app, {"--secret-command", "cat >/dev/full"}), std::vector<int>(30, 9))
      << app.err;
  EXPECT_EQ(app.keys(), 1U);
  EXPECT_EQ(app.run({"recover", "--deliver"}), 0) << app.err;
  EXPECT_TRUE(app.out.contains("xai-")) << app.out;
  EXPECT_EQ(app.keys(), 1U);
}

}  // namespace
}  // namespace xai::cli
