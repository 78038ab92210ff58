#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "base/percent.h"
#include "cli/commands/audit/cursor.h"
#include "cli/money_fixture.h"

namespace xai::cli::test {
namespace {

struct Filed {
  std::string time;
  std::string id;
};

std::string parameter(const std::string& target, const std::string& name) {
  const std::size_t begin = target.find(name + "=");
  if (begin == std::string::npos) return {};
  const std::size_t start = begin + name.size() + 1;
  return base::percent_decode(target.substr(start, target.find('&', start) - start)).value_or("");
}

/// An audit log that answers pages of two.
struct Log : MoneyApp {
  Log() {
    replies["events"] = [this](const management::HttpRequest& request) {
      if (on_request) on_request();
      std::vector<Filed> found;
      const std::string from = parameter(request.target, "eventTimeFrom");
      for (const Filed& event : events)
        if (event.time >= from) found.push_back(event);
      std::ranges::stable_sort(found, {}, &Filed::time);
      if (parameter(request.target, "orderBy") == "TIME_DESCENDING") std::ranges::reverse(found);
      const std::string token = parameter(request.target, "pageToken");
      const std::size_t begin = token.empty() ? 0 : std::stoul(token);
      const std::size_t end = std::min(begin + page_size, found.size());
      std::string body = R"({"events":[)";
      for (std::size_t i = begin; i < end; ++i)
        body += (i == begin ? "" : ",") + std::string{R"({"eventTime":")"} + found[i].time +
                R"(","eventId":")" + found[i].id + R"(","description":"d"})";
      body += R"(],"nextPageToken":")" + (end < found.size() ? std::to_string(end) : "") + R"("})";
      return fakes::answer(200, body);
    };
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

  std::size_t page_size{2};
  std::vector<Filed> events{};
  std::function<void()> on_request{};
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

TEST(EventTrail, KeepsNoListThatComesInTheOtherOrder) {
  EventTrail trail{false, std::chrono::seconds{}};
  const auto start = base::parse_rfc3339("2026-11-01T00:00:00Z").value();
  for (int i = 0; i < 1000; ++i)
    ASSERT_TRUE(trail.take(start + std::chrono::seconds{i}, std::to_string(i)));
  EXPECT_LT(trail.text().size(), 200U);
  EXPECT_FALSE(trail.take(start + std::chrono::seconds{999}, "999"));
}

TEST(EventTrail, TakesNoEventTwiceWhereAPageBeginsWithTheEndOfTheLast) {
  EventTrail trail{false, std::chrono::seconds{}};
  const auto start = base::parse_rfc3339("2026-11-01T00:00:00Z").value();
  const auto take = [&](int number) {
    return trail.take(start - std::chrono::seconds{number}, std::to_string(number));
  };
  for (int page = 0; page < 10; ++page) {
    trail.begin_page();
    // Meanwhile as many were added as the page number says.
    for (int i = 0; i < 100; ++i) {
      const bool is_new = page == 0 || i >= page;
      ASSERT_EQ(take(100 * page - page * (page + 1) / 2 + i), is_new) << page << " " << i;
    }
  }
}

TEST(EventTrail, RemembersOnlyWhatIsNear) {
  EventTrail trail{true, std::chrono::seconds{60}};
  EXPECT_TRUE(trail.take(base::parse_rfc3339("2026-11-01T00:00:00Z"), "a"));
  EXPECT_FALSE(trail.take(base::parse_rfc3339("2026-11-01T00:00:00Z"), "a"));
  EXPECT_TRUE(trail.take(base::parse_rfc3339("2026-11-01T00:00:30Z"), "b"));
  EXPECT_TRUE(trail.take(base::parse_rfc3339("2026-11-01T00:01:20Z"), "c"));
  EXPECT_FALSE(trail.text().contains("\"a\"")) << trail.text();
  EXPECT_TRUE(trail.text().contains("\"b\""));
  EventTrail again{true, std::chrono::seconds{60}};
  ASSERT_TRUE(again.read(trail.text()));
  EXPECT_EQ(again.text(), trail.text());
  EXPECT_FALSE(again.take(base::parse_rfc3339("2026-11-01T00:00:30Z"), "b"));
}

}  // namespace
}  // namespace xai::cli::test
