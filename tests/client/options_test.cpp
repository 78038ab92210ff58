#include "xai/management/options.h"

#include <gtest/gtest.h>
#include <stdlib.h>

namespace xai::management {
namespace {

class FromEnvironment : public testing::Test {
 protected:
  FromEnvironment() { clear(); }
  ~FromEnvironment() override { clear(); }
  static void clear() {
    for (const auto* const name :
         {"XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY", "XAI_TEAM_ID", "XAI_API_REGION",
          "XAI_MANAGEMENT_BASE_URL", "XAI_INFERENCE_BASE_URL"})
      ::unsetenv(name);
  }
};

TEST_F(FromEnvironment, ReadsEveryVariable) {
  ::setenv("XAI_MANAGEMENT_KEY", "key", 1);
  ::setenv("XAI_TEAM_ID", "team", 1);
  ::setenv("XAI_API_REGION", "us-east-1", 1);
  ::setenv("XAI_MANAGEMENT_BASE_URL", "http://127.0.0.1:1", 1);
  ::setenv("XAI_INFERENCE_BASE_URL", "http://127.0.0.1:2/{region}", 1);
  const auto options = ClientOptions::from_environment();
  ASSERT_TRUE(options);
  EXPECT_EQ(options->management_key.reveal(), "key");
  EXPECT_EQ(options->team_id, "team");
  EXPECT_EQ(options->region, "us-east-1");
  EXPECT_EQ(options->base_url, "http://127.0.0.1:1");
  EXPECT_EQ(options->inference_base_url, "http://127.0.0.1:2/{region}");
}

TEST_F(FromEnvironment, PrefersTheShorterNameOfTheKey) {
  ::setenv("XAI_MANAGEMENT_API_KEY", "second", 1);
  EXPECT_EQ(ClientOptions::from_environment()->management_key.reveal(), "second");
  ::setenv("XAI_MANAGEMENT_KEY", "first", 1);
  EXPECT_EQ(ClientOptions::from_environment()->management_key.reveal(), "first");
  ::setenv("XAI_MANAGEMENT_KEY", "", 1);
  EXPECT_EQ(ClientOptions::from_environment()->management_key.reveal(), "second");
}

TEST_F(FromEnvironment, KeepsTheDefaultsOfWhatIsNotSet) {
  ::setenv("XAI_MANAGEMENT_KEY", "key", 1);
  ::setenv("XAI_API_REGION", "", 1);
  const auto options = ClientOptions::from_environment();
  ASSERT_TRUE(options);
  EXPECT_EQ(options->region, "auto");
  EXPECT_EQ(options->base_url, "https://management-api.x.ai");
}

TEST_F(FromEnvironment, NeedsAKey) {
  const auto options = ClientOptions::from_environment();
  ASSERT_FALSE(options);
  EXPECT_EQ(options.error().kind, ErrorKind::unauthenticated);
  EXPECT_EQ(options.error().outcome, Outcome::not_sent);
}

TEST(InferenceUrl, FollowsTheRegion) {
  for (const auto* const routed : {"", "auto", "api"})
    EXPECT_EQ(inference_url("", routed), "https://api.x.ai");
  EXPECT_EQ(inference_url("", "us-east-1"), "https://us-east-1.api.x.ai");
}

TEST(InferenceUrl, FillsTheTemplate) {
  EXPECT_EQ(inference_url("http://127.0.0.1:1/i/{region}", "eu-west-1"),
            "http://127.0.0.1:1/i/eu-west-1");
  EXPECT_EQ(inference_url("http://127.0.0.1:1/i/{region}", "api"), "http://127.0.0.1:1/i/auto");
  EXPECT_EQ(inference_url("http://h/{region}/{region}", "{region}"), "http://h/{region}/{region}");
  EXPECT_EQ(inference_url("http://127.0.0.1:1", "eu-west-1"), "http://127.0.0.1:1");
}

}  // namespace
}  // namespace xai::management
