#include "emulator/strict.h"

#include <algorithm>
#include <vector>

#include "base/closest.h"
#include "emulator/errors.h"
#include "wire/codec.h"

namespace xai::emulator {

using management::Result;

Result<void> only_members(json::Value value, std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return std::unexpected(errors::invalid_argument("expected an object"));
  for (const json::Member& member : value.members()) {
    if (std::ranges::find(known, member.name) != known.end()) continue;
    const std::vector<std::string> candidates{known.begin(), known.end()};
    const auto near = base::closest(member.name, candidates, 1);
    return std::unexpected(errors::unknown_member(member.name, near.empty() ? "" : near.front()));
  }
  return {};
}

Result<std::string> string_member(json::Value value, std::string_view name) {
  const json::Value found = value.find(name);
  if (found.is_string() || found.is_null()) return std::string{found.text()};
  return std::unexpected(
      errors::invalid_argument("`" + std::string{name} + "` should be a string"));
}

Result<bool> boolean_member(json::Value value, std::string_view name, bool otherwise) {
  const json::Value found = value.find(name);
  if (found.is_null()) return otherwise;
  if (found.kind() == json::Kind::boolean) return found.boolean();
  return std::unexpected(
      errors::invalid_argument("`" + std::string{name} + "` should be true or false"));
}

Result<int> number_member(json::Value value, std::string_view name, int otherwise, int least,
                          int most) {
  const json::Value found = value.find(name);
  if (found.is_null()) return otherwise;
  const auto number = wire::integer_of(found);
  if (number && *number >= least && *number <= most) return static_cast<int>(*number);
  return std::unexpected(
      errors::invalid_argument("`" + std::string{name} + "` should be a number from " +
                               std::to_string(least) + " to " + std::to_string(most)));
}

}  // namespace xai::emulator
