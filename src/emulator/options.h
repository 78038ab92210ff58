#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "emulator/error_style.h"
#include "emulator/rate_limit.h"
#include "emulator/records.h"

namespace xai::emulator {

struct Options {
  std::string db_file{};                       ///< Empty: memory.
  std::optional<management::Timestamp> now{};  ///< Where the clock stands still; none: it runs.
  std::optional<Seed> seed{};  ///< For a database without a team; none: one team for trying.
  management::Secret management_key{};  ///< Added to the state; empty: made up if there is none.
  std::string team_id{};                ///< The team of that key; empty: the first one.
  bool check_acls{true};
  std::chrono::seconds propagation{3};  ///< Until the last cluster knows a new key.
  std::chrono::seconds list_lag{};      ///< How old the keys are that lists show.
  std::chrono::seconds date_offset{};   ///< How far the `Date` of answers is ahead of the clock.
  ErrorStyle error_style{};
  int unknown_key_status{400};  ///< Of the inference host, to a key it does not know; or 401.
  bool nulls{};                 ///< Unset messages are written as null, not left out.
  std::chrono::seconds ledger_lag{48 * 3600};  ///< From a month's end until its SPEND is posted.
  bool key_tails{};                       ///< Usage labels a key by its name and redacted secret.
  std::size_t usage_series_max{1000};     ///< In one answer to analyzeUsage.
  std::optional<RateLimit> rate_limit{};  ///< Of each management key.
  std::optional<std::uint64_t> random_seed{};
  base::Clock running_clock{base::system_clock()};
};

}  // namespace xai::emulator
