#include "wire/http_binding.h"

#include <algorithm>

#include "base/percent.h"
#include "base/try.h"
#include "json/document.h"
#include "wire/codec.h"

namespace xai::wire {

using management::Error;
using management::ErrorKind;
using management::HttpRequest;
using management::Outcome;
using management::Result;

namespace {

/// Takes the text up to the next `separator` off the front of `rest`.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

std::unexpected<Error> invalid(std::string message) {
  return std::unexpected(Error{.kind = ErrorKind::invalid_argument,
                               .outcome = Outcome::refused,
                               .message = std::move(message)});
}

/// All values of a parameter, whatever its spellings.
std::vector<json::Value> values_of(const std::vector<NamedText>& parameters,
                                   std::string_view name) {
  std::vector<json::Value> values;
  for (const auto& [other, value] : parameters)
    if (is_same_name(name, other)) values.push_back(json::Value::of_string(value));
  return values;
}

/// Puts what a request holds outside its body into the operation.
class Taker {
 public:
  Taker(const Descriptor& descriptor, void* operation)
      : descriptor_{&descriptor}, operation_{operation} {}

  [[nodiscard]] Result<void> take(Place place, std::string_view name,
                                  const std::vector<json::Value>& values) const {
    const auto members = descriptor_->members;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (members[i].place != place || !is_same_name(members[i].name, name)) continue;
      Fault fault;
      if (read(i, values.back(), fault)) return {};
      // A list takes all values of its name; anything else the last one.
      if (read(i, json::Value::of_array(values), fault)) return {};
      fault.path = members[i].name;
      return invalid(error_of(fault).message);
    }
    return {};
  }

  void take_credential(const management::Secret& credential) const {
    const auto members = descriptor_->members;
    Fault fault;
    for (std::size_t i = 0; i < members.size(); ++i)
      if (members[i].place == Place::credential)
        read(i, json::Value::of_string(credential.reveal()), fault);
  }

 private:
  bool read(std::size_t member, json::Value value, Fault& fault) const {
    return descriptor_->read_member(member, value, operation_, fault);
  }

  const Descriptor* descriptor_;
  void* operation_;
};

}  // namespace

std::string make_target(std::string_view path_template, const std::vector<NamedText>& path_values,
                        const std::vector<NamedText>& query_values) {
  std::string target;
  while (!path_template.empty()) {
    target += take_until(path_template, '{');
    if (path_template.empty()) break;
    const std::string_view name = take_until(path_template, '}');
    const auto found = std::ranges::find(path_values, name, &NamedText::first);
    if (found != path_values.end()) target += base::percent_encode(found->second);
  }
  char separator = '?';
  for (const auto& [name, value] : query_values) {
    target += separator;
    target.append(name).append("=").append(base::percent_encode(value));
    separator = '&';
  }
  return target;
}

std::optional<std::vector<NamedText>> match_path(std::string_view path_template,
                                                 std::string_view path) {
  std::vector<NamedText> values;
  while (true) {
    const bool is_last = !path_template.contains('/');
    if (is_last != !path.contains('/')) return std::nullopt;
    const std::string_view wanted = take_until(path_template, '/');
    const std::string_view given = take_until(path, '/');
    if (wanted.starts_with('{')) {
      auto value = base::percent_decode(given);
      if (!value || value->empty()) return std::nullopt;
      values.emplace_back(wanted.substr(1, wanted.size() - 2), std::move(*value));
    } else if (wanted != given) {
      return std::nullopt;
    }
    if (is_last) return values;
  }
}

std::vector<NamedText> parse_query(std::string_view query) {
  std::vector<NamedText> pairs;
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    const std::string_view name = take_until(value, '=');
    if (name.empty()) continue;
    const auto decoded = [](std::string_view text) {
      return base::percent_decode(text, true).value_or(std::string{text});
    };
    pairs.emplace_back(decoded(name), decoded(value));
  }
  return pairs;
}

std::pair<std::string_view, std::string_view> split_target(std::string_view target) {
  const std::string_view path = take_until(target, '?');
  return {path, target};
}

HttpRequest to_request(const Descriptor& descriptor, const void* operation) {
  HttpRequest request{.method = descriptor.method, .retry = descriptor.retry};
  Placed placed;
  descriptor.place(operation, placed);
  request.target = make_target(descriptor.path, placed.path, placed.query);
  request.credential = std::move(placed.credential);
  if (carries_body(descriptor.method)) {
    json::Writer writer{request.body};
    descriptor.write_body(writer, operation);
    request.headers.push_back({"Content-Type", "application/json"});
  }
  request.headers.push_back({"Accept", "application/json"});
  return request;
}

Result<void> from_request(const Descriptor& descriptor, const HttpRequest& request,
                          void* operation) {
  const auto [path, query] = split_target(request.target);
  const auto path_values = match_path(descriptor.path, path);
  if (!path_values)
    return std::unexpected(
        Error{.kind = ErrorKind::not_found, .outcome = Outcome::refused, .message = "Not Found"});
  const Taker taker{descriptor, operation};
  for (const auto& [name, value] : *path_values)
    TRY(taker.take(Place::path, name, {json::Value::of_string(value)}));
  const auto parameters = parse_query(query);
  for (const auto& [name, value] : parameters)
    TRY(taker.take(Place::query, name, values_of(parameters, name)));
  taker.take_credential(request.credential);
  if (!carries_body(descriptor.method)) return {};
  const auto document = json::Document::parse(request.body.empty() ? "{}" : request.body);
  if (!document) return invalid(document.error().message);
  if (!document->root().is_object()) return invalid("the body should be an object");
  Fault fault;
  if (!descriptor.read_body(document->root(), operation, fault))
    return invalid(error_of(fault).message);
  return {};
}

}  // namespace xai::wire
