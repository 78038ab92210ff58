#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "run_app.h"

namespace xai::cli::test {
namespace {

/// What becomes of one key of a command that is to delete several.
enum class Fate : std::uint8_t { deleted, absent, denied, throttled, lost };
constexpr std::array fates{Fate::deleted, Fate::absent, Fate::denied, Fate::throttled, Fate::lost};

constexpr std::size_t key_count = 3;
using Fates = std::array<Fate, key_count>;

/// The exit code of one key alone.
int code_of(Fate fate) {
  switch (fate) {
    case Fate::deleted:
      return 0;
    case Fate::absent:
      return 3;
    case Fate::denied:
      return 4;
    case Fate::throttled:
      return 6;
    case Fate::lost:
      return 8;
  }
  return 1;
}

int code_of(const Fates& all) {
  std::vector<Fate> failed;
  for (const Fate fate : all)
    if (fate != Fate::deleted && fate != Fate::absent) failed.push_back(fate);
  const bool has_deleted = (std::ranges::count(all, Fate::deleted) > 0);
  if (failed.empty()) return has_deleted ? 0 : 3;
  const auto is_like_first = [&](Fate fate) { return fate == failed.front(); };
  if (!has_deleted && std::ranges::all_of(failed, is_like_first)) return code_of(failed.front());
  return (std::ranges::count(failed, Fate::lost) > 0) ? 8 : 10;
}

std::vector<Fates> all_mixes() {
  std::vector<Fates> mixes;
  for (const Fate first : fates)
    for (const Fate second : fates)
      for (const Fate third : fates) mixes.push_back({first, second, third});
  return mixes;
}

struct DeleteTest : testing::TestWithParam<Fates> {
  void SetUp() override {
    for (std::size_t i = 0; i < key_count; ++i) {
      names[i] = "key " + std::to_string(i);
      ids[i] = "00000000-0000-4000-8000-00000000000" + std::to_string(i);
      if (GetParam()[i] == Fate::absent) continue;
      EXPECT_EQ(app.run(create_command(names[i], {"--output", "json"})), 0) << app.err;
      constexpr std::string_view before = R"("apiKeyId": ")";
      ids[i] = app.out.substr(app.out.find(before) + before.size(), ids[i].size());
      arrange(ids[i], GetParam()[i]);
    }
  }

  void arrange(const std::string& id, Fate fate) {
    const std::string place = R"("times":0,"path":"/auth/api-keys/)" + id;
    if (fate == Fate::denied)
      app.control("faults", R"({"method":"DELETE","status":403,)" + place + "\"}");
    if (fate == Fate::throttled)
      app.control("faults", R"({"method":"DELETE","status":429,)" + place + "\"}");
    if (fate != Fate::lost) return;
    app.control("faults", R"({"method":"DELETE","when":"after","reset":true,)" + place + "\"}");
    app.control("faults", R"({"method":"GET","status":503,)" + place + "/propagation\"}");
  }

  void end_faults() {
    const auto answer = app.service->transport()(
        {.method = management::Method::delete_, .target = "/_emulator/faults"});
    ASSERT_TRUE(answer && answer->status == 200);
  }

  /// The names that are still there.
  std::vector<std::string> left() {
    EXPECT_EQ(app.run({"list-keys", "--output", "csv", "--columns", "name"}), 0) << app.err;
    std::vector<std::string> found;
    for (const std::string& name : names)
      if (app.out.contains(name)) found.push_back(name);
    return found;
  }

  int delete_all(const std::array<std::string, key_count>& keys,
                 const std::vector<std::string>& more = {}) {
    std::vector<std::string> words{"delete-key", "--yes", keys[0], keys[1], keys[2]};
    words.insert(words.end(), more.begin(), more.end());
    return app.run(words);
  }

  [[nodiscard]] std::string last_line() const {
    const std::string text = app.err.substr(0, app.err.find_last_not_of('\n') + 1);
    return text.substr(text.rfind('\n') + 1);
  }

  void check(const std::array<std::string, key_count>& keys) {
    const Fates& fate = GetParam();
    EXPECT_EQ(delete_all(keys), code_of(fate)) << app.err;
    const auto deleted = std::ranges::count(fate, Fate::deleted);
    EXPECT_EQ(std::ranges::count(app.out, '\n'), deleted) << app.out;
    if (code_of(fate) == 10 || (code_of(fate) == 8 && deleted > 0)) {
      EXPECT_TRUE(last_line().contains("deleted " + std::to_string(deleted) + " of 3 keys"))
          << app.err;
      EXPECT_TRUE(last_line().contains("run the command again")) << app.err;
    }
    for (std::size_t i = 0; i < key_count; ++i) {
      const bool has_failed = fate[i] != Fate::deleted && fate[i] != Fate::absent;
      EXPECT_TRUE(!has_failed || last_line().contains(keys[i])) << app.err;
      // What is not there is named, wherever.
      EXPECT_TRUE(fate[i] != Fate::absent || app.err.contains(keys[i])) << app.err;
    }
    EXPECT_TRUE(code_of(fate) != 8 || last_line().contains("see `manage_xai ")) << app.err;
    // The same again, once nothing stands in the way, deletes what is left.
    end_faults();
    const bool has_left = !left().empty();
    EXPECT_EQ(delete_all(keys), has_left ? 0 : 3) << app.err;
    EXPECT_TRUE(left().empty());
    EXPECT_EQ(delete_all(keys), 3) << app.err;
    EXPECT_TRUE(last_line().contains("nothing was changed")) << app.err;
  }

  App app{};
  std::array<std::string, key_count> names{};
  std::array<std::string, key_count> ids{};
};

TEST_P(DeleteTest, ComesToAnEndByIds) { check(ids); }

TEST_P(DeleteTest, ComesToAnEndByNames) { check(names); }

TEST_P(DeleteTest, TellsOfEachKeyInJson) {
  EXPECT_EQ(delete_all(names, {"--output", "json"}), code_of(GetParam())) << app.err;
  std::size_t place = 0;
  for (std::size_t i = 0; i < key_count; ++i) {
    const bool is_deleted = GetParam()[i] == Fate::deleted;
    place = app.out.find(is_deleted ? R"("success": true)" : R"("success": false)", place);
    ASSERT_NE(place, std::string::npos) << app.out;
    const std::size_t end = app.out.find('}', place);
    const std::string item = app.out.substr(place, end - place);
    EXPECT_TRUE(item.contains(GetParam()[i] == Fate::absent ? "\"name\": \"" + names[i]
                                                            : "\"keyId\": \"" + ids[i]))
        << item;
    EXPECT_EQ(item.contains("\"error\""), !is_deleted) << item;
    place = end;
  }
}

INSTANTIATE_TEST_SUITE_P(Mixes, DeleteTest, testing::ValuesIn(all_mixes()));

}  // namespace
}  // namespace xai::cli::test
