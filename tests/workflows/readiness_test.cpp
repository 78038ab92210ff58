#include <gtest/gtest.h>

#include "json/writer.h"
#include "workflows/account_fixture.h"
#include "xai/management/readiness.h"

namespace xai::management {
namespace {

using std::chrono::seconds;
using workflows::test::EmulatedAccount;

EmulatedAccount slow_account() { return EmulatedAccount{{.propagation = seconds{10}}}; }

ApiKey made(EmulatedAccount& account) {
  auto key = (*account).client.send(
      CreateApiKey{.name = "k", .acls = {Acl::every_model(), Acl::every_endpoint()}});
  EXPECT_TRUE(key);
  return key ? *std::move(key) : ApiKey{};
}

TEST(Readiness, WaitsUntilEveryClusterKnowsTheKey) {
  EmulatedAccount account = slow_account();
  const ApiKey key = made(account);
  const auto at_once = check_readiness(*account, key.api_key_id);
  ASSERT_TRUE(at_once);
  EXPECT_FALSE(at_once->is_complete());
  EXPECT_FALSE(at_once->lagging.empty());
  const auto later = wait_until_ready(*account, key.api_key_id, seconds{120}, account.listening());
  ASSERT_TRUE(later);
  EXPECT_TRUE(later->is_complete());
  EXPECT_TRUE(later->lagging.empty());
  const auto events = account.events<ClustersAsked>();
  ASSERT_GE(events.size(), 2);
  EXPECT_LT(events.front().known, events.front().all);
  EXPECT_EQ(events.back().known, events.back().all);
}

TEST(Readiness, AnswersTheLastStateWhenTheWaitEnds) {
  EmulatedAccount account = slow_account();
  const ApiKey key = made(account);
  const auto before = account.now();
  const auto readiness = wait_until_ready(*account, key.api_key_id, seconds{3});
  ASSERT_TRUE(readiness);
  EXPECT_FALSE(readiness->is_complete());
  EXPECT_EQ(account.now() - before, seconds{3});
}

/// Ways not to get an answer that may be another one a little later.
constexpr const char* passing_faults[] = {R"("status":408)", R"("status":425)", R"("status":429)",
                                          R"("status":500)", R"("status":502)", R"("status":503)",
                                          R"("status":504)", R"("reset":true)", R"("cutAt":70)"};

std::string fault_of(const std::string& path, const std::string& how, int times) {
  return R"({"path":")" + path + R"(","times":)" + std::to_string(times) + "," + how + "}";
}

TEST(Readiness, WaitsThroughWhatMayPass) {
  for (const char* const how : passing_faults) {
    EmulatedAccount account = slow_account();
    const ApiKey key = made(account);
    account.control("faults", fault_of("*/propagation", how, 5));
    const auto readiness = wait_until_ready(*account, key.api_key_id, seconds{120});
    ASSERT_TRUE(readiness) << how << readiness.error().message;
    EXPECT_TRUE(readiness->is_complete()) << how;
    account.control("faults", fault_of("*/v1/api-key", how, 5));
    const auto verdict = wait_until_live(*account, key.api_key.value_or(Secret{}), key.api_key_id,
                                         seconds{120}, account.listening());
    ASSERT_TRUE(verdict) << how << verdict.error().message;
    EXPECT_EQ(verdict->state, SecretState::live) << how;
  }
}

TEST(Readiness, AnswersTheLastErrorWhenTheWaitEnds) {
  for (const char* const how : passing_faults) {
    EmulatedAccount account;
    const ApiKey key = made(account);
    account.control("faults", fault_of("*/propagation", how, 0));
    const auto before = account.now();
    const auto readiness = wait_until_ready(*account, key.api_key_id, seconds{30});
    ASSERT_FALSE(readiness) << how;
    EXPECT_GE(account.now() - before, seconds{30}) << how;
    EXPECT_LE(account.now() - before, seconds{40}) << how;
  }
}

TEST(Readiness, KeepsToTheLimitOfTheCall) {
  EmulatedAccount account;
  const ApiKey key = made(account);
  account.control("faults", fault_of("*/propagation", R"("status":503)", 0));
  const auto before = account.now();
  EXPECT_FALSE(wait_until_ready(*account, key.api_key_id, seconds{120}, {.deadline = seconds{20}}));
  EXPECT_LE(account.now() - before, seconds{30});
}

TEST(Readiness, DoesNotWaitForWhatStaysSo) {
  for (const char* const how : {R"("status":403)", R"("status":404)", R"("status":501)"}) {
    EmulatedAccount account;
    const ApiKey key = made(account);
    account.control("faults", fault_of("*/propagation", how, 0));
    const auto before = account.now();
    EXPECT_FALSE(wait_until_ready(*account, key.api_key_id, seconds{120}));
    EXPECT_EQ(account.now(), before) << how;
  }
}

TEST(Readiness, EndsWhenItIsCancelled) {
  EmulatedAccount account = slow_account();
  const ApiKey key = made(account);
  bool was_asked = false;
  const CallOptions options{.is_cancelled = [&] { return was_asked; },
                            .tell = [&](const Event&) { was_asked = true; }};
  const auto before = account.now();
  const auto readiness = wait_until_ready(*account, key.api_key_id, seconds{120}, options);
  ASSERT_TRUE(readiness);
  EXPECT_FALSE(readiness->is_complete());
  EXPECT_EQ(account.now(), before);
}

TEST(Verification, TellsTheStatesOfASecretApart) {
  EmulatedAccount account;
  const ApiKey key = made(account);
  const Secret secret = key.api_key.value_or(Secret{});
  account.pass(seconds{60});
  const auto state = [&](const Secret& given, const std::string& id) {
    const auto verdict = verify_secret(*account, given, id);
    EXPECT_TRUE(verdict);
    return verdict ? verdict->state : SecretState::refused;
  };
  EXPECT_EQ(state(secret, key.api_key_id), SecretState::live);
  EXPECT_EQ(state(secret, ""), SecretState::live);
  EXPECT_EQ(state(secret, "another"), SecretState::other_key);
  EXPECT_EQ(state(Secret{"xai-of-nobody"}, key.api_key_id), SecretState::not_known);
  ASSERT_TRUE((*account).client.send(UpdateApiKey::of(key.api_key_id, {.disabled = true}, {})));
  account.pass(seconds{60});
  EXPECT_EQ(state(secret, key.api_key_id), SecretState::disabled);
}

TEST(Verification, AsksAgainWhileASecretIsNotKnown) {
  for (const char* const status : {R"({"unknownKeyStatus":400})", R"({"unknownKeyStatus":401})"}) {
    EmulatedAccount account = slow_account();
    account.control("state", status);
    const ApiKey key = made(account);
    const auto verdict = wait_until_live(*account, key.api_key.value_or(Secret{}), key.api_key_id,
                                         seconds{120}, account.listening());
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->state, SecretState::live);
    EXPECT_GT(account.events<SecretTried>().size(), 1);
  }
}

TEST(Verification, TellsWhatIsNotKnownFromWhatIsRefused) {
  struct Case {
    int status;
    const char* body;
    SecretState state;
  };
  // The two letters of the sentence are those that the service shows of a key.
  for (const auto& [status, body, state] : {
           Case{400,
                R"({"code":"Client specified an invalid argument",)"
                R"("error":"Incorrect API key provided: na***ys"})",
                SecretState::not_known},
           Case{400, R"({"error":"incorrect API key provided: na***ys"})", SecretState::not_known},
           Case{401, R"({"code":"unauthenticated:bad-credentials","error":"no"})",
                SecretState::not_known},
           Case{401, "", SecretState::not_known},
           Case{403, R"({"code":"unauthenticated:bad-credentials","error":"no"})",
                SecretState::not_known},
           Case{400,
                R"({"code":"Client specified an invalid argument",)"
                R"("error":"The API key provided has expired."})",
                SecretState::refused},
           Case{403, R"({"code":"permission-denied","error":"Your API key is blocked."})",
                SecretState::refused},
       }) {
    EmulatedAccount account;
    const ApiKey key = made(account);
    std::string fault =
        R"({"path":"*/v1/api-key","times":9,"status":)" + std::to_string(status) + R"(,"body":)";
    json::Writer{fault}.string(body);
    fault += "}";
    account.control("faults", fault);
    const auto verdict = wait_until_live(*account, key.api_key.value_or(Secret{}), key.api_key_id,
                                         seconds{7}, account.listening());
    ASSERT_TRUE(verdict) << status << body;
    EXPECT_EQ(verdict->state, state) << status << body;
    EXPECT_EQ(verdict->http_status, status);
    EXPECT_EQ(account.events<SecretTried>().size() > 1, state == SecretState::not_known) << body;
  }
}

TEST(Verification, TakesNoPageOfAProxyForARefusal) {
  for (const int status : {400, 403})
    for (const char* const body : {"", "<html>blocked</html>", R"({"error":"blocked"})"}) {
      EmulatedAccount account;
      const ApiKey key = made(account);
      std::string fault =
          R"({"path":"*/v1/api-key","times":9,"status":)" + std::to_string(status) + R"(,"body":)";
      json::Writer{fault}.string(body);
      account.control("faults", fault + "}");
      const auto verdict = wait_until_live(*account, key.api_key.value_or(Secret{}), key.api_key_id,
                                           seconds{7}, account.listening());
      ASSERT_FALSE(verdict) << status << body << static_cast<int>(verdict->state);
      EXPECT_EQ(verdict.error().reason, Reason::foreign_answer);
      EXPECT_EQ(account.events<SecretTried>().size(), 1U);
    }
}

TEST(Verification, IsNotRepeatedForATeamWithoutCredit) {
  for (const char* const state :
       {R"({"outOfCredit":true})", R"({"outOfCredit":"new"})", R"({"outOfCredit":"subscription"})"})
    for (const char* const status : {R"({"creditStatus":403})", R"({"creditStatus":429})"}) {
      EmulatedAccount account;
      const ApiKey key = made(account);
      account.pass(seconds{60});
      account.control("state", state);
      account.control("state", status);
      const auto verdict = wait_until_live(*account, key.api_key.value_or(Secret{}), key.api_key_id,
                                           seconds{120}, account.listening());
      ASSERT_FALSE(verdict) << state << status;
      EXPECT_EQ(verdict.error().reason, Reason::out_of_credit);
      EXPECT_EQ(account.events<SecretTried>().size(), 1U);
    }
}

TEST(Verification, StopsWhenTheServiceCannotAnswer) {
  EmulatedAccount account;
  const ApiKey key = made(account);
  account.control("faults", R"({"path":"*/v1/api-key","status":501,"times":9})");
  const auto verdict = verify_secret(*account, key.api_key.value_or(Secret{}), key.api_key_id);
  EXPECT_FALSE(verdict);
}

}  // namespace
}  // namespace xai::management
