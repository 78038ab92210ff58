// Updating and rotating keys.
#include <gtest/gtest.h>

#include "emulated.h"

namespace xai::emulator::test {
namespace {

struct Changed : Emulated {
  explicit Changed(Options given = options()) : Emulated{std::move(given)} {
    const Answer made = create("app", R"(,"qps":5,"tpm":"100","acls":["api-key:model:*"])");
    id = made.text("apiKeyId");
    secret = made.text("apiKey");
  }
  Answer update(const std::string& values, const std::string& mask) {
    return call(Method::put, "/auth/api-keys/" + id,
                R"({"apiKey":)" + values + R"(,"fieldMask":")" + mask + "\"}");
  }
  Answer rotate(const std::string& body = "{}") {
    return post("/auth/api-keys/" + id + "/rotate", body);
  }
  /// The status with which the inference host takes a secret.
  int inference(const std::string& given, const std::string& cluster = "") {
    const std::string prefix = cluster.empty() ? "" : "/_emulator/clusters/" + cluster;
    return get(prefix + "/v1/api-key", given).status();
  }
  std::string id;
  std::string secret;
};

TEST(Update, ChangesWhatTheMaskNamesAndNothingElse) {
  Changed emulated;
  const Answer answer = emulated.update(R"({"name":"new","qps":9,"tpm":"7"})", "name,tpm");
  ASSERT_EQ(answer.status(), 200) << answer.response.body;
  EXPECT_EQ(answer.text("name"), "new");
  EXPECT_EQ(answer.text("tpm"), "7");
  EXPECT_EQ(answer.text("qps"), "5");
  EXPECT_TRUE(answer.body().find("apiKey").is_null()) << "no secret is shown again";
  EXPECT_EQ(emulated.inference(emulated.secret), 200);
}

TEST(Update, ClearsWhatIsNamedButAbsent) {
  Changed emulated;
  const Answer answer =
      emulated.update(R"({"tpm":"","aclStrings":null})", "qps,tpm,acl_strings,expireTime");
  ASSERT_EQ(answer.status(), 200) << answer.response.body;
  EXPECT_TRUE(answer.body().find("qps").is_null());
  EXPECT_TRUE(answer.body().find("tpm").is_null());
  EXPECT_TRUE(answer.body().find("aclStrings").items().empty());
}

TEST(Update, SwitchesKeysOffAndOn) {
  Changed emulated;
  EXPECT_TRUE(
      emulated.update(R"({"disabled":true})", "disabled").body().find("disabled").boolean());
  EXPECT_TRUE(
      emulated.get("/v1/api-key", emulated.secret).body().find("api_key_disabled").boolean());
  EXPECT_FALSE(emulated.update("{}", "disabled").body().find("disabled").boolean());
}

TEST(Update, RefusesAMaskThatMeansNothing) {
  Changed emulated;
  const std::size_t before = emulated.commits();
  EXPECT_EQ(emulated.update(R"({"name":"x"})", "").status(), 400);
  EXPECT_EQ(emulated.update(R"({"name":"x"})", "name,colour").status(), 400);
  EXPECT_EQ(emulated.update(R"({"userId":"x"})", "userId").status(), 400);
  EXPECT_EQ(emulated.update(R"({"name":""})", "name").status(), 400);
  EXPECT_EQ(emulated.update(R"({"qps":-1})", "qps").status(), 400);
  EXPECT_EQ(emulated.commits(), before);
  emulated.id = "00000000-0000-4000-8000-000000000000";
  EXPECT_TRUE(refuses(emulated.update(R"({"name":"x"})", "name"), 404, "5", "Cannot find API key"));
}

TEST(Rotate, KeepsTheIdAndTheOldSecretForADay) {
  Changed emulated;
  const Answer answer = emulated.rotate();
  ASSERT_EQ(answer.status(), 200) << answer.response.body;
  const std::string fresh = answer.text("apiKey");
  EXPECT_EQ(answer.text("apiKeyId"), emulated.id);
  EXPECT_NE(fresh, emulated.secret);
  EXPECT_EQ(emulated.inference(fresh), 200);
  EXPECT_EQ(emulated.inference(emulated.secret), 200);
  emulated.advance("23h59m59s");
  EXPECT_EQ(emulated.inference(emulated.secret), 200);
  emulated.advance("1s");
  EXPECT_EQ(emulated.inference(emulated.secret), 400);
  EXPECT_EQ(emulated.inference(fresh), 200);
}

TEST(Rotate, TakesNoBodyAtAll) {
  Changed emulated;
  EXPECT_EQ(emulated.rotate("").status(), 200);
}

TEST(Rotate, EndsTheOldSecretWhenAsked) {
  Changed emulated;
  // The clock stands at noon.
  ASSERT_EQ(emulated.rotate(R"({"oldSecretExpireTime":"2027-01-31T12:00:00Z"})").status(), 200);
  EXPECT_EQ(emulated.inference(emulated.secret), 400);
}

TEST(Rotate, RefusesAnOverlapOfMoreThanAWeek) {
  Changed emulated;
  const std::size_t before = emulated.commits();
  EXPECT_EQ(emulated.rotate(R"({"oldSecretExpireTime":"2027-02-07T12:00:01Z"})").status(), 400);
  EXPECT_EQ(emulated.commits(), before);
  EXPECT_EQ(emulated.rotate(R"({"oldSecretExpireTime":"2027-02-07T12:00:00Z"})").status(), 200);
  EXPECT_EQ(emulated.commits(), before + 1);
}

TEST(Rotate, TheOldSecretOutlivesNoKey) {
  Changed emulated;
  ASSERT_EQ(emulated.update(R"({"expireTime":"2027-01-31T13:00:00Z"})", "expireTime").status(),
            200);
  ASSERT_EQ(emulated.rotate(R"({"expireTime":"2028-01-31T13:00:00Z"})").status(), 200);
  emulated.advance("1h");
  EXPECT_EQ(emulated.inference(emulated.secret), 400);
}

TEST(Rotate, ASecondOneEndsWhatTheFirstLeft) {
  Changed emulated;
  const std::string second = emulated.rotate().text("apiKey");
  const std::string third = emulated.rotate().text("apiKey");
  EXPECT_EQ(emulated.inference(emulated.secret), 400);
  EXPECT_EQ(emulated.inference(second), 200);
  EXPECT_EQ(emulated.inference(third), 200);
}

TEST(Rotate, OldSecretsWorkWhereTheNewOneIsNotKnownYet) {
  Options given = options();
  given.propagation = 30s;
  Changed emulated{given};
  emulated.advance("1m");
  const std::string fresh = emulated.rotate().text("apiKey");
  EXPECT_EQ(emulated.inference(fresh, "us-east-1"), 400);
  EXPECT_EQ(emulated.inference(emulated.secret, "us-east-1"), 200);
  emulated.advance("30s");
  EXPECT_EQ(emulated.inference(fresh, "us-east-1"), 200);
  EXPECT_EQ(emulated.inference(emulated.secret, "us-east-1"), 200);
}

TEST(Rotate, DeletingTheKeyEndsBothSecrets) {
  Changed emulated;
  const std::string fresh = emulated.rotate().text("apiKey");
  ASSERT_EQ(emulated.remove(emulated.id).status(), 200);
  EXPECT_EQ(emulated.inference(emulated.secret), 400);
  EXPECT_EQ(emulated.inference(fresh), 400);
}

}  // namespace
}  // namespace xai::emulator::test
