#pragma once

#include <string>
#include <string_view>

namespace xai::management {

/// One grant of an API key: `api-key:model:NAME` or `api-key:endpoint:NAME`, where `*` is every
/// name. A call needs one of each kind; a key without any can call nothing.
/// Source: Management API, Accounts and Authorization.
struct Acl {
  std::string text{};  ///< As the service writes it; forms we do not know are kept.

  static Acl model(std::string_view name);
  static Acl endpoint(std::string_view name);
  static Acl every_model() { return model("*"); }
  static Acl every_endpoint() { return endpoint("*"); }

  /// The name behind `api-key:model:`; empty for any other form.
  [[nodiscard]] std::string_view model_name() const;
  /// The name behind `api-key:endpoint:`; empty for any other form.
  [[nodiscard]] std::string_view endpoint_name() const;

  bool operator==(const Acl&) const = default;
};

}  // namespace xai::management
