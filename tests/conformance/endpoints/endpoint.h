#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "xai/management/client.h"

namespace xai::conformance {

inline constexpr const char* team = "11111111-2222-4333-8444-555555555555";
inline constexpr const char* management_key = "xai-token-for-conformance";

/// A Management API with the team and key above and nothing else in it.
struct Endpoint {
  std::string name;
  std::function<management::ClientOptions()> options;
  /// Lets time pass there.
  std::function<void(const std::string& span)> advance;
};

/// Starts the endpoint that the name stands for; it ends with the last copy.
std::shared_ptr<const Endpoint> start(const std::string& name);

/// A case runs once per endpoint.
class Conformance : public ::testing::TestWithParam<const char*> {
 protected:
  std::shared_ptr<const Endpoint> endpoint = start(GetParam());
  management::Client client{endpoint->options()};

  management::Client client_with(const std::string& key) {
    management::ClientOptions options = endpoint->options();
    options.management_key = management::Secret{key};
    return management::Client{std::move(options)};
  }
};

}  // namespace xai::conformance

#define XAI_EVERYWHERE(suite)                                                        \
  INSTANTIATE_TEST_SUITE_P(On, suite, ::testing::Values("process", "socket", "tls"), \
                           [](const auto& given) { return std::string{given.param}; })
