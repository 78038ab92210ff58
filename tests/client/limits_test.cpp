#include <gtest/gtest.h>

#include "client/client_fixture.h"
#include "client/pipeline.h"
#include "client/repeats.h"

namespace xai::client {
namespace {

TEST(Deadline, ThatIsPastIsNotOneWithoutEnd) {
  fakes::ManualTime time;
  const base::Clock clock = time.clock();
  const Deadline deadline{clock, milliseconds{100}};
  time.advance(milliseconds{99});
  EXPECT_EQ(deadline.left().value(), milliseconds{1});
  for (int i = 0; i < 3; ++i) {
    time.advance(milliseconds{1});
    const auto left = deadline.left();
    ASSERT_FALSE(left);
    EXPECT_EQ(left.error().kind, ErrorKind::deadline_exceeded);
    EXPECT_EQ(left.error().outcome, Outcome::not_sent);
  }
  EXPECT_EQ((Deadline{clock, milliseconds{}}.left().value()), milliseconds{}) << "has no end";
}

TEST(Deadline, IsNoLongerWhenTheClockIsSetBack) {
  fakes::ManualTime time;
  const base::Clock clock = time.clock();
  const Deadline deadline{clock, milliseconds{100}};
  time.advance(milliseconds{-5'000});
  EXPECT_EQ(deadline.left().value(), milliseconds{100});
}

TEST(Deadline, LeavesTimeForAWaitThatEndsBeforeIt) {
  fakes::ManualTime time;
  const base::Clock clock = time.clock();
  const Deadline deadline{clock, milliseconds{100}};
  EXPECT_TRUE(has_time(deadline, milliseconds{99}));
  EXPECT_FALSE(has_time(deadline, milliseconds{100}));
  EXPECT_TRUE(has_time(Deadline{clock, milliseconds{}}, std::chrono::hours{1}));
  time.advance(milliseconds{100});
  EXPECT_FALSE(has_time(deadline, milliseconds{}));
}

TEST(Deadline, OfALookIsTwoMinutesAtMost) {
  FakeClient client{{answer(200)}};
  const auto& pipeline = client->pipeline();
  const auto of_look = [&](std::chrono::milliseconds limit) {
    return deadline_of_look(pipeline, Deadline{pipeline.seams.clock, limit})->left().value();
  };
  EXPECT_EQ(of_look(milliseconds{}), std::chrono::minutes{2});
  EXPECT_EQ(of_look(std::chrono::minutes{10}), std::chrono::minutes{2});
  EXPECT_EQ(of_look(milliseconds{700}), milliseconds{700});
}

TEST(Wait, IsNoneWhereNothingCanHaveChanged) {
  FakeClient client{{answer(200)}};
  const auto wait = [&](management::RetryClass retry, ErrorKind kind, Outcome outcome,
                        int attempts_made) {
    return wait_before_repeat(client->pipeline(), retry, {.kind = kind, .outcome = outcome},
                              attempts_made)
        .has_value();
  };
  using management::RetryClass;
  for (const auto retry : {RetryClass::if_refused, RetryClass::if_not_sent}) {
    EXPECT_TRUE(wait(retry, ErrorKind::unavailable, Outcome::not_sent, 2));
    EXPECT_FALSE(wait(retry, ErrorKind::unavailable, Outcome::not_sent, 3));
    EXPECT_TRUE(wait(retry, ErrorKind::deadline_exceeded, Outcome::not_sent, 1));
    EXPECT_FALSE(wait(retry, ErrorKind::malformed_response, Outcome::not_sent, 1));
    EXPECT_FALSE(wait(retry, ErrorKind::unavailable, Outcome::unknown, 1));
    EXPECT_EQ(wait(retry, ErrorKind::resource_exhausted, Outcome::throttled, 1),
              retry == RetryClass::if_refused);
  }
}

}  // namespace
}  // namespace xai::client
