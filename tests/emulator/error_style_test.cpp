#include "emulator/emulated.h"

// The forms of error bodies.
namespace xai::emulator::test {
namespace {

struct Form {
  const char* style;
  const char* management;  ///< Of a key that is not there.
  const char* inference;   ///< Of a secret that is none.
  const char* type;
};

class ErrorStyles : public ::testing::TestWithParam<Form> {};

TEST_P(ErrorStyles, AreTheFormsOnBothHosts) {
  Emulated emulated;
  const Form& form = GetParam();
  ASSERT_EQ(
      emulated.post("/_emulator/state", R"({"errorStyle":")" + std::string{form.style} + "\"}")
          .status(),
      200);
  const Answer missing = emulated.remove("11111111-2222-4333-8444-666666666666");
  EXPECT_EQ(missing.status(), 404);
  EXPECT_EQ(missing.response.body, form.management);
  EXPECT_EQ(missing.response.header("content-type"), form.type);
  const Answer refused = emulated.get("/v1/api-key", "xai-nobody");
  EXPECT_EQ(refused.status(), 400);
  EXPECT_EQ(refused.response.body, form.inference);
  EXPECT_EQ(emulated.get(Emulated::keys(), "xai-nobody").response.header("www-authenticate"),
            "Invalid bearer token. Please ensure you use a valid management key.");
  // Answers that are no errors, pages of the web server and control keep their form.
  EXPECT_EQ(emulated.create("x").text("name"), "x");
  EXPECT_NE(emulated.get("/nowhere").response.body.find("<html>"), std::string::npos);
  EXPECT_TRUE(refuses(emulated.post("/_emulator/state", R"({"errorStyl":"x"})"), 400, "3",
                      "unknown member `errorStyl`; did you mean `errorStyle`?"));
}

INSTANTIATE_TEST_SUITE_P(
    All, ErrorStyles,
    ::testing::Values(
        Form{
            "code", R"({"code":5,"message":"Cannot find API key","details":[]})",
            R"({"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***dy. You can obtain an API key from https://console.x.ai."})",
            "application/json"},
        Form{
            "string", R"({"code":"not_found","error":"Cannot find API key"})",
            R"({"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***dy. You can obtain an API key from https://console.x.ai."})",
            "application/json"},
        Form{
            "message", R"({"message":"Cannot find API key"})",
            R"({"message":"Incorrect API key provided: xa***dy. You can obtain an API key from https://console.x.ai."})",
            "application/json"},
        Form{"empty", "", "", ""},
        Form{"text", "Cannot find API key",
             "Incorrect API key provided: xa***dy. You can obtain an API key from "
             "https://console.x.ai.",
             "text/plain; charset=utf-8"}),
    [](const auto& each) { return std::string{each.param.style}; });

TEST(ErrorStyle, IsOfFaultsWithoutABody) {
  Options given = options();
  given.error_style = ErrorStyle::text;
  Emulated emulated{given};
  emulated.post("/_emulator/faults", R"({"status":503})");
  EXPECT_EQ(emulated.create("x").response.body, "The service is currently unavailable");
  emulated.post("/_emulator/faults", R"({"status":503,"body":{"message":"mine"}})");
  EXPECT_EQ(emulated.create("x").response.body, R"({"message":"mine"})");
}

TEST(ErrorStyle, MustBeKnown) {
  Emulated emulated;
  EXPECT_TRUE(refuses(emulated.post("/_emulator/state", R"({"errorStyle":"page"})"), 400, "3",
                      "`errorStyle` should be code, string, message, empty, text or html"));
}

}  // namespace
}  // namespace xai::emulator::test
