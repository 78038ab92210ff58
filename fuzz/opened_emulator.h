#pragma once

#include <memory>
#include <utility>

#include "emulator/emulator.h"
#include "emulator/seed.h"
#include "input.h"

namespace xai::fuzz {

inline constexpr const char* known_key = "xai-token-known";
inline constexpr const char* known_team = "11111111-2222-4333-8444-555555555555";

/// A new emulator per input, the same each time, so that a finding can be repeated.
inline std::unique_ptr<emulator::Emulator> open_emulator() {
  // Read once, since that takes longer than all the rest.
  static const emulator::Seed seed = emulator::default_seed();
  emulator::Options options;
  options.seed = seed;
  options.now = management::Timestamp{};
  options.random_seed = 1;
  options.management_key = management::Secret{known_key};
  options.team_id = known_team;
  auto opened = emulator::Emulator::open(std::move(options));
  require(opened.has_value(), "the emulator opens");
  return std::move(*opened);
}

}  // namespace xai::fuzz
