#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/timestamp.h"

namespace xai::emulator {

/// So many calls within any span of that length. The service documents none for this API, but
/// answers 429 to many calls in a row.
struct RateLimit {
  int calls{};
  std::chrono::seconds span{};

  bool operator==(const RateLimit&) const = default;
};

/// `20/1m` as such a limit, of up to a million calls.
std::optional<RateLimit> parse_rate_limit(std::string_view text);

/// The calls that each management key made lately.
class CallTimes {
 public:
  /// Counts a call of the key, unless the limit is reached: then it is refused, and not counted.
  bool admit(const std::string& key_id, const RateLimit& limit, management::Timestamp now);
  void forget() { times_.clear(); }

 private:
  std::map<std::string, std::deque<management::Timestamp>> times_{};
};

}  // namespace xai::emulator
