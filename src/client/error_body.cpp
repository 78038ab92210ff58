#include "client/error_body.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "json/document.h"

namespace xai::client {
namespace {

/// A code that refuses, in the three ways it is written, and the statuses that it comes with.
struct Refusal {
  std::string_view number;
  std::string_view name;
  std::string_view sentence;
  std::array<int, 3> statuses;
};

constexpr std::array refusals{
    Refusal{"3", "invalid-argument", "client specified an invalid argument", {400, 412, 422}},
    Refusal{"5", "not-found", "some requested entity was not found", {404}},
    Refusal{"6", "already-exists", "some entity that we attempted to create already exists", {409}},
    Refusal{"7",
            "permission-denied",
            "the caller does not have permission to execute the specified operation",
            {403}},
    Refusal{"8", "resource-exhausted", "some resource has been exhausted", {429}},
    Refusal{"9",
            "failed-precondition",
            "the system is not in a state required for the operation's execution",
            {400, 412, 422}},
    Refusal{"10", "aborted", "the operation was aborted", {409}},
    Refusal{"11", "out-of-range", "operation was attempted past the valid range", {400, 412, 422}},
    Refusal{"16",
            "unauthenticated",
            "the request does not have valid authentication credentials",
            {401}},
};

/// In small letters; what follows a colon only adds detail to a name.
std::string plain_code(std::string_view code) {
  std::string plain;
  for (const char letter : code.substr(0, code.find(':')))
    plain +=
        letter == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return plain;
}

ErrorBody body_of(json::Value message, json::Value code) {
  return {.message = std::string{message.text()}, .code = std::string{code.text()}};
}

}  // namespace

ErrorBody read_error_body(json::Value body) {
  const json::Value error = body.find("error");
  if (body.find("message").is_string()) return body_of(body.find("message"), body.find("code"));
  if (error.is_string()) return body_of(error, body.find("code"));
  return body_of(error.find("message"), error.find("code"));
}

ErrorBody read_error_body(const management::HttpResponse& response) {
  constexpr std::size_t body_bytes_max = 256UL << 10U;
  if (response.body.size() > body_bytes_max) return {};
  if (const auto document = json::Document::parse(response.body))
    return read_error_body(document->root());
  // Pages of HTML come from gateways and tell a person nothing.
  const bool is_plain = response.header("content-type").starts_with("text/plain");
  const std::string_view text = response.body;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (!is_plain || first == std::string_view::npos || text[first] == '<') return {};
  return {.message = response.body};
}

bool is_own_refusal(int status, std::string_view code) {
  const std::string plain = plain_code(code);
  return std::ranges::any_of(refusals, [&](const Refusal& refusal) {
    return (plain == refusal.number || plain == refusal.name || plain == refusal.sentence) &&
           std::ranges::find(refusal.statuses, status) != refusal.statuses.end();
  });
}

}  // namespace xai::client
