#include "http/endpoint.h"

#include <gtest/gtest.h>

namespace xai::http {
namespace {

using management::ErrorKind;
using management::Outcome;

TEST(ParseEndpoint, KeepsPortAndPrefixAndDropsTheLastSlash) {
  const auto endpoint = parse_endpoint("https://example.test:8443/replay/v1/");
  ASSERT_TRUE(endpoint);
  EXPECT_EQ(endpoint->url, "https://example.test:8443/replay/v1");
  EXPECT_EQ(endpoint->authority, "example.test:8443");
  EXPECT_EQ(endpoint->host, "example.test");
  EXPECT_TRUE(endpoint->secure);
  EXPECT_FALSE(endpoint->loopback);
}

TEST(ParseEndpoint, AllowsPlainHttpToThisMachineOnly) {
  for (const auto* const url : {"http://127.0.0.1:80", "http://127.255.0.9", "http://localhost:1/x",
                                "http://LocalHost", "http://[::1]:8080"}) {
    const auto endpoint = parse_endpoint(url);
    ASSERT_TRUE(endpoint) << url;
    EXPECT_TRUE(endpoint->loopback) << url;
  }
  for (const auto* const url :
       {"http://management-api.x.ai", "http://10.0.0.1", "http://128.0.0.1", "http://127.1",
        "http://127.0.0.1.evil.test", "http://localhost.evil.test", "http://[::2]",
        "http://127.0.0.256", "http://127.0.0.01", "http://127.0.0"}) {
    const auto endpoint = parse_endpoint(url);
    ASSERT_FALSE(endpoint) << url;
    EXPECT_EQ(endpoint.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(endpoint.error().outcome, Outcome::not_sent);
  }
}

TEST(ParseEndpoint, RefusesWhatIsNoBaseUrlWithoutRepeatingIt) {
  for (const auto* const url : {"",
                                "management-api.x.ai",
                                "ftp://secretword",
                                "https://",
                                "https:///path",
                                "https://user:secretword@host",
                                "https://secretword@host",
                                "https://host?secretword",
                                "https://host#secretword",
                                "https://host:0",
                                "https://host:65536",
                                "https://host:port",
                                "https://host:",
                                "https://ho st",
                                "https://host/a b",
                                "https://host/../x",
                                "https://host/.",
                                "https://[::1",
                                "https://[]",
                                "https://[::1]x",
                                "https://ho\nst",
                                "https://host/\r\nX: y",
                                "https://h\xC3\xB6st",
                                "https://host\\path"}) {
    const auto endpoint = parse_endpoint(url);
    ASSERT_FALSE(endpoint) << url;
    EXPECT_EQ(endpoint.error().kind, ErrorKind::invalid_argument);
    EXPECT_EQ(endpoint.error().outcome, Outcome::not_sent);
    EXPECT_EQ(endpoint.error().message.find("secretword"), std::string::npos);
    EXPECT_FALSE(endpoint.error().next.empty());
  }
}

}  // namespace
}  // namespace xai::http
