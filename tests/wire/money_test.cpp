// Amounts and exact numbers in every notation that has been seen.
#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "wire/as_text.h"
#include "wire/rows.h"

namespace xai::wire {
namespace {

using namespace management;

TEST(Cents, AreReadInEveryNotation) {
  for (const auto* amount : {R"("20000")", "20000", R"({"val":"20000"})", R"({"val":20000})",
                             R"(" 20000 ")", R"({"Val":"20000","currency":"USD"})"}) {
    const auto invoice = read_text<Invoice>(std::string{R"({"total":)"} + amount + "}");
    ASSERT_TRUE(invoice) << amount;
    EXPECT_EQ(invoice->total, Cents{20'000}) << amount;
    const auto balance = read_text<PrepaidBalance>(std::string{R"({"total":)"} + amount + "}");
    ASSERT_TRUE(balance) << amount;
    EXPECT_EQ(balance->total, Cents{20'000}) << amount;
  }
}

TEST(Cents, HoldAllThatSixtyFourBitsDo) {
  EXPECT_EQ(read_text<Invoice>(R"({"total":"-9223372036854775808"})")->total,
            Cents{std::numeric_limits<std::int64_t>::min()});
  EXPECT_EQ(read_text<Invoice>(R"({"total":{"val":9223372036854775807}})")->total,
            Cents{std::numeric_limits<std::int64_t>::max()});
}

TEST(Cents, AreZeroInABoxWithoutAValue) {
  for (const auto* text : {R"({"total":{}})", R"({"total":{"val":null}})"})
    EXPECT_EQ(read_text<PrepaidBalance>(text)->total, Cents{0}) << text;
}

TEST(Cents, ThatAreMissingAreNotZero) {
  for (const auto* text : {"{}", R"({"total":null})", R"({"total":""})"}) {
    EXPECT_FALSE(read_text<PrepaidBalance>(text)->total) << text;
    EXPECT_FALSE(read_text<PrepaidBalance>(text)->posted_credit()) << text;
    EXPECT_FALSE(read_text<Invoice>(text)->total) << text;
  }
}

TEST(Cents, AreNeverRounded) {
  for (const auto* amount : {"1.5", "1e3", R"("1.50")", R"("$1")", R"({"val":1.5})", "true",
                             R"(["5"])", R"("9223372036854775808")"})
    EXPECT_EQ(problem<Invoice>(std::string{R"({"total":)"} + amount + "}").find("`total"), 0U)
        << amount;
}

TEST(Cents, NameThePlaceThatDoesNotFit) {
  EXPECT_EQ(problem<PrepaidBalance>(R"({"total":"many"})"), "`total` should be whole cents");
  EXPECT_EQ(problem<PrepaidBalance>(R"({"changes":[{"amount":{"val":"many"}}]})"),
            "`changes[0].amount.val` should be a 64-bit integer");
  EXPECT_EQ(problem<PrepaidBalance>(R"({"total":{"val":"1","val":"2"}})"),
            "`total.val` should be the member once");
}

TEST(Cents, AreWrittenInTheNotationOfTheirPlace) {
  EXPECT_EQ(written(PrepaidBalance{.total = Cents{0}}), R"({"changes":[],"total":{"val":"0"}})");
  EXPECT_EQ(written(PrepaidBalance{.total = Cents{-1'000}}),
            R"({"changes":[],"total":{"val":"-1000"}})");
  EXPECT_EQ(written(PreviewPostpaidInvoiceResponse{.effective_spending_limit = Cents{20'000}}),
            R"({"effectiveSpendingLimit":"20000"})");
}

TEST(Cents, HaveOneCanonicalNotationPerPlace) {
  for (const auto* amount : {R"("5")", "5", R"({"val":"5"})", R"({"val": 5})", R"(" 5 ")"}) {
    EXPECT_EQ(canonical_text<PrepaidBalance>(std::string{R"({"total":)"} + amount + "}"),
              R"({"total":{"val":"5"}})")
        << amount;
    EXPECT_EQ(canonical_text<Invoice>(std::string{R"({"total":)"} + amount + "}"),
              R"({"total":"5"})")
        << amount;
  }
  for (const auto* zero : {R"({"total":{}})", R"({"total":{"val":null}})"})
    EXPECT_EQ(canonical_text<Invoice>(zero), R"({"total":"0"})") << zero;
}

TEST(Cents, KeepWhatIsUnknownOrDoesNotFit) {
  for (const auto* text :
       {R"({"total":{"val":"5","currency":"USD"}})", R"({"total":{"currency":"USD"}})",
        R"({"total":{"val":"many"}})", R"({"total":"many"})", R"({"total":1.50})",
        R"({"total":null})", R"({"total":[5]})"}) {
    EXPECT_EQ(canonical_text<Invoice>(text), text);
    EXPECT_EQ(canonical_text<PrepaidBalance>(text), text);
  }
}

TEST(LiveCredit, IsWhatIsLeftOfPrepaidCredit) {
  const auto live = [](const char* core) {
    const auto preview =
        read_text<PreviewPostpaidInvoiceResponse>(std::string{R"({"coreInvoice":)"} + core + "}");
    return preview->core_invoice->live_credit();
  };
  EXPECT_EQ(live(R"({"prepaidCredits":{"val":"-16847"},"prepaidCreditsUsed":{"val":"-11666"}})"),
            Cents{5'181});
  EXPECT_EQ(live(R"({"prepaidCredits":"-100","prepaidCreditsUsed":{"val":"-300"}})"), Cents{-200});
  EXPECT_EQ(live(R"({"prepaidCredits":{"val":"-100"},"prepaidCreditsUsed":{}})"), Cents{100});
  EXPECT_FALSE(live(R"({"prepaidCredits":{"val":"-100"}})"));
  EXPECT_FALSE(live(R"({"prepaidCreditsUsed":{"val":"-100"}})"));
  EXPECT_FALSE(live(R"({"prepaidCredits":null,"prepaidCreditsUsed":{"val":"0"}})"));
}

TEST(Invoice, TellsItsKindByAnEmptyMember) {
  const auto prepaid = read_text<Invoice>(R"({"prepaid":{}})");
  EXPECT_TRUE(prepaid->prepaid);
  EXPECT_FALSE(prepaid->monthly || prepaid->subscriptions);
  EXPECT_TRUE(read_text<Invoice>(R"({"subscriptions":{"new":1}})")->subscriptions);
  EXPECT_FALSE(read_text<Invoice>(R"({"prepaid":null})")->prepaid);
  EXPECT_EQ(written(*prepaid),
            R"({"teamId":"","invoiceId":"","invoiceNumber":"","invoiceStatus":"",)"
            R"("chargerAttempts":[],"lines":[],"invoicePdfAssetKeySuffix":"","prepaid":{}})");
  EXPECT_EQ(canonical_text<Invoice>(R"({"subscriptions":{"new":1.0}})"),
            R"({"subscriptions":{"new":1.0}})");
}

TEST(Billing, KeepsEnumValuesThatAreNew) {
  const auto balance = read_text<PrepaidBalance>(
      R"({"changes":[{"changeOrigin":"GIFT","topupStatus":"FAILED_TO_GEMNERATE_INVOICE",
          "paymentProcessor":{"kind":"PIGGY_BANK"}}]})");
  ASSERT_TRUE(balance);
  EXPECT_EQ(balance->changes[0].change_origin, "GIFT");
  EXPECT_EQ(balance->changes[0].topup_status, "FAILED_TO_GEMNERATE_INVOICE");
  EXPECT_EQ(balance->changes[0].payment_processor->kind, "PIGGY_BANK");
  EXPECT_EQ(read_text<Invoice>(R"({"invoiceStatus":"LOST"})")->invoice_status, "LOST");
}

TEST(Decimal, KeepsItsDigits) {
  for (const auto* number : {"0", "0.75973725", "1.037e-4", "1E400", "-0.0", "1.50",
                             "0.1000000000000000055511151231257827"}) {
    const std::string text = std::string{R"({"values":[)"} + number + "]}";
    const auto point = read_text<DataPoint>(text);
    ASSERT_TRUE(point) << number;
    EXPECT_EQ(point->values, std::vector{Decimal{number}});
    EXPECT_EQ(written(*point), text);
    EXPECT_EQ(canonical_text<DataPoint>(text), text);
    const std::string quoted = std::string{R"({"values":[")"} + number + "\"]}";
    EXPECT_EQ(read_text<DataPoint>(quoted)->values, point->values);
    EXPECT_EQ(canonical_text<DataPoint>(quoted), text);
  }
}

TEST(Decimal, IsNeverMadeUp) {
  for (const auto* value : {"null", R"("")", R"("NaN")", R"("1,5")", R"(" 1")", "{}", "true"}) {
    const std::string text = std::string{R"({"values":[0,)"} + value + "]}";
    EXPECT_EQ(problem<DataPoint>(text), "`values[1]` should be a number") << value;
    EXPECT_EQ(canonical_text<DataPoint>(text), text);
  }
}

TEST(AuditEvent, MayHaveNoUserAndAUserNoMail) {
  const auto page = read_text<ListAuditEventsResponse>(
      R"({"events":[{"eventId":"a","user":null},{"user":{"userId":"u"}}],"nextPageToken":null})");
  ASSERT_TRUE(page);
  EXPECT_FALSE(page->events[0].user);
  EXPECT_EQ(page->events[1].user->email, "");
  EXPECT_EQ(page->next_page_token, "");
}

TEST(PaymentMethod, TakesExpiryAsNumberOrText) {
  for (const auto* text : {R"({"cardDetails":{"expMonth":"12","expYear":"2030"}})",
                           R"({"cardDetails":{"expMonth":12,"expYear":2030}})"}) {
    const auto method = read_text<PaymentMethod>(text);
    ASSERT_TRUE(method) << text;
    EXPECT_EQ(method->card_details->exp_month, 12);
    EXPECT_EQ(method->card_details->exp_year, 2030);
    EXPECT_EQ(canonical_text<PaymentMethod>(text),
              R"({"cardDetails":{"expMonth":"12","expYear":"2030"}})");
  }
}

}  // namespace
}  // namespace xai::wire
