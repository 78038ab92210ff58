#include "http/retry.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>

#include "base/time_text.h"

namespace xai::http {

using management::Error;
using management::ErrorKind;
using management::HttpRequest;
using management::HttpResponse;
using management::Outcome;
using management::Result;
using management::RetryClass;
using management::RetryPolicy;
using management::Timestamp;
using management::Transport;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

bool contains_in_any_case(std::string_view text, std::string_view wanted) {
  return !std::ranges::search(text, wanted, [](unsigned char left, unsigned char right) {
            return std::tolower(left) == right;
          }).empty();
}

bool may_repeat(RetryClass retry, const Error& error) {
  // A bad URL or an untrusted certificate is the same at the next attempt.
  if (error.kind != ErrorKind::unavailable && error.kind != ErrorKind::deadline_exceeded)
    return false;
  return error.outcome == Outcome::not_sent || retry == RetryClass::freely;
}

bool may_repeat(RetryClass retry, const HttpResponse& response) {
  switch (response.status) {
    case 429:
      // A write may have been made in spite of it: who sent it looks first.
      return retry == RetryClass::freely && !is_out_of_credit(response);
    case 408:
    case 502:
    case 503:
    case 504:
      return retry == RetryClass::freely;
    default:
      return false;
  }
}

/// How long to wait before the next attempt; none when the service asks for more than we give.
std::optional<milliseconds> wait_after(const Result<HttpResponse>& result, int attempts_made,
                                       const RetryPolicy& policy, Timestamp now,
                                       const base::Random& random) {
  const auto asked = result ? retry_after(*result, now) : std::nullopt;
  if (!asked) return backoff(policy, attempts_made, random);
  if (*asked > policy.retry_after_max) return std::nullopt;
  return milliseconds{*asked};
}

}  // namespace

Transport with_retry(Transport next, RetryPolicy policy, base::Clock clock, base::Sleep sleep,
                     base::Random random) {
  return [next = std::move(next), policy, clock = std::move(clock), sleep = std::move(sleep),
          random = std::move(random)](const HttpRequest& request) -> Result<HttpResponse> {
    const bool limited = request.timeout > milliseconds::zero();
    const Timestamp start = clock();
    auto result = next(request);
    for (int made = 1; made < policy.attempts_max && may_repeat(request.retry, result); ++made) {
      const auto wait = wait_after(result, made, policy, clock(), random);
      if (!wait) return result;
      const auto left = [&] {
        return request.timeout - std::chrono::duration_cast<milliseconds>(clock() - start);
      };
      // An attempt that cannot end in time would only hide the better error we have.
      if (limited && left() <= *wait) return result;
      sleep(*wait);
      if (!limited) {
        result = next(request);
        continue;
      }
      HttpRequest again = request;
      again.timeout = std::min(left(), request.timeout);
      if (again.timeout <= milliseconds::zero()) return result;
      result = next(again);
    }
    return result;
  };
}

bool may_repeat(RetryClass retry, const Result<HttpResponse>& result) {
  if (retry == RetryClass::never) return false;
  return result ? may_repeat(retry, *result) : may_repeat(retry, result.error());
}

bool is_out_of_credit(const HttpResponse& response) {
  constexpr std::array words{"used all available credits", "have any credits", "run out of credits",
                             "monthly spending limit"};
  return (response.status == 403 || response.status == 429) &&
         std::ranges::any_of(words, [&](std::string_view said) {
           return contains_in_any_case(response.body, said);
         });
}

std::optional<seconds> retry_after(const HttpResponse& response, Timestamp now) {
  const std::string_view text = response.header("retry-after");
  if (text.empty()) return std::nullopt;
  if (std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; })) {
    constexpr std::int64_t count_max = 365LL * 86'400;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return seconds{error == std::errc{} ? std::min(count, count_max) : count_max};
  }
  const auto date = base::parse_http_date(text);
  if (!date) return std::nullopt;
  // The service's own clock, where it tells it: ours may be off by minutes.
  if (const auto there = base::parse_http_date(response.header("date"))) now = *there;
  return std::max(std::chrono::ceil<seconds>(*date - now), seconds::zero());
}

milliseconds backoff(const RetryPolicy& policy, int attempts_made, const base::Random& random) {
  milliseconds limit = policy.backoff_base;
  for (int i = 1; i < attempts_made && limit < policy.backoff_max; ++i) limit *= 2;
  limit = std::min(limit, policy.backoff_max);
  return milliseconds{static_cast<std::int64_t>(random() * static_cast<double>(limit.count()))};
}

}  // namespace xai::http
