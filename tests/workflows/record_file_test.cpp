#include "workflows/record_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "workflows/minted.h"
#include "workflows/record_stage.h"

namespace xai::workflows {
namespace {

namespace fs = std::filesystem;
using management::Reason;
using management::Secret;
using test::RecordStage;
using test::text_of;

const std::string key_id = "fe15b799-32e1-4d02-9e65-80236f9995f7";

TakenRecord take_record(RecordStage& stage, const std::string& name) {
  auto taken =
      RecordFile::create(stage.call(), {.operation = "createApiKey", .subject = {{"name", name}}});
  EXPECT_TRUE(taken) << taken.error().message;
  return *std::move(taken);
}

TEST(RecordFile, IsForThisUserAloneAndHasItsSpaceReserved) {
  RecordStage stage;
  const TakenRecord taken = take_record(stage, "n");
  struct stat status{};
  ASSERT_EQ(::stat(stage.path_of(taken.record.id).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_GE(status.st_size, 16 << 10);
  ASSERT_EQ(::stat(stage.state("pending").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST(RecordFile, KeepsEverythingUntilItIsRemoved) {
  RecordStage stage;
  Record known;
  {
    TakenRecord taken = take_record(stage, "with \"quotes\"\n");
    known = taken.record;
    known.subject["apiKeyId"] = key_id;
    known.base_url = "https://management-api.x.ai";
    known.team_id = test::team;
    known.temporary_file = stage.state(".file.abcdefgh");
    known.service_start = known.start + std::chrono::seconds{3};
    known.secret = Secret{"xai-secret"};
    EXPECT_EQ(taken.file.note(known), 0);
  }
  auto taken = RecordFile::take(stage.call(), known.id);
  ASSERT_TRUE(taken);
  const Record& read = taken->record;
  EXPECT_EQ(read.operation, "createApiKey");
  EXPECT_EQ(read.subject, known.subject);
  EXPECT_EQ(read.start, stage.account.now());
  EXPECT_EQ(read.service_start, known.service_start);
  EXPECT_EQ(read.base_url, known.base_url);
  EXPECT_EQ(read.team_id, known.team_id);
  EXPECT_EQ(read.temporary_file, known.temporary_file);
  EXPECT_EQ(read.secret, known.secret);
  std::ofstream{known.temporary_file} << "x";
  fs::permissions(known.temporary_file, fs::perms{0600});
  taken->file.remove(read);
  EXPECT_TRUE(fs::is_empty(stage.state("pending")));
  EXPECT_FALSE(fs::exists(known.temporary_file));
  EXPECT_FALSE(RecordFile::take(stage.call(), known.id));
}

TEST(RecordFile, RemovesNoFileThatNoSinkBegan) {
  RecordStage stage;
  for (const auto* const name : {"file", ".file", ".file.short", "file.abcdefgh", ".abcdefgh"}) {
    TakenRecord taken = take_record(stage, "n");
    taken.record.temporary_file = stage.state(name);
    std::ofstream{taken.record.temporary_file} << "x";
    taken.file.remove(taken.record);
    EXPECT_TRUE(fs::exists(stage.state(name))) << name;
  }
}

TEST(RecordFile, IsReadAsItStoodWhenALineWasCutOff) {
  RecordStage stage;
  std::string path;
  std::size_t first_size = 0;
  {
    TakenRecord taken = take_record(stage, "n");
    path = stage.path_of(taken.record.id);
    first_size = text_of(path).find('\n') + 1;
    taken.record.secret = Secret{"xai-secret"};
    taken.file.note(taken.record);
  }
  const std::string whole = text_of(path);
  const std::size_t end = whole.find('\0');
  for (std::size_t size = first_size; size <= end; ++size) {
    std::ofstream{path, std::ios::binary} << whole.substr(0, size)
                                          << std::string(whole.size() - size, '\0');
    const auto list = stage.records();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list.front().about("name"), "n");
    EXPECT_EQ(list.front().secret.empty(), size != end) << size;
  }
}

TEST(RecordFile, GoesOnBehindTheLastWholeLine) {
  RecordStage stage;
  const std::string id = take_record(stage, "n").record.id;
  const std::string path = stage.path_of(id);
  {
    std::fstream file{path, std::ios::binary | std::ios::in | std::ios::out};
    file.seekp(static_cast<std::streamoff>(text_of(path).find('\n') + 1));
    file << R"({"version":2,"operation":"createA)";
  }
  {
    auto taken = RecordFile::take(stage.call(), id);
    ASSERT_TRUE(taken);
    taken->record.secret = Secret{"xai-secret"};
    EXPECT_EQ(taken->file.note(taken->record), 0);
  }
  EXPECT_EQ(stage.records().front().secret.reveal(), "xai-secret");
}

TEST(RecordFile, OfSomebodyStillAtItIsShownButNotTaken) {
  RecordStage stage;
  const TakenRecord taken = take_record(stage, "n");
  ASSERT_EQ(stage.records().size(), 1U);
  EXPECT_TRUE(stage.records().front().is_running);
  const auto again = RecordFile::take(stage.call(), taken.record.id);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, Reason::under_way);
}

TEST(RecordFile, OfALaterVersionIsNamedAndLeftAlone) {
  RecordStage stage;
  take_record(stage, "n");
  const std::string path = stage.path_of("later");
  std::ofstream{path} << R"({"version":3,"temporaryFile":"/x/.y.abcdefgh"})" << '\n';
  const auto taken = RecordFile::take(stage.call(), "later");
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, management::ErrorKind::unimplemented);
  EXPECT_TRUE(fs::exists(path));
}

TEST(RecordFile, NamesNoFileOutsideItsFolder) {
  RecordStage stage;
  for (const auto* id : {"", "../minted", "a/b", ".", "A"}) {
    const auto taken = RecordFile::take(stage.call(), id);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().kind, management::ErrorKind::not_found) << id;
  }
}

TEST(RecordFile, NeedsAPlace) {
  RecordStage stage;
  std::ofstream{(*stage.account).state_folder} << "a file where a folder should be";
  const auto taken = RecordFile::create(stage.call(), {});
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().reason, Reason::no_place_for_record);
}

TEST(ListRecords, ClearsAwayWhatAKillLeftUnnamed) {
  RecordStage stage;
  fs::create_directories(stage.state("pending"));
  std::ofstream{stage.state("pending/.new-old")} << "x";
  std::ofstream{stage.state("pending/.new-fresh")} << "x";
  const auto to_timespec = [](management::Timestamp time) {
    return timespec{
        .tv_sec = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count(),
        .tv_nsec = 0};
  };
  const auto touch = [&](const std::string& name, management::Timestamp time) {
    const timespec times[]{to_timespec(time), to_timespec(time)};
    ASSERT_EQ(::utimensat(AT_FDCWD, stage.state(name).c_str(), times, 0), 0);
  };
  touch("pending/.new-old", stage.account.now() - std::chrono::hours{2});
  touch("pending/.new-fresh", stage.account.now());
  EXPECT_TRUE(stage.records().empty());
  remove_unnamed_records(stage.call());
  EXPECT_FALSE(fs::exists(stage.state("pending/.new-old")));
  EXPECT_TRUE(fs::exists(stage.state("pending/.new-fresh")));
}

TEST(Minted, RemembersKeysAndStaysSmall) {
  RecordStage stage;
  fs::create_directories(stage.state());
  remember_minted(stage.call(), "no id at all\n");
  EXPECT_TRUE(minted_before(stage.call()).empty());
  constexpr std::size_t more_than_a_file = 30'000;
  for (std::size_t i = 0; i < more_than_a_file; ++i) remember_minted(stage.call(), key_id);
  const auto ids = minted_before(stage.call());
  EXPECT_EQ(ids.size(), more_than_a_file);
  EXPECT_EQ(ids.back(), key_id);
  EXPECT_LT(fs::file_size(stage.state("minted")), 1UL << 20U);
}

}  // namespace
}  // namespace xai::workflows
