#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "cli/money_fixture.h"
#include "fakes/audit_log.h"

namespace xai::cli::test {
namespace {

using fakes::parameter;
using Filed = fakes::AuditLog::Filed;

struct Log : MoneyApp, fakes::AuditLog {
  Log() {
    replies["events"] = [this](const management::HttpRequest& request) { return reply(request); };
  }

  /// The ids that were printed, in order.
  [[nodiscard]] std::string ids() const {
    std::string result;
    for (std::size_t place = out.find("\"eventId\":\""); place != std::string::npos;
         place = out.find("\"eventId\":\"", place + 1))
      result += out.substr(place + 11, out.find('"', place + 11) - place - 11) + " ";
    return result;
  }

  int list(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"list-audit-events", "--output", "jsonl"});
    return run(std::move(arguments));
  }
};

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

TEST(AuditEvents, GoOnFromACursorAfterAnyBreak) {
  Log log;
  emulator::test::TemporaryDirectory folder;
  const std::string cursor = folder.file("cursor");
  for (int i = 0; i < 9; ++i)
    log.events.push_back({"2026-11-20T00:00:0" + std::to_string(i / 3) + "Z", std::to_string(i)});
  const auto reply = log.replies["events"];
  int calls = 0;
  log.replies["events"] =
      [&](const management::HttpRequest& request) -> management::Result<management::HttpResponse> {
    if (++calls == 3) return fakes::answer(403, "");
    return reply(request);
  };
  EXPECT_EQ(log.list({"--cursor", cursor}), 4);
  EXPECT_EQ(log.ids(), "0 1 2 3 ");
  ASSERT_EQ(log.list({"--cursor", cursor}), 0) << log.err;
  EXPECT_EQ(log.ids(), "4 5 6 7 8 ");
  // As a kill two hours ago would have left it.
  const std::string left = cursor + ".new-00000000";
  std::ofstream{left} << "x";
  const auto then = std::chrono::floor<std::chrono::seconds>(log.now - std::chrono::hours{2});
  const timespec time{.tv_sec = then.time_since_epoch().count(), .tv_nsec = 0};
  const timespec times[]{time, time};
  ASSERT_EQ(::utimensat(AT_FDCWD, left.c_str(), times, 0), 0);
  log.events.push_back({"2026-11-20T00:00:02Z", "filed late"});
  ASSERT_EQ(log.list({"--cursor", cursor}), 0);
  EXPECT_EQ(log.ids(), "filed late ");
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator{std::filesystem::path{cursor}.parent_path()})
    if (entry.exists()) ++files;
  EXPECT_EQ(files, 1U) << "something was left behind beside the cursor";
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
