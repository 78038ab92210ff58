#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "fakes/scripted_transport.h"
#include "workflows/once.h"
#include "workflows/record_stage.h"
#include "workflows/unfinished.h"
#include "xai/management/minting.h"

namespace xai::workflows {
namespace {

namespace fs = std::filesystem;
using management::CreateApiKey;
using management::Reason;
using management::RotateApiKey;
using management::Secret;
using management::SecretFile;
using test::RecordStage;
using test::text_of;

/// While it lives, no file of this process may grow beyond some bytes, as on a disk that is full.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    (void)std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

/// The path of a new file with that text, for its owner alone.
std::string put_file(const std::string& path, const std::string& text) {
  std::ofstream{path} << text;
  fs::permissions(path, fs::perms{0600});
  return path;
}

std::expected<void, std::string> refuse_secret(const Secret&) {
  return std::unexpected(std::string{"no room"});
}

std::size_t count_of_files(const std::string& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator{folder}, fs::directory_iterator{}));
}

/// Why a create into a file is not begun where a file may have `bytes` at most.
Reason reason_with_room_for(RecordStage& stage, rlim_t bytes) {
  fs::create_directories(stage.state("out"));
  const FileSizeLimit limit{bytes};
  const auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"},
                                              SecretFile{.path = stage.state("out/new.key")});
  return once ? Reason::none : once.error().reason;
}

