// Addresses: the host that is judged is the one that curl connects to, and no value that stands in
// a path or a query gets out of its place.
#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/percent.h"
#include "base/uuid.h"
#include "http/endpoint.h"
#include "input.h"
#include "targets.h"
#include "wire/descriptor.h"
#include "wire/http_binding.h"

namespace xai::fuzz {
namespace {

std::string small(std::string_view text) {
  std::string result{text};
  for (char& letter : result)
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  return result;
}

/// A part of a URL as libcurl takes it apart; empty where there is none.
std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (::curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string result{text};
  ::curl_free(text);
  return result;
}

/// An address that curl may write in another way than it was given.
bool is_number(std::string_view host) {
  return host.contains(':') ||
         host.find_first_not_of("0123456789abcdefx.") == std::string_view::npos;
}

void look_at_endpoint(const std::string& text) {
  const auto endpoint = http::parse_endpoint(text);
  if (!endpoint) {
    require(!text.contains('@') || !endpoint.error().message.contains(text),
            "a refusal does not repeat what may hold a password");
    return;
  }
  require(endpoint->secure || endpoint->loopback, "plain http stays on this machine");
  require(text.starts_with(endpoint->url), "the URL is as given, but for what ends it");
  require(http::parse_endpoint(endpoint->url).has_value(), "what is taken is taken again");
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url{::curl_url(), ::curl_url_cleanup};
  const std::string whole = endpoint->url + "/auth/teams";
  if (::curl_url_set(url.get(), CURLUPART_URL, whole.c_str(), CURLU_PATH_AS_IS) != CURLUE_OK)
    return;
  require(part_of(url.get(), CURLUPART_SCHEME) == (endpoint->secure ? "https" : "http"),
          "curl sees the same scheme");
  std::string host = small(part_of(url.get(), CURLUPART_HOST));
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const std::string judged = small(endpoint->host);
  require(host == judged || is_number(judged), "curl connects to the host that was judged");
  in6_addr given{};
  in6_addr connected{};
  if (::inet_pton(AF_INET6, judged.c_str(), &given) == 1)
    require(::inet_pton(AF_INET6, host.c_str(), &connected) == 1 &&
                std::memcmp(&given, &connected, sizeof given) == 0,
            "an address is the same one");
  if (endpoint->loopback)
    require(host.starts_with("127.") || host == "::1" || host == "localhost",
            "what is judged as this machine is this machine");
  require(part_of(url.get(), CURLUPART_USER).empty(), "no user is hidden in it");
  require(part_of(url.get(), CURLUPART_PATH).ends_with("/auth/teams"), "a path goes behind it");
  require(part_of(url.get(), CURLUPART_QUERY).empty(), "the path is no query");
}

void look_at_percent(const std::string& text) {
  const std::string encoded = base::percent_encode(text);
  require(encoded.find_first_of("/?#&=+ \r\n\\") == std::string::npos, "nothing ends the value");
  require(base::percent_decode(encoded) == text, "what is encoded is decoded again");
  require(base::percent_decode(encoded, true) == text, "in a query, too");
  if (const auto decoded = base::percent_decode(text))
    require(base::percent_decode(base::percent_encode(*decoded)) == decoded, "and again");
}

void look_at_id(const std::string& text) {
  if (!base::is_uuid(text)) return;
  require(text.size() == 36 && base::percent_encode(text) == text, "an id stands for itself");
  require(base::is_uuid(small(text)), "an id is one in small letters, too");
}

/// Values of the operation's path and query, as requests have them.
void look_at_target(Input& input) {
  const auto all = wire::descriptors();
  const wire::Descriptor& operation = all[input.byte() % all.size()];
  std::vector<wire::NamedText> path;
  std::vector<wire::NamedText> query;
  for (const wire::Member& member : operation.members) {
    const std::string name{member.name};
    if (member.place == wire::Place::path) {
      const std::string value{input.until("/")};
      path.emplace_back(name, value.empty() ? "none" : value);
    } else if (member.place == wire::Place::query) {
      query.emplace_back(name, input.until("/"));
    }
  }
  const std::string target = wire::make_target(operation.path, path, query);
  const auto [path_part, query_part] = wire::split_target(target);
  auto matched = wire::match_path(operation.path, path_part);
  require(matched.has_value(), "the path is the operation's");
  std::ranges::sort(*matched);
  std::ranges::sort(path);
  require(*matched == path, "its values are read again");
  require(wire::parse_query(query_part) == query, "those of its query, too");
}

/// What a caller may send instead of such a target.
void look_at_foreign_target(std::string_view target) {
  const auto [path, query] = wire::split_target(target);
  (void)wire::parse_query(query);
  for (const wire::Descriptor& operation : wire::descriptors()) {
    const auto values = wire::match_path(operation.path, path);
    if (!values) continue;
    const std::string again = wire::make_target(operation.path, *values, {});
    require(wire::match_path(operation.path, again) == values, "values are written and read again");
  }
}

}  // namespace

void url(std::string_view bytes) {
  Input input{bytes};
  switch (input.choice(5)) {
    case 0:
      return look_at_endpoint(std::string{input.rest()});
    case 1:
      return look_at_percent(std::string{input.rest()});
    case 2:
      return look_at_id(std::string{input.rest()});
    case 3:
      return look_at_target(input);
    default:
      return look_at_foreign_target(input.rest());
  }
}

}  // namespace xai::fuzz
