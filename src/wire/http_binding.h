#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/try.h"
#include "json/document.h"
#include "wire/codec.h"
#include "wire/table.h"
#include "xai/management/transport.h"

namespace xai::wire {

using NamedText = std::pair<std::string, std::string>;

/// `path_template` with each `{name}` replaced by its percent-encoded value, and the query.
std::string make_target(std::string_view path_template, const std::vector<NamedText>& path_values,
                        const std::vector<NamedText>& query_values);

/// The decoded values of `{name}` when `path`, still percent-encoded, fits the template.
std::optional<std::vector<NamedText>> match_path(std::string_view path_template,
                                                 std::string_view path);

/// The decoded pairs of a query; a broken escape is kept as it came.
std::vector<NamedText> parse_query(std::string_view query);

/// Splits a target into its path and its query, without the `?`.
std::pair<std::string_view, std::string_view> split_target(std::string_view target);

management::Error invalid_request(std::string message);

// Text of path and query values; nothing for what is not to be sent.

inline std::optional<std::string> text_of(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}
inline std::optional<std::string> text_of(bool flag) {
  return flag ? std::optional<std::string>{"true"} : std::nullopt;
}
template <std::signed_integral T>
std::optional<std::string> text_of(T number) {
  return std::to_string(number);
}
inline std::optional<std::string> text_of(const management::Acl& acl) { return acl.text; }
inline std::optional<std::string> text_of(management::Timestamp time) {
  return base::format_rfc3339(time);
}
template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  return value ? text_of(*value) : std::nullopt;
}

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

/// The request for an operation, but for its host and credential.
template <class Operation>
management::HttpRequest to_request(const Operation& operation) {
  constexpr auto& r = row<Operation>;
  static_assert(is_complete<Operation>(r.table), "every member of an operation needs its place");
  std::vector<NamedText> path_values;
  std::vector<NamedText> query_values;
  management::HttpRequest request{.method = r.method, .retry = r.retry};
  const auto add = [&](std::vector<NamedText>& values, std::string_view name, const auto& member) {
    if (auto text = text_of(member)) values.emplace_back(name, std::move(*text));
  };
  const auto place = [&]<class Field>(const Field& field) {
    const auto& member = operation.*(field.member);
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (std::same_as<Member, management::Secret>) {
      if (field.place == Place::credential) request.credential = member;
    } else if constexpr (is_list<Member>) {
      if constexpr (requires { text_of(member.front()); })
        if (field.place == Place::query)
          for (const auto& item : member)
            query_values.emplace_back(field.name, text_of(item).value_or(""));
    } else if constexpr (requires { text_of(member); }) {
      if (field.place == Place::path) add(path_values, field.name, member);
      if (field.place == Place::query) add(query_values, field.name, member);
    }
  };
  std::apply([&](const auto&... field) { (place(field), ...); }, r.table.fields);
  request.target = make_target(r.path, path_values, query_values);
  if (r.method == Method::post || r.method == Method::put) {
    json::Writer writer{request.body};
    write_members(writer, operation, r.table.fields);
    request.headers.push_back({"Content-Type", "application/json"});
  }
  request.headers.push_back({"Accept", "application/json"});
  return request;
}

/// Whether `path`, still percent-encoded and without a query, is this operation's.
template <class Operation>
bool matches(std::string_view path) {
  return match_path(row<Operation>.path, path).has_value();
}

template <class Operation>
inline constexpr auto operation_tuple = row<Operation>.table.fields;

template <class Operation>
inline constexpr auto operation_entries =
    MemberReaders<Operation, std::remove_cv_t<decltype(operation_tuple<Operation>)>>::template make<
        operation_tuple<Operation>>();

/// The operation a request asks for. Unknown members and parameters are left out of account.
/// Errors: invalid_argument for a value that does not fit; not_found for another path.
template <class Operation>
management::Result<Operation> from_request(const management::HttpRequest& request) {
  constexpr auto& r = row<Operation>;
  static_assert(is_complete<Operation>(r.table), "every member of an operation needs its place");
  Operation operation{};
  Fault fault;
  const auto [path, query] = split_target(request.target);
  const auto path_values = match_path(r.path, path);
  if (!path_values)
    return std::unexpected(management::Error{.kind = management::ErrorKind::not_found,
                                             .outcome = management::Outcome::refused,
                                             .message = "Not Found"});
  const auto take = [&](Place wanted, std::string_view name,
                        const std::vector<json::Value>& values) {
    for (const auto& entry : operation_entries<Operation>) {
      if (entry.place != wanted || !is_same_name(entry.name, name)) continue;
      if (entry.read(values.back(), operation, fault)) return true;
      // A list takes all values of its name; anything else the last one.
      if (entry.read(json::Value::of_array(values), operation, fault)) return true;
      fault.path = entry.name;
      return false;
    }
    return true;
  };
  for (const auto& [name, value] : *path_values)
    if (!take(Place::path, name, {json::Value::of_string(value)}))
      return std::unexpected(invalid_request(error_of(fault).message));
  const auto parameters = parse_query(query);
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    std::vector<json::Value> values;
    for (std::size_t j = 0; j < parameters.size(); ++j)
      if (is_same_name(parameters[i].first, parameters[j].first))
        values.push_back(json::Value::of_string(parameters[j].second));
    if (!take(Place::query, parameters[i].first, values))
      return std::unexpected(invalid_request(error_of(fault).message));
  }
  if (r.method == Method::post || r.method == Method::put) {
    auto document = json::Document::parse(request.body.empty() ? "{}" : request.body);
    if (!document) return std::unexpected(invalid_request(document.error().message));
    if (!document->root().is_object())
      return std::unexpected(invalid_request("the body should be an object"));
    if (!read_members<operation_entries<Operation>>(document->root(), operation, fault))
      return std::unexpected(invalid_request(error_of(fault).message));
  }
  if constexpr (requires { operation.api_key.reveal(); }) operation.api_key = request.credential;
  return operation;
}

}  // namespace xai::wire
