#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "xai/management/audit_events.h"
#include "xai/management/timestamp.h"

namespace xai::workflows {

using management::EventOrder;

/// How far back a list is read again: events may be filed later than they happened.
inline constexpr std::chrono::seconds audit_overlap{60};

/// Where a walk over the events has come to: the time of the furthest one, and the ids of those
/// near it, so that nothing is taken twice where pages or polls meet.
class EventTrail {
 public:
  /// `overlap` is what "near" means; without one, events of the very same time.
  EventTrail(EventOrder order, std::chrono::seconds overlap) : overlap_{overlap}, order_{order} {}
  EventTrail(const EventTrail&) = delete;
  EventTrail& operator=(const EventTrail&) = delete;

  /// A page begins. Where something was added meanwhile, it begins with the end of the last one.
  void begin_page();

  /// Takes the event of that id; false when it was taken before. An event without a time is as far
  /// as the one before it.
  bool take(const std::optional<management::Timestamp>& event_time, std::string_view id);

  /// The time of the furthest event; none before the first.
  [[nodiscard]] const std::optional<management::Timestamp>& furthest() const { return furthest_; }

  /// Where to go on: the overlap before the furthest event.
  [[nodiscard]] std::optional<management::Timestamp> resume_from() const;

  /// What a cursor holds; nothing before the first event.
  [[nodiscard]] std::string text() const;
  /// Goes on where `text` was written; false for what it did not write. Nothing is a beginning.
  bool read(const std::string& text);

 private:
  void remember(management::Timestamp time, std::string_view id);
  void forget_what_is_far();

  std::chrono::seconds overlap_;
  EventOrder order_;
  std::optional<management::Timestamp> furthest_{};
  std::deque<std::pair<management::Timestamp, std::string>> near_{};
  std::vector<std::string> forgotten_{};  ///< Ids of this page that are no longer near.
  std::vector<std::string> last_page_{};  ///< Those of the page before.
  bool is_at_border_{};                   ///< No event of this page is new yet.
  /// Of those but the last: most events are forgotten before a second one comes near them.
  std::unordered_set<std::string_view> ids_{};
};

}  // namespace xai::workflows
