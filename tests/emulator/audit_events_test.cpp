#include <algorithm>

#include "emulator/emulated.h"
#include "emulator/seed.h"

namespace xai::emulator::test {
namespace {

std::string events(std::string_view query = "") {
  return "/audit/teams/" + std::string{team} + "/events" + std::string{query};
}

std::vector<std::string> descriptions(const Answer& answer) {
  std::vector<std::string> result;
  for (const json::Value& event : answer.body().find("events").items())
    result.emplace_back(event.find("description").text());
  return result;
}

using Texts = std::vector<std::string>;

/// A team without what the default seed tells of its past.
Options fresh() {
  Options given = options();
  given.seed = Seed{};
  return given;
}

TEST(AuditEvents, TellOfEveryChangeNewestFirst) {
  Emulated emulated{fresh()};
  const std::string id = emulated.create("ci").text("apiKeyId");
  emulated.call(Method::put, "/auth/api-keys/" + id,
                R"({"apiKey":{"name":"build"},"fieldMask":"name"})");
  emulated.advance("1h");
  emulated.post("/auth/api-keys/" + id + "/rotate", "{}");
  emulated.remove(id);
  EXPECT_EQ(emulated.remove(id).status(), 404);
  const Answer listed = emulated.get(events());
  ASSERT_EQ(descriptions(listed),
            (Texts{"API key 'build' was deleted", "API key 'build' was rotated",
                   "API key 'build' was updated", "API key 'ci' was created"}));
  EXPECT_EQ(listed.text("nextPageToken"), "");
  const json::Value first = listed.body().find("events").items()[0];
  EXPECT_EQ(first.find("eventTime").text(), "2027-01-31T13:00:00Z");
  EXPECT_EQ(first.find("eventId").text().size(), 36U);
  const Answer me = emulated.get("/auth/management-keys/validation");
  EXPECT_EQ(first.find("user").find("userId").text(), me.text("ownerUserId"));
  EXPECT_NE(first.find("user").find("email").text(), "");
  EXPECT_EQ(descriptions(emulated.get(events("?orderBy=TIME_ASCENDING"))).front(),
            "API key 'ci' was created");
}

TEST(AuditEvents, AreFiltered) {
  Emulated emulated{fresh()};
  const std::string id = emulated.create("ci").text("apiKeyId");
  emulated.advance("1h");
  emulated.create("Web Shop");
  emulated.remove(id);
  EXPECT_EQ(descriptions(emulated.get(events("?eventFilter.query=shop%20API"))),
            Texts{"API key 'Web Shop' was created"});
  EXPECT_EQ(descriptions(emulated.get(events("?eventFilter.query=shop%20deleted"))), Texts{});
  EXPECT_EQ(descriptions(emulated.get(events("?eventFilter.userId=nobody"))), Texts{});
  EXPECT_EQ(descriptions(emulated.get(events("?eventTimeTo=2027-01-31T13:00:00Z"))),
            Texts{"API key 'ci' was created"});
  EXPECT_EQ(descriptions(emulated.get(events("?eventTimeFrom=2027-01-31T13:00:00Z"))).size(), 2U);
  const Answer all = emulated.get(events());
  const auto one = all.body().find("events").items()[1];
  EXPECT_EQ(descriptions(emulated.get(
                events("?eventFilter.eventId=" + std::string{one.find("eventId").text()}))),
            Texts{"API key 'Web Shop' was created"});
}

TEST(AuditEvents, PagesStayRightWhenEventsComeBetween) {
  for (const std::string order : {"TIME_DESCENDING", "TIME_ASCENDING"}) {
    Emulated emulated{fresh()};
    for (int i = 0; i < 7; ++i) {
      emulated.create("key" + std::to_string(i));
      if (i % 2 == 0) emulated.advance("1m");
    }
    Texts seen;
    std::string token;
    do {
      const Answer page =
          emulated.get(events("?pageSize=3&orderBy=" + order + "&pageToken=" + token));
      ASSERT_EQ(page.status(), 200);
      for (std::string& text : descriptions(page)) seen.push_back(std::move(text));
      token = page.text("nextPageToken");
      if (order == "TIME_DESCENDING") emulated.create("late");
    } while (!token.empty());
    ASSERT_EQ(seen.size(), 7U);
    if (order == "TIME_DESCENDING") std::ranges::reverse(seen);
    for (std::size_t i = 0; i < seen.size(); ++i)
      EXPECT_EQ(seen[i], "API key 'key" + std::to_string(i) + "' was created");
  }
}

TEST(AuditEvents, FollowTheFaultsOfPages) {
  Emulated emulated{fresh()};
  for (int i = 0; i < 4; ++i) emulated.create("key" + std::to_string(i));
  const std::string token = emulated.get(events("?pageSize=2")).text("nextPageToken");
  const auto next = [&](std::string_view given) {
    return emulated.get(events("?pageSize=2&pageToken=" + std::string{given}));
  };
  emulated.post("/_emulator/faults", R"({"page":"duplicate"})");
  const Answer again = next(token);
  EXPECT_EQ(descriptions(again),
            (Texts{"API key 'key3' was created", "API key 'key2' was created"}));
  ASSERT_NE(again.text("nextPageToken"), token);
  EXPECT_EQ(descriptions(next(again.text("nextPageToken"))).front(), "API key 'key1' was created");
  emulated.post("/_emulator/faults", R"({"page":"loop"})");
  EXPECT_EQ(next(token).text("nextPageToken"), token);
}

TEST(AuditEvents, RefuseWhatTheyCannotAnswer) {
  Emulated emulated{fresh()};
  EXPECT_EQ(emulated.get(events("?pageSize=-1")).status(), 400);
  EXPECT_EQ(emulated.get(events("?pageSize=101")).status(), 400);
  EXPECT_EQ(emulated.get(events("?pageSize=100")).status(), 200);
  EXPECT_EQ(emulated.get(events("?orderBy=NAME")).status(), 400);
  EXPECT_EQ(emulated.get(events("?eventTimeFrom=yesterday")).status(), 400);
  EXPECT_TRUE(refuses(emulated.get(events("?pageToken=7")), 400, "3", "Invalid pagination token"));
  EXPECT_TRUE(refuses(emulated.get("/audit/teams/default/events"), 400, "3", "Invalid uuid"));
  EXPECT_EQ(emulated.get("/audit/teams/" + std::string{other_team} + "/events").status(), 404);
}

TEST(AuditEvents, NeedTheRight) {
  Options given = options();
  Seed seed;
  seed.teams.push_back({.team_id = std::string{team}});
  auto reader = new_management_key(Secret{"xai-token-reader"}, std::string{team});
  reader.key.acls = {"team-token:endpoint:ListApiKeys"};
  seed.management_keys.push_back(std::move(reader));
  given.seed = std::move(seed);
  Emulated emulated{given};
  EXPECT_EQ(emulated.get(events(), "xai-token-reader").status(), 403);
  EXPECT_EQ(emulated.get(events()).status(), 200);
}

}  // namespace
}  // namespace xai::emulator::test
