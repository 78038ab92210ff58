#include <csignal>

#include "cli/audit_fixture.h"

namespace xai::cli::test {
namespace {

using fakes::parameter;
using Filed = fakes::AuditLog::Filed;

TEST(AuditEvents, AreListedNewestFirstOrOldestFirst) {
  Log log;
  log.events = {
      {"2026-11-01T00:00:00Z", "a"}, {"2026-11-02T00:00:00Z", "b"}, {"2026-11-03T00:00:00Z", "c"}};
  ASSERT_EQ(log.list({}), 0) << log.err;
  EXPECT_EQ(log.ids(), "c b a ");
  ASSERT_EQ(log.list({"--oldest-first", "--user", "u", "--query", "some words", "--until", "1d"}),
            0);
  EXPECT_EQ(log.ids(), "a b c ");
  const std::string& target = log.requests.back().target;
  EXPECT_EQ(parameter(target, "eventFilter.userId"), "u");
  EXPECT_EQ(parameter(target, "eventFilter.query"), "some words");
  EXPECT_EQ(parameter(target, "eventTimeTo"), "2026-11-22T12:00:00Z");
}

TEST(AuditEvents, AreListedToTheEndOfADay) {
  Log log;
  ASSERT_EQ(log.list({"--since", "2026-09-16", "--until", "2026-09-16"}), 0) << log.err;
  EXPECT_EQ(parameter(log.requests.back().target, "eventTimeFrom"), "2026-09-16T00:00:00Z");
  EXPECT_EQ(parameter(log.requests.back().target, "eventTimeTo"), "2026-09-17T00:00:00Z");
  ASSERT_EQ(log.list({"--until", "2026-09-16T00:00:00Z"}), 0);
  EXPECT_EQ(parameter(log.requests.back().target, "eventTimeTo"), "2026-09-16T00:00:00Z");
  ASSERT_EQ(log.list({"--until", "9999-12-31"}), 0);
  EXPECT_FALSE(log.requests.back().target.contains("eventTimeTo"));
}

TEST(AuditEvents, AreNotListedFromTheEndToTheBeginning) {
  for (const auto& [since, until] :
       {std::pair{"7d", "30d"}, {"2026-11-02", "2026-11-01"}, {"1d", "1d"}}) {
    Log log;
    EXPECT_EQ(log.list({"--since", since, "--until", until}), 2) << since;
    EXPECT_TRUE(log.err.contains("the events asked for end before they begin (")) << log.err;
    EXPECT_TRUE(log.requests.empty());
  }
  Log log;
  EXPECT_EQ(log.list({"--since", "2026-11-23", "--until", "1d"}), 2);
  EXPECT_TRUE(log.err.contains("(2026-11-23T00:00:00Z to 2026-11-22T12:00:00Z)")) << log.err;
  EXPECT_EQ(log.list({"--since", "2026-11-22", "--until", "2026-11-22"}), 0) << log.err;
}

TEST(AuditEvents, AreSoughtBackFromTheServicesTime) {
  for (const auto* const format : {"jsonl", "csv"}) {
    Log log;
    log.answer("validation", "{}", 200, {{"Date", "Mon, 15 Mar 2027 12:00:00 GMT"}});
    ASSERT_EQ(log.run({"list-audit-events", "--since", "3d", "--until", "1d", "--output", format}),
              0);
    const std::string& target = log.requests.back().target;
    EXPECT_EQ(parameter(target, "eventTimeFrom"), "2027-03-12T12:00:00Z");
    EXPECT_EQ(parameter(target, "eventTimeTo"), "2027-03-14T12:00:00Z");
    // A day needs no clock.
    log.requests.clear();
    ASSERT_EQ(log.list({"--since", "2027-03-12"}), 0);
    EXPECT_EQ(log.requests.size(), 1U);
  }
}

TEST(AuditEvents, ShowTheColumnsThatAreAskedFor) {
  Log log;
  log.events = {{"2026-11-01T00:00:00Z", "=a"}};
  ASSERT_EQ(log.run({"list-audit-events", "--columns", "who,ID"}), 0) << log.err;
  EXPECT_EQ(log.out, "WHO  ID\n-    =a\n");
  ASSERT_EQ(log.run({"list-audit-events", "--columns", "id,TIME", "--output", "csv"}), 0);
  EXPECT_EQ(log.out, "eventId,eventTime\r\n'=a,2026-11-01T00:00:00Z\r\n");
}

TEST(AuditEvents, AreOutBeforeTheNextPageIsAskedFor) {
  Log log;
  log.events = {
      {"2026-11-01T00:00:00Z", "a"}, {"2026-11-02T00:00:00Z", "b"}, {"2026-11-03T00:00:00Z", "c"}};
  std::vector<std::size_t> seen;
  log.on_request = [&] { seen.push_back(log.ids().size()); };
  ASSERT_EQ(log.list({}), 0);
  EXPECT_EQ(seen, (std::vector<std::size_t>{0, 4}));
}

/// Follows and files one more event per poll, at `times` in turn; then a signal comes.
void follow(Log& log, const std::vector<Filed>& later, std::vector<std::string> arguments) {
  std::size_t polls = 0;
  bool is_stopped = false;
  log.on_request = [&] {
    if (++polls > 2 && polls - 3 < later.size()) log.events.push_back(later[polls - 3]);
    // The walks of a poll may take several requests; enough of them have been made by then.
    if (polls > later.size() + 40) is_stopped = true;
  };
  log.interrupted = [&] { return is_stopped ? SIGINT : 0; };
  arguments.insert(arguments.begin(), "--follow");
  EXPECT_EQ(log.list(std::move(arguments)), 130) << log.err;
}

TEST(AuditEvents, AreFollowedWithNoneTwiceAndNoneMissed) {
  Log log;
  log.events = {{"2026-11-23T11:00:00Z", "a"}, {"2026-11-23T11:59:58Z", "b"}};
  // Equal times across page borders, and one that is filed later than it happened.
  follow(log,
         {{"2026-11-23T12:00:01Z", "c"},
          {"2026-11-23T12:00:01Z", "d"},
          {"2026-11-23T12:00:01Z", "e"},
          {"2026-11-23T12:00:00Z", "late"},
          {"2026-11-23T12:00:01Z", "f"}},
         {"--since", "2026-11-23T11:30:00Z"});
  EXPECT_EQ(log.ids(), "b c d e late f ") << log.err;
}

TEST(AuditEvents, AreFollowedFromTheLastTen) {
  Log log;
  log.page_size = 10;
  for (std::size_t i = 0; i < 15; ++i)
    log.events.push_back({"2026-11-23T11:59:" + std::to_string(10 + i) + "Z",
                          std::string{"abcdefghijklmno"}.substr(i, 1)});
  follow(log, {{"2026-11-23T12:00:00Z", "new"}}, {});
  EXPECT_EQ(log.ids(), "f g h i j k l m n o new ");
}

TEST(AuditEvents, ThatAreFollowedSayOnceWhichColumnsHaveNoRoom) {
  Log log;
  log.is_terminal = true;
  log.columns = 16;
  log.events = {{"2026-11-23T11:59:58Z", "a"}};
  bool is_stopped = false;
  int polls = 0;
  log.on_request = [&] { is_stopped = ++polls > 6; };
  log.interrupted = [&] { return is_stopped ? SIGINT : 0; };
  EXPECT_EQ(log.run({"list-audit-events", "--follow", "--columns", "time,userId,what,id"}), 130);
  const std::size_t place = log.err.find("hidden for lack of room");
  EXPECT_NE(place, std::string::npos) << log.out << log.err;
  EXPECT_EQ(log.err.find("hidden for lack of room", place + 1), std::string::npos) << log.err;
}

TEST(AuditEvents, AreFollowedThroughTrouble) {
  Log log;
  log.events = {{"2026-11-23T11:59:58Z", "a"}};
  const auto reply = log.replies["events"];
  int calls = 0;
  log.replies["events"] =
      [&](const management::HttpRequest& request) -> management::Result<management::HttpResponse> {
    ++calls;
    if (calls > 1 && calls < 8) return fakes::answer(503, "");
    return reply(request);
  };
  follow(log, {{"2026-11-23T12:00:00Z", "b"}}, {"--since", "1h", "--interval", "1s"});
  EXPECT_EQ(log.ids(), "a b ");
  EXPECT_TRUE(log.err.contains("no new events for now")) << log.err;
}

TEST(AuditEvents, AreNotMadeOfNonsense) {
  for (const auto* const body : {R"({"events":[{"eventTime":"soon","eventId":"a"}]})",
                                 R"({"events":["a"]})", R"({"events":[{"eventId":{}}]})",
                                 R"({"events":{}})", R"({"events":[],"nextPageToken":["x"]})"})
    for (const auto* const format : {"text", "json", "jsonl", "csv"}) {
      MoneyApp app;
      app.answer("events", body);
      EXPECT_EQ(app.run({"list-audit-events", "--output", format}), 13) << body << " " << format;
    }
}

}  // namespace
}  // namespace xai::cli::test
