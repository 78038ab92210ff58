#include "client/errors.h"

#include <gtest/gtest.h>

#include <array>
#include <map>

#include "fakes/manual_time.h"
#include "fakes/scripted_transport.h"

namespace xai::client {
namespace {

using fakes::answer;
using management::Error;
using management::ErrorKind;
using management::HttpResponse;
using management::Outcome;
using management::Reason;
using management::RetryClass;
using management::Secret;
using std::chrono::seconds;

const Secret management_key{"xai-management-canary"};
const Secret credential{"xai-token-canary"};
const struct Known : Secrets {
  Known() : Secrets{management_key} { note(credential); }
} known_secrets;

Error judge(const HttpResponse& response, RetryClass retry = RetryClass::freely,
            wire::Host host = wire::Host::management) {
  return error_of(response, {.retry = retry,
                             .host = host,
                             .acl = "ListApiKeys",
                             .secrets = &known_secrets,
                             .now = fakes::ManualTime::start()});
}

/// The code that the service gives with a status; empty where it has none that refuses.
std::string own_code(int status) {
  static const std::map<int, std::string> codes{{400, "3"},  {401, "16"}, {403, "7"}, {404, "5"},
                                                {409, "10"}, {412, "9"},  {422, "3"}, {429, "8"}};
  const auto found = codes.find(status);
  return found == codes.end() ? "" : found->second;
}

/// Bodies that no service of theirs gives with a refusal: those of proxies, and codes that
/// disagree.
std::vector<HttpResponse> foreign_answers(int status) {
  return {answer(status, ""),
          answer(status, "<html>No.</html>", {{"Content-Type", "text/html"}}),
          answer(status, "No.", {{"Content-Type", "text/plain"}}),
          answer(status, R"({"message":"No."})"),
          answer(status, R"({"error":"No."})"),
          answer(status, R"({"code":13,"message":"No.","details":[]})"),
          answer(status, R"({"code":0,"message":"No."})"),
          answer(status,
                 status == 403 ? R"({"code":5,"message":"No."})" : R"({"code":7,"message":"No."})"),
          answer(status, R"({"code":"internal","error":"No."})"),
          answer(status, R"({"error":{"message":"No.","code":"x1"}})")};
}

/// The same refusal in each of the service's own forms.
std::vector<HttpResponse> own_answers(int status) {
  static const std::map<std::string, std::string> names{{"3", "invalid-argument"},
                                                        {"5", "not_found"},
                                                        {"7", "permission-denied"},
                                                        {"8", "RESOURCE_EXHAUSTED"},
                                                        {"9", "failed-precondition"},
                                                        {"10", "aborted"},
                                                        {"16", "unauthenticated:bad-credentials"}};
  const std::string code = own_code(status);
  return {answer(status, R"({"code":)" + code + R"(,"message":"No.","details":[]})"),
          answer(status, R"({"code":")" + names.at(code) + R"(","error":"No."})"),
          answer(status, R"({"error":{"message":"No.","code":")" + code + R"("}})")};
}

constexpr std::array writes{RetryClass::after_read_back, RetryClass::if_refused,
                            RetryClass::if_not_sent, RetryClass::never};

TEST(ErrorOf, BelievesOfAWriteThatItWasRefusedOnlyWhatTheServiceItselfSays) {
  for (int status = 300; status <= 599; ++status) {
    for (const HttpResponse& response : foreign_answers(status))
      for (const auto write : writes) {
        const Error error = judge(response, write);
        EXPECT_EQ(error.outcome, Outcome::unknown) << status << response.body;
        EXPECT_EQ(error.reason == Reason::foreign_answer,
                  status <= 499 && status != 408 && status != 425 && status != 499);
        EXPECT_NE(error.kind, ErrorKind::cancelled) << status;
        EXPECT_FALSE(error.next.empty()) << status;
      }
    if (own_code(status).empty()) continue;
    for (const HttpResponse& response : own_answers(status))
      for (const auto write : writes) {
        const Error error = judge(response, write);
        EXPECT_EQ(error.outcome, status == 429 ? Outcome::throttled : Outcome::refused)
            << status << response.body;
        EXPECT_EQ(error.reason, Reason::none);
      }
  }
}

TEST(ErrorOf, KnowsThatAReadChangedNothing) {
  for (int status = 300; status <= 599; ++status)
    for (const HttpResponse& response : foreign_answers(status)) {
      const Error error = judge(response, RetryClass::freely);
      const bool is_no_answer = status >= 500 || status == 408 || status == 425 || status == 499;
      EXPECT_EQ(error.outcome, status == 429  ? Outcome::throttled
                               : is_no_answer ? Outcome::unanswered
                                              : Outcome::refused)
          << status;
    }
}

TEST(ErrorOf, TakesTheKindFromTheStatus) {
  using enum ErrorKind;
  for (const auto& [status, kind] : std::map<int, ErrorKind>{{301, malformed_response},
                                                             {308, malformed_response},
                                                             {400, invalid_argument},
                                                             {401, unauthenticated},
                                                             {403, permission_denied},
                                                             {404, not_found},
                                                             {405, unimplemented},
                                                             {408, deadline_exceeded},
                                                             {409, aborted},
                                                             {410, not_found},
                                                             {412, failed_precondition},
                                                             {415, invalid_argument},
                                                             {418, invalid_argument},
                                                             {422, invalid_argument},
                                                             {425, unavailable},
                                                             {429, resource_exhausted},
                                                             {499, unavailable},
                                                             {500, internal},
                                                             {501, unimplemented},
                                                             {502, unavailable},
                                                             {503, unavailable},
                                                             {504, deadline_exceeded},
                                                             {599, internal}}) {
    const Error error = judge(answer(status, R"({"code":5,"message":"Not Found"})"));
    EXPECT_EQ(error.kind, kind) << status;
    EXPECT_EQ(error.http_status, status);
    EXPECT_NE(error.message.find("(HTTP " + std::to_string(status) + "): Not Found"),
              std::string::npos)
        << error.message;
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
        const Error error = judge(response);
        for (const std::string* part :
             {&error.message, &error.next, &error.service_code, &error.request_id})
          EXPECT_FALSE(part->contains("canar") || part->contains("xai-")) << *part;
      }
}

TEST(ErrorOf, CutsLongWords) {
  const Error error = judge(answer(400, R"({"message":")" + std::string(5'000, 'x') + "\"}"));
  EXPECT_LT(error.message.size(), 400U);
}

TEST(ErrorOf, TellsAnEmptyAccountByItsWords) {
  for (const int status : {403, 429})
    for (const char* const words : {"Your team 1 has either used all available credits or reached "
                                    "its monthly spending limit.",
                                    "Your team 1 doesn't have any credits or licenses yet.",
                                    "You have run out of credits or need a Grok subscription."})
      for (const auto& body :
           {R"({"code":8,"message":")" + std::string{words} + R"("})",
            R"({"code":"permission-denied","error":")" + std::string{words} + R"("})",
            std::string{words}})
        for (const auto retry : {RetryClass::freely, RetryClass::if_refused})
          for (const auto host : {wire::Host::management, wire::Host::inference}) {
            const Error error = judge(answer(status, body), retry, host);
            EXPECT_EQ(error.kind, ErrorKind::resource_exhausted) << body;
            EXPECT_EQ(error.outcome, Outcome::refused) << body;
            EXPECT_EQ(error.reason, Reason::out_of_credit) << body;
            EXPECT_TRUE(error.next.contains("balance")) << body;
          }
}

TEST(ErrorOf, TellsThrottlingFromAnEmptyAccount) {
  const Error credit = judge(answer(
      429, R"({"code":8,"message":"Your team 1 has either used all available credits or so."})"));
  EXPECT_EQ(credit.kind, ErrorKind::resource_exhausted);
  EXPECT_EQ(credit.outcome, Outcome::refused);
  EXPECT_NE(credit.next.find("balance"), std::string::npos);
  const Error throttled =
      judge(answer(429, R"({"code":8,"message":"m"})", {{"Retry-After", "90"}}));
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
