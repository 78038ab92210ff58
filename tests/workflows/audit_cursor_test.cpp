#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "workflows/audit_fixture.h"

namespace xai::workflows {
namespace {

using namespace management;
using test::AuditTest;

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

TEST_F(AuditTest, TakesACursorBackThatIsAheadOfTheService) {
  log.date = "Sun, 31 Jan 2027 12:00:00 GMT";
  log.events = {{"2027-01-31T11:59:50Z", "a"}, {"2027-02-28T00:00:00Z", "seen"}};
  cursor =
      R"({"version":1,"eventTime":"2027-02-28T00:00:00Z","seen":[["2027-02-28T00:00:00Z","seen"]]})";
  const auto polled = poll_audit_events(*account, query, cursor, account.listening()).value();
  ASSERT_EQ(polled.events.size(), 1U);
  EXPECT_EQ(polled.events[0].event_id, "a");
  const auto warnings = account.events<Warning>();
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].kind, WarningKind::cursor_ahead);
  EXPECT_EQ(warnings[0].subject, "2027-02-28T00:00:00Z");
  EXPECT_EQ(warnings[0].detail, "2027-01-31T12:00:00Z");
  cursor = polled.cursor;
  EXPECT_EQ(poll(), "");
  log.events.push_back({"2027-01-31T11:59:55Z", "b"});
  EXPECT_EQ(poll(), "b ");
}

TEST_F(AuditTest, LeavesACursorAloneThatIsAheadByLessThanIsReadAgain) {
  log.date = "Sun, 31 Jan 2027 12:00:00 GMT";
  cursor = R"({"version":1,"eventTime":"2027-01-31T12:00:59Z","seen":[]})";
  log.events = {{"2027-01-31T11:59:59Z", "a"}};
  const auto polled = poll_audit_events(*account, query, cursor, account.listening()).value();
  EXPECT_EQ(polled.events.size(), 1U);
  EXPECT_TRUE(account.events<Warning>().empty());
}

TEST_F(AuditTest, RefusesACursorOfAnotherTeamServiceOrFilter) {
  query.query = "key";
  log.events = {{"2027-01-31T11:59:50Z", "a"}};
  EXPECT_EQ(poll(), "a ");
  const std::size_t requests = service.requests.size();
  const auto other = [&](const std::string& part, const std::string& instead) {
    std::string text = cursor;
    const std::size_t place = text.find(part);
    if (place != std::string::npos) text.replace(place, part.size(), instead);
    return text;
  };
  for (const auto& [text, told] :
       {std::pair{other(test::team, "another"), "of the team 'another', not of"},
        {other("\"baseUrl\":\"https", "\"baseUrl\":\"http"), "of the service at http://"},
        {other("\"key\"", "\"\""), "of events with any words, not with 'key'"},
        {other("\"userId\":\"\"", "\"userId\":\"u\""), "of events by 'u', not by every user"}}) {
    const auto polled = poll_audit_events(*account, query, text);
    ASSERT_FALSE(polled) << text;
    EXPECT_EQ(polled.error().kind, ErrorKind::failed_precondition);
    EXPECT_EQ(polled.error().outcome, Outcome::not_sent);
    EXPECT_EQ(polled.error().reason, Reason::elsewhere);
    EXPECT_TRUE(polled.error().message.contains(told)) << polled.error().message;
  }
  EXPECT_EQ(service.requests.size(), requests);
}

TEST_F(AuditTest, TakesACursorThatDoesNotSayWhoseItIs) {
  cursor =
      R"({"version":1,"eventTime":"2027-01-31T11:59:50Z","seen":[["2027-01-31T11:59:50Z","a"]]})";
  log.events = {{"2027-01-31T11:59:50Z", "a"}, {"2027-01-31T11:59:51Z", "b"}};
  EXPECT_EQ(poll(), "b ");
  EXPECT_TRUE(cursor.contains("\"teamId\":\"" + std::string{test::team} + "\"")) << cursor;
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

}  // namespace
}  // namespace xai::workflows
