#include "client/errors.h"

#include <gtest/gtest.h>

#include "fakes/manual_time.h"
#include "fakes/scripted_transport.h"

namespace xai::client {
namespace {

using fakes::answer;
using management::Error;
using management::ErrorKind;
using management::HttpResponse;
using management::Outcome;
using management::RetryClass;
using management::Secret;
using std::chrono::seconds;

const Secret credential{"xai-token-canary"};

Error judge(const HttpResponse& response, RetryClass retry = RetryClass::if_refused,
            wire::Host host = wire::Host::management) {
  return error_of(response, {.retry = retry,
                             .host = host,
                             .acl = "ListApiKeys",
                             .credential = &credential,
                             .now = fakes::ManualTime::start()});
}

struct Row {
  int status;
  ErrorKind kind;
  Outcome of_read;
  Outcome of_write;
};

TEST(ErrorOf, JudgesByTheStatus) {
  using enum ErrorKind;
  constexpr auto refused = Outcome::refused;
  constexpr auto unanswered = Outcome::unanswered;
  constexpr auto open = Outcome::unknown;
  constexpr auto throttled = Outcome::throttled;
  for (const Row& row : std::vector<Row>{{301, malformed_response, refused, refused},
                                         {308, malformed_response, refused, refused},
                                         {400, invalid_argument, refused, refused},
                                         {401, unauthenticated, refused, refused},
                                         {403, permission_denied, refused, refused},
                                         {404, not_found, refused, refused},
                                         {405, unimplemented, refused, refused},
                                         {408, deadline_exceeded, unanswered, open},
                                         {409, aborted, refused, refused},
                                         {410, not_found, refused, refused},
                                         {412, failed_precondition, refused, refused},
                                         {415, invalid_argument, refused, refused},
                                         {418, invalid_argument, refused, refused},
                                         {422, invalid_argument, refused, refused},
                                         {429, resource_exhausted, throttled, throttled},
                                         {500, internal, unanswered, open},
                                         {501, unimplemented, unanswered, open},
                                         {502, unavailable, unanswered, open},
                                         {503, unavailable, unanswered, open},
                                         {504, deadline_exceeded, unanswered, open},
                                         {599, internal, unanswered, open}}) {
    // A body that claims otherwise changes nothing.
    const auto response = answer(row.status, R"({"code":5,"message":"Not Found"})");
    for (const auto write :
         {RetryClass::after_read_back, RetryClass::if_refused, RetryClass::if_not_sent}) {
      const Error error = judge(response, write);
      EXPECT_EQ(error.kind, row.kind) << row.status;
      EXPECT_EQ(error.outcome, row.of_write) << row.status;
    }
    const Error error = judge(response, RetryClass::freely);
    EXPECT_EQ(error.kind, row.kind) << row.status;
    EXPECT_EQ(error.outcome, row.of_read) << row.status;
    EXPECT_EQ(error.http_status, row.status);
    EXPECT_NE(error.message.find("(HTTP " + std::to_string(row.status) + "): Not Found"),
              std::string::npos)
        << error.message;
    EXPECT_FALSE(error.next.empty()) << row.status;
  }
}

TEST(ErrorOf, ReadsEveryShapeOfBody) {
  struct Shape {
    const char* body;
    const char* words;
    const char* code;
  };
  for (const Shape& shape : std::vector<Shape>{
           {R"({"code":3,"message":"Invalid uuid","details":[]})", "Invalid uuid", "3"},
           {R"({"code":"Client specified an invalid argument","error":"Bad."})", "Bad.",
            "Client specified an invalid argument"},
           {R"({"error":{"message":"Nope","code":"x1","type":"t"}})", "Nope", "x1"},
           {R"({"error":"Only words"})", "Only words", ""},
           {R"({"message":"Alone"})", "Alone", ""},
           {R"({"message":"Ends so [WKE=form-invalid:not-empty:name]\n"})",
            "Ends so [WKE=form-invalid:not-empty:name]", ""}}) {
    const Error error = judge(answer(400, shape.body));
    EXPECT_EQ(error.message,
              std::string{"the service refused the request (HTTP 400): "} + shape.words);
    EXPECT_EQ(error.service_code, shape.code);
  }
}

TEST(ErrorOf, ShowsPlainTextAndNoOtherBody) {
  const std::string bare = "the service refused the request (HTTP 422)";
  EXPECT_EQ(judge(answer(422, "missing field `name`\n", {{"Content-Type", "text/plain"}})).message,
            bare + ": missing field `name`");
  for (const auto& response :
       {answer(422, ""), answer(422, "no type"), answer(422, "[1,2]"), answer(422, "\"text\""),
        answer(422, R"({"detail":"x"})"),
        answer(422, "<html>x</html>", {{"Content-Type", "text/html"}}),
        answer(422, "  <!doctype html>", {{"Content-Type", "text/plain"}}),
        answer(422, std::string(300'000, 'x'), {{"Content-Type", "text/plain"}})})
    EXPECT_EQ(judge(response).message, bare) << response.body.substr(0, 50);
}

TEST(ErrorOf, NeverRepeatsTheCredential) {
  const Error error =
      judge(answer(401, R"({"code":"bad xai-token-canary","error":"xai-token-canary is bad"})"));
  EXPECT_EQ(error.message.find("canary"), std::string::npos);
  EXPECT_EQ(error.service_code, "bad ***");
  EXPECT_NE(error.message.find("*** is bad"), std::string::npos);
}

TEST(ErrorOf, NeverRepeatsASecretWhereverItStands) {
  const Secret management_key{"xai-management-canary"};
  for (const Secret* secret : {&credential, &management_key})
    for (const std::string& gap : {std::string{}, std::string{"\u200b"}, std::string{"\u00ad"}})
      for (const int status : {400, 401, 403, 404, 409, 418, 429, 500, 503}) {
        std::string text = secret->reveal();
        text.insert(7, gap);
        const std::string far(290, 'x');
        const std::string body =
            R"({"code":")" + text + R"(","error":")" + text + far + text + "\"}";
        const HttpResponse response = answer(
            status, body, {{"x-request-id", text + text}, {"content-type", "application/json"}});
        const Error error =
            error_of(response, {.credential = &credential, .management_key = &management_key});
        for (const std::string* part :
             {&error.message, &error.next, &error.service_code, &error.request_id})
          EXPECT_FALSE(part->contains("canar") || part->contains("xai-")) << *part;
      }
}

TEST(ErrorOf, CutsLongWords) {
  const Error error = judge(answer(400, R"({"message":")" + std::string(5'000, 'x') + "\"}"));
  EXPECT_LT(error.message.size(), 400U);
}

TEST(ErrorOf, TellsThrottlingFromAnEmptyAccount) {
  const Error credit = judge(answer(
      429, R"({"code":8,"message":"Your team 1 has either used all available credits or so."})"));
  EXPECT_EQ(credit.kind, ErrorKind::resource_exhausted);
  EXPECT_EQ(credit.outcome, Outcome::refused);
  EXPECT_NE(credit.next.find("balance"), std::string::npos);
  const Error throttled = judge(answer(429, "{}", {{"Retry-After", "90"}}));
  EXPECT_EQ(throttled.kind, ErrorKind::resource_exhausted);
  EXPECT_EQ(throttled.outcome, Outcome::throttled);
  EXPECT_EQ(throttled.retry_after, seconds{90});
  const Error dated = judge(answer(503, "{}", {{"Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT"}}));
  EXPECT_EQ(dated.retry_after, seconds{30});
}

TEST(ErrorOf, NamesTheRightThatIsMissing) {
  EXPECT_NE(judge(answer(403)).next.find("ListApiKeys"), std::string::npos);
}

TEST(ErrorOf, SpeaksOfTheRightKey) {
  EXPECT_NE(judge(answer(401)).message.find("management key"), std::string::npos);
  const Error inference = judge(answer(401), RetryClass::freely, wire::Host::inference);
  EXPECT_EQ(inference.kind, ErrorKind::unauthenticated);
  EXPECT_EQ(inference.message.find("management key"), std::string::npos);
  EXPECT_NE(inference.message.find("API key"), std::string::npos);
}

TEST(ErrorOf, ReadsTheRequestId) {
  EXPECT_EQ(judge(answer(404, "", {{"X-Request-ID", "r-1"}})).request_id, "r-1");
  EXPECT_EQ(judge(answer(404, "", {{"request-id", "r-2\x1b[0m"}})).request_id, "r-2[0m");
}

TEST(ErrorOf, TellsCodesOfOneStatusApart) {
  EXPECT_EQ(judge(answer(400, R"({"code":9,"message":"m"})")).kind, ErrorKind::failed_precondition);
  EXPECT_EQ(judge(answer(409, R"({"code":6,"message":"m"})")).kind, ErrorKind::already_exists);
}

}  // namespace
}  // namespace xai::client
