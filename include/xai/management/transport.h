#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/result.h"
#include "xai/management/secret.h"

namespace xai::management {

enum class Method : std::uint8_t { get, post, put, patch, delete_ };

/// `GET`, `POST`, `PUT`, `PATCH`, `DELETE`.
std::string_view name_of(Method method);

/// Whether requests of that method have a body, be it an empty object.
bool carries_body(Method method);

/// When a request that failed may be sent again.
enum class RetryClass : std::uint8_t {
  freely,           ///< Reads: whenever an answer may still come.
  after_read_back,  ///< Writes that set a state: after looking what is there now.
  if_refused,       ///< Only when provably not sent, or throttled.
  if_not_sent,      ///< Only when provably not sent.
  never,            ///< Not by this layer: who sends the request decides. No operation's own class.
};

struct Header {
  std::string name{};
  std::string value{};
};

struct HttpResponse;

/// Reads the body of an answer while it comes, so that the whole need never be in memory.
struct BodyReader {
  /// An attempt begins: what was read before does not count.
  std::function<void()> begin{};
  /// Takes what it can off the front of all that came and is not taken yet.
  std::function<void(std::string&)> read{};
};

/// One request, complete but for the connection.
struct HttpRequest {
  Method method{};
  std::string base_url{};  ///< Scheme, host, port and perhaps a path prefix; no `/` at the end.
  std::string target{};    ///< Percent-encoded path and query, from the first `/`.
  std::vector<Header> headers{};  ///< Without `Authorization`: that is `credential`.
  Secret credential{};            ///< Sent as `Authorization: Bearer …`.
  std::string body{};             ///< JSON; empty for GET and DELETE.
  RetryClass retry{};
  std::chrono::milliseconds timeout{};  ///< What is left of the caller's limit; 0 is none.
  /// May be empty. A Transport calls it before it fails with an answer that broke off behind its
  /// headers, with what came: it may hold a secret that can be had only once.
  std::function<void(const HttpResponse&)> salvage{};
  /// May be empty, and a Transport may leave it alone. If it does not, it begins at every attempt,
  /// reads the body of a 2xx only, and the body of the response is what is left of it.
  BodyReader reader{};
};

/// Any answer of the service. A status of 404 or 500 is an answer, not an error, at this floor.
struct HttpResponse {
  int status{};
  std::vector<Header> headers{};
  std::string body{};

  /// Whether the status is a 2xx.
  [[nodiscard]] bool is_success() const { return status / 100 == 2; }
  /// The first header of that name, in any case; empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// Sends one request, once. It fails only when no whole answer came, with
/// `Outcome::not_sent` if no byte of the request can have reached the service, else with
/// `Outcome::unknown`. It is called from several threads when the Client is.
using Transport = std::function<Result<HttpResponse>(const HttpRequest&)>;

}  // namespace xai::management
