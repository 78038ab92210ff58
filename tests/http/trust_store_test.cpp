#include "http/trust_store.h"

#include <gtest/gtest.h>
#include <stdlib.h>

namespace xai::http {
namespace {

using management::ErrorKind;
using management::Outcome;

constexpr auto some_file = "/proc/self/status";

class FindTrustStore : public testing::Test {
 protected:
  FindTrustStore() { clear(); }
  ~FindTrustStore() override { clear(); }
  static void clear() {
    for (const auto* const name : {"SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE"})
      ::unsetenv(name);
  }
};

TEST_F(FindTrustStore, TakesTheNamedFileAlone) {
  ::setenv("SSL_CERT_FILE", "/nowhere", 1);
  ::setenv("SSL_CERT_DIR", "/etc", 1);
  const auto store = find_trust_store(some_file);
  ASSERT_TRUE(store);
  EXPECT_EQ(store->bundle, some_file);
  EXPECT_EQ(store->directory, "");
}

TEST_F(FindTrustStore, HonoursTheEnvironment) {
  ::setenv("SSL_CERT_DIR", "/etc", 1);
  EXPECT_EQ(find_trust_store("")->bundle, "");
  EXPECT_EQ(find_trust_store("")->directory, "/etc");
  ::setenv("SSL_CERT_FILE", some_file, 1);
  EXPECT_EQ(find_trust_store("")->bundle, some_file);
  EXPECT_EQ(find_trust_store("")->directory, "/etc");
  ::setenv("CURL_CA_BUNDLE", "/etc/passwd", 1);
  EXPECT_EQ(find_trust_store("")->bundle, "/etc/passwd");
  EXPECT_EQ(find_trust_store("")->directory, "");
}

TEST_F(FindTrustStore, UsesOneOfTheSystemsTwoAndNotBoth) {
  const auto store = find_trust_store("");
  ASSERT_TRUE(store);
  EXPECT_NE(store->bundle.empty(), store->directory.empty());
}

TEST_F(FindTrustStore, NamesAFileThatCannotBeRead) {
  for (const auto* const path : {"/nowhere/ca.pem", "/etc"}) {
    const auto store = find_trust_store(path);
    ASSERT_FALSE(store);
    EXPECT_EQ(store.error().kind, ErrorKind::failed_precondition);
    EXPECT_EQ(store.error().outcome, Outcome::not_sent);
    EXPECT_NE(store.error().message.find(path), std::string::npos);
  }
  ::setenv("CURL_CA_BUNDLE", "/nowhere", 1);
  const auto store = find_trust_store("");
  ASSERT_FALSE(store);
  EXPECT_NE(store.error().next.find("CURL_CA_BUNDLE"), std::string::npos);
}

}  // namespace
}  // namespace xai::http
