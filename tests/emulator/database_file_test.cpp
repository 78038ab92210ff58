#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "base/file.h"
#include "emulator/emulated.h"
#include "emulator/temporary_directory.h"

namespace xai::emulator::test {
namespace {

using Files = std::map<std::string, std::pair<mode_t, std::string>>;

/// What is in a folder: names, modes, and what regular files hold.
Files files_in(const std::string& folder) {
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    struct stat status{};
    EXPECT_EQ(::lstat(entry.path().c_str(), &status), 0);
    std::string bytes;
    if (S_ISREG(status.st_mode)) {
      std::ifstream stream{entry.path(), std::ios::binary};
      bytes.assign(std::istreambuf_iterator<char>{stream}, {});
    }
    files[entry.path().filename()] = {status.st_mode, bytes};
  }
  return files;
}

/// Whether the file is refused, and everything in its folder stays as it was.
::testing::AssertionResult is_left_alone(const TemporaryDirectory& directory,
                                         const std::string& name) {
  const Files before = files_in(directory.file(""));
  Options given = options();
  given.db_file = directory.file(name);
  if (Emulator::open(given)) return ::testing::AssertionFailure() << name << " was taken";
  if (files_in(directory.file("")) == before) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << name << " or something beside it was changed";
}

void write(const std::string& file, std::string_view bytes) {
  std::ofstream{file, std::ios::binary} << bytes;
  ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
}

std::string bytes_of_state() {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  {
    const Emulated made{given};
  }
  return files_in(directory.file("")).at("state.db").second;
}

TEST(DatabaseFile, IsNothingButARegularFile) {
  const TemporaryDirectory directory;
  ASSERT_EQ(::mkfifo(directory.file("pipe").c_str(), 0666), 0);
  ASSERT_EQ(::mkdir(directory.file("folder").c_str(), 0755), 0);
  std::vector<std::string> names{"pipe", "folder"};
  // A private twin of /dev/null, which only root can make.
  if (::mknod(directory.file("device").c_str(), S_IFCHR | 0666, ::makedev(1, 3)) == 0)
    names.emplace_back("device");
  for (const std::string& name : names) {
    ASSERT_EQ(::chmod(directory.file(name).c_str(), 0777), 0);
    ASSERT_EQ(::symlink(name.c_str(), directory.file("to-" + name).c_str()), 0);
  }
  ASSERT_EQ(::symlink("loop", directory.file("loop").c_str()), 0);
  EXPECT_TRUE(is_left_alone(directory, "loop"));
  for (const std::string& name : names) {
    EXPECT_TRUE(is_left_alone(directory, name));
    EXPECT_TRUE(is_left_alone(directory, "to-" + name));
  }
}

TEST(DatabaseFile, OfOthersStaysAsItIs) {
  const std::string state = bytes_of_state();
  ASSERT_GT(state.size(), 5000U);
  std::vector<std::string> contents;
  for (const std::size_t size :
       std::vector<std::size_t>{1, 2, 3, 4, 5, 15, 16, 17, 99, 100, 511, 512, 4095, 4096, 5000}) {
    contents.push_back(state.substr(0, size));
    contents.emplace_back(size, 'x');
    contents.emplace_back(size, '\0');
  }
  for (const std::string& content : contents) {
    const TemporaryDirectory directory;
    write(directory.file("file"), content);
    EXPECT_TRUE(is_left_alone(directory, "file"))
        << content.size() << " bytes that begin with " << static_cast<int>(content.front());
  }
}

TEST(DatabaseFile, OfAnotherProgramStaysAsItIs) {
  for (const char* journal : {"delete", "wal"})
    for (const char* version : {"0", "1", "2", "7"})
      for (const char* table : {"team", "other", ""}) {
        const TemporaryDirectory directory;
        const bool is_empty = std::string_view{table}.empty();
        if (is_empty && *version == '0') continue;  // Nobody's yet.
        std::string sql = "PRAGMA journal_mode = " + std::string{journal};
        sql.append("; PRAGMA user_version = ").append(version);
        if (!is_empty) sql.append("; CREATE TABLE ").append(table).append(" (name TEXT)");
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(directory.file("other.db").c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
        EXPECT_TRUE(is_left_alone(directory, "other.db")) << sql;
      }
}

TEST(DatabaseFile, HasTheNameThatItIsGiven) {
  const auto back = std::filesystem::current_path();
  for (const char* const name :
       {"file:a.db", "file:a.db?mode=memory", "file:a.db?mode=rwc&cache=shared", "FILE:a.db",
        ":memory:", "a%20b.db", "a?b=c#d", " a", "-wal", "a\nb", "\xff.db", "vfs=unix"}) {
    const TemporaryDirectory directory;
    Options given = options();
    given.db_file = name;
    std::filesystem::current_path(directory.file(""));
    const mode_t mask = ::umask(0);
    for (const bool is_first : {true, false}) {
      const auto opened = Emulator::open(given);
      EXPECT_TRUE(opened && (*opened)->is_new() == is_first) << name;
    }
    ::umask(mask);
    const Files files = files_in(directory.file(""));
    ASSERT_EQ(files.size(), 1U) << name;
    EXPECT_EQ(files.begin()->first, name);
    EXPECT_EQ(files.begin()->second.first & 0777U, 0600U) << name;
  }
  std::filesystem::current_path(back);
}

TEST(DatabaseFile, MayBeWhereALinkLeads) {
  const mode_t mask = ::umask(0);
  const TemporaryDirectory directory;
  ASSERT_EQ(::mkdir(directory.file("kept").c_str(), 0755), 0);
  ASSERT_EQ(::symlink("kept/state.db", directory.file("link").c_str()), 0);
  Options given = options();
  given.db_file = directory.file("link");
  for (int round = 0; round < 2; ++round) {
    Emulated emulated{given};
    emulated.create("x");
    for (const auto& [name, file] : files_in(directory.file("kept")))
      EXPECT_EQ(file.first & 0777U, 0600U) << name;
  }
  EXPECT_EQ(files_in(directory.file("")).size(), 2U);
  ::umask(mask);
}

TEST(DatabaseFile, LeavesAloneWhatLinksBesideItLeadTo) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  {
    const Emulated made{given};
  }
  write(directory.file("other"), "of somebody else");
  ASSERT_EQ(::symlink("other", directory.file("state.db-shm").c_str()), 0);
  {
    const Emulated again{given};
  }
  const auto other = files_in(directory.file("")).at("other");
  EXPECT_EQ(other.first & 0777U, 0644U);
  EXPECT_EQ(other.second, "of somebody else");
}

TEST(DatabaseFile, IsLockedOnWhenASecondEmulatorWasRefused) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  const Emulated emulated{given};
  for (int round = 0; round < 3; ++round) EXPECT_FALSE(Emulator::open(given));
  // Another process must still find the lock of this one.
  const pid_t child = ::fork();
  if (child == 0) {
    const base::File file{::open(given.db_file.c_str(), O_RDWR | O_CLOEXEC)};
    struct flock lock{};
    lock.l_type = F_WRLCK;
    ::_exit(::fcntl(file.get(), F_SETLK, &lock) == 0 ? 1 : 0);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace xai::emulator::test
