#include "emulator/errors.h"

#include <utility>

#include "emulator/answer_text.h"
#include "emulator/rpc_codes.h"
#include "json/writer.h"

namespace xai::emulator::errors {

using management::ErrorKind;

namespace {

constexpr std::string_view bad_key_sentence =
    "Invalid bearer token. Please ensure you use a valid management key.";

Error refusal(ErrorKind kind, std::string message) {
  return {.kind = kind, .outcome = management::Outcome::refused, .message = std::move(message)};
}

HttpResponse json_response(int status, std::string body) {
  return {
      .status = status, .headers = {{"content-type", "application/json"}}, .body = std::move(body)};
}

HttpResponse status_response(int status, int code, std::string_view message) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("code");
  writer.integer(code);
  writer.key("message");
  writer.string(message);
  writer.key("details");
  writer.begin_array();
  writer.end_array();
  writer.end_object();
  return json_response(status, std::move(body));
}

HttpResponse last_words(HttpResponse response) {
  response.headers.push_back({"connection", "close"});
  return response;
}

}  // namespace

Error invalid_bearer_token() {
  return refusal(ErrorKind::unauthenticated, std::string{bad_key_sentence});
}

Error missing_right(std::string_view right) {
  return refusal(
      ErrorKind::permission_denied,
      "The management key lacks the right team-token:endpoint:" + std::string{right} + ".");
}

Error rate_limited() {
  return refusal(ErrorKind::resource_exhausted,
                 std::string{words_of(ErrorKind::resource_exhausted)});
}

Error out_of_credit(const Team& team) {
  const ErrorKind kind = team.billing.credit_status == 403 ? ErrorKind::permission_denied
                                                           : ErrorKind::resource_exhausted;
  return refusal(kind, credit_sentence(team));
}

std::string credit_sentence(const Team& team) {
  switch (team.credit) {
    case Credit::never_had:
      return "Your newly created team doesn't have any credits or licenses yet. You can purchase "
             "those on https://console.x.ai/team/" +
             team.team_id + ".";
    case Credit::no_subscription:
      return "You have run out of credits or need a Grok subscription. Add credits at "
             "https://grok.com/?_s=usage or upgrade at https://grok.com/supergrok.";
    default:
      return "Your team " + team.team_id +
             " has either used all available credits or reached its monthly spending limit. To "
             "continue making API requests, please purchase more credits or raise your spending "
             "limit.";
  }
}

Error invalid_uuid() { return refusal(ErrorKind::invalid_argument, "Invalid uuid"); }

Error empty_name() {
  // The line break is the service's own habit; whoever shows the text has to trim it.
  return refusal(ErrorKind::invalid_argument,
                 "name: Value must not be empty. [WKE=form-invalid:not-empty:name]\n");
}

Error negative_number(std::string_view name) {
  return refusal(ErrorKind::invalid_argument, std::string{name} + " must not be negative");
}

Error bad_pagination_token() {
  return refusal(ErrorKind::invalid_argument, "Invalid pagination token");
}

Error bad_order() {
  return refusal(ErrorKind::invalid_argument,
                 "orderBy should be TIME_ASCENDING or TIME_DESCENDING");
}

Error page_too_large(int most) {
  return refusal(ErrorKind::invalid_argument,
                 "pageSize should be " + std::to_string(most) + " at most");
}

Error bad_usage_query() {
  return refusal(ErrorKind::invalid_argument,
                 "Failed to query_billing_items(), Invalid argument provided.");
}

Error bad_time_zone(std::string_view name) {
  return refusal(ErrorKind::invalid_argument,
                 "timezone names no zone of the IANA database: " + std::string{name});
}

Error bad_time_range() {
  return refusal(ErrorKind::invalid_argument,
                 "startTime and endTime should be YYYY-MM-DD HH:MM:SS, the end after the start");
}

Error too_many_time_units() {
  return refusal(ErrorKind::invalid_argument, "The time range has too many time units");
}

Error no_prepaid() { return refusal(ErrorKind::not_found, ""); }
Error no_postpaid() { return refusal(ErrorKind::not_found, "Team has no postpaid billing"); }

Error bad_billing_cycle() {
  return refusal(ErrorKind::invalid_argument, "A billing cycle is a year and a month from 1 to 12");
}

Error two_invoice_filters() {
  return refusal(ErrorKind::invalid_argument,
                 "Only one of billingCycle, since and invoiceIds can be given");
}

Error empty_field_mask() {
  return refusal(ErrorKind::invalid_argument, "The field mask names no field");
}

Error bad_field_mask(std::string_view path) {
  return refusal(ErrorKind::invalid_argument,
                 "The field mask names a field that cannot be changed: " + std::string{path});
}

