#include <array>
#include <limits>

#include "base/decimal.h"
#include "emulator/billed.h"

// Amounts near the end of 64 bits: exact, or refused, but never wrapped.
namespace xai::emulator::test {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::array<std::int64_t, 10> edges{least, least + 1, least / 2, -2,       -1,
                                             0,     1,         most / 2,  most - 1, most};

using Amounts = std::vector<std::int64_t>;

/// Every list of one to three of the edges.
std::vector<Amounts> all_amounts() {
  std::vector<Amounts> all;
  for (const std::int64_t one : edges) {
    all.push_back({one});
    for (const std::int64_t two : edges) {
      all.push_back({one, two});
      for (const std::int64_t three : edges) all.push_back({one, two, three});
    }
  }
  return all;
}

/// The sum of them, where 64 bits hold it.
std::optional<std::int64_t> exact_sum(const Amounts& amounts) {
  base::DecimalSum sum;
  for (const std::int64_t amount : amounts) EXPECT_TRUE(sum.add(std::to_string(amount)));
  return sum.rounded(0);
}

std::string seed_text(const Amounts& amounts) {
  std::string text = R"({"teams":[{"prepaid":[)";
  for (const std::int64_t amount : amounts) {
    if (!text.ends_with('[')) text += ',';
    text +=
        R"({"changeOrigin":"MANUAL","createdAgo":"1d","amount":")" + std::to_string(amount) + "\"}";
  }
  return text + "]}]}";
}

/// What the books say, for amounts that are in them.
void expect_exact(Emulated& emulated, const Amounts& amounts) {
  const Answer balance = emulated.get(billing("prepaid/balance"));
  const Answer preview = emulated.get(billing("postpaid/invoice/preview"));
  const Answer invoices = emulated.get(billing("invoices"));
  EXPECT_EQ(balance.status(), preview.status());
  EXPECT_EQ(balance.status(), invoices.status());
  if (balance.status() != 200) {
    EXPECT_EQ(balance.status(), 400) << balance.response.body;
    EXPECT_TRUE(balance.text("message").contains("64 bits do not hold")) << balance.response.body;
    return;
  }
  const auto sum = exact_sum(amounts);
  ASSERT_TRUE(sum);
  EXPECT_EQ(cents(balance_of(emulated).total), *sum);
  EXPECT_EQ(cents(core_of(emulated).prepaid_credits), *sum);
}

TEST(Amounts, OfASeedAreExactOrRefused) {
  int taken = 0;
  int refused = 0;
  for (const Amounts& amounts : all_amounts()) {
    SCOPED_TRACE(seed_text(amounts));
    auto seed = parse_seed(seed_text(amounts));
    if (!seed) {
      EXPECT_TRUE(seed.error().message.ends_with(
          "`amount` is too large: 64 bits do not hold the cents of all of them"))
          << seed.error().message;
      ++refused;
      continue;
    }
    ++taken;
    // Those of three are many, and nothing new after those of two.
    if (amounts.size() > 2 && taken % 16 != 0) continue;
    Options given = options();
    given.seed = *std::move(seed);
    Emulated emulated{given};
    ASSERT_EQ(emulated.get(billing("prepaid/balance")).status(), 200);
    expect_exact(emulated, amounts);
  }
  EXPECT_GT(taken, 100);
  EXPECT_GT(refused, 100);
}

TEST(Amounts, OfAnOlderStateAreExactOrRefused) {
  for (const Amounts& amounts : all_amounts()) {
    if (amounts.size() > 2) continue;
    SCOPED_TRACE(seed_text(amounts));
    Options given = options();
    Team& sole = given.seed.emplace().teams.emplace_back();
    for (const std::int64_t amount : amounts)
      sole.billing.purchases.push_back({.origin = amount < 0 ? "PURCHASE" : "MANUAL",
                                        .amount = Cents{amount},
                                        .create_time = at("2027-01-01T00:00:00Z")});
    Emulated emulated{given};
    expect_exact(emulated, amounts);
  }
}

TEST(Amounts, AtTheEndOf64BitsStayExactWhileTheyAreUsed) {
  Emulated emulated{team_with(
      R"("prepaid":[{"amount":"-9223372036854775807","createdAgo":"300d"}],)"
      R"("spendingLimits":{"hardSlAuto":"9223372036854775807","softSl":"9223372036854775807"},)"
      R"("defaultCredits":"9223372036854775807")")};
  std::int64_t spent = 0;
  for (const auto& change : balance_of(emulated).changes)
    if (change.change_origin == "SPEND") spent += cents(change.amount);
  EXPECT_GT(spent, 0);
  EXPECT_EQ(cents(balance_of(emulated).total), spent - most);
}

}  // namespace
}  // namespace xai::emulator::test
