#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "run_app.h"

// What becomes of a secret, and of the file that is to hold it, while the clusters are waited for.
namespace xai::cli {
namespace {

using Line = std::vector<std::string>;
using std::chrono::hours;
using std::chrono::minutes;
using test::create_command;

/// The program with a key `app` whose secret lies in a file. Time passes at the service, too.
struct RotatedApp : test::App {
  RotatedApp() : App{{.propagation = std::chrono::seconds{20}}} {
    meanwhile = [this] {
      if (time_passes) control("clock", R"({"advance":"8s"})");
    };
    EXPECT_EQ(run(create_command("app", {"--secret-file", file, "--wait"})), 0) << err;
    old = kept();
  }
  int rotate(const Line& more) {
    Line words{"rotate-key", "app"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }
  void fail(const std::string& target, const std::string& how, int times = 0) {
    control("faults", R"({"method":"GET","path":")" + target + R"(","times":)" +
                          std::to_string(times) + "," + how + "}");
  }
  /// What is in the file now.
  [[nodiscard]] std::string kept() const {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }
  [[nodiscard]] bool has_record() {
    const std::filesystem::path pending{environment["XDG_STATE_HOME"] + "/xai-management/pending"};
    return std::filesystem::exists(pending) && !std::filesystem::is_empty(pending);
  }

  bool time_passes{true};
  std::string file{folder.file("app.key")};
  std::string old{};
};

constexpr const char* propagation = "*/propagation*";
constexpr const char* verification = "*/v1/api-key";

TEST(Waiting, GoesOnThroughWhatMayPass) {
  for (const char* const how :
       {R"("status":500)", R"("status":502)", R"("status":503)", R"("status":504)",
        R"("status":408)", R"("status":429)", R"("reset":true)", R"("cutAt":60)"})
    for (const char* const target : {propagation, verification}) {
      RotatedApp app;
      app.fail(target, how, 5);
      EXPECT_EQ(app.rotate({"--verify", "--secret-file", app.file, "--force"}), 0)
          << how << target << app.err;
      EXPECT_NE(app.kept(), app.old) << how << target;
      app.fail(target, how, 5);
      EXPECT_EQ(app.run({"check-key", "app", "--wait", "--secret-from", app.file}), 0)
          << how << target << app.err;
      app.fail(target, how, 5);
      EXPECT_EQ(app.run(create_command("new", {"--verify"})), 0) << how << target << app.err;
    }
}

TEST(Waiting, EndsWhereItIsInVain) {
  for (const char* const status : {R"("status":403)", R"("status":404)", R"("status":501)"}) {
    RotatedApp app;
    app.fail(propagation, status);
    const auto before = app.now;
    EXPECT_NE(app.run({"check-key", "app", "--wait"}), 0) << status;
    EXPECT_EQ(app.now, before) << status << app.err;
  }
}

TEST(Waiting, DoesNotOutlastItsSpanByMuch) {
  RotatedApp app;
  app.fail(propagation, R"("status":503,"headers":{"retry-after":"50"})");
  const auto before = app.now;
  EXPECT_EQ(app.run({"check-key", "app", "--wait=20s"}), 6) << app.err;
  EXPECT_GE(app.now - before, std::chrono::seconds{20});
  EXPECT_LE(app.now - before, std::chrono::seconds{30});
}

struct InVain {
  const char* target;
  const char* how;  ///< Empty: the clusters do not know it in time.
};
constexpr InVain tries_in_vain[] = {
    {propagation, ""},
    {propagation, R"("status":503)"},
    {propagation, R"("status":429)"},
    {propagation, R"("reset":true)"},
    {propagation, R"("status":403)"},
    {verification, R"("status":503)"},
    {verification, R"("status":429)"},
    {verification, R"("status":400,"body":"{\"error\":\"blocked\"}")"},
};

TEST(HeldBack, IsASecretThatWouldReplaceOneThatWorks) {
  for (const auto& [target, how] : tries_in_vain)
    for (const char* const format : {"text", "json"}) {
      RotatedApp app;
      app.time_passes = *how != 0;
      if (*how != 0) app.fail(target, how);
      EXPECT_EQ(app.rotate({"--wait=30s", "--verify", "--secret-file", app.file, "--force",
                            "--output", format}),
                9)
          << target << how << app.err;
      EXPECT_EQ(app.kept(), app.old) << target << how;
      EXPECT_FALSE(app.out.contains(R"("apiKey":)") || app.out.contains("Secret:")) << app.out;
      EXPECT_TRUE(app.err.contains("the old secret works until") ||
                  std::string_view{format} == "json")
          << app.err;
      ASSERT_TRUE(app.has_record()) << target << how;
      const std::size_t place = app.err.find("recover ");
      ASSERT_NE(place, std::string::npos) << app.err;
      const std::string record = app.err.substr(place + 8, 8);
      EXPECT_TRUE(app.err.contains(" --deliver --secret-file '" + app.file + "' --force`"))
          << app.err;
      EXPECT_EQ(app.run({"recover", record, "--deliver", "--secret-file", app.file, "--force"}), 0)
          << app.err;
      EXPECT_NE(app.kept(), app.old);
      EXPECT_FALSE(app.has_record());
    }
}

TEST(HeldBack, IsWhatACommandWouldReplace) {
  RotatedApp app;
  app.time_passes = false;
  const std::string taken = app.folder.file("taken");
  EXPECT_EQ(app.rotate({"--wait=2s", "--secret-command", "cat > " + taken}), 9) << app.err;
  EXPECT_FALSE(std::filesystem::exists(taken));
  EXPECT_TRUE(app.has_record());
}

TEST(HeldBack, IsNothingWhereNoWorkingSecretIsReplaced) {
  const std::vector<Line> ways{{"--secret-file", "NEW"},
                               {"--secret-file", "NEW", "--force"},
                               {"--secret-file", "OLD", "--force", "--overlap", "0"},
                               {"--secret-file", "OLD", "--force", "--overlap", "1s"},
                               {}};
  for (const Line& way : ways) {
    RotatedApp app;
    const std::string fresh = app.folder.file("new.key");
    Line words{"--wait=2s"};
    for (const std::string& word : way)
      words.push_back(word == "NEW" ? fresh : word == "OLD" ? app.file : word);
    EXPECT_EQ(app.rotate(words), 11) << app.err;
    EXPECT_FALSE(app.has_record());
    EXPECT_EQ(app.kept() != app.old, way.size() > 3);
    EXPECT_EQ(std::filesystem::exists(fresh), !way.empty() && way.size() < 4);
  }
}

TEST(Interrupted, WaitsAreNotSaidToBeDone) {
  for (const auto& [number, code] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}}) {
    RotatedApp app;
    app.time_passes = false;
    const std::vector<Line> lines{create_command("new", {"--wait"}),
                                  {"rotate-key", "app", "--wait", "--secret-file", "FILE"},
                                  {"check-key", "app", "--wait"}};
    for (Line line : lines) {
      if (line.back() == "FILE") line.back() = app.folder.file("other.key");
      bool was_stopped = false;
      app.interrupted = [&, number = number] { return was_stopped ? number : 0; };
      app.meanwhile = [&] { was_stopped = true; };
      EXPECT_EQ(app.run(line), code) << app.err;
      EXPECT_FALSE(app.err.contains("is done")) << app.err;
      EXPECT_TRUE(app.err.ends_with("interrupted; what was asked for is still pending\n"))
          << app.err;
    }
    EXPECT_EQ(app.kept(), app.old);
  }
}

TEST(HeldBack, IsASecretWhoseWaitWasInterrupted) {
  RotatedApp app;
  bool was_stopped = false;
  app.interrupted = [&] { return was_stopped ? SIGINT : 0; };
  app.meanwhile = [&] { was_stopped = true; };
  EXPECT_EQ(app.rotate({"--wait", "--secret-file", app.file, "--force"}), 9) << app.err;
  EXPECT_EQ(app.kept(), app.old);
  EXPECT_TRUE(app.has_record());
}

TEST(InferenceHost, IsJudgedBeforeAnythingIsSent) {
  for (const auto* const url :
       {"garbage", "http://example.org", "https://", "https://user@example.org", "https://h/?q"}) {
    RotatedApp app;
    app.environment["XAI_INFERENCE_BASE_URL"] = url;
    int requests = 0;
    app.transport = [&](const management::HttpRequest& request) {
      ++requests;
      return app.service->transport()(request);
    };
    const std::vector<Line> lines{create_command("new", {"--verify"}),
                                  {"rotate-key", "app", "--verify"},
                                  {"recover", "--rotate", "--verify"},
                                  {"check-key", "app", "--secret-from", app.file}};
    for (const Line& line : lines) {
      EXPECT_EQ(app.run(line), 2) << line.front() << app.err;
      EXPECT_TRUE(app.err.contains("the inference base URL from XAI_INFERENCE_BASE_URL"))
          << app.err;
      EXPECT_FALSE(app.err.contains("XAI_MANAGEMENT_BASE_URL")) << app.err;
      EXPECT_TRUE(app.err.contains("nothing was sent")) << app.err;
    }
    EXPECT_EQ(requests, 0);
    EXPECT_EQ(app.run({"rotate-key", "app"}), 0) << app.err;
  }
}

struct Skew {
  hours lead;  ///< Of the service's clock before ours.
  const char* expires;
  bool is_past;  ///< By the service's clock, whatever ours says.
};

TEST(Expiry, IsReckonedByTheServicesClock) {
  // Our clock shows 12:00 of January 31st.
  for (const auto& [lead, expires, is_past] : {
           Skew{hours{3}, "1h", false},
           Skew{hours{3}, "2027-01-31T14:00:00Z", true},
           Skew{hours{13}, "2027-02-01", true},
           Skew{hours{3}, "2027-02-01", false},
           Skew{hours{-3}, "1h", false},
           Skew{hours{-3}, "2027-01-31T11:00:00Z", false},
           Skew{hours{0}, "2020-01-01", true},
       }) {
    RotatedApp app;
    app.now = base::parse_rfc3339("2027-01-31T12:00:00Z").value();
    app.control("clock", R"({"now":")" + base::format_rfc3339(app.now + lead) + "\"}");
    const auto check = [&, expires = expires, is_past = is_past](Line line, const Line& more = {}) {
      line.insert(line.end(), {"--expires", expires});
      line.insert(line.end(), more.begin(), more.end());
      EXPECT_EQ(app.run(line), is_past ? 2 : 0) << line.front() << expires << app.err;
      EXPECT_EQ(app.err.contains("is not in the future"), is_past) << app.err;
    };
    check(create_command("new"));
    check(create_command("unchecked", {"--no-check"}));
    check(create_command("json", {"--output", "json"}));
    check({"update-key", "app"});
    check({"rotate-key", "app"}, {"--end-overlap"});
    app.control("faults", R"({"method":"POST","path":"/auth/teams/*/api-keys","reset":true,)"
                          R"("when":"after"})");
    ASSERT_EQ(app.run(create_command("lost")), 8);
    check({"recover", "--rotate"});
    ASSERT_EQ(app.run({"list-keys"}), 0);
    EXPECT_FALSE(app.out.contains("expired")) << app.out;
  }
}

}  // namespace
}  // namespace xai::cli
