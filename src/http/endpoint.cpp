#include "http/endpoint.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/not_sent.h"
#include "base/try.h"

namespace xai::http {

using management::Error;
using management::ErrorKind;
using management::Result;

namespace {

std::unexpected<Error> fault_of(const std::string& name, const std::string& why) {
  return base::invalid_argument(name + ' ' + why,
                                "give it as https://HOST, with a port or a path prefix if needed");
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_host_letter(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '.' ||
         letter == '_';
}

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || !std::ranges::all_of(text, is_digit)) return false;
  unsigned port = 0;
  for (const char digit : text) port = port * 10 + static_cast<unsigned>(digit - '0');
  return port >= 1 && port <= 65'535;
}

/// Four numbers, the first of them 127. Shorter spellings are read differently by different
/// resolvers, so they do not count.
bool is_ipv4_loopback(std::string_view host) {
  int parts = 0;
  while (true) {
    const std::string_view part = host.substr(0, host.find('.'));
    if (part.empty() || part.size() > 3 || !std::ranges::all_of(part, is_digit)) return false;
    int number = 0;
    for (const char digit : part) number = number * 10 + (digit - '0');
    if (number > 255 || (part.size() > 1 && part.front() == '0')) return false;
    if (++parts == 1 && number != 127) return false;
    if (part.size() == host.size()) return parts == 4;
    host.remove_prefix(part.size() + 1);
  }
}

bool is_loopback(std::string_view host) {
  const auto same = [](unsigned char left, unsigned char right) {
    return std::tolower(left) == right;
  };
  return host == "::1" || is_ipv4_loopback(host) ||
         std::ranges::equal(host, std::string_view{"localhost"}, same);
}

bool is_prefix(std::string_view path) {
  if (!std::ranges::all_of(path, [](unsigned char letter) {
        return letter > ' ' && letter < 0x7f &&
               std::string_view{"?#\\\"<>^`{|}"}.find(static_cast<char>(letter)) ==
                   std::string_view::npos;
      }))
    return false;
  const std::string closed = std::string{path} + "/";
  return closed.find("/./") == std::string::npos && closed.find("/../") == std::string::npos;
}

struct Authority {
  std::string_view host;
  std::string_view rest;  ///< `:PORT` or nothing.
};

std::optional<Authority> split(std::string_view authority) {
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view host = authority.substr(1, close - 1);
    const bool plain = std::ranges::all_of(host, [](unsigned char letter) {
      return std::isxdigit(letter) != 0 || letter == ':' || letter == '.';
    });
    if (host.empty() || !plain) return std::nullopt;
    return Authority{.host = host, .rest = authority.substr(close + 1)};
  }
  const std::string_view host = authority.substr(0, authority.find(':'));
  if (host.empty() || !std::ranges::all_of(host, is_host_letter)) return std::nullopt;
  return Authority{.host = host, .rest = authority.substr(host.size())};
}

}  // namespace

Result<Endpoint> parse_endpoint(std::string_view base_url, const std::string& name) {
  constexpr std::string_view https = "https://";
  constexpr std::string_view http = "http://";
  const bool secure = base_url.starts_with(https);
  if (!secure && !base_url.starts_with(http))
    return fault_of(name, "does not begin with https:// or http://");
  while (base_url.size() > https.size() && base_url.ends_with('/')) base_url.remove_suffix(1);
  const std::string_view rest = base_url.substr(secure ? https.size() : http.size());
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::string_view path = rest.substr(authority.size());
  if (authority.find('@') != std::string_view::npos)
    return fault_of(name, "must not hold a user name or password");
  const auto parts = split(authority);
  if (!parts) return fault_of(name, "has no valid host");
  if (!parts->rest.empty() && (parts->rest.front() != ':' || !is_port(parts->rest.substr(1))))
    return fault_of(name, "has no valid port");
  if (!is_prefix(path)) return fault_of(name, "has a query, a fragment or a path that cannot be");
  Endpoint endpoint{.url = std::string{base_url},
                    .authority = std::string{authority},
                    .host = std::string{parts->host},
                    .secure = secure,
                    .loopback = is_loopback(parts->host)};
  if (!secure && !endpoint.loopback)
    return base::invalid_argument(
        "plain http to " + endpoint.authority + " would show the key to the network",
        "use https:// in " + name + "; plain http is for this machine only");
  return endpoint;
}

}  // namespace xai::http
