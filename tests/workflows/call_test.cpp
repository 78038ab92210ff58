#include "workflows/call.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string_view>
#include <thread>
#include <vector>

#include "fakes/scripted_transport.h"
#include "workflows/account_fixture.h"
#include "workflows/ask.h"
#include "workflows/side_by_side.h"
#include "xai/management/endpoint_acls.h"
#include "xai/management/spending_limits.h"

namespace xai::workflows {
namespace {

using management::CallOptions;
using management::ListApiKeys;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::EmulatedAccount;

TEST(Call, TakesTheServicesClockFromRefusalsToo) {
  EmulatedAccount account;
  fakes::ScriptedTransport refusing{{fakes::answer(403, R"({"code":7,"message":"no"})",
                                                   {{"date", "Sun, 31 Jan 2027 12:10:00 GMT"}})}};
  account.reach_through(refusing.transport());
  const Call call{*account};
  EXPECT_EQ(call.service_now(), account.now());
  EXPECT_FALSE(ask(call, management::GetSpendingLimits{}));
  EXPECT_EQ(call.service_now(), account.now() + minutes{10});
}

TEST(Call, HasOneDeadlineForAllItsRequests) {
  EmulatedAccount account;
  const CallOptions options{.deadline = seconds{10}};
  const Call call{*account, options};
  EXPECT_TRUE(ask(call, management::ListPossibleEndpointAcls{}));
  account.time().advance(seconds{11});
  const auto late = ask(call, management::ListPossibleEndpointAcls{});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, management::ErrorKind::deadline_exceeded);
}

TEST(Call, LeavesALookTwoMinutesOrWhatIsLeft) {
  EmulatedAccount account;
  const auto left_for_look = [&](const Call& call) {
    return call.for_look().own_deadline().value().left().value_or(milliseconds{-1});
  };
  EXPECT_EQ(left_for_look(Call{*account}), minutes{2});
  const CallOptions options{.deadline = minutes{3}};
  const Call call{*account, options};
  EXPECT_EQ(left_for_look(call), minutes{2});
  account.time().advance(seconds{179});
  EXPECT_EQ(left_for_look(call), seconds{1});
  // Without any, the look fails at once; no limit at all would be the opposite.
  account.time().advance(seconds{10});
  EXPECT_LE(left_for_look(call), milliseconds{1});
}

TEST(Call, PausesNoLongerThanItIsWanted) {
  EmulatedAccount account;
  int asked = 0;
  const CallOptions options{.is_cancelled = [&asked] { return ++asked > 3; }};
  const auto before = account.now();
  Call{*account, options}.pause(minutes{1});
  EXPECT_EQ(account.now() - before, milliseconds{600});
}

TEST(Call, IsCancelledAloneAmongThoseOfItsClient) {
  EmulatedAccount account;
  const CallOptions options{.is_cancelled = [] { return true; }};
  const auto cancelled = ask(Call{*account, options}, management::ListPossibleEndpointAcls{});
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, management::ErrorKind::cancelled);
  EXPECT_EQ(cancelled.error().outcome, management::Outcome::not_sent);
  EXPECT_TRUE(ask(Call{*account}, management::ListPossibleEndpointAcls{}));
}

TEST(SideBySide, AsksTheCallWhileOtherThreadsRead) {
  EmulatedAccount account;
  std::atomic<bool> was_asked = false;
  const CallOptions options{.is_cancelled = [&] {
    was_asked = true;
    was_asked.notify_all();
    return false;
  }};
  std::atomic<int> ended = 0;
  EXPECT_TRUE(side_by_side(Call{*account, options}, {[&] { ++ended; },
                                                     [&] {
                                                       was_asked.wait(false);
                                                       ++ended;
                                                     },
                                                     [&] { ++ended; }}));
  EXPECT_EQ(ended, 3);
}

TEST(SideBySide, TellsTheAttemptsOfAllThreadsOnThatOfTheCallerInOrder) {
  EmulatedAccount account;
  const auto caller = std::this_thread::get_id();
  std::vector<std::string_view> told;
  const CallOptions options{.tell = [&](const management::Event& event) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    told.push_back(std::get<management::Attempt>(event).operation);
  }};
  const Call call{*account, options};
  EXPECT_TRUE(
      side_by_side(call, {[&] { (void)ask(call, management::GetSpendingLimits{}); },
                          [&] {
                            (void)ask(call, ListApiKeys{});
                            (void)ask(call, ListApiKeys{});
                          },
                          [&] { (void)ask(call, management::ListPossibleEndpointAcls{}); }}));
  EXPECT_EQ(told, (std::vector<std::string_view>{"getSpendingLimits", "listApiKeys", "listApiKeys",
                                                 "listPossibleEndpointAcls"}));
}

TEST(Walk, EndsWithTheDeadlineOfItsCall) {
  EmulatedAccount account;
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE((*account).client.send(management::CreateApiKey{.name = "k" + std::to_string(i)}));
  const Call call{*account, {.deadline = seconds{10}}};
  const auto walked =
      walk(call, ListApiKeys{.page_size = 1}, [&](const auto&) -> management::Result<Walk> {
        account.time().advance(seconds{6});
        return Walk::go_on;
      });
  ASSERT_FALSE(walked);
  EXPECT_EQ(walked.error().kind, management::ErrorKind::deadline_exceeded);
}

TEST(Walk, EndsWhereThePageTakerWantsItTo) {
  EmulatedAccount account;
  for (int i = 0; i < 5; ++i)
    ASSERT_TRUE((*account).client.send(management::CreateApiKey{.name = "k" + std::to_string(i)}));
  std::size_t pages = 0;
  const auto walked = walk(Call{*account}, ListApiKeys{.page_size = 2},
                           [&](const auto&) -> management::Result<Walk> {
                             return ++pages == 2 ? Walk::stop : Walk::go_on;
                           });
  EXPECT_TRUE(walked);
  EXPECT_EQ(pages, 2);
}

}  // namespace
}  // namespace xai::workflows
