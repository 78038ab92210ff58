#pragma once

#include <memory>
#include <utility>

#include "emulator/emulator.h"
#include "emulator/seed.h"
#include "input.h"

namespace xai::fuzz {

inline constexpr const char* known_key = "xai-token-known";
inline constexpr const char* known_team = "11111111-2222-4333-8444-555555555555";

/// The default seed with one model and one endpoint, since to read the catalogue each time would
/// take longer than all the rest.
inline emulator::Seed small_seed() {
  emulator::Seed seed = emulator::default_seed();
  emulator::Team& team = seed.teams.front();
  team.team_id = known_team;
  team.models = R"({"clusterConfigs":[{"languageModels":[{"name":"grok-4","rps":"10"}],)"
                R"("clusterName":"us-east-1"}]})";
  team.endpoints = R"({"acls":[{"acl":"api-key:endpoint:chat","namespace":"api-key",)"
                   R"("key":"endpoint","value":"chat"}]})";
  seed.management_keys.push_back(
      emulator::new_management_key(management::Secret{known_key}, known_team));
  return seed;
}

/// A new emulator per input, the same each time, so that a finding can be repeated.
inline std::unique_ptr<emulator::Emulator> open_emulator() {
  static const emulator::Seed seed = small_seed();
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
