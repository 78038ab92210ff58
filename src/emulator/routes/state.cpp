#include <array>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/routes/routes.h"
#include "emulator/strict.h"

namespace xai::emulator::routes {
namespace {

/// Members that are about the emulator, not about a team.
constexpr std::array<std::string_view, 8> common_members{
    "listLag",          "dateOffset", "errorStyle", "nulls",
    "unknownKeyStatus", "ledgerLag",  "keyTails",   "rateLimit"};

/// Without a team, every one.
Result<void> change_teams(State& state, json::Value root, std::string_view team_id) {
  const auto teams = state.store->teams();
  for (const auto& [id, team] : teams) {
    if (!team_id.empty() && id != team_id) continue;
    Team changed = team;
    changed.credit = TRY(credit_member(root, team.credit));
    changed.billing.credit_status =
        TRY(status_member(root, "creditStatus", team.billing.credit_status, {0, 403, 429}));
    changed.blocked = TRY(boolean_member(root, "teamBlocked", team.blocked));
    TRY(state.store->put_team(changed));
  }
  return {};
}

}  // namespace

Result<std::string> set_state(State& state, const HttpRequest& request) {
  const auto document = TRY(read_control_body(request));
  const json::Value root = document.root();
  TRY(only_members(
      root, {"teamId", "outOfCredit", "creditStatus", "teamBlocked", "listLag", "dateOffset",
             "errorStyle", "nulls", "unknownKeyStatus", "ledgerLag", "keyTails", "rateLimit"}));
  const std::string team_id = TRY(string_member(root, "teamId"));
  if (!team_id.empty() && state.store->team(team_id) == nullptr)
    return std::unexpected(errors::team_not_found());
  for (const std::string_view name : common_members)
    if (!team_id.empty() && !root.find(name).is_null())
      return std::unexpected(errors::invalid_argument("`" + std::string{name} +
                                                      "` is about every team: leave out `teamId`"));
  const auto list_lag = TRY(span_member(root, "listLag", state.list_lag));
  const auto date_offset = TRY(offset_member(root, "dateOffset", state.date_offset));
  const auto error_style = TRY(error_style_member(root)).value_or(state.error_style);
  const bool nulls = TRY(boolean_member(root, "nulls", state.nulls));
  const int unknown_key_status =
      TRY(status_member(root, "unknownKeyStatus", state.unknown_key_status, {400, 401}));
  const auto ledger_lag = TRY(span_member(root, "ledgerLag", state.ledger_lag));
  const bool key_tails = TRY(boolean_member(root, "keyTails", state.key_tails));
  const auto rate_limit = TRY(rate_limit_member(root, state.rate_limit));
  TRY(change_teams(state, root, team_id));
  state.list_lag = list_lag;
  state.date_offset = date_offset;
  state.error_style = error_style;
  state.nulls = nulls;
  state.unknown_key_status = unknown_key_status;
  state.ledger_lag = ledger_lag;
  state.key_tails = key_tails;
  state.rate_limit = rate_limit;
  return std::string{"{}"};
}

}  // namespace xai::emulator::routes
