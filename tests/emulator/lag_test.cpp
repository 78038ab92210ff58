#include <random>

#include "emulator/emulated.h"
#include "emulator/temporary_directory.h"

// Lists that show the keys as they were a while ago.
namespace xai::emulator::test {
namespace {

using Names = std::vector<std::string>;

struct Lagging : Emulated {
  explicit Lagging(std::chrono::seconds lag = 10s, Options given = options())
      : Emulated{[&] {
          given.list_lag = lag;
          return given;
        }()} {}
  Names listed() { return names(get(keys())); }
  Answer update(const std::string& id, const std::string& values, const std::string& mask) {
    return call(Method::put, "/auth/api-keys/" + id,
                R"({"apiKey":)" + values + R"(,"fieldMask":")" + mask + "\"}");
  }
};

TEST(ListLag, NewKeysAreMissing) {
  Lagging emulated;
  emulated.create("new");
  EXPECT_EQ(emulated.listed(), Names{});
  emulated.advance("9s");
  EXPECT_EQ(emulated.listed(), Names{});
  emulated.advance("1s");
  EXPECT_EQ(emulated.listed(), Names{"new"});
}

TEST(ListLag, DeletedKeysAreStillThere) {
  Lagging emulated;
  const std::string id = emulated.create("gone").text("apiKeyId");
  emulated.advance("1m");
  EXPECT_EQ(emulated.remove(id).status(), 200);
  EXPECT_EQ(emulated.remove(id).status(), 404);
  EXPECT_EQ(emulated.listed(), Names{"gone"});
  emulated.advance("9s");
  EXPECT_EQ(emulated.listed(), Names{"gone"});
  emulated.advance("1s");
  EXPECT_EQ(emulated.listed(), Names{});
}

TEST(ListLag, AKeyThatWasThereForAnInstantIsNeverListed) {
  Lagging emulated;
  emulated.remove(emulated.create("short").text("apiKeyId"));
  for (int i = 0; i < 15; ++i) {
    EXPECT_EQ(emulated.listed(), Names{});
    emulated.advance("1s");
  }
}

TEST(ListLag, ChangedKeysHaveTheirOldValues) {
  Lagging emulated;
  const std::string id = emulated.create("old", R"(,"qpm":1)").text("apiKeyId");
  emulated.advance("1m");
  const std::string before = emulated.get(Emulated::keys()).response.body;
  EXPECT_EQ(emulated.update(id, R"({"name":"middle"})", "name").status(), 200);
  emulated.advance("5s");
  EXPECT_EQ(emulated.update(id, R"({"name":"new","qpm":7})", "name,qpm").status(), 200);
  EXPECT_EQ(emulated.get(Emulated::keys()).response.body, before);
  emulated.advance("5s");
  EXPECT_EQ(emulated.listed(), Names{"middle"});
  emulated.advance("5s");
  const Answer now = emulated.get(Emulated::keys());
  EXPECT_EQ(names(now), Names{"new"});
  EXPECT_EQ(now.body().find("apiKeys").items().front().find("qpm").text(), "7");
}

TEST(ListLag, RotatedKeysShowTheOldSecret) {
  Lagging emulated;
  const Answer created = emulated.create("x");
  emulated.advance("1m");
  const auto shown = [&] {
    const Answer answer = emulated.get(Emulated::keys());
    return std::string{answer.body().find("apiKeys").items().front().find("redactedApiKey").text()};
  };
  const Answer rotated =
      emulated.post("/auth/api-keys/" + created.text("apiKeyId") + "/rotate", "{}");
  ASSERT_NE(rotated.text("redactedApiKey"), created.text("redactedApiKey"));
  EXPECT_EQ(shown(), created.text("redactedApiKey"));
  emulated.advance("10s");
  EXPECT_EQ(shown(), rotated.text("redactedApiKey"));
}

TEST(ListLag, CanBeSetAndTakenBackAtAnyTime) {
  Emulated emulated;
  const auto listed = [&] { return names(emulated.get(Emulated::keys())); };
  const std::string id = emulated.create("gone").text("apiKeyId");
  emulated.advance("1m");
  emulated.create("new");
  emulated.remove(id);
  EXPECT_EQ(listed(), Names{"new"});
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"listLag":"30s"})").status(), 200);
  EXPECT_EQ(listed(), Names{"gone"});
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"listLag":"2m"})").status(), 200);
  EXPECT_EQ(listed(), Names{});
  ASSERT_EQ(emulated.post("/_emulator/state", R"({"listLag":"0s"})").status(), 200);
  EXPECT_EQ(listed(), Names{"new"});
  for (const char* bad : {R"({"listLag":"-1s"})", R"({"listLag":10})",
                          R"({"teamId":"11111111-2222-4333-8444-555555555555","listLag":"1s"})"})
    EXPECT_EQ(emulated.post("/_emulator/state", bad).status(), 400) << bad;
}

