#include "base/words.h"

#include <array>
#include <cstdint>

namespace xai::base {

using management::Timestamp;
using namespace std::chrono;

std::string relative_time(Timestamp time, Timestamp now) {
  const bool is_past = time <= now;
  // A moment after "90d" was asked for it is still 90 days.
  constexpr seconds passed_meanwhile{30};
  auto distance = floor<seconds>(is_past ? now - time : time - now).count();
  if (!is_past && distance >= 60) distance += passed_meanwhile.count();
  struct Unit {
    std::int64_t seconds;
    const char* name;
  };
  static constexpr std::array<Unit, 5> units{Unit{365L * 86'400, "year"},
                                             {30L * 86'400, "month"},
                                             {86'400, "day"},
                                             {3'600, "hour"},
                                             {60, "minute"}};
  for (const Unit& unit : units) {
    const auto count = static_cast<std::size_t>(distance / unit.seconds);
    // Up to a hundred days are told in days: "90 days" is what people ask for.
    constexpr std::int64_t days_max = 100L * 86'400;
    if (count == 0 || (unit.seconds == 30L * 86'400 && distance < days_max)) continue;
    const std::string span = counted(count, unit.name);
    return is_past ? span + " ago" : "in " + span;
  }
  return is_past ? "just now" : "in under a minute";
}

std::string counted(std::size_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string listed(const std::vector<std::string>& words, const std::string& none) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? none : text;
}

}  // namespace xai::base
