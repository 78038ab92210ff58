#include <array>
#include <tuple>

#include "emulator/emulated.h"

// What a fault with a status answers: every status in every form, before the change and after it.
namespace xai::emulator::test {
namespace {

std::vector<int> all_errors() {
  std::vector<int> statuses;
  for (int status = 400; status < 600; ++status) statuses.push_back(status);
  return statuses;
}

/// One of every kind.
constexpr std::array some_errors{400, 401, 403, 404, 408, 409, 412, 418, 422,
                                 425, 429, 499, 500, 502, 503, 504, 599};

/// The code of RPC that a client may expect with a status.
std::string code_of(int status) {
  switch (status) {
    case 400:
    case 422:
      return "3";
    case 401:
      return "16";
    case 403:
      return "7";
    case 404:
      return "5";
    case 405:
    case 501:
      return "12";
    case 408:
    case 504:
      return "4";
    case 409:
      return "10";
    case 413:
      return "11";
    case 425:
    case 502:
    case 503:
      return "14";
    case 429:
      return "8";
    case 499:
      return "1";
    default:
      return status < 500 ? "9" : "13";
  }
}

std::string fault_of(int status, std::string_view when, std::string_view more = "") {
  return R"({"method":"POST","status":)" + std::to_string(status) + R"(,"when":")" +
         std::string{when} + "\"" + std::string{more} + "}";
}

class FaultBodies : public ::testing::TestWithParam<const char*> {
 protected:
  /// Asks for a fault in the answer to a create, and looks whether the key was made.
  Answer create_with(const std::string& fault) {
    const std::size_t before = emulated.commits();
    set_fault(emulated, fault);
    Answer answer = emulated.create("x");
    const bool is_after = std::string_view{GetParam()} == "after";
    EXPECT_EQ(emulated.commits() - before, is_after ? 1U : 0U) << fault;
    return answer;
  }
  Answer with(int status, std::string_view more = "") {
    Answer answer = create_with(fault_of(status, GetParam(), more));
    EXPECT_EQ(answer.status(), status);
    return answer;
  }