TEST(ListLag, ShowsEachKeyOnceThoughTheClockWasSetBack) {
  Lagging emulated;
  const std::string id = emulated.create("a").text("apiKeyId");
  emulated.advance("1m");
  emulated.update(id, R"({"name":"b"})", "name");
  emulated.post("/_emulator/clock", R"({"now":"2027-01-31T12:00:30Z"})");
  emulated.update(id, R"({"name":"c"})", "name");
  emulated.advance("15s");
  EXPECT_EQ(emulated.listed(), Names{"c"});
}

TEST(ListLag, SurvivesARestart) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  {
    Lagging emulated{10s, given};
    const std::string id = emulated.create("gone").text("apiKeyId");
    emulated.advance("1m");
    emulated.remove(id);
  }
  given.now = at("2027-01-31T12:01:05Z");
  Lagging again{10s, given};
  EXPECT_EQ(again.listed(), Names{"gone"});
}

/// Random changes; at each instant a lagging list is what the list was then, page by page too.
TEST(ListLag, IsTheListOfThatTime) {
  std::mt19937 random{7};
  Emulated emulated;
  std::vector<std::string> ids;
  std::vector<std::string> history;
  const auto change = [&] {
    const std::size_t turn = random() % 4;
    if (turn == 0 || ids.empty()) {
      ids.push_back(emulated.create("k" + std::to_string(random() % 100)).text("apiKeyId"));
      return;
    }
    const std::size_t which = random() % ids.size();
    if (turn == 1) {
      emulated.call(
          Method::put, "/auth/api-keys/" + ids[which],
          R"({"apiKey":{"name":"r)" + std::to_string(random() % 100) + R"("},"fieldMask":"name"})");
    } else if (turn == 2) {
      emulated.post("/auth/api-keys/" + ids[which] + "/rotate", "{}");
    } else {
      emulated.remove(ids[which]);
      ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(which));
    }
  };
  const auto list = [&] { return emulated.get(Emulated::keys()).response.body; };
  for (int second = 0; second < 60; ++second) {
    for (std::size_t i = random() % 3; i > 0; --i) change();
    history.push_back(list());
    if (second >= 5) {
      emulated.post("/_emulator/state", R"({"listLag":"5s"})");
      EXPECT_EQ(list(), history[static_cast<std::size_t>(second - 5)]) << second;
      Names paged;
      std::string token;
      do {
        const Answer page = emulated.get(Emulated::keys() + "?pageSize=2&paginationToken=" + token);
        for (const std::string& name : names(page)) paged.push_back(name);
        token = page.text("paginationToken");
      } while (!token.empty());
      EXPECT_EQ(paged, names(emulated.get(Emulated::keys()))) << second;
      emulated.post("/_emulator/state", R"({"listLag":"0s"})");
    }
    emulated.advance("1s");
  }
}

}  // namespace
}  // namespace xai::emulator::test
