#include "workflows/audit_trail.h"

#include <set>

#include "workflows/audit_fixture.h"

namespace xai::workflows {
namespace {

using namespace management;
using test::AuditTest;

TEST_F(AuditTest, AnswersEventsOfOneTimeOnce) {
  for (const auto* const id : {"a", "b", "c", "d", "e"})
    log.events.push_back({"2027-01-31T11:59:50Z", id});
  EXPECT_EQ(poll(), "a b c d e ");
  EXPECT_EQ(poll(), "");
  log.events.push_back({"2027-01-31T11:59:50Z", "f"});
  log.events.push_back({"2027-01-31T11:59:20Z", "late"});
  EXPECT_EQ(poll(), "late f ");
  log.events.push_back({"2027-01-31T12:00:00Z", "g"});
  EXPECT_EQ(poll(), "g ");
  EXPECT_EQ(poll(), "");
}

TEST_F(AuditTest, NeverHoldsAllEvents) {
  log.page_size = 100;
  for (int i = 0; i < 2'500; ++i)
    log.events.push_back(
        {"2027-01-31T11:" + std::to_string(10 + i / 60) + ":" + std::to_string(10 + i % 50) + "Z",
         std::to_string(i)});
  std::size_t polls = 0;
  std::set<std::string> ids;
  AuditPoll polled{.has_more = true};
  for (; polled.has_more; ++polls) {
    polled = poll_audit_events(*account, {}, polled.cursor).value();
    EXPECT_LE(polled.events.size(), 1'100);
    for (const AuditEvent& event : polled.events) EXPECT_TRUE(ids.insert(event.event_id).second);
  }
  EXPECT_EQ(ids.size(), 2'500);
  EXPECT_EQ(polls, 3);
}

TEST_F(AuditTest, MissesNothingAfterAFailure) {
  for (int i = 0; i < 6; ++i)
    log.events.push_back({"2027-01-31T11:59:5" + std::to_string(i) + "Z", std::to_string(i)});
  int requests = 0;
  service.replies["events"] = [&](const HttpRequest& request) -> Result<HttpResponse> {
    if (++requests == 2) return fakes::answer(403, "");
    return log.reply(request);
  };
  EXPECT_FALSE(poll_audit_events(*account, query, cursor));
  EXPECT_EQ(poll(), "0 1 2 3 4 5 ");
}

TEST_F(AuditTest, AnswersNothingFromBeforeItsBeginning) {
  query.from = account.now() - std::chrono::seconds{20};
  log.events = {{"2027-01-31T11:59:30Z", "old"}, {"2027-01-31T11:59:50Z", "a"}};
  EXPECT_EQ(poll(), "a ");
  log.events.push_back({"2027-01-31T11:59:55Z", "b"});
  EXPECT_EQ(poll(), "b ");
}

TEST_F(AuditTest, TellsEventsWithoutAnIdByTimeAndDescription) {
  service.answer("events", R"({"events":[
      {"eventTime":"2027-01-31T11:59:50Z","description":"key made"},
      {"eventTime":"2027-01-31T11:59:50Z","description":"key made"},
      {"eventTime":"2027-01-31T11:59:50Z","description":"key gone"},
      {"eventTime":"2027-01-31T11:59:55Z","description":"key made"},
      {"eventId":"","eventTime":"2027-01-31T11:59:56Z","description":"key made"},
      {"description":"key made"}]})");
  EXPECT_EQ(poll_audit_events(*account, query, cursor).value().events.size(), 5U);
}

TEST_F(AuditTest, MissesNothingBehindAnEventThatIsStampedAhead) {
  for (const auto* const ahead : {"2027-01-31T13:00:00Z", "9999-12-31T23:59:59Z"}) {
    cursor.clear();
    log.date = "Sun, 31 Jan 2027 12:00:00 GMT";
    log.events = {{"2027-01-31T11:59:50Z", "a"}, {ahead, "ahead"}};
    EXPECT_EQ(poll(), "a ahead ");
    EXPECT_TRUE(cursor.contains(R"("eventTime":"2027-01-31T12:00:00Z")")) << cursor;
    log.date = "Sun, 31 Jan 2027 12:30:00 GMT";
    log.events.push_back({"2027-01-31T12:20:00Z", "b"});
    EXPECT_EQ(poll(), "b ");
    log.events.push_back({"2027-01-31T12:20:05Z", "c"});
    EXPECT_EQ(poll(), "c ");
    log.date = "Sun, 31 Jan 2027 14:00:00 GMT";
    log.events.push_back({"2027-01-31T13:59:00Z", "d"});
    EXPECT_EQ(poll(), "d ");
    EXPECT_EQ(cursor.contains("\"ahead\""), ahead[0] == '9') << "kept as long as it comes again";
  }
}

TEST(EventTrail, KeepsNoListThatComesInTheOtherOrder) {
  EventTrail trail{EventOrder::newest_first, std::chrono::seconds{}};
  const auto start = base::parse_rfc3339("2026-11-01T00:00:00Z").value();
  for (int i = 0; i < 1000; ++i)
    ASSERT_TRUE(trail.take(start + std::chrono::seconds{i}, std::to_string(i)));
  EXPECT_LT(trail.text().size(), 200U);
  EXPECT_FALSE(trail.take(start + std::chrono::seconds{999}, "999"));
}

TEST(EventTrail, GoesNoFurtherThanTheServicesClock) {
  EventTrail trail{EventOrder::oldest_first, std::chrono::seconds{60}};
  const auto start = base::parse_rfc3339("2026-11-01T00:00:00Z").value();
  const auto at = [&](int seconds) { return start + std::chrono::seconds{seconds}; };
  trail.begin_page(at(0));
  EXPECT_TRUE(trail.take(at(-5), "a"));
  EXPECT_TRUE(trail.take(at(100), "ahead"));
  EXPECT_TRUE(trail.take(at(200), "ahead"));
  EXPECT_FALSE(trail.take(at(100), "ahead"));
  EXPECT_EQ(trail.furthest(), at(0));
  EventTrail again{EventOrder::oldest_first, std::chrono::seconds{60}};
  ASSERT_TRUE(again.read(trail.text()));
  EXPECT_EQ(again.text(), trail.text());
  again.begin_page(at(150));
  EXPECT_TRUE(again.take(at(10), "b"));
  EXPECT_FALSE(again.take(at(100), "ahead"));
  EXPECT_FALSE(again.take(at(200), "ahead"));
  EXPECT_EQ(again.furthest(), at(10));
  EXPECT_TRUE(again.take(at(300), "c"));
  EXPECT_EQ(again.furthest(), at(150));
  // Those that no poll brings again are forgotten.
  again.begin_page(at(400));
  EXPECT_TRUE(again.take(at(400), "d"));
  EXPECT_FALSE(again.text().contains("ahead") || again.text().contains("\"c\"")) << again.text();
}

TEST(EventTrail, RemembersOnlyWhatIsNear) {
  EventTrail trail{EventOrder::oldest_first, std::chrono::seconds{60}};
  EXPECT_TRUE(trail.take(base::parse_rfc3339("2026-11-01T00:00:00Z"), "a"));
  EXPECT_FALSE(trail.take(base::parse_rfc3339("2026-11-01T00:00:00Z"), "a"));
  EXPECT_TRUE(trail.take(base::parse_rfc3339("2026-11-01T00:00:30Z"), "b"));
  EXPECT_TRUE(trail.take(base::parse_rfc3339("2026-11-01T00:01:20Z"), "c"));
  EXPECT_FALSE(trail.text().contains("\"a\"")) << trail.text();
  EXPECT_TRUE(trail.text().contains("\"b\""));
  EventTrail again{EventOrder::oldest_first, std::chrono::seconds{60}};
  ASSERT_TRUE(again.read(trail.text()));
  EXPECT_EQ(again.text(), trail.text());
  EXPECT_FALSE(again.take(base::parse_rfc3339("2026-11-01T00:00:30Z"), "b"));
}

}  // namespace
}  // namespace xai::workflows
