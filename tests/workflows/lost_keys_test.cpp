#include "workflows/lost_keys.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "base/time_text.h"
#include "fakes/answers_by_path.h"
#include "workflows/account_fixture.h"

namespace xai::workflows {
namespace {

using Ids = std::vector<std::string>;

constexpr auto us = "4d52c406-6ec6-4361-9b7c-40dc7e8ff284";
constexpr auto other_user = "12106c22-fa54-4255-9887-6eb73c55787f";

std::string listed_key(const std::string& id, const std::string& name, const std::string& user,
                       const std::string& created) {
  return R"({"apiKeyId":")" + id + R"(","name":")" + name + R"(","userId":")" + user + "\"" +
         (created.empty() ? "" : R"(,"createTime":")" + created + "\"") + "}";
}

/// A record of a create that was begun at noon by our clock, before a service that is scripted.
struct LostKeysTest : testing::Test {
  LostKeysTest() {
    account.reach_through(service.serve());
    own_by(us);
  }

  void own_by(const std::string& user) {
    service.answer("validation", R"({"ownerUserId":")" + user + "\"}", 200, headers());
  }
  void list(const std::string& keys) {
    service.answer("api-keys", R"({"apiKeys":[)" + keys + "]}", 200, headers());
  }
  /// The service's clock, if it tells it.
  [[nodiscard]] std::vector<management::Header> headers() const {
    return date.empty() ? std::vector<management::Header>{}
                        : std::vector<management::Header>{{"Date", date}};
  }
  Ids found() {
    const auto keys = find_lost_keys(Call{*account}, record);
    EXPECT_TRUE(keys);
    Ids ids;
    if (keys)
      for (const auto& key : *keys) ids.push_back(key.api_key_id);
    return ids;
  }
  /// Whether a key that was created then may be the one.
  bool takes(const std::string& created) {
    own_by(us);
    list(listed_key("k", "n", us, created));
    return found() == Ids{"k"};
  }

  std::string date{};
  fakes::AnswersByPath service{};
  test::EmulatedAccount account{};
  Record record{.operation = "createApiKey", .subject = {{"name", "n"}}, .start = account.now()};
};

TEST_F(LostKeysTest, AreOfThisNameThisUserAndThisTime) {
  const std::string now = "2027-01-31T12:00:00Z";
  list(listed_key("ours", "n", us, now) + "," + listed_key("theirs", "n", other_user, now) + "," +
       listed_key("named otherwise", "m", us, now) + "," + listed_key("longer", "n ", us, now) +
       "," + listed_key("before", "n", us, "2027-01-31T11:00:00Z") + "," +
       listed_key("untimed", "n", us, "") + "," + listed_key("nobody's", "n", "", now));
  EXPECT_EQ(found(), (Ids{"ours", "nobody's"}));
}

TEST_F(LostKeysTest, MayBeAnybodysWhereTheManagementKeyHasNoOwner) {
  own_by("");
  list(listed_key("one", "n", us, "2027-01-31T12:00:00Z") + "," +
       listed_key("other", "n", other_user, "2027-01-31T12:00:00Z"));
  EXPECT_EQ(found(), (Ids{"one", "other"}));
}

TEST_F(LostKeysTest, AreLookedForOnEveryPage) {
  service.replies["api-keys"] = [](const management::HttpRequest& request) {
    const bool is_first = !request.target.contains("paginationToken=t");
    return fakes::answer(
        200, R"({"apiKeys":[)" +
                 listed_key(is_first ? "first" : "second", "n", us, "2027-01-31T12:00:00Z") + "]" +
                 (is_first ? R"(,"paginationToken":"t"})" : "}"));
  };
  EXPECT_EQ(found(), (Ids{"first", "second"}));
}

TEST_F(LostKeysTest, MayBeFiveMinutesOffWhereNobodyKnowsTheServicesTime) {
  EXPECT_TRUE(takes("2027-01-31T11:55:00Z"));
  EXPECT_FALSE(takes("2027-01-31T11:54:59Z"));
}

TEST_F(LostKeysTest, AreTakenByTheServicesClockThatIsKnownNow) {
  // Ours is an hour behind; theirs is told to the second.
  date = "Sun, 31 Jan 2027 13:00:00 GMT";
  EXPECT_TRUE(takes("2027-01-31T12:59:58Z"));
  EXPECT_FALSE(takes("2027-01-31T12:59:57Z"));
}

TEST_F(LostKeysTest, AreTakenByTheServicesClockThatWasRecorded) {
  record.service_start = record.start + std::chrono::hours{2};
  for (const char* const now : {"", "Sun, 31 Jan 2027 13:00:00 GMT"}) {
    date = now;
    EXPECT_TRUE(takes("2027-01-31T13:59:58Z")) << now;
    EXPECT_FALSE(takes("2027-01-31T13:59:57Z")) << now;
  }
}

TEST_F(LostKeysTest, OfACutAnswerIsTheOnlyOneOrNone) {
  const std::string one = listed_key("one", "n", us, "2027-01-31T12:00:00Z");
  list(one);
  const auto only = find_cut_key(Call{*account}, record);
  ASSERT_TRUE(only.has_value());
  EXPECT_EQ(only->api_key_id, "one");
  list(one + "," + listed_key("other", "n", us, "2027-01-31T12:00:00Z"));
  EXPECT_FALSE(find_cut_key(Call{*account}, record).has_value());
}

}  // namespace
}  // namespace xai::workflows
