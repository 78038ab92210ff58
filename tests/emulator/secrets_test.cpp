#include "emulator/emulated.h"
#include "emulator/temporary_directory.h"

// GET /_emulator/secrets: what became of each secret.
namespace xai::emulator::test {
namespace {

/// `worksUntil accepted/refused` of the secret.
std::string fate(Emulated& emulated, const std::string& secret) {
  const Answer answer = emulated.get("/_emulator/secrets", "");
  EXPECT_EQ(answer.response.body.find(secret), std::string::npos);
  const std::string digest = sha256(Secret{secret});
  for (const json::Value& item : answer.body().find("secrets").items())
    if (item.find("sha256").text() == digest)
      return json::to_text(item.find("worksUntil")) + " " +
             std::string{item.find("accepted").text()} + "/" +
             std::string{item.find("refused").text()};
  return "unknown";
}

int use(Emulated& emulated, const std::string& secret) {
  return emulated.get("/v1/api-key", secret).status();
}

TEST(Sha256, IsThePublishedOne) {
  // FIPS 180-2, appendix B.1.
  EXPECT_EQ(sha256(Secret{"abc"}),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Secrets, AreDescribedWithoutBeingShown) {
  Emulated emulated;
  const Answer created = emulated.create("x");
  EXPECT_EQ(emulated.get("/_emulator/secrets", "").response.body,
            R"({"secrets":[{"apiKeyId":")" + created.text("apiKeyId") + R"(","redactedApiKey":")" +
                created.text("redactedApiKey") + R"(","sha256":")" +
                sha256(Secret{created.text("apiKey")}) +
                R"(","secretTime":"2027-01-31T12:00:00Z","worksUntil":null,)"
                R"("accepted":0,"refused":0}]})");
}

TEST(Secrets, CountTheirUses) {
  Options slow = options();
  slow.propagation = 30s;
  Emulated emulated{slow};
  const std::string secret = emulated.create("x").text("apiKey");
  EXPECT_EQ(use(emulated, secret), 400);
  emulated.advance("30s");
  EXPECT_EQ(use(emulated, secret), 200);
  EXPECT_EQ(use(emulated, secret), 200);
  EXPECT_EQ(fate(emulated, secret), "null 2/1");
  // A guess is nobody's secret, and a call that a fault keeps away did not arrive.
  use(emulated, "xai-guess");
  emulated.post("/_emulator/faults", R"({"status":503})");
  EXPECT_EQ(use(emulated, secret), 503);
  EXPECT_EQ(fate(emulated, secret), "null 2/1");
  EXPECT_EQ(fate(emulated, "xai-guess"), "unknown");
}

TEST(Secrets, OfRotatedKeysEnd) {
  Emulated emulated;
  const Answer created = emulated.create("x");
  const std::string first = created.text("apiKey");
  const std::string path = "/auth/api-keys/" + created.text("apiKeyId") + "/rotate";
  const std::string second = emulated.post(path, "{}").text("apiKey");
  EXPECT_EQ(use(emulated, first), 200);
  EXPECT_EQ(fate(emulated, first), R"("2027-02-01T12:00:00Z" 1/0)");
  EXPECT_EQ(fate(emulated, second), "null 0/0");
  emulated.advance("1h");
  const std::string third = emulated.post(path, "{}").text("apiKey");
  EXPECT_EQ(use(emulated, first), 400);
  EXPECT_EQ(fate(emulated, first), R"("2027-01-31T13:00:00Z" 1/1)");
  EXPECT_EQ(fate(emulated, second), R"("2027-02-01T13:00:00Z" 0/0)");
  EXPECT_EQ(fate(emulated, third), "null 0/0");
}

TEST(Secrets, OfDeletedKeysEnd) {
  Emulated emulated;
  const Answer created = emulated.create("x");
  const std::string id = created.text("apiKeyId");
  const std::string first = created.text("apiKey");
  const std::string second = emulated.post("/auth/api-keys/" + id + "/rotate", "").text("apiKey");
  emulated.advance("1h");
  ASSERT_EQ(emulated.remove(id).status(), 200);
  EXPECT_EQ(use(emulated, first), 400);
  EXPECT_EQ(use(emulated, second), 400);
  EXPECT_EQ(fate(emulated, first), R"("2027-01-31T13:00:00Z" 0/1)");
  EXPECT_EQ(fate(emulated, second), R"("2027-01-31T13:00:00Z" 0/1)");
}

TEST(Secrets, EndWithTheirKey) {
  Emulated emulated;
  const Answer created = emulated.create("x", R"(,"expireTime":"2027-01-31T12:30:00Z")");
  const std::string id = created.text("apiKeyId");
  const std::string first = created.text("apiKey");
  EXPECT_EQ(fate(emulated, first), R"("2027-01-31T12:30:00Z" 0/0)");
  const std::string second = emulated.post("/auth/api-keys/" + id + "/rotate", "").text("apiKey");
  emulated.call(Method::put, "/auth/api-keys/" + id,
                R"({"apiKey":{"expireTime":"2027-01-31T12:10:00Z"},"fieldMask":"expireTime"})");
  EXPECT_EQ(fate(emulated, first), R"("2027-01-31T12:10:00Z" 0/0)");
  EXPECT_EQ(fate(emulated, second), R"("2027-01-31T12:10:00Z" 0/0)");
  // Deleting what has expired already ends nothing anew.
  emulated.advance("1h");
  emulated.remove(id);
  EXPECT_EQ(fate(emulated, first), R"("2027-01-31T12:10:00Z" 0/0)");
  EXPECT_EQ(fate(emulated, second), R"("2027-01-31T12:10:00Z" 0/0)");
}

TEST(Secrets, OutliveARestart) {
  const TemporaryDirectory directory;
  Options given = options();
  given.db_file = directory.file("state.db");
  std::string secret;
  {
    Emulated emulated{given};
    const Answer created = emulated.create("x");
    secret = created.text("apiKey");
    emulated.remove(created.text("apiKeyId"));
  }
  Emulated again{given};
  EXPECT_EQ(fate(again, secret), R"("2027-01-31T12:00:00Z" 0/0)");
}

}  // namespace
}  // namespace xai::emulator::test
