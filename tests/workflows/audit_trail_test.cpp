#include "xai/management/audit_trail.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>

#include "fakes/answers_by_path.h"
#include "fakes/audit_log.h"
#include "workflows/account_fixture.h"
#include "workflows/audit_trail.h"

namespace xai::workflows {
namespace {

using namespace management;
using test::EmulatedAccount;

struct AuditTest : testing::Test {
  AuditTest() {
    service.replies["events"] = [this](const HttpRequest& request) { return log.reply(request); };
    account.reach_through(service.serve());
  }

  /// The ids of what is new since the last call, up to the end.
  std::string poll() {
    std::string ids;
    AuditPoll polled{.has_more = true};
    while (polled.has_more) {
      polled = poll_audit_events(*account, query, cursor).value();
      for (const AuditEvent& event : polled.events) ids += event.event_id + " ";
      cursor = polled.cursor;
    }
    return ids;
  }

  fakes::AuditLog log{};
  fakes::AnswersByPath service{};
  EmulatedAccount account{};
  AuditQuery query{};
  std::string cursor{};
};

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

TEST_F(AuditTest, RefusesWhatIsNoCursor) {
  for (const auto* const text :
       {"{}", "x", R"({"version":2,"eventTime":"2027-01-31T11:59:50Z"})",
        R"({"version":1,"eventTime":"2027-01-31T11:59:50Z","seen":[1]})"}) {
    const auto polled = poll_audit_events(*account, query, text);
    ASSERT_FALSE(polled) << text;
    EXPECT_EQ(polled.error().kind, ErrorKind::invalid_argument);
  }
  EXPECT_TRUE(service.requests.empty());
}

struct AuditCursor : AuditTest {
  AuditCursor() {
    log.events = {{"2027-01-31T11:59:50Z", "a"}};
    poll();
  }
  emulator::test::TemporaryDirectory folder{};
  std::string path{folder.file("cursor")};
};

TEST_F(AuditCursor, IsKeptInAFile) {
  EXPECT_EQ(load_audit_cursor(*account, path), "");
  ASSERT_TRUE(save_audit_cursor(*account, path, cursor));
  EXPECT_EQ(load_audit_cursor(*account, path), cursor);
  std::ofstream{path} << "something else";
  EXPECT_EQ(load_audit_cursor(*account, path).error().reason, Reason::local_trouble);
  const std::string nowhere = folder.file("none/cursor");
  EXPECT_EQ(load_audit_cursor(*account, nowhere).error().reason, Reason::local_trouble);
  EXPECT_EQ(save_audit_cursor(*account, nowhere, cursor).error().reason, Reason::local_trouble);
}

TEST_F(AuditCursor, IsWholeWhateverAKillLeftBesideIt) {
  ASSERT_TRUE(save_audit_cursor(*account, path, cursor));
  const std::string old = path + ".new-00000000";
  const std::string fresh = path + ".new-11111111";
  std::ofstream{old} << cursor.substr(0, 10);
  std::ofstream{fresh} << cursor.substr(0, 10);
  const auto touch = [&](const std::string& file, std::chrono::hours age) {
    const auto then = std::chrono::floor<std::chrono::seconds>(account.now() - age);
    const timespec time{.tv_sec = then.time_since_epoch().count(), .tv_nsec = 0};
    const timespec times[]{time, time};
    ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), times, 0), 0);
  };
  touch(old, std::chrono::hours{2});
  touch(fresh, std::chrono::hours{0});
  EXPECT_EQ(load_audit_cursor(*account, path), cursor);
  EXPECT_FALSE(std::filesystem::exists(old));
  EXPECT_TRUE(std::filesystem::exists(fresh)) << "another run may be writing it";
}

TEST_F(AuditCursor, IsTheOldOrTheNewOneAfterAKill) {
  log.events.push_back({"2027-01-31T11:59:55Z", std::string(100'000, 'b')});
  const std::string before = cursor;
  poll();
  for (int round = 0; round < 5; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      for (bool is_new = false;; is_new = !is_new) {
        const auto saved = save_audit_cursor(*account, path, is_new ? cursor : before);
        if (!saved || ::write(pipe[1], "x", 1) != 1) ::_exit(1);
      }
    }
    char letter{};
    for (int saves = 0; saves < 2 + round; ++saves) ASSERT_EQ(::read(pipe[0], &letter, 1), 1);
    ASSERT_EQ(::kill(child, SIGKILL), 0);
    int status{};
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    const std::string left = load_audit_cursor(*account, path).value();
    EXPECT_TRUE(left == before || left == cursor);
    ::close(pipe[0]);
    ::close(pipe[1]);
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

TEST(EventTrail, TakesNoEventTwiceWhereAPageBeginsWithTheEndOfTheLast) {
  EventTrail trail{EventOrder::newest_first, std::chrono::seconds{}};
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
