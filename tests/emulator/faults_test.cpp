#include <atomic>
#include <thread>

#include "emulator/emulated.h"

namespace xai::emulator::test {
namespace {

std::string statuses_of_creates(Emulated& emulated, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += std::to_string(emulated.create("x").status()) + " ";
  return result;
}

TEST(Faults, BeforeTheCommitChangesNothing) {
  Emulated emulated;
  set_fault(emulated, R"({"method":"POST","path":"/auth/teams/*/api-keys","status":503,
                    "body":{"message":"busy"},"headers":{"Retry-After":"2"}})");
  const Answer failed = emulated.create("x");
  EXPECT_EQ(failed.status(), 503);
  EXPECT_EQ(failed.response.body, R"({"message":"busy"})");
  EXPECT_EQ(failed.response.header("retry-after"), "2");
  EXPECT_EQ(emulated.commits(), 0U);
  EXPECT_EQ(emulated.create("x").status(), 200);
}

TEST(Faults, AfterTheCommitLeavesTheKeyBehind) {
  Emulated emulated;
  set_fault(emulated, R"({"method":"POST","when":"after","status":500,"body":"cut <b>short"})");
  const Answer failed = emulated.create("x");
  EXPECT_EQ(failed.status(), 500);
  EXPECT_EQ(failed.response.body, "cut <b>short");
  EXPECT_EQ(emulated.commits(), 1U);
  EXPECT_EQ(names(emulated.get(Emulated::keys())), std::vector<std::string>{"x"});
}

TEST(Faults, HitTheNthCallAndAsManyAsAsked) {
  Emulated emulated;
  set_fault(emulated, R"({"method":"POST","nth":2,"times":2,"status":503})");
  EXPECT_EQ(statuses_of_creates(emulated, 5), "200 503 503 200 200 ");
  EXPECT_EQ(emulated.commits(), 3U);
}

TEST(Faults, WithoutEndUntilCleared) {
  Emulated emulated;
  set_fault(emulated, R"({"times":0,"status":500})");
  EXPECT_EQ(statuses_of_creates(emulated, 3), "500 500 500 ");
  EXPECT_EQ(emulated.call(Method::delete_, "/_emulator/faults").status(), 200);
  EXPECT_EQ(statuses_of_creates(emulated, 1), "200 ");
}

TEST(Faults, FollowEachOther) {
  Emulated emulated;
  set_fault(emulated, R"({"method":"POST","status":503})");
  set_fault(emulated, R"({"method":"POST","nth":2,"status":429})");
  EXPECT_EQ(statuses_of_creates(emulated, 3), "503 429 200 ");
}

TEST(Faults, MatchMethodAndPath) {
  Emulated emulated;
  set_fault(emulated, R"({"method":"GET","path":"/auth/api-keys/","times":0,"status":500})");
  EXPECT_EQ(emulated.create("x").status(), 200);
  EXPECT_EQ(emulated.get(Emulated::keys()).status(), 200);
  EXPECT_EQ(emulated.remove("x").status(), 404);
  EXPECT_EQ(emulated.get("/auth/api-keys/x/propagation?a=b").status(), 500);
  EXPECT_EQ(
      emulated.get("/_emulator/faults").body().find("faults").items().front().find("seen").text(),
      "1");
}

TEST(Faults, MatchPatterns) {
  EXPECT_TRUE(matches_path("", "/any"));
  EXPECT_TRUE(matches_path("/auth", "/auth/teams"));
  EXPECT_FALSE(matches_path("/auth/x", "/auth"));
  EXPECT_TRUE(matches_path("*", ""));
  EXPECT_TRUE(matches_path("/a/*/c", "/a/b/b/c"));
  EXPECT_TRUE(matches_path("*/v1/api-key", "/_emulator/clusters/us-east-1/v1/api-key"));
  EXPECT_FALSE(matches_path("/a/*/c", "/a/b/c/d"));
  EXPECT_TRUE(matches_path("/a*b*c", "/abbbbc"));
  EXPECT_FALSE(matches_path("/a*b*c", "/acb"));
}

TEST(Faults, GiveHeadersToTheRealAnswer) {
  Emulated emulated;
  set_fault(emulated, R"({"headers":{"Retry-After":"9","content-type":"text/plain"}})");
  const Answer answer = emulated.create("x");
  EXPECT_EQ(answer.status(), 200);
  EXPECT_EQ(answer.response.header("retry-after"), "9");
  EXPECT_EQ(answer.response.header("content-type"), "text/plain");
  EXPECT_EQ(emulated.commits(), 1U);
}

TEST(Faults, TellTheServerToDelayAndReset) {
  Emulated emulated;
  const HttpRequest create{.method = Method::post,
                           .target = Emulated::keys(),
                           .credential = Secret{std::string{key}},
                           .body = R"({"name":"x"})"};
  set_fault(emulated, R"({"delay":"250ms"})");
  EXPECT_EQ(emulated.emulator->admit(create).delay, 250ms);
  set_fault(emulated, R"({"delay":"2s","when":"after"})");
  const auto admission = emulated.emulator->admit(create);
  EXPECT_EQ(admission.delay, 0ms);
  const Reply late = emulated.emulator->perform(create, admission);
  EXPECT_EQ(late.delay, 2s);
  EXPECT_EQ(late.response.status, 200);
  set_fault(emulated, R"({"reset":true})");
  EXPECT_TRUE(emulated.emulator->handle(create).reset);
  EXPECT_EQ(emulated.commits(), 1U);
  set_fault(emulated, R"({"reset":true,"when":"after"})");
  EXPECT_TRUE(emulated.emulator->handle(create).reset);
  EXPECT_EQ(emulated.commits(), 2U);
}

TEST(Faults, HitTheSameNumberOfCallsWhoeverMakesThem) {
  Emulated emulated;
  set_fault(emulated, R"({"method":"POST","nth":51,"times":40,"status":503})");
  set_fault(emulated, R"({"method":"POST","nth":81,"times":30,"status":429})");
  std::atomic<int> unavailable{0};
  std::atomic<int> throttled{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i)
      threads.emplace_back([&] {
        for (int call = 0; call < 25; ++call) {
          const int status = emulated.create("x").status();
          if (status == 503) ++unavailable;
          if (status == 429) ++throttled;
        }
      });
  }
  // Calls 51 to 90, and 91 to 110: where both would hit, the first fault does.
  EXPECT_EQ(unavailable, 40);
  EXPECT_EQ(throttled, 20);
  EXPECT_EQ(emulated.commits(), 140U);
  const Answer ledger = emulated.get("/_emulator/ledger");
  EXPECT_EQ(json::to_text(ledger.body().find("requests")), R"({"createApiKey":200})");
  EXPECT_EQ(json::to_text(ledger.body().find("refused")), R"({"createApiKey":60})");
}

TEST(Faults, LeaveControlAlone) {
  Emulated emulated;
  set_fault(emulated, R"({"times":0,"status":500})");
  EXPECT_EQ(emulated.get("/_emulator/ledger").status(), 200);
  EXPECT_EQ(emulated.get("/_emulator/clusters/us-east-1/v1/api-key").status(), 500);
}

TEST(Faults, AreReadStrictly) {
  Emulated emulated;
  EXPECT_TRUE(refuses(emulated.post("/_emulator/faults", R"({"staus":503})"), 400, "3",
                      "unknown member `staus`; did you mean `status`?"));
  EXPECT_TRUE(refuses(emulated.post("/_emulator/faults", R"({"quack":1})"), 400, "3",
                      "unknown member `quack`"));
  EXPECT_TRUE(refuses(emulated.post("/_emulator/faults", R"({"method":"POST"})"), 400, "3",
                      "a fault needs one of `status`, `body`, `headers`, `delay`, `reset`, "
                      "`cutAt`, `bytesPerSecond` and `page`"));
  for (const char* bad : {R"({"status":99})",
                          R"({"status":600})",
                          R"({"status":"x"})",
                          R"({"nth":0,"status":500})",
                          R"({"times":-1,"status":500})",
                          R"({"when":"never","status":500})",
                          R"({"delay":"soon"})",
                          R"({"delay":"5h"})",
                          R"({"delay":5})",
                          R"({"reset":1})",
                          R"({"method":"get","status":500})",
                          R"({"headers":{"a b":"c"}})",
                          R"({"headers":{"a":"b\r\nc: d"}})",
                          R"({"headers":["a"]})",
                          R"({"headers":{"":"b"}})",
                          R"({"path":7,"status":500})",
                          R"({"delay":"ms"})",
                          R"({"cutAt":-1})",
                          R"({"cutAt":"x"})",
                          R"({"cutAt":1.5})",
                          R"({"bytesPerSecond":0})",
                          R"({"page":"x"})",
                          R"({"page":"loop","status":500})",
                          R"({"status":500,"code":0})",
                          R"({"status":500,"code":17})",
                          R"({"status":200,"code":3})",
                          R"({"code":3})",
                          R"({"errorStyle":"html"})",
                          R"({"status":500,"errorStyle":"page"})",
                          R"({"status":500,"errorStyle":"html","body":"x"})"})
    EXPECT_EQ(emulated.post("/_emulator/faults", bad).status(), 400) << bad;
  EXPECT_EQ(emulated.get("/_emulator/faults").response.body, R"({"faults":[]})");
}

}  // namespace
}  // namespace xai::emulator::test
