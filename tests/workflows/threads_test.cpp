// Many threads share one Account. The thread sanitizer reads along where it is built in.
#include <gtest/gtest.h>

#include <functional>
#include <latch>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "workflows/account_fixture.h"
#include "xai/management/balance.h"
#include "xai/management/key_lookup.h"
#include "xai/management/minting.h"
#include "xai/management/unfinished.h"

namespace xai::management {
namespace {

using workflows::test::EmulatedAccount;

constexpr int thread_count = 32;

void in_threads(const std::function<void(int)>& work) {
  std::latch all_are_here{thread_count};
  std::vector<std::jthread> threads;
  for (int i = 0; i < thread_count; ++i)
    threads.emplace_back([&, i] {
      all_are_here.arrive_and_wait();
      work(i);
    });
}

TEST(ThreadsOnOneAccount, EachDeliverASecretOfTheirOwn) {
  EmulatedAccount account;
  std::mutex mutex;
  std::set<std::string> secrets;
  in_threads([&](int i) {
    const Sink sink = TakeSecret{[&](const Secret& secret) -> std::expected<void, std::string> {
      const std::scoped_lock lock{mutex};
      secrets.insert(secret.reveal());
      return {};
    }};
    const auto key = create_api_key(*account, {.name = "key " + std::to_string(i)}, sink);
    EXPECT_TRUE(key) << key.error().message;
  });
  EXPECT_EQ(secrets.size(), thread_count);
  const auto left = unfinished(*account);
  ASSERT_TRUE(left);
  EXPECT_TRUE(left->empty());
}

TEST(ThreadsOnOneAccount, ReadWhatOthersRead) {
  EmulatedAccount account;
  const auto key = create_api_key(*account, {.name = "shared"});
  ASSERT_TRUE(key);
  in_threads([&](int i) {
    if (i % 2 == 0) {
      const auto found = find_key(*account, "shared");
      ASSERT_TRUE(found) << found.error().message;
      EXPECT_EQ(found->api_key_id, key->api_key_id);
    } else {
      const auto figures = balance(*account);
      EXPECT_TRUE(figures) << figures.error().message;
    }
  });
}

}  // namespace
}  // namespace xai::management
