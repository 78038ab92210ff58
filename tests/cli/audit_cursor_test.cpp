#include <fcntl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "cli/audit_fixture.h"

namespace xai::cli::test {
namespace {

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

struct Cursor : testing::Test {
  /// What is in the file.
  [[nodiscard]] std::string text() const {
    std::ifstream file{cursor};
    return {std::istreambuf_iterator<char>{file}, {}};
  }

  Log log{};
  std::string cursor{log.folder.file("cursor")};
};

TEST_F(Cursor, LeavesTheOutputEmptyWhereNothingIsNew) {
  const auto list = [&](const std::string& format) {
    EXPECT_EQ(log.run({"list-audit-events", "--cursor", cursor, "--output", format, "--columns",
                       "time,id"}),
              0)
        << log.err;
    return log.out;
  };
  for (const auto* const format : {"csv", "jsonl", "text"}) EXPECT_EQ(list(format), "");
  log.events = {{"2026-11-20T00:00:00Z", "a"}};
  EXPECT_EQ(list("csv"), "eventTime,eventId\r\n2026-11-20T00:00:00Z,a\r\n");
  for (const auto* const format : {"csv", "jsonl", "text"}) EXPECT_EQ(list(format), "");
  log.events.push_back({"2026-11-21T00:00:00Z", "b"});
  EXPECT_EQ(list("csv"), "2026-11-21T00:00:00Z,b\r\n") << "the header stands in the file already";
}

TEST_F(Cursor, IsOfOneTeamAndOneFilter) {
  const std::string another = "99999999-8888-4777-8666-555555555555";
  log.events = {{"2026-11-20T00:00:00Z", "a"}};
  ASSERT_EQ(log.list({"--cursor", cursor, "--query", "key"}), 0) << log.err;
  const std::string before = text();
  EXPECT_EQ(log.list({"--cursor", cursor}), 12);
  EXPECT_EQ(log.err, "manage_xai: --cursor '" + cursor +
                         "': the cursor is of events with 'key', not with any words; nothing was "
                         "sent; keep a cursor for each service, team and set of filters\n");
  EXPECT_EQ(log.list({"--cursor", cursor, "--query", "key", "--user", "u"}), 12);
  EXPECT_EQ(log.list({"--cursor", cursor, "--query", "key", "--team-id", another}), 12);
  EXPECT_TRUE(log.err.contains("of the team '" + std::string{team} + "', not of '" + another + "'"))
      << log.err;
  EXPECT_EQ(log.list({"--cursor", cursor, "--query", "key", "--base-url", "https://localhost"}),
            12);
  EXPECT_TRUE(log.err.contains(", not at https://localhost;")) << log.err;
  EXPECT_EQ(text(), before);
  EXPECT_EQ(log.requests.size(), 1U);
  ASSERT_EQ(log.list({"--cursor", cursor, "--query", "key", "--since", "3d"}), 0) << log.err;
}

TEST_F(Cursor, IsOfTheTeamThatTheKeyIsOf) {
  const auto list = [&](const std::string& key_team) {
    log.environment.erase("XAI_TEAM_ID");
    log.answer("validation", R"({"scopeId":")" + key_team + R"(","scope":"SCOPE_TEAM"})");
    return log.list({"--cursor", cursor});
  };
  log.events = {{"2026-11-20T00:00:00Z", "a"}};
  ASSERT_EQ(list("one"), 0) << log.err;
  EXPECT_EQ(list("two"), 12);
  EXPECT_TRUE(log.err.contains("of the team 'one', not of 'two'; nothing was changed")) << log.err;
  EXPECT_EQ(list("one"), 0) << log.err;
}

TEST_F(Cursor, IsTakenBackWithAWarning) {
  log.date = "Mon, 23 Nov 2026 12:00:00 GMT";
  log.events = {{"2026-11-23T11:59:30Z", "a"}};
  std::ofstream{cursor} << R"({"version":1,"eventTime":"9999-01-01T00:00:00Z","seen":[]})";
  ASSERT_EQ(log.list({"--cursor", cursor}), 0) << log.err;
  EXPECT_EQ(log.ids(), "a ");
  EXPECT_TRUE(log.err.contains("the cursor stood at 9999-01-01T00:00:00Z")) << log.err;
  ASSERT_EQ(log.list({"--cursor", cursor}), 0);
  EXPECT_EQ(log.out + log.err, "") << text();
}

TEST_F(Cursor, FollowsPastAnEventThatIsStampedAhead) {
  log.date = "Mon, 23 Nov 2026 12:00:00 GMT";
  log.events = {{"9999-01-01T00:00:00Z", "ahead"}};
  std::size_t polls = 0;
  log.on_request = [&] {
    if (++polls == 4) log.events.push_back({"2026-11-23T12:00:05Z", "b"});
  };
  log.interrupted = [&] { return polls > 20 ? 2 : 0; };
  EXPECT_EQ(log.list({"--follow"}), 130) << log.err;
  EXPECT_EQ(log.ids(), "ahead b ");
}

}  // namespace
}  // namespace xai::cli::test
