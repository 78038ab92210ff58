#include "cli/pending.h"
#include "cli/exit_code.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/session.h"
#include "emulator/temporary_directory.h"

namespace xai::cli {
namespace {

namespace fs = std::filesystem;
using management::Secret;
using management::Timestamp;

const std::string key_id = "fe15b799-32e1-4d02-9e65-80236f9995f7";

/// A session that knows where its state goes, and nothing of a service.
struct Stage {
  emulator::test::TemporaryDirectory folder{};
  double chance{0.3};
  Process process{.environment = [this](const std::string& name) -> std::optional<std::string> {
                    if (name == "XDG_STATE_HOME") return folder.file("state");
                    return std::nullopt;
                  },
                  .clock = [] { return Timestamp{std::chrono::days{20'000}}; },
                  .random =
                      [this] {
                        chance = chance * 7.1 + 0.3;
                        chance -= static_cast<int>(chance);
                        return chance;
                      }};
  Output output{[](std::string_view) { return 0; }};
  Messages messages{output};
  Session session{process, Settings{}, Format::text, false, nullptr, output, messages};

  [[nodiscard]] std::string pending(const std::string& name = "") const {
    return folder.file("state/xai-management/pending/" + name);
  }
  PendingRecord create(const std::string& name) {
    auto record = PendingRecord::create(
        session, {.command = "create-key", .key_name = name, .start = session.now()});
    EXPECT_TRUE(record) << record.error().message;
    return *std::move(record);
  }
};

std::string text_of(const std::string& path) {
  std::ifstream stream{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

TEST(PendingRecord, IsForThisUserAloneAndHasItsSpaceReserved) {
  Stage stage;
  const PendingRecord record = stage.create("n");
  struct stat status{};
  ASSERT_EQ(::stat(stage.pending(record.content().id + ".jsonl").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_GE(status.st_size, 16 << 10);
  ASSERT_EQ(::stat(stage.pending().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(PendingRecord, KeepsTheSecretUntilItIsRemoved) {
  Stage stage;
  std::string id;
  {
    PendingRecord record = stage.create("with \"quotes\"\n");
    id = record.content().id;
    Pending known = record.content();
    known.api_key_id = key_id;
    known.secret = Secret{"xai-secret"};
    EXPECT_EQ(record.note(std::move(known)), 0);
  }
  auto record = PendingRecord::take(stage.session, id);
  ASSERT_TRUE(record);
  EXPECT_EQ(record->content().secret.reveal(), "xai-secret");
  EXPECT_EQ(record->content().key_name, "with \"quotes\"\n");
  EXPECT_EQ(record->content().api_key_id, key_id);
  EXPECT_EQ(record->content().start, stage.session.now());
  record->remove();
  EXPECT_TRUE(fs::is_empty(stage.pending()));
  EXPECT_FALSE(PendingRecord::take(stage.session, id));
}

TEST(PendingRecord, IsReadAsItStoodWhenALineWasCutOff) {
  Stage stage;
  std::string id;
  std::size_t first_size = 0;
  {
    PendingRecord record = stage.create("n");
    id = record.content().id;
    first_size = text_of(stage.pending(id + ".jsonl")).find('\n') + 1;
    Pending known = record.content();
    known.secret = Secret{"xai-secret"};
    record.note(std::move(known));
  }
  const std::string path = stage.pending(id + ".jsonl");
  const std::string whole = text_of(path);
  const std::size_t end = whole.find('\0');
  for (std::size_t size = first_size; size <= end; ++size) {
    std::ofstream{path, std::ios::binary} << whole.substr(0, size)
                                          << std::string(whole.size() - size, '\0');
    const auto list = list_pending(stage.session);
    ASSERT_TRUE(list);
    ASSERT_EQ(list->size(), 1U);
    EXPECT_EQ(list->front().key_name, "n");
    EXPECT_EQ(list->front().is_minted(), size == end) << size;
  }
}

TEST(PendingRecord, GoesOnBehindTheLastWholeLine) {
  Stage stage;
  std::string id;
  {
    const PendingRecord record = stage.create("n");
    id = record.content().id;
  }
  const std::string path = stage.pending(id + ".jsonl");
  {
    std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
    file.seekp(static_cast<std::streamoff>(text_of(path).find('\n') + 1));
    file << R"({"command":"create-k)";
  }
  {
    auto record = PendingRecord::take(stage.session, id);
    ASSERT_TRUE(record);
    Pending known = record->content();
    known.secret = Secret{"xai-secret"};
    EXPECT_EQ(record->note(std::move(known)), 0);
  }
  const auto list = list_pending(stage.session);
  ASSERT_TRUE(list);
  EXPECT_EQ(list->front().secret.reveal(), "xai-secret");
}

TEST(PendingRecord, OfARunningProcessIsShownButNotTaken) {
  Stage stage;
  const PendingRecord record = stage.create("n");
  const auto list = list_pending(stage.session);
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 1U);
  EXPECT_TRUE(list->front().is_running);
  const auto taken = PendingRecord::take(stage.session, record.content().id);
  ASSERT_FALSE(taken);
  EXPECT_EQ(exit_code_of(taken.error()), ExitCode::refused);
}

TEST(PendingRecord, NamesNoFileOutsideItsFolder) {
  Stage stage;
  for (const auto* id : {"", "../minted", "a/b", ".", "A"}) {
    const auto taken = PendingRecord::take(stage.session, id);
    ASSERT_FALSE(taken);
    EXPECT_EQ(exit_code_of(taken.error()), ExitCode::not_found) << id;
  }
}

TEST(PendingRecord, NeedsAPlace) {
  Stage stage;
  std::ofstream{stage.folder.file("state")} << "a file where a folder should be";
  const auto record = PendingRecord::create(stage.session, {});
  ASSERT_FALSE(record);
  EXPECT_EQ(exit_code_of(record.error()), ExitCode::local_trouble);
  EXPECT_NE(record.error().next.find("XDG_STATE_HOME"), std::string::npos);
}

TEST(ListPending, ClearsAwayWhatAKillLeftUnnamed) {
  Stage stage;
  fs::create_directories(stage.pending());
  std::ofstream{stage.pending(".new-old")} << "x";
  std::ofstream{stage.pending(".new-fresh")} << "x";
  // The stage's clock stands in 2024.
  const timespec then{.tv_sec = 20'000L * 86'400 - 7'200, .tv_nsec = 0};
  const timespec times[]{then, then};
  ASSERT_EQ(::utimensat(AT_FDCWD, stage.pending(".new-old").c_str(), times, 0), 0);
  ASSERT_TRUE(list_pending(stage.session));
  EXPECT_FALSE(fs::exists(stage.pending(".new-old")));
  EXPECT_TRUE(fs::exists(stage.pending(".new-fresh")));
}

TEST(Minted, RemembersKeysAndStaysSmall) {
  Stage stage;
  fs::create_directories(stage.folder.file("state/xai-management"));
  remember_minted(stage.session, "no id at all\n");
  EXPECT_TRUE(minted_before(stage.session).empty());
  constexpr std::size_t more_than_a_file = 30'000;
  for (std::size_t i = 0; i < more_than_a_file; ++i) remember_minted(stage.session, key_id);
  const auto ids = minted_before(stage.session);
  EXPECT_EQ(ids.size(), more_than_a_file);
  EXPECT_EQ(ids.back(), key_id);
  EXPECT_LT(fs::file_size(stage.folder.file("state/xai-management/minted")), 1UL << 20U);
}

}  // namespace
}  // namespace xai::cli
