#include <array>
#include <regex>

#include "emulator/emulated.h"

// What was recorded from the service, one by one: R and N are the parts of its list of findings.
namespace xai::emulator::test {
namespace {

constexpr std::string_view id_of_nobody = "00000000-0000-4000-8000-000000000000";
const std::string validation_path = "/auth/management-keys/validation";

// R-1

TEST(Recorded, R1ErrorsAreInTheFormOfRpcStatus) {
  Emulated emulated;
  const Answer refused = emulated.remove(std::string{id_of_nobody});
  EXPECT_EQ(refused.response.body, R"({"code":5,"message":"Cannot find API key","details":[]})");
}

TEST(Recorded, R1WrongKeysGetOneSentenceInBodyAndHeader) {
  Emulated emulated;
  const std::string minted = emulated.create("x").text("apiKey");
  for (const std::string& wrong : {std::string{}, minted, std::string{"nonsense"}}) {
    const Answer refused = emulated.get(validation_path, wrong);
    EXPECT_TRUE(refuses(refused, 401, "16",
                        "Invalid bearer token. Please ensure you use a valid management key."));
    EXPECT_EQ(refused.response.header("www-authenticate"), refused.text("message"));
  }
}

// R-2

TEST(Recorded, R2BadFieldsAreNamedInASuffix) {
  Emulated emulated;
  const Answer refused = emulated.create("");
  EXPECT_EQ(refused.status(), 400);
  EXPECT_EQ(refused.text("code"), "3");
  EXPECT_TRUE(std::regex_match(refused.text("message"),
                               std::regex{R"(name: .+\. \[WKE=form-invalid:not-empty:name\]\n)"}));
  const std::string id = emulated.create("x").text("apiKeyId");
  EXPECT_EQ(
      emulated
          .call(Method::put, "/auth/api-keys/" + id, R"({"apiKey":{"name":""},"fieldMask":"name"})")
          .text("message"),
      refused.text("message"));
}

TEST(Recorded, R2UnknownMembersAreIgnored) {
  Emulated emulated;
  EXPECT_EQ(emulated.create("x", R"(,"colour":"blue")").status(), 200);
}

// R-3

TEST(Recorded, R3OutOfCreditIs429WithoutAHint) {
  Emulated emulated;
  emulated.post("/_emulator/state", R"({"outOfCredit":true})");
  const Answer refused = emulated.get(Emulated::keys());
  EXPECT_EQ(refused.status(), 429);
  EXPECT_EQ(refused.text("code"), "8");
  EXPECT_TRUE(refused.text("message").starts_with("Your team " + std::string{team} +
                                                  " has either used all available credits or "
                                                  "reached its monthly spending limit. "));
  for (const Header& header : refused.response.headers) {
    EXPECT_EQ(header.name.find("ratelimit"), std::string::npos);
    EXPECT_NE(header.name, "retry-after");
  }
}

// R-4

TEST(Recorded, R4KeyThenCreditThenFields) {
  Emulated emulated;
  const std::string nonsense = "/auth/teams/default/api-keys";
  const auto status = [&](std::string_view with) {
    return emulated.post(nonsense, R"({"name":""})", with).status();
  };
  EXPECT_EQ(status(key), 400);
  emulated.post("/_emulator/state", R"({"outOfCredit":true})");
  EXPECT_EQ(status(key), 429);
  EXPECT_EQ(status("nonsense"), 401);
  EXPECT_EQ(emulated.call(Method::delete_, "/auth/api-keys/..", "", "nonsense").status(), 401);
}

// R-5

TEST(Recorded, R5NothingIsThereInThreeWays) {
  Emulated emulated;
  const Answer page = emulated.get("/api");
  EXPECT_EQ(page.status(), 404);
  EXPECT_EQ(page.response.header("content-type"), "text/html");
  EXPECT_TRUE(refuses(emulated.get("/auth/nothing"), 404, "5", "Not Found"));
  EXPECT_TRUE(refuses(emulated.remove(std::string{id_of_nobody}), 404, "5", "Cannot find API key"));
  EXPECT_TRUE(
      refuses(emulated.call(Method::patch, Emulated::keys()), 501, "12", "Method Not Allowed"));
}

// R-6

TEST(Recorded, R6TheGatewayIsLax) {
  Emulated emulated;
  EXPECT_EQ(emulated.get(Emulated::keys() + "?colour=blue&page_size=1").status(), 200);
  EXPECT_EQ(emulated
                .call(Method::post, Emulated::keys(), R"({"name":"x","expire_time":null})", key,
                      {{"Content-Type", "text/css"}})
                .status(),
            200);
  const std::string id = emulated.create("y").text("apiKeyId");
  for (const char* body : {R"({"apiKey":{"aclStrings":["*"]},"fieldMask":"aclStrings"})",
                           R"({"api_key":{"acl_strings":["*"]},"field_mask":"acl_strings"})"})
    EXPECT_EQ(emulated.call(Method::put, "/auth/api-keys/" + id, body).status(), 200) << body;
  EXPECT_EQ(emulated.post("/auth/api-keys/" + id + "/rotate", "").status(), 200);
}

// R-7

TEST(Recorded, R7WritesAnswer200WithJson) {
  Emulated emulated;
  const Answer created = emulated.create("x");
  const std::string path = "/auth/api-keys/" + created.text("apiKeyId");
  const Answer updated =
      emulated.call(Method::put, path, R"({"apiKey":{"name":"y"},"fieldMask":"name"})");
  const Answer rotated = emulated.post(path + "/rotate", "{}");
  const Answer deleted = emulated.call(Method::delete_, path);
  for (const Answer* answer : {&created, &updated, &rotated, &deleted}) {
    EXPECT_EQ(answer->status(), 200);
    EXPECT_TRUE(answer->body().is_object());
    EXPECT_EQ(answer->response.header("content-type"), "application/json");
  }
  EXPECT_EQ(deleted.response.body, "{}");
}

// R-8

TEST(Recorded, R8RequestsOfRealClientsWork) {
  Emulated emulated;
  for (const char* body : {R"({"name":"a","acls":null})", R"({"name":"a"})",
                           R"({"name":"a","qps":5.0,"qpm":"100","tpm":"7.0"})"})
    EXPECT_EQ(emulated.post(Emulated::keys(), body).status(), 200) << body;
  const Answer made = emulated.create("x", R"(,"qps":5.0,"tpm":"9","acls":["*"])");
  EXPECT_EQ(json::to_text(made.body().find("qps")), "5");
  EXPECT_EQ(emulated.create("x", R"(,"qps":5.5)").status(), 400);
  const std::string path = "/auth/api-keys/" + made.text("apiKeyId");
  const Answer updated = emulated.call(
      Method::put, path,
      R"({"apiKey":{"qps":0,"aclStrings":null,"tpm":""},"fieldMask":"qps,aclStrings,tpm"})");
  ASSERT_EQ(updated.status(), 200) << updated.response.body;
  EXPECT_EQ(json::to_text(updated.body().find("qps")), "0");
  EXPECT_EQ(json::to_text(updated.body().find("aclStrings")), "[]");
  EXPECT_TRUE(updated.body().find("tpm").is_null());
  EXPECT_EQ(emulated.post(path + "/rotate", "{}").status(), 200);
  EXPECT_EQ(emulated.post(path + "/rotate", "").status(), 200);
  EXPECT_EQ(emulated.get(Emulated::keys() + "?paginationToken=").status(), 200);
  const std::vector<Header> headers{{"X-Team-ID", std::string{team}},
                                    {"Content-Type", "application/json"}};
  EXPECT_EQ(emulated.call(Method::get, Emulated::keys(), "", key, headers).status(), 200);
  EXPECT_EQ(emulated.call(Method::delete_, path, "", key, headers).status(), 200);
}

// R-12

TEST(Recorded, R12ErrorsComeInLesserForms) {
  Emulated emulated;
  const std::array<std::pair<std::string, std::string>, 3> forms{
      {{"message", R"({"message":"Cannot find API key"})"},
       {"empty", ""},
       {"text", "Cannot find API key"}}};
  for (const auto& [style, body] : forms) {
    emulated.post("/_emulator/state", R"({"errorStyle":")" + style + "\"}");
    EXPECT_EQ(emulated.remove(std::string{id_of_nobody}).response.body, body);
  }
}

// R-13

TEST(Recorded, R13CollectionsAreNotImitated) {
  Emulated emulated;
  EXPECT_EQ(emulated.get("/v1/collections").status(), 501);
  EXPECT_EQ(emulated.get("/v1/collections", "nonsense").status(), 401);
}

// N-10

TEST(Recorded, N10InventedPathsAreNotServed) {
  Emulated emulated;
  for (const char* path : {"/credit-balance", "/v1/teams", "/v1/management/keys", "/v1/usage",
                           "/v1/quota", "/v1/credits"})
    EXPECT_EQ(emulated.get(path).response.header("content-type"), "text/html") << path;
}

}  // namespace
}  // namespace xai::emulator::test
