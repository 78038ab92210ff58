#include <gtest/gtest.h>

#include "fakes/scripted_transport.h"
#include "wire/describe.h"
#include "workflows/once.h"
#include "workflows/record_stage.h"
#include "workflows/recovery.h"
#include "workflows/unfinished.h"

// That Once and recovery serve an operation they know nothing of.
namespace xai::workflows::test {

struct Receipt {
  std::string number{};
};

/// A charge of nobody's: no key and no secret comes of it.
struct ChargeCard {
  static constexpr std::string_view id = "chargeCard";
  using Response = Receipt;
  std::string amount{};
};
inline Subject subject_of(const ChargeCard& charge) { return {{"amount", charge.amount}}; }
inline Learnt learnt_from(const Receipt&) { return {}; }

}  // namespace xai::workflows::test

namespace xai::wire {

template <>
inline constexpr auto fields<workflows::test::Receipt> =
    table(field("number", &workflows::test::Receipt::number));
template <>
inline constexpr auto row<workflows::test::ChargeCard> =
    operation(Method::post, "/v1/charges", RetryClass::if_not_sent, "",
              body("amount", &workflows::test::ChargeCard::amount));
template <>
const Descriptor& descriptor_of<workflows::test::ChargeCard>() {
  static const Descriptor descriptor = describe<workflows::test::ChargeCard>();
  return descriptor;
}

}  // namespace xai::wire

namespace xai::workflows {
namespace {

using management::Outcome;
using management::UnfinishedKind;
using management::UnfinishedState;
using test::ChargeCard;
using test::RecordStage;

TEST(Charge, IsKeptWithoutASecretAndNeverRepeated) {
  RecordStage stage;
  fakes::ScriptedTransport bank{{fakes::no_answer()}};
  stage.account.reach_through(bank.transport());
  {
    auto once = Once<ChargeCard>::begin(stage.call(), {.amount = "1250"});
    ASSERT_TRUE(once);
    const auto sent = once->send(stage.call());
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().outcome, Outcome::unknown);
  }
  // The first request only asks for the time.
  EXPECT_EQ(bank.requests().size(), 2U);
  const auto left = unfinished(stage.call());
  ASSERT_TRUE(left);
  ASSERT_EQ(left->size(), 1U);
  EXPECT_EQ(left->front().operation, "chargeCard");
  EXPECT_EQ(left->front().subject.at("amount"), "1250");
  EXPECT_EQ(left->front().kind, UnfinishedKind::other);
  EXPECT_EQ(left->front().state, UnfinishedState::unknown);
  EXPECT_TRUE(left->front().api_key_ids.empty());
  EXPECT_EQ(bank.requests().size(), 2U);
  auto taken = RecordFile::take(stage.call(), left->front().id);
  ASSERT_TRUE(taken);
  forget(*std::move(taken));
  EXPECT_TRUE(stage.records().empty());
}

TEST(Charge, ThatWasAnsweredLeavesNothing) {
  RecordStage stage;
  fakes::ScriptedTransport bank{{fakes::answer(200, R"({"number":"r-1"})")}};
  stage.account.reach_through(bank.transport());
  auto once = Once<ChargeCard>::begin(stage.call(), {.amount = "1250"});
  ASSERT_TRUE(once && once->send(stage.call()) && once->engine().deliver());
  EXPECT_EQ(once->answer().value.number, "r-1");
  once->engine().drop();
  EXPECT_TRUE(stage.records().empty());
}

}  // namespace
}  // namespace xai::workflows
