#include "emulator/rate_limit.h"

#include <charconv>

#include "base/time_text.h"

namespace xai::emulator {

std::optional<RateLimit> parse_rate_limit(std::string_view text) {
  constexpr int calls_max = 1'000'000;
  RateLimit limit;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit.calls);
  if (error != std::errc{} || end == text.data() + text.size() || *end != '/') return std::nullopt;
  const auto span = base::parse_span(std::string_view{end + 1, text.data() + text.size()});
  if (!span || span->count() <= 0 || limit.calls < 1 || limit.calls > calls_max)
    return std::nullopt;
  limit.span = *span;
  return limit;
}

bool CallTimes::admit(const std::string& key_id, const RateLimit& limit,
                      management::Timestamp now) {
  auto& times = times_[key_id];
  // The clock may have been set back as well.
  while (!times.empty() && (times.front() + limit.span <= now || times.front() > now))
    times.pop_front();
  if (times.size() >= static_cast<std::size_t>(limit.calls)) return false;
  times.push_back(now);
  return true;
}

}  // namespace xai::emulator
