#include "emulator/emulated.h"

namespace xai::emulator::test {
namespace {

TEST(Ledger, TellsWhatReallyHappened) {
  Emulated emulated;
  const std::string id = emulated.create("one").text("apiKeyId");
  emulated.create("");
  emulated.advance("1h");
  emulated.remove(id);
  emulated.remove(id);
  const Answer ledger = emulated.get("/_emulator/ledger", "");
  EXPECT_EQ(json::to_text(ledger.body().find("commits")),
            R"([{"sequence":1,"time":"2027-01-31T12:00:00Z","operation":"createApiKey",)"
            R"("apiKeyId":")" +
                id +
                R"(","name":"one"},{"sequence":2,)"
                R"("time":"2027-01-31T13:00:00Z","operation":"deleteApiKey","apiKeyId":")" +
                id + R"(","name":"one"}])");
  EXPECT_EQ(json::to_text(ledger.body().find("requests")),
            R"({"createApiKey":2,"deleteApiKey":2})");
}

TEST(Ledger, CountsInferenceCallsAndUnknownOnes) {
  Emulated emulated;
  emulated.get("/v1/api-key");
  emulated.get("/_emulator/clusters/us-east-1/v1/api-key");
  emulated.get("/nowhere");
  EXPECT_EQ(json::to_text(emulated.get("/_emulator/ledger").body().find("requests")),
            R"({"getInferenceApiKeyInfo":2,"unknown":1})");
}

TEST(Ledger, CountsWhatWasRefusedAndWhatCommitted) {
  Emulated emulated;
  const auto fault = [&](const char* text) {
    ASSERT_EQ(emulated.post("/_emulator/faults", text).status(), 200);
  };
  const std::string id = emulated.create("x").text("apiKeyId");
  emulated.create("");
  emulated.call(Method::post, Emulated::keys(), R"({"name":"x"})", "xai-nobody");
  // Stopped before the change, in each way; then three of which only the answer went wrong.
  for (const char* before : {R"({"status":503})", R"({"reset":true})", R"({"cutAt":5})"}) {
    fault(before);
    emulated.create("before");
  }
  for (const char* after : {R"({"status":503,"when":"after"})", R"({"reset":true,"when":"after"})",
                            R"({"headers":{"a":"b"}})"}) {
    fault(after);
    emulated.create("after");
  }
  emulated.get(Emulated::keys());
  emulated.post("/auth/api-keys/" + id + "/rotate", "{}");
  emulated.remove(id);
  emulated.remove(id);
  emulated.get("/v1/api-key", "xai-nobody");
  const Answer ledger = emulated.get("/_emulator/ledger");
  EXPECT_EQ(json::to_text(ledger.body().find("requests")),
            R"({"createApiKey":9,"deleteApiKey":2,"getInferenceApiKeyInfo":1,"listApiKeys":1,)"
            R"("rotateApiKey":1})");
  EXPECT_EQ(json::to_text(ledger.body().find("refused")),
            R"({"createApiKey":5,"deleteApiKey":1,"getInferenceApiKeyInfo":1})");
  EXPECT_EQ(json::to_text(ledger.body().find("committed")),
            R"({"createApiKey":4,"deleteApiKey":1,"rotateApiKey":1})");
  EXPECT_EQ(ledger.body().find("commits").items().size(), 6U);
}

TEST(ClockControl, StandsStillUntilMoved) {
  Emulated emulated;
  EXPECT_EQ(emulated.get("/_emulator/clock").response.body,
            R"({"now":"2027-01-31T12:00:00Z","standsStill":true})");
  EXPECT_EQ(emulated.post("/_emulator/clock", R"({"advance":"1d12h"})").text("now"),
            "2027-02-02T00:00:00Z");
  EXPECT_EQ(emulated.post("/_emulator/clock", R"({"now":"2026-01-01T00:00:00+01:00"})").text("now"),
            "2025-12-31T23:00:00Z");
  EXPECT_EQ(emulated.create("x").text("createTime"), "2025-12-31T23:00:00Z");
}

