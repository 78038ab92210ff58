#include "emulator/emulated.h"

// Keys that call too often.
namespace xai::emulator::test {
namespace {

const std::string validation = "/auth/management-keys/validation";

Options limited(int calls, std::chrono::seconds span) {
  Options given = options();
  given.rate_limit = RateLimit{calls, span};
  return given;
}

TEST(RateLimit, IsOfAnySpanOfItsLength) {
  Emulated emulated{limited(2, 60s)};
  EXPECT_EQ(emulated.get(validation).status(), 200);
  emulated.advance("30s");
  EXPECT_EQ(emulated.get(Emulated::keys()).status(), 200);
  const Answer refused = emulated.get(validation);
  EXPECT_EQ(refused.status(), 429);
  EXPECT_EQ(refused.body().find("code").text(), "8");
  EXPECT_EQ(refused.response.header("retry-after"), "");
  // Those that are refused do not count.
  emulated.advance("30s");
  EXPECT_EQ(emulated.get(validation).status(), 200);
  EXPECT_EQ(emulated.get(validation).status(), 429);
}

TEST(RateLimit, StopsWritesBeforeTheyChangeAnything) {
  Emulated emulated{limited(1, 60s)};
  EXPECT_EQ(emulated.create("one").status(), 200);
  EXPECT_EQ(emulated.create("two").status(), 429);
  EXPECT_EQ(emulated.commits(), 1U);
}

TEST(RateLimit, IsBehindTheKeyAndAheadOfTheRequest) {
  Emulated emulated{limited(1, 60s)};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(emulated.get(validation, "xai-token-wrong").status(), 401);
  EXPECT_EQ(emulated.get(validation).status(), 200);
  EXPECT_EQ(emulated.post(Emulated::keys(), "no json").status(), 429);
}

TEST(RateLimit, CanBeSetAndLifted) {
  Emulated emulated;
  for (const std::string_view wrong :
       {"20", "/1m", "0/1m", "-1/1m", "2/0s", "2/", "1000001/1m", "2/1m "})
    EXPECT_EQ(emulated.post("/_emulator/state", R"({"rateLimit":")" + std::string{wrong} + "\"}")
                  .status(),
              400)
        << wrong;
  EXPECT_EQ(emulated.post("/_emulator/state", R"({"rateLimit":"1/1h"})").status(), 200);
  EXPECT_EQ(emulated.get(validation).status(), 200);
  EXPECT_EQ(emulated.get(validation).status(), 429);
  EXPECT_EQ(emulated.post("/_emulator/state", R"({"rateLimit":"none"})").status(), 200);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(emulated.get(validation).status(), 200);
}

}  // namespace
}  // namespace xai::emulator::test