  Emulated emulated{};
};

TEST_P(FaultBodies, AgreeWithTheirStatus) {
  for (const int status : all_errors()) {
    const Answer answer = with(status);
    EXPECT_EQ(answer.text("code"), code_of(status)) << status;
    EXPECT_FALSE(answer.text("message").empty()) << status;
    EXPECT_EQ(answer.text("message").find("credit"), std::string::npos) << status;
    EXPECT_EQ(json::to_text(answer.body().find("details")), "[]") << status;
    EXPECT_EQ(answer.response.header("content-type"), "application/json") << status;
    EXPECT_EQ(answer.response.header("www-authenticate").empty(), status != 401) << status;
    EXPECT_EQ(answer.response.header("retry-after"), "") << status;
  }
}

TEST_P(FaultBodies, DisagreeWhenAsked) {
  for (const int status : some_errors) {
    const Answer answer = with(status, R"(,"code":2)");
    EXPECT_EQ(answer.text("code"), "2") << status;
    EXPECT_FALSE(answer.text("message").empty()) << status;
  }
}

TEST_P(FaultBodies, ArePagesOfAGateway) {
  for (const int status : some_errors) {
    const Answer answer = with(status, R"(,"errorStyle":"html")");
    EXPECT_TRUE(answer.response.body.starts_with("<html>")) << status;
    EXPECT_NE(answer.response.body.find(std::to_string(status)), std::string::npos);
    EXPECT_EQ(answer.response.header("content-type"), "text/html") << status;
    EXPECT_EQ(answer.response.header("www-authenticate"), "") << status;
  }
}

TEST_P(FaultBodies, AreEmpty) {
  for (const int status : some_errors) {
    EXPECT_EQ(with(status, R"(,"errorStyle":"empty")").response.body, "") << status;
    const Answer answer = with(status, R"(,"body":"")");
    EXPECT_EQ(answer.response.body, "") << status;
    EXPECT_EQ(answer.response.header("content-type"), "") << status;
  }
}

TEST_P(FaultBodies, ArePlainText) {
  for (const int status : some_errors) {
    const Answer answer = with(status, R"(,"errorStyle":"text")");
    EXPECT_FALSE(answer.response.body.empty()) << status;
    EXPECT_FALSE(answer.response.body.starts_with('{')) << status;
    EXPECT_EQ(answer.response.header("content-type"), "text/plain; charset=utf-8") << status;
  }
}

TEST_P(FaultBodies, AreTheOnesGiven) {
  using Given = std::tuple<const char*, const char*, const char*>;
  const std::array<Given, 5> all{{
      {R"(,"body":"<h1>Blocked</h1>")", "<h1>Blocked</h1>", "text/html"},
      {R"(,"body":"upstream is gone")", "upstream is gone", "text/plain"},
      {R"(,"body":{"code":8,"message":"mine"})", R"({"code":8,"message":"mine"})",
       "application/json"},
      {R"(,"body":"[1, 2]")", "[1, 2]", "application/json"},
      {R"(,"body":"{}","headers":{"Content-Type":"text/css"})", "{}", "text/css"},
  }};
  for (const auto& [more, body, type] : all) {
    const Answer answer = with(429, more);
    EXPECT_EQ(answer.response.body, body);
    EXPECT_EQ(answer.response.header("content-type"), type);
  }
}

TEST_P(FaultBodies, OfSuccessAreWhatTheCallCameTo) {
  const bool is_after = std::string_view{GetParam()} == "after";
  for (const int status : {200, 201, 202, 206}) {
    const Answer answer = with(status);
    EXPECT_EQ(answer.text("name"), is_after ? "x" : "") << status;
    EXPECT_EQ(answer.text("code"), "") << status;
  }
  EXPECT_EQ(with(204).response.body, "");
  EXPECT_EQ(with(302).response.body, "");
}

INSTANTIATE_TEST_SUITE_P(When, FaultBodies, ::testing::Values("before", "after"),
                         [](const auto& each) { return std::string{each.param}; });

TEST(FaultBody, IsInTheFormOfTheInferenceHost) {
  for (const char* path : {"/v1/api-key", "/_emulator/clusters/us-east-1/v1/api-key"}) {
    Emulated emulated;
    for (const int status : all_errors()) {
      set_fault(emulated, R"({"status":)" + std::to_string(status) + "}");
      const Answer answer = emulated.get(path);
      EXPECT_EQ(answer.status(), status);
      EXPECT_TRUE(answer.body().find("code").is_string()) << status;
      EXPECT_TRUE(answer.body().find("error").is_string()) << status;
    }
  }
}

TEST(FaultBody, IsATextAnObjectOrAnArray) {
  Emulated emulated;
  for (const char* body : {"5", "-1.5", "true", "false"})
    EXPECT_TRUE(refuses(
        emulated.post("/_emulator/faults", R"({"status":503,"body":)" + std::string{body} + "}"),
        400, "3", "`body` should be a text, an object or an array"))
        << body;
  for (const char* body : {"{}", "[]", R"({"a":5})", "[5]"}) {
    set_fault(emulated, R"({"body":)" + std::string{body} + "}");
    EXPECT_EQ(emulated.get(Emulated::keys()).response.body, body);
  }
}

TEST(FaultBody, ShowsInTheListOfFaults) {
  Emulated emulated;
  set_fault(emulated, R"({"status":499,"code":13,"errorStyle":"code"})");
  const Answer list = emulated.get("/_emulator/faults");
  const json::Value fault = list.body().find("faults").items().front();
  EXPECT_EQ(fault.find("code").text(), "13");
  EXPECT_EQ(fault.find("errorStyle").text(), "code");
}

}  // namespace
}  // namespace xai::emulator::test
