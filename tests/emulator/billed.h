#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emulator/emulated.h"
#include "emulator/seed.h"
#include "wire/rows.h"

namespace xai::emulator::test {

using management::Cents;

inline std::string billing(std::string_view what) {
  return "/v1/billing/teams/" + std::string{team} + "/" + std::string{what};
}

template <class T>
T read(const Answer& answer) {
  EXPECT_EQ(answer.status(), 200) << answer.response.body;
  return wire::decode<T>(answer.body()).value();
}

/// One team with these members; its key may use everything.
inline Options team_with(std::string_view members) {
  Options given = options();
  given.seed = parse_seed(R"({"teams":[{)" + std::string{members} + R"(}],"apiKeys":[
      {"name":"all","createdAgo":"100d","apiKeyId":"aaaaaaaa-0000-4000-8000-000000000001",
       "aclStrings":["api-key:endpoint:*","api-key:model:*"]},
      {"name":"gone","createdAgo":"200d","deletedAgo":"20d","aclStrings":
       ["api-key:endpoint:*","api-key:model:grok-3","api-key:model:trial-voice"]}]})")
                   .value();
  return given;
}

/// A figure that has to be there.
inline std::int64_t cents(const std::optional<Cents>& figure) {
  EXPECT_TRUE(figure.has_value());
  return figure.value_or(Cents{-1}).value;
}

inline management::PreviewPostpaidInvoiceResponse preview_of(Emulated& emulated) {
  return read<management::PreviewPostpaidInvoiceResponse>(
      emulated.get(billing("postpaid/invoice/preview")));
}

inline management::CoreInvoice core_of(Emulated& emulated) {
  return preview_of(emulated).core_invoice.value_or(management::CoreInvoice{});
}

inline management::PrepaidBalance balance_of(Emulated& emulated) {
  return read<management::PrepaidBalance>(emulated.get(billing("prepaid/balance")));
}

}  // namespace xai::emulator::test