TEST(ClockControl, RunsBesideTheSystemsClock) {
  Options given = options();
  auto system = std::make_shared<management::Timestamp>(at("2027-03-01T00:00:00Z"));
  given.now.reset();
  given.running_clock = [system] { return *system; };
  Emulated emulated{given};
  EXPECT_EQ(emulated.get("/_emulator/clock").response.body,
            R"({"now":"2027-03-01T00:00:00Z","standsStill":false})");
  *system += 5s;
  EXPECT_EQ(emulated.post("/_emulator/clock", R"({"advance":"1h"})").text("now"),
            "2027-03-01T01:00:05Z");
  emulated.post("/_emulator/clock", R"({"now":"2030-01-01T00:00:00Z"})");
  *system += 2s;
  EXPECT_EQ(emulated.get("/_emulator/clock").text("now"), "2030-01-01T00:00:02Z");
}

TEST(ClockControl, RefusesWhatItCannotDo) {
  Emulated emulated;
  for (const char* body :
       {"", "{}", R"({"now":"2027-01-01T00:00:00Z","advance":"1h"})", R"({"now":"soon"})",
        R"({"advance":"-1h"})", R"({"advance":"1 hour"})", R"({"advance":3600})", "[]", "{"})
    EXPECT_EQ(emulated.post("/_emulator/clock", body).status(), 400) << body;
  EXPECT_TRUE(refuses(emulated.post("/_emulator/clock", R"({"advanced":"1h"})"), 400, "3",
                      "unknown member `advanced`; did you mean `advance`?"));
  EXPECT_EQ(emulated.get("/_emulator/clock").text("now"), "2027-01-31T12:00:00Z");
}

TEST(ClockControl, StaysWithinTheYearsThatCanBeWritten) {
  Emulated emulated;
  emulated.post("/_emulator/clock", R"({"now":"9999-12-01T00:00:00Z"})");
  EXPECT_TRUE(refuses(emulated.post("/_emulator/clock", R"({"advance":"90d"})"), 400, "3",
                      "`advance` would lead beyond the year 9999; the clock is at "
                      "9999-12-01T00:00:00Z"));
  EXPECT_TRUE(refuses(emulated.post("/_emulator/clock", R"({"advance":"99999d"})"), 400, "3",
                      "`advance` should be a span of at most 100 years, such as 24h"));
  EXPECT_EQ(emulated.get("/_emulator/clock").text("now"), "9999-12-01T00:00:00Z");
}

TEST(StateControl, SetsTheDateOfAnswersOff) {
  Emulated emulated;
  const auto date = [&] {
    return std::string{emulated.get(Emulated::keys()).response.header("date")};
  };
  EXPECT_EQ(date(), "Sun, 31 Jan 2027 12:00:00 GMT");
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"dateOffset":"-90s"})").status(), 200);
  EXPECT_EQ(date(), "Sun, 31 Jan 2027 11:58:30 GMT");
  emulated.post("/_emulator/state", R"({"teamBlocked":true})");
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"dateOffset":"1h"})").status(), 200);
  EXPECT_EQ(date(), "Sun, 31 Jan 2027 13:00:00 GMT");
  EXPECT_EQ(emulated.get("/_emulator/clock").text("now"), "2027-01-31T12:00:00Z");
  EXPECT_EQ(emulated.create("x").text("createTime"), "2027-01-31T12:00:00Z");
  for (const char* bad : {R"({"dateOffset":"soon"})", R"({"dateOffset":"--1s"})",
                          R"({"dateOffset":"-"})", R"({"dateOffset":5})"})
    EXPECT_EQ(emulated.post("/_emulator/state", bad).status(), 400) << bad;
}

TEST(StateControl, NamesTeamsItDoesNotKnow) {
  Emulated emulated;
  EXPECT_EQ(emulated.post("/_emulator/state", R"({"teamId":"nobody","outOfCredit":true})").status(),
            404);
  EXPECT_EQ(emulated.post("/_emulator/state", R"({"outOfCredit":"yes"})").status(), 400);
  EXPECT_TRUE(refuses(emulated.post("/_emulator/state", R"({"outOfCredits":true})"), 400, "3",
                      "unknown member `outOfCredits`; did you mean `outOfCredit`?"));
  EXPECT_EQ(emulated.create("x").status(), 200);
}

}  // namespace
}  // namespace xai::emulator::test
