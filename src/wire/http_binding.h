#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire/descriptor.h"
#include "xai/management/result.h"
#include "xai/management/transport.h"

namespace xai::wire {

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

/// Whether `path`, still percent-encoded and without a query, is this operation's.
inline bool matches(const Descriptor& descriptor, std::string_view path) {
  return match_path(descriptor.path, path).has_value();
}

/// The request for an operation, but for its host and the management key.
management::HttpRequest to_request(const Descriptor& descriptor, const void* operation);

/// Reads a request into a new operation. Unknown members and parameters are left out of account.
/// Errors: invalid_argument for a value that does not fit; not_found for another path.
management::Result<void> from_request(const Descriptor& descriptor,
                                      const management::HttpRequest& request, void* operation);

// The same with types.

template <class Operation>
bool matches(std::string_view path) {
  return matches(descriptor_of<Operation>(), path);
}
template <class Operation>
management::HttpRequest to_request(const Operation& operation) {
  return to_request(descriptor_of<Operation>(), &operation);
}
template <class Operation>
management::Result<Operation> from_request(const management::HttpRequest& request) {
  management::Result<Operation> operation{};
  if (auto read = from_request(descriptor_of<Operation>(), request, &*operation); !read)
    return std::unexpected(std::move(read).error());
  return operation;
}

}  // namespace xai::wire
