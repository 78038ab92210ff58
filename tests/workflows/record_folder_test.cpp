#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include "workflows/record_file.h"
#include "workflows/record_stage.h"

namespace xai::workflows {
namespace {

namespace fs = std::filesystem;
using test::RecordStage;

TakenRecord begin_record(RecordStage& stage) {
  auto taken =
      RecordFile::create(stage.call(), {.operation = "createApiKey", .subject = {{"name", "n"}}});
  EXPECT_TRUE(taken) << taken.error().message;
  return *std::move(taken);
}

/// What may lie in the folder of the records where no record of ours lies.
struct Intruder {
  std::string name;
  std::function<void(const std::string&)> put;
};
std::vector<Intruder> intruders() {
  const auto write = [](const std::string& text) {
    return [text](const std::string& path) { std::ofstream{path} << text; };
  };
  return {{"empty.jsonl", write("")},
          {"half.jsonl", write(R"({"version":2,"operation":"createA)")},
          {"binary.jsonl", write(std::string("\0\1\2\n", 4))},
          {"fifo.jsonl", [](const std::string& path) { ::mkfifo(path.c_str(), 0600); }},
          {"folder.jsonl", [](const std::string& path) { fs::create_directory(path); }},
          {"link.jsonl", [](const std::string& path) { fs::create_symlink("/dev/zero", path); }},
          {"dangling.jsonl", [](const std::string& path) { fs::create_symlink("nowhere", path); }},
          {"UPPER.jsonl", write("{}")},
          {"stray.txt", write("a note")},
          {"evil\x1b[2J.jsonl", write("{}")},
          {"large.jsonl", write(std::string(2U << 20U, 'x'))}};
}

TEST(ListRecords, NamesWhatIsNoneAndHidesNoOther) {
  for (const Intruder& intruder : intruders()) {
    RecordStage stage;
    const TakenRecord known = begin_record(stage);
    intruder.put(stage.state("pending/" + intruder.name));
    const auto list = list_records(stage.call());
    ASSERT_TRUE(list) << intruder.name;
    ASSERT_EQ(list->size(), 2U) << intruder.name;
    EXPECT_EQ(std::ranges::count(*list, known.record.id, &Record::id), 1);
    const auto other = std::ranges::find(*list, intruder.name, &Record::id);
    ASSERT_NE(other, list->end()) << intruder.name;
    EXPECT_FALSE(other->unreadable.empty());
    const std::string id = intruder.name.substr(0, intruder.name.find('.'));
    EXPECT_FALSE(RecordFile::take(stage.call(), id)) << intruder.name;
  }
}

TEST(ListRecords, SaysThatTheyLieBehindALinkToNowhere) {
  RecordStage stage;
  const std::string id = begin_record(stage).record.id;
  fs::rename(stage.state(), (*stage.account).state_folder + ".away");
  EXPECT_TRUE(list_records(stage.call())->empty()) << "a folder that is missing holds none";
  EXPECT_EQ(RecordFile::take(stage.call(), id).error().kind, management::ErrorKind::not_found);
  fs::create_symlink("nowhere", (*stage.account).state_folder);
  for (const auto& error :
       {list_records(stage.call()).error(), RecordFile::take(stage.call(), id).error()}) {
    EXPECT_EQ(error.reason, management::Reason::local_trouble) << error.message;
    EXPECT_TRUE(error.message.contains("a symbolic link that leads nowhere")) << error.message;
  }
  fs::remove((*stage.account).state_folder);
}

TEST(ListRecords, NamesOneThatAnotherUserOwns) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give files away";
  RecordStage stage;
  const std::string id = begin_record(stage).record.id;
  ASSERT_EQ(::chown(stage.path_of(id).c_str(), 12345, 12345), 0);
  const auto list = stage.records();
  ASSERT_EQ(list.size(), 1U);
  EXPECT_TRUE(list.front().unreadable.contains("another user"));
  const auto taken = RecordFile::take(stage.call(), id);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().reason, management::Reason::local_trouble);
}

TEST(ListRecords, TellsOfOneThatOthersCanRead) {
  RecordStage stage;
  const std::string id = begin_record(stage).record.id;
  EXPECT_FALSE(stage.records().front().is_open_to_others);
  fs::permissions(stage.path_of(id), fs::perms{0660});
  EXPECT_TRUE(stage.records().front().is_open_to_others);
  EXPECT_TRUE(RecordFile::take(stage.call(), id)->record.is_open_to_others);
}

TEST(ListRecords, SaysWhenTheFolderIsNone) {
  RecordStage stage;
  fs::create_directories(stage.state());
  std::ofstream{stage.state("pending")} << "a file";
  const auto list = list_records(stage.call());
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().reason, management::Reason::no_place_for_record);
}

TEST(RecordFile, IsTakenWhileSomebodyListsIt) {
  RecordStage stage;
  const std::string id = begin_record(stage).record.id;
  const base::File listing = *base::open_file(stage.path_of(id), O_RDONLY);
  ASSERT_EQ(::flock(listing.get(), LOCK_SH), 0);
  int asked = 0;
  stage.options.is_cancelled = [&] {
    if (++asked == 3) ::flock(listing.get(), LOCK_UN);
    return false;
  };
  EXPECT_TRUE(RecordFile::take(stage.call(), id));
  EXPECT_GE(asked, 3);
}

TEST(RecordFile, RemovesNoFileThatNoSinkOfOursBegan) {
  RecordStage stage;
  fs::create_directories(stage.state());
  const std::string path = stage.state(".app.key.abcdefgh");
  const std::string other = stage.state("other");
  std::ofstream{other} << "somebody's";
  fs::create_symlink(other, path);
  RecordFile::remove_temporary(path);
  EXPECT_TRUE(fs::is_symlink(path));
  fs::remove(path);
  std::ofstream{path} << "somebody's";
  fs::permissions(path, fs::perms{0644});
  RecordFile::remove_temporary(path);
  EXPECT_TRUE(fs::exists(path));
  fs::permissions(path, fs::perms{0600});
  RecordFile::remove_temporary(path);
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace xai::workflows