TEST(Leftovers, AFileWithoutSpaceIsNotBegun) {
  RecordStage stage;
  EXPECT_EQ(reason_with_room_for(stage, 1'024), Reason::local_trouble);
  EXPECT_EQ(count_of_files(stage.state("out")), 0U);
}

TEST(Leftovers, ARecordWithoutSpaceIsNotBegun) {
  RecordStage stage;
  // Enough for the secret file, and too little for the record.
  EXPECT_EQ(reason_with_room_for(stage, 8'192), Reason::no_place_for_record);
  EXPECT_EQ(count_of_files(stage.state("out")), 0U);
  EXPECT_EQ(count_of_files(stage.state("pending")), 0U);
  EXPECT_EQ(stage.requests("createApiKey"), 0U);
}

TEST(Leftovers, ARecordIsTakenToBeMendedOnlyWithSpaceForWhatIsToCome) {
  for (const bool has_secret : {true, false}) {
    RecordStage stage;
    std::string id;
    {
      auto taken = RecordFile::create(stage.call(),
                                      {.operation = "createApiKey", .subject = {{"name", "n"}}});
      ASSERT_TRUE(taken);
      id = taken->record.id;
      if (has_secret) taken->record.secret = Secret{"xai-secret"};
      ASSERT_EQ(taken->file.note(taken->record), 0);
    }
    // All that was reserved at first is there, so that only what is to come needs more.
    const FileSizeLimit limit{16UL << 10U};
    EXPECT_EQ(RecordFile::take(stage.call(), id).has_value(), has_secret);
  }
}

TEST(Leftovers, ANoteTakesNoneAwayThatStandsThere) {
  RecordStage stage;
  auto taken =
      RecordFile::create(stage.call(), {.operation = "createApiKey", .subject = {{"name", "n"}}});
  ASSERT_TRUE(taken);
  // Each line is shorter than the one before it.
  for (const std::size_t length : {60U, 40U, 20U}) {
    taken->record.secret = Secret{std::string(length, 's')};
    ASSERT_EQ(taken->file.note(taken->record), 0);
  }
  const std::string text = text_of(stage.path_of(taken->record.id));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
  for (const std::size_t length : {60U, 40U, 20U})
    EXPECT_TRUE(text.contains("\"" + std::string(length, 's') + "\"")) << length;
}

TEST(Leftovers, ADeliveryTakesAwayTheFileThatAnEarlierOneBegan) {
  RecordStage stage;
  fs::create_directories(stage.state("out"));
  EXPECT_FALSE(
      create_api_key(*stage.account, {.name = "n"}, management::TakeSecret{refuse_secret}));
  const std::string id = stage.records().front().id;
  std::string old_file;
  {
    // As a kill leaves it: the secret is in a file that has no name of its own yet.
    auto taken = RecordFile::take(stage.call(), id);
    ASSERT_TRUE(taken);
    old_file = put_file(stage.state("out/.old.key.abcdefgh"), taken->record.secret.reveal());
    taken->record.temporary_file = old_file;
    ASSERT_EQ(taken->file.note(taken->record), 0);
  }
  const std::string target = stage.state("out/new.key");
  ASSERT_TRUE(deliver_unfinished(*stage.account, id, SecretFile{.path = target}));
  EXPECT_TRUE(text_of(target).starts_with("xai-"));
  EXPECT_FALSE(fs::exists(old_file));
  EXPECT_EQ(count_of_files(stage.state("out")), 1U);
}

TEST(Leftovers, TheFileOfADeliveryIsNamedInTheRecordFromTheStart) {
  RecordStage stage;
  fs::create_directories(stage.state("out"));
  EXPECT_FALSE(
      create_api_key(*stage.account, {.name = "n"}, management::TakeSecret{refuse_secret}));
  auto taken = RecordFile::take(stage.call(), stage.records().front().id);
  ASSERT_TRUE(taken);
  const auto engine = OnceEngine::resume(stage.call(), *std::move(taken),
                                         SecretFile{.path = stage.state("out/new.key")});
  ASSERT_TRUE(engine);
  const std::string named = stage.records().front().temporary_file;
  EXPECT_TRUE(named.starts_with(stage.state("out/.new.key."))) << named;
  EXPECT_TRUE(fs::exists(named));
}

TEST(Leftovers, ARecordThatIsGoneIsNotTakenByWhoHadItOpen) {
  RecordStage stage;
  auto own =
      RecordFile::create(stage.call(), {.operation = "createApiKey", .subject = {{"name", "n"}}});
  ASSERT_TRUE(own);
  const std::string id = own->record.id;
  // Its holder ends while another one waits for the lock.
  int asked = 0;
  stage.options.is_cancelled = [&] {
    if (++asked == 2) own->file.remove(own->record);
    return false;
  };
  const auto taken = RecordFile::take(stage.call(), id);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, management::ErrorKind::not_found);
}

TEST(Answers, WithoutAnIdAreLookedUp) {
  RecordStage stage;
  stage.account.reach_through(
      [next = stage.account.service().transport()](
          const management::HttpRequest& request) -> management::Result<management::HttpResponse> {
        auto answer = next(request);
        if (request.method != management::Method::post) return answer;
        const std::size_t begin = answer->body.find(R"("apiKeyId")");
        answer->body.erase(begin, answer->body.find(',', begin) + 1 - begin);
        return answer;
      });
  auto once = Once<CreateApiKey>::begin(stage.call(), {.name = "n"});
  ASSERT_TRUE(once);
  ASSERT_TRUE(once->send(stage.call()));
  const auto& key = once->answer().value;
  EXPECT_FALSE(key.api_key_id.empty());
  EXPECT_TRUE(key.api_key.has_value());
  EXPECT_EQ(stage.records().front().about("apiKeyId"), key.api_key_id);
  EXPECT_TRUE(stage.account.events<management::Warning>().empty());
}

TEST(Recovered, ARotationBeginsAtItsOwnTime) {
  RecordStage stage;
  stage.account.control(
      "faults", R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})");
  EXPECT_FALSE(create_api_key(*stage.account, {.name = "n"}));
  const Record lost = stage.records().front();
  stage.account.pass(std::chrono::hours{1});
  auto taken = RecordFile::take(stage.call(), lost.id);
  ASSERT_TRUE(taken);
  const auto key = one_key(stage.call(), taken->record, "");
  ASSERT_TRUE(key);
  const auto once = Once<RotateApiKey>::mend(stage.call(), *std::move(taken), {.api_key_id = *key});
  ASSERT_TRUE(once);
  EXPECT_EQ(stage.records().front().start, lost.start + std::chrono::hours{1});
  EXPECT_EQ(stage.records().front().about("apiKeyId"), *key);
}

TEST(Recovered, ADeleteThatFailedKeepsTheRecord) {
  RecordStage stage;
  stage.account.control(
      "faults", R"({"method":"POST","path":"/auth/teams/*/api-keys","when":"after","reset":true})");
  EXPECT_FALSE(create_api_key(*stage.account, {.name = "n"}));
  const std::string id = stage.records().front().id;
  stage.account.control("faults", R"({"method":"DELETE","status":403})");
  EXPECT_FALSE(delete_unfinished(*stage.account, id));
  EXPECT_EQ(stage.records().size(), 1U);
  EXPECT_TRUE(delete_unfinished(*stage.account, id));
  EXPECT_TRUE(stage.records().empty());
}

}  // namespace
}  // namespace xai::workflows