Error old_secret_lives_too_long() {
  return refusal(ErrorKind::invalid_argument, "The old secret may work for 7 days more at most");
}

Error invalid_argument(std::string message) {
  return refusal(ErrorKind::invalid_argument, std::move(message));
}

Error team_not_found() { return refusal(ErrorKind::not_found, "Cannot find team"); }
Error api_key_not_found() { return refusal(ErrorKind::not_found, "Cannot find API key"); }
Error route_not_found() { return refusal(ErrorKind::not_found, "Not Found"); }
Error not_imitated(std::string_view what) {
  return refusal(ErrorKind::unimplemented,
                 "This is an emulator, and " + std::string{what} + " is not imitated");
}
Error method_not_allowed() { return refusal(ErrorKind::unimplemented, "Method Not Allowed"); }

Error internal(std::string_view message) {
  return refusal(ErrorKind::internal, "The emulator failed: " + std::string{message});
}

Error other_schema_version(std::int64_t version, std::int64_t ours) {
  return refusal(ErrorKind::failed_precondition,
                 "the file has schema version " + std::to_string(version) +
                     ", and this emulator writes version " + std::to_string(ours) +
                     "; use another file, or the emulator that made this one");
}

Error foreign_database() {
  return refusal(ErrorKind::failed_precondition,
                 "the file is the database of another program; use another file");
}

Error replaced_database() {
  return refusal(ErrorKind::failed_precondition, "was replaced while it was being opened");
}

Error key_of_another_team() {
  return refusal(ErrorKind::failed_precondition,
                 "that management key already belongs to another team");
}

Error amounts_too_large() {
  return refusal(ErrorKind::failed_precondition,
                 "This emulator cannot add up the team's amounts: 64 bits do not hold the cents");
}

Error unknown_member(std::string_view name, std::string_view closest) {
  std::string message = "unknown member `" + std::string{name} + "`";
  if (!closest.empty()) message += "; did you mean `" + std::string{closest} + "`?";
  return refusal(ErrorKind::invalid_argument, std::move(message));
}

HttpResponse to_response(const Error& error) {
  if (error.message.empty()) return {.status = http_status(error.kind)};
  HttpResponse response =
      status_response(http_status(error.kind), rpc_code(error.kind), error.message);
  if (error.kind == ErrorKind::unauthenticated)
    response.headers.push_back({"www-authenticate", error.message});
  return response;
}

HttpResponse of_status(int status, std::optional<int> code) {
  const ErrorKind kind = kind_of_status(status);
  std::string_view words = words_of(kind);
  if (status == 401) words = bad_key_sentence;
  if (status == 404) words = "Not Found";
  HttpResponse response = status_response(status, code.value_or(rpc_code(kind)), words);
  if (status == 401) response.headers.push_back({"www-authenticate", std::string{words}});
  return response;
}

HttpResponse gateway_page(int status) {
  const std::string title = std::to_string(status) + " " + std::string{reason_of(status)};
  return {.status = status,
          .headers = {{"content-type", "text/html"}},
          .body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" +
                  title +
                  "</h1></center>\r\n<hr><center>gateway</center>\r\n</body>\r\n</html>\r\n"};
}

HttpResponse page_not_found() {
  return {.status = 404,
          .headers = {{"content-type", "text/html"}},
          .body =
              "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head>"
              "<body><h1>404</h1><p>This page could not be found.</p></body></html>\n"};
}

HttpResponse foreign_host(std::string_view host) {
  // A name that somebody else's page made point here (DNS rebinding) must get nothing.
  return status_response(421, rpc_code(ErrorKind::permission_denied),
                         "This emulator answers to 127.0.0.1, localhost and [::1], not to " +
                             std::string{host.substr(0, 100)});
}

HttpResponse foreign_origin() {
  return status_response(403, rpc_code(ErrorKind::permission_denied),
                         "This emulator answers no web page: send no Origin header");
}

HttpResponse missing_host() {
  return last_words(status_response(400, rpc_code(ErrorKind::invalid_argument),
                                    "The request has no Host header"));
}

HttpResponse not_http() {
  return last_words(status_response(400, rpc_code(ErrorKind::invalid_argument),
                                    "This is not an HTTP/1.1 request"));
}

HttpResponse header_too_large() {
  return last_words(status_response(431, rpc_code(ErrorKind::invalid_argument),
                                    "The request's header is larger than 64 KiB"));
}

HttpResponse body_too_large() {
  return last_words(status_response(413, rpc_code(ErrorKind::invalid_argument),
                                    "The request's body is larger than 1 MiB"));
}

}  // namespace xai::emulator::errors
