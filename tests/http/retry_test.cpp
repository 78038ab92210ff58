#include "http/retry.h"

#include <gtest/gtest.h>

#include "fakes/manual_time.h"
#include "fakes/scripted_transport.h"

namespace xai::http {
namespace {

using fakes::answer;
using management::ErrorKind;
using management::HttpResponse;
using management::Outcome;
using management::Result;
using management::RetryClass;
using management::RetryPolicy;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto freely = RetryClass::freely;
constexpr auto after_read_back = RetryClass::after_read_back;
constexpr auto if_refused = RetryClass::if_refused;
constexpr auto if_not_sent = RetryClass::if_not_sent;

constexpr auto out_of_credit =
    R"({"code":8,"message":"Your team 1 has either used all available credits or reached its )"
    R"(monthly spending limit."})";

struct Sent {
  std::size_t attempts{};
  std::vector<milliseconds> sleeps{};
  Result<HttpResponse> result{};
};

Sent run(RetryClass retry, std::vector<Result<HttpResponse>> answers,
         milliseconds timeout = milliseconds{}, RetryPolicy policy = {}) {
  fakes::ManualTime manual_time;
  fakes::ScriptedTransport service{std::move(answers)};
  const auto transport = with_retry(service.transport(), policy, manual_time.clock(),
                                    manual_time.sleep(), manual_time.random());
  auto result = transport({.target = "/", .retry = retry, .timeout = timeout});
  return {service.requests().size(), manual_time.sleeps(), std::move(result)};
}

struct Row {
  const char* what;
  Result<HttpResponse> result;
  bool freely, after_read_back, if_refused, if_not_sent;
};

std::vector<Row> table() {
  return {
      {"not sent", fakes::not_sent(), true, true, true, true},
      {"no answer", fakes::no_answer(), true, false, false, false},
      {"limit while connecting", fakes::failure(Outcome::not_sent, ErrorKind::deadline_exceeded),
       true, true, true, true},
      {"limit while waiting", fakes::failure(Outcome::unknown, ErrorKind::deadline_exceeded), true,
       false, false, false},
      {"untrusted certificate", fakes::failure(Outcome::not_sent, ErrorKind::malformed_response),
       false, false, false, false},
      {"bad URL", fakes::failure(Outcome::not_sent, ErrorKind::invalid_argument), false, false,
       false, false},
      {"no CA file", fakes::failure(Outcome::not_sent, ErrorKind::failed_precondition), false,
       false, false, false},
      {"no key", fakes::failure(Outcome::not_sent, ErrorKind::unauthenticated), false, false, false,
       false},
      {"answer too large", fakes::failure(Outcome::unknown, ErrorKind::malformed_response), false,
       false, false, false},
      {"200", answer(200), false, false, false, false},
      {"301", answer(301), false, false, false, false},
      {"400", answer(400), false, false, false, false},
      {"401", answer(401), false, false, false, false},
      {"403", answer(403), false, false, false, false},
      {"404", answer(404), false, false, false, false},
      {"408", answer(408), true, false, false, false},
      {"409", answer(409), false, false, false, false},
      {"412", answer(412), false, false, false, false},
      {"422", answer(422), false, false, false, false},
      {"429 throttled", answer(429, "slow down"), true, false, false, false},
      {"429 out of credit", answer(429, out_of_credit), false, false, false, false},
      {"500", answer(500), false, false, false, false},
      {"501", answer(501), false, false, false, false},
      {"502", answer(502), true, false, false, false},
      {"503", answer(503), true, false, false, false},
      {"504", answer(504), true, false, false, false},
  };
}

TEST(WithRetry, RepeatsWhatTheTableAllows) {
  for (const Row& row : table()) {
    const auto attempts = [&](RetryClass retry) { return run(retry, {row.result}).attempts; };
    EXPECT_EQ(attempts(freely), row.freely ? 3U : 1U) << row.what;
    EXPECT_EQ(attempts(after_read_back), row.after_read_back ? 3U : 1U) << row.what;
    EXPECT_EQ(attempts(if_refused), row.if_refused ? 3U : 1U) << row.what;
    EXPECT_EQ(attempts(if_not_sent), row.if_not_sent ? 3U : 1U) << row.what;
    EXPECT_EQ(attempts(RetryClass::never), 1U) << row.what;
  }
}

TEST(WithRetry, GivesTheAnswerThatCameInTheEnd) {
  const Sent mended = run(freely, {fakes::no_answer(), answer(503), answer(200, "here")});
  ASSERT_TRUE(mended.result);
  EXPECT_EQ(mended.result->body, "here");
  const Sent broken = run(freely, {answer(503, "1"), answer(503, "2"), answer(503, "3")});
  ASSERT_TRUE(broken.result);
  EXPECT_EQ(broken.result->body, "3");
}

