#include "client/errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "client/error_body.h"
#include "client/printable.h"
#include "http/retry.h"

namespace xai::client {

using management::Error;
using management::ErrorKind;
using management::HttpResponse;
using management::Outcome;
using management::Reason;
using management::RetryClass;

namespace {

/// What a status means here. `phrase` begins the message, `next` says what to do.
struct Meaning {
  int status;
  ErrorKind kind;
  std::string_view phrase;
  std::string_view next;
};

constexpr auto try_later = "try again later";
constexpr auto correct_request = "correct the request";

constexpr Meaning meaning(int status, ErrorKind kind, std::string_view phrase,
                          std::string_view next) {
  return {.status = status, .kind = kind, .phrase = phrase, .next = next};
}

constexpr std::array meanings{
    meaning(400, ErrorKind::invalid_argument, "the service refused the request", correct_request),
    meaning(401, ErrorKind::unauthenticated, "the service refused the management key",
            "check the management key; an inference key does not work here"),
    meaning(403, ErrorKind::permission_denied, "the service does not allow this", ""),
    meaning(404, ErrorKind::not_found, "not found", "check the ids and the team"),
    meaning(405, ErrorKind::unimplemented, "the service does not offer this", "check the base URL"),
    meaning(408, ErrorKind::deadline_exceeded, "the service gave up waiting", try_later),
    meaning(409, ErrorKind::aborted, "in conflict with what is there", "look at what is there now"),
    meaning(410, ErrorKind::not_found, "no longer there", "check the ids and the team"),
    meaning(412, ErrorKind::failed_precondition, "a precondition is not met", correct_request),
    meaning(413, ErrorKind::invalid_argument, "the request is too large", "send less"),
    meaning(415, ErrorKind::invalid_argument, "the service refused the request", correct_request),
    meaning(422, ErrorKind::invalid_argument, "the service refused the request", correct_request),
    meaning(425, ErrorKind::unavailable, "the service is not ready for the request", try_later),
    meaning(429, ErrorKind::resource_exhausted, "the service asks for fewer requests", try_later),
    meaning(499, ErrorKind::unavailable, "the gateway gave up on the request", try_later),
    meaning(501, ErrorKind::unimplemented, "the service does not offer this", "check the base URL"),
    meaning(502, ErrorKind::unavailable, "the service cannot be reached behind its gateway",
            try_later),
    meaning(503, ErrorKind::unavailable, "the service is unavailable", try_later),
    meaning(504, ErrorKind::deadline_exceeded, "the service did not answer its gateway in time",
            try_later),
};

Meaning meaning_of(int status) {
  const auto* const found = std::ranges::find(meanings, status, &Meaning::status);
  if (found != meanings.end()) return *found;
  if (status >= 500) return meaning(status, ErrorKind::internal, "the service failed", try_later);
  if (status >= 400)
    return meaning(status, ErrorKind::invalid_argument, "the service refused the request",
                   correct_request);
  if (status >= 300)
    return meaning(status, ErrorKind::malformed_response,
                   "the answer is a redirect, which is never followed", "check the base URL");
  return meaning(status, ErrorKind::malformed_response, "the answer's status makes no sense",
                 "check the base URL");
}

/// Whether a status says that nothing was done, if it can be believed.
bool is_refusal(int status) {
  return status >= 300 && status <= 499 && status != 408 && status != 425 && status != 499;
}

/// What became of the request. Of a write only the service itself can say that it was refused.
Outcome outcome_of(const HttpResponse& response, RetryClass retry, bool is_own) {
  const int status = response.status;
  if (http::is_out_of_credit(response)) return Outcome::refused;
  if (retry != RetryClass::freely && !is_own) return Outcome::unknown;
  if (status == 429) return Outcome::throttled;
  return is_refusal(status) ? Outcome::refused : Outcome::unanswered;
}

/// 400 and 409 stand for several codes, which the body may tell apart.
ErrorKind refined(ErrorKind kind, int status, std::string_view code) {
  if (status == 400 && code == "9") return ErrorKind::failed_precondition;
  if (status == 400 && code == "11") return ErrorKind::out_of_range;
  if (status == 409 && code == "6") return ErrorKind::already_exists;
  return kind;
}

void speak_of_credit(Error& error) {
  error.kind = ErrorKind::resource_exhausted;
  error.reason = Reason::out_of_credit;
  error.message = "the team has used all its credits or reached its spending limit";
  error.next = "see the team's balance and spending limit; waiting does not help";
}

void speak_of_right(Error& error, const Circumstances& circumstances) {
  error.next = "check the team id and the rights of the management key";
  if (!circumstances.acl.empty())
    error.next += "; this needs the right " + std::string{circumstances.acl};
}

/// Whether the inference host says that it knows no such key, as it does until a new one has come
/// there: by 401, or by 400 and 403 with its code or sentence for that.
bool is_unknown_api_key(int status, const ErrorBody& words) {
  if (status == 401) return true;
  if (status != 400 && status != 403) return false;
  // It begins with a capital, or behind other words does not.
  constexpr std::string_view sentence = "ncorrect API key provided";
  return words.code.ends_with(":bad-credentials") || words.message.contains(sentence);
}

void speak_of_unknown_api_key(Error& error) {
  error.reason = Reason::unknown_api_key;
  error.message = "the inference host does not know the API key";
  error.next = "check the API key; a new one takes a moment to be known everywhere";
}

}  // namespace

Error error_of(const HttpResponse& response, const Circumstances& circumstances) {
  const Meaning meant = meaning_of(response.status);
  const ErrorBody words = read_error_body(response);
  const bool is_own = is_own_refusal(response.status, words.code);
  const Secrets* const secrets = circumstances.secrets;
  Error error{.kind = refined(meant.kind, response.status, words.code),
              .outcome = outcome_of(response, circumstances.retry, is_own),
              .message = std::string{meant.phrase},
              .next = std::string{meant.next},
              .http_status = response.status,
              .service_code = shown(words.code, secrets),
              .request_id = request_id_of(response, secrets),
              .retry_after = http::retry_after(response, circumstances.now)};
  const bool on_inference = circumstances.host == wire::Host::inference;
  if (!is_own && is_refusal(response.status)) error.reason = Reason::foreign_answer;
  if (http::is_out_of_credit(response))
    speak_of_credit(error);
  else if (error.outcome == Outcome::unknown)
    error.next = "look at what is there before trying again";
  else if (on_inference && is_unknown_api_key(response.status, words))
    speak_of_unknown_api_key(error);
  else if (on_inference && response.status == 403)
    error.next = "check what the API key may do, and whether it is blocked";
  else if (response.status == 403)
    speak_of_right(error, circumstances);
  error.message += " (HTTP " + std::to_string(response.status) + ")";
  if (const std::string line = shown(words.message, secrets); !line.empty())
    error.message += ": " + line;
  return error;
}

Error malformed_answer(Error error, RetryClass retry, int status, std::string request_id,
                       const Secrets* secrets) {
  error.kind = ErrorKind::malformed_response;
  error.outcome = retry == RetryClass::freely ? Outcome::unanswered : Outcome::unknown;
  error.message = "the answer is not what the service promises: " + shown(error.message, secrets);
  if (error.next.empty())
    error.next = error.outcome == Outcome::unknown ? "look at what is there before trying again"
                                                   : "check the base URL";
  error.http_status = status;
  error.request_id = std::move(request_id);
  return error;
}

std::string request_id_of(const HttpResponse& response, const Secrets* secrets) {
  for (const auto* const name : {"x-request-id", "request-id"})
    if (const auto id = response.header(name); !id.empty()) return shown(id, secrets);
  return {};
}

}  // namespace xai::client
