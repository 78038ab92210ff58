#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "emulator/emulated.h"
#include "emulator/temporary_directory.h"

namespace xai::emulator::test {
namespace {

TEST(Persistence, AFileKeepsEverything) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  std::string secret;
  std::string before;
  {
    Emulated emulated{given};
    EXPECT_TRUE(emulated.emulator->is_new());
    secret =
        emulated.create("kept", R"(,"acls":["api-key:model:*"],"tpm":"9","qps":0)").text("apiKey");
    emulated.remove(emulated.create("gone").text("apiKeyId"));
    emulated.post("/_emulator/state", R"({"teamBlocked":true})");
    before = emulated.get(Emulated::keys()).response.body;
  }
  Emulated again{given};
  EXPECT_FALSE(again.emulator->is_new());
  EXPECT_EQ(again.get(Emulated::keys()).response.body, before);
  EXPECT_EQ(again.commits(), 3U);
  const Answer info = again.get("/v1/api-key", secret);
  EXPECT_EQ(info.status(), 200);
  EXPECT_TRUE(info.body().find("team_blocked").boolean());
  // The same random seed, and yet no id comes twice.
  EXPECT_EQ(again.create("more").status(), 200);
}

TEST(Persistence, AFileIsForItsOwnerOnly) {
  const mode_t mask = ::umask(0);
  for (const mode_t before : {0U, 0666U, 0600U}) {
    const TemporaryDirectory directory;
    Options given = options();
    given.db_file = directory.file("state.db");
    if (before != 0) {
      {
        const Emulated made{given};
      }
      ASSERT_EQ(::chmod(given.db_file.c_str(), before), 0);
    }
    Emulated emulated{given};
    emulated.create("x");
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{directory.file("")}) {
      struct stat found{};
      ASSERT_EQ(::stat(entry.path().c_str(), &found), 0);
      EXPECT_EQ(found.st_mode & 0777U, 0600U) << entry.path();
      ++count;
    }
    EXPECT_GE(count, 2);  // The database and its log.
  }
  ::umask(mask);
}

TEST(Persistence, AFileOfSomebodyElseKeepsItsMode) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("other.txt");
  std::ofstream{given.db_file} << "no database at all, and long enough to be looked at";
  ASSERT_EQ(::chmod(given.db_file.c_str(), 0644), 0);
  EXPECT_FALSE(Emulator::open(given));
  struct stat found{};
  ASSERT_EQ(::stat(given.db_file.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0644U);
}

TEST(Persistence, AFileRemembersItsOwnKey) {
  const TemporaryDirectory directory;
  const Options given{.db_file = directory.file("state.db")};
  std::string made_up;
  std::string team_id;
  {
    const Emulated emulated{given};
    made_up = emulated.emulator->management_key().reveal();
    team_id = emulated.emulator->team_id();
  }
  Emulated again{given};
  EXPECT_TRUE(made_up.starts_with("xai-token-"));
  EXPECT_EQ(again.emulator->management_key().reveal(), made_up);
  EXPECT_EQ(again.emulator->team_id(), team_id);
  EXPECT_EQ(again.get(Emulated::keys(team_id), made_up).status(), 200);
}

TEST(Persistence, AnotherKeyAndTeamCanBeAdded) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  {
    const Emulated emulated{given};
  }
  given.management_key = Secret{"xai-token-second"};
  given.team_id = other_team;
  Emulated again{given};
  EXPECT_EQ(again.get(Emulated::keys(other_team), "xai-token-second").status(), 200);
  EXPECT_EQ(again.get(Emulated::keys(), key).status(), 200);
  EXPECT_EQ(again.get(Emulated::keys(), "xai-token-second").status(), 404);
}

TEST(Persistence, AKeyStaysWithItsTeam) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  {
    const Emulated emulated{given};
  }
  given.team_id = other_team;
  EXPECT_FALSE(Emulator::open(given));
}

TEST(Persistence, OneFileIsForOneEmulator) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  const Emulated emulated{given};
  const auto second = Emulator::open(given);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "database is locked");
}

TEST(Persistence, RefusesWhatIsNoDatabase) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  std::ofstream{given.db_file} << std::string(4096, 'x');
  EXPECT_FALSE(Emulator::open(given));
  given.db_file = directory.file("no/such/place.db");
  EXPECT_FALSE(Emulator::open(given));
}

std::string bytes_of(const std::string& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

void run_sql(const std::string& file, const char* sql, bool keep_log = false) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep_log ? 1 : 0, nullptr);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
}

TEST(Persistence, RefusesAFileOfAnotherVersionAndLeavesItAlone) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  {
    Emulated emulated{given};
    emulated.create("kept");
  }
  run_sql(given.db_file, "PRAGMA user_version = 99");
  // Also what stands in the log of an emulator that was killed has to stay there.
  run_sql(given.db_file, "UPDATE ledger SET name = 'logged'", true);
  const std::string before = bytes_of(given.db_file);
  const std::string log = bytes_of(given.db_file + "-wal");
  ASSERT_FALSE(log.empty());
  const auto refused = Emulator::open(given);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "the file has schema version 99, and this emulator writes version 2; use another file, "
            "or the emulator that made this one");
  EXPECT_EQ(bytes_of(given.db_file), before);
  EXPECT_EQ(bytes_of(given.db_file + "-wal"), log);
  run_sql(given.db_file, "PRAGMA user_version = 2");
  Emulated again{given};
  EXPECT_EQ(names(again.get(Emulated::keys())), std::vector<std::string>{"kept"});
}

TEST(Persistence, RefusesADatabaseOfSomebodyElse) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  run_sql(given.db_file, "CREATE TABLE team (name TEXT)");
  const std::string before = bytes_of(given.db_file);
  EXPECT_FALSE(Emulator::open(given));
  EXPECT_EQ(bytes_of(given.db_file), before);
}

TEST(Persistence, TakesAFileThatIsEmpty) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  std::ofstream{given.db_file}.flush();
  EXPECT_TRUE(Emulator::open(given));
  EXPECT_TRUE(Emulator::open(given));
}

TEST(Persistence, RefusesATeamIdThatIsNone) {
  Options given = options();
  given.team_id = "default";
  EXPECT_FALSE(Emulator::open(given));
}

}  // namespace
}  // namespace xai::emulator::test