TEST(WithRetry, StopsWhenALaterAnswerMayNotBeRepeated) {
  const Sent create = run(if_refused, {fakes::not_sent(), fakes::no_answer(), answer(200)});
  EXPECT_EQ(create.attempts, 2U);
  ASSERT_FALSE(create.result);
  EXPECT_EQ(create.result.error().outcome, Outcome::unknown);
}

TEST(WithRetry, BacksOffWithFullJitter) {
  EXPECT_EQ(run(freely, {answer(503)}).sleeps, (std::vector{milliseconds{250}, milliseconds{500}}));
}

TEST(WithRetry, TriesAsOftenAsThePolicySays) {
  EXPECT_EQ(run(freely, {answer(503)}, {}, {.attempts_max = 1}).attempts, 1U);
  EXPECT_EQ(run(freely, {answer(503)}, {}, {.attempts_max = 7}).attempts, 7U);
  EXPECT_EQ(run(freely, {answer(503)}, {}, {.attempts_max = 0}).attempts, 1U);
}

TEST(WithRetry, ObeysRetryAfter) {
  EXPECT_EQ(run(freely, {answer(429, "", {{"Retry-After", "7"}}), answer(200)}).sleeps,
            std::vector{milliseconds{7'000}});
  EXPECT_EQ(run(freely,
                {answer(503, "", {{"retry-after", "Sun, 06 Nov 1994 08:49:50 GMT"}}), answer(200)})
                .sleeps,
            std::vector{milliseconds{13'000}});
  EXPECT_EQ(run(freely, {answer(503, "", {{"Retry-After", "60"}}), answer(200)}).attempts, 2U);
}

TEST(WithRetry, StopsWhenRetryAfterIsLongerThanAMinute) {
  const Sent throttled = run(freely, {answer(429, "", {{"Retry-After", "61"}}), answer(200)});
  EXPECT_EQ(throttled.attempts, 1U);
  EXPECT_TRUE(throttled.sleeps.empty());
  ASSERT_TRUE(throttled.result);
  EXPECT_EQ(throttled.result->status, 429);
  EXPECT_EQ(
      run(freely, {answer(503, "", {{"Retry-After", "Sun, 06 Nov 1994 08:51:00 GMT"}})}).attempts,
      1U);
}

TEST(WithRetry, LetsTheCallersLimitWin) {
  // Waits of 250 and 500 ms: the second one does not fit.
  const Sent limited = run(freely, {answer(503)}, milliseconds{600});
  EXPECT_EQ(limited.attempts, 2U);
  EXPECT_EQ(limited.sleeps, std::vector{milliseconds{250}});
  EXPECT_EQ(run(freely, {answer(429, "", {{"Retry-After", "5"}})}, milliseconds{5'000}).attempts,
            1U);
}

/// The service with attempts that take some time.
management::Transport slowly(fakes::ScriptedTransport& service, fakes::ManualTime& manual_time,
                             milliseconds each_attempt) {
  return [&manual_time, each_attempt,
          next = service.transport()](const management::HttpRequest& request) {
    manual_time.advance(each_attempt);
    return next(request);
  };
}

TEST(WithRetry, GivesLaterAttemptsWhatIsLeftOfTheLimit) {
  fakes::ManualTime manual_time;
  fakes::ScriptedTransport service{{answer(503), answer(200)}};
  const auto transport = with_retry(slowly(service, manual_time, milliseconds{100}), {},
                                    manual_time.clock(), manual_time.sleep(), manual_time.random());
  ASSERT_TRUE(transport({.target = "/", .retry = freely, .timeout = milliseconds{1'000}}));
  ASSERT_EQ(service.requests().size(), 2U);
  EXPECT_EQ(service.requests()[0].timeout, milliseconds{1'000});
  EXPECT_EQ(service.requests()[1].timeout, milliseconds{650});
}

TEST(WithRetry, BeginsNoWaitThatTakesAllThatIsLeft) {
  for (const auto& [timeout, end] : {std::pair{milliseconds{350}, milliseconds{100}},
                                     std::pair{milliseconds{351}, milliseconds{450}}}) {
    fakes::ManualTime manual_time;
    fakes::ScriptedTransport service{{answer(503), answer(200)}};
    const auto transport =
        with_retry(slowly(service, manual_time, milliseconds{100}), {}, manual_time.clock(),
                   manual_time.sleep(), manual_time.random());
    EXPECT_TRUE(transport({.target = "/", .retry = freely, .timeout = timeout}));
    EXPECT_EQ(manual_time.clock()() - fakes::ManualTime::start(), end);
  }
}

/// An attempt that takes some time by the clock, which may also be set back.
Sent run_with_clock(milliseconds timeout, milliseconds each_attempt, milliseconds late_wake) {
  fakes::ManualTime manual_time;
  fakes::ScriptedTransport service{{answer(503)}};
  const auto oversleep = [&](milliseconds span) { manual_time.sleep()(span + late_wake); };
  const auto transport = with_retry(slowly(service, manual_time, each_attempt), {},
                                    manual_time.clock(), oversleep, manual_time.random());
  auto result = transport({.target = "/", .retry = freely, .timeout = timeout});
  for (const auto& request : service.requests()) {
    EXPECT_GT(request.timeout, milliseconds::zero()) << "which would stand for no limit";
    EXPECT_LE(request.timeout, timeout);
  }
  return {service.requests().size(), manual_time.sleeps(), std::move(result)};
}

TEST(WithRetry, SendsNothingOnceTheLimitIsPast) {
  // The wait fits, but who sleeps too long finds the limit past, to the millisecond or by far.
  EXPECT_EQ(run_with_clock(milliseconds{300}, {}, milliseconds{0}).attempts, 2U);
  EXPECT_EQ(run_with_clock(milliseconds{300}, {}, milliseconds{49}).attempts, 2U);
  EXPECT_EQ(run_with_clock(milliseconds{300}, {}, milliseconds{50}).attempts, 1U);
  EXPECT_EQ(run_with_clock(milliseconds{300}, {}, milliseconds{5'000}).attempts, 1U);
}

TEST(WithRetry, GivesNoAttemptMoreThanTheLimitWhenTheClockIsSetBack) {
  EXPECT_EQ(run_with_clock(milliseconds{1'000}, milliseconds{-60'000}, {}).attempts, 3U);
}

TEST(RetryAfter, ReadsSecondsAndDates) {
  const auto read = [](std::string text, std::string date = {}) {
    return retry_after(answer(429, "", {{"Retry-After", text}, {"Date", date}}),
                       fakes::ManualTime::start());
  };
  EXPECT_EQ(read("0"), seconds{0});
  EXPECT_EQ(read("120"), seconds{120});
  EXPECT_EQ(read("Sun, 06 Nov 1994 08:50:37 GMT"), seconds{60});
  EXPECT_EQ(read("Sun, 06 Nov 1994 08:00:00 GMT"), seconds{0});
  EXPECT_EQ(read("99999999999999999999999"), seconds{365LL * 86'400});
  for (const auto* const nonsense : {"", "soon", "-1", "1.5", "Sun, 31 Feb 1994 08:49:37 GMT"})
    EXPECT_EQ(read(nonsense), std::nullopt) << nonsense;
}

TEST(RetryAfter, TrustsTheServicesClockOverOurs) {
  EXPECT_EQ(retry_after(answer(429, "",
                               {{"Retry-After", "Tue, 01 Jan 2030 00:00:05 GMT"},
                                {"Date", "Tue, 01 Jan 2030 00:00:00 GMT"}}),
                        fakes::ManualTime::start()),
            seconds{5});
}

TEST(IsOutOfCredit, ReadsTheWordsOfA403OrA429) {
  EXPECT_TRUE(is_out_of_credit(answer(429, out_of_credit)));
  EXPECT_TRUE(is_out_of_credit(answer(403, out_of_credit)));
  EXPECT_TRUE(is_out_of_credit(answer(429, "Monthly SPENDING LIMIT reached")));
  EXPECT_FALSE(is_out_of_credit(answer(429, "Too many requests")));
  EXPECT_FALSE(is_out_of_credit(answer(400, out_of_credit)));
}

TEST(Backoff, DoublesUpToItsEnd) {
  const RetryPolicy policy;
  const auto almost = [] { return 0.999999; };
  EXPECT_EQ(backoff(policy, 1, almost), milliseconds{499});
  EXPECT_EQ(backoff(policy, 2, almost), milliseconds{999});
  EXPECT_EQ(backoff(policy, 6, almost), milliseconds{15'999});
  EXPECT_EQ(backoff(policy, 7, almost), milliseconds{19'999});
  EXPECT_EQ(backoff(policy, 1'000, almost), milliseconds{19'999});
  EXPECT_EQ(backoff(policy, 5, [] { return 0.0; }), milliseconds{0});
}

}  // namespace
}  // namespace xai::http
