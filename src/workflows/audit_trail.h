#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "xai/management/audit_events.h"
#include "xai/management/timestamp.h"

namespace xai::workflows {

using management::EventOrder;

/// How far back a list is read again: events may be filed later than they happened.
inline constexpr std::chrono::seconds audit_overlap{60};

/// Whose events a trail follows. Those of another team, service or filter would be missed.
struct AuditScope {
  std::string base_url{};  ///< Without a slash at its end.
  std::string team_id{};
  std::string user_id{};  ///< Empty for every user.
  std::string query{};    ///< Empty for any words.
};

/// Where a walk over the events has come to: the time of the furthest one, and the ids of those
/// near it, so that nothing is taken twice where polls meet.
class EventTrail {
 public:
  /// `overlap` is what "near" means; without one, events of the very same time.
  EventTrail(EventOrder order, std::chrono::seconds overlap) : overlap_{overlap}, order_{order} {}
  EventTrail(const EventTrail&) = delete;
  EventTrail& operator=(const EventTrail&) = delete;

  /// A page begins. An event that is stamped later than `now`, where that is known, takes the place
  /// no further than `now`: what happens until then comes before it in the list.
  void begin_page(const std::optional<management::Timestamp>& now = {});

  /// Takes the event of that id; false when it was taken before. An event without a time is as far
  /// as the one before it.
  bool take(const std::optional<management::Timestamp>& event_time, std::string_view id);

  /// The time of the furthest event; none before the first.
  [[nodiscard]] const std::optional<management::Timestamp>& furthest() const { return furthest_; }

  /// Where to go on: the overlap before the furthest event.
  [[nodiscard]] std::optional<management::Timestamp> resume_from() const;

  /// Whether what happens at `now` would be missed.
  [[nodiscard]] bool is_ahead_of(management::Timestamp now) const;
  /// The place is `now` from then on. What was taken is not taken again.
  void take_back(management::Timestamp now);

  /// None where a cursor does not say.
  [[nodiscard]] const std::optional<AuditScope>& scope() const { return scope_; }
  void follow(AuditScope scope) { scope_ = std::move(scope); }

  /// What a cursor holds; nothing before the first event.
  [[nodiscard]] std::string text() const;
  /// Goes on where `text` was written; false for what it did not write. Nothing is a beginning.
  bool read(const std::string& text);

 private:
  [[nodiscard]] bool is_known(const std::optional<management::Timestamp>& time,
                              std::string_view id) const;
  void move_to(management::Timestamp time);
  void remember(management::Timestamp time, std::string_view id);
  void forget_what_is_far();

  std::chrono::seconds overlap_;
  EventOrder order_;
  std::optional<AuditScope> scope_{};
  std::optional<management::Timestamp> now_{};  ///< Of the service, at this page.
  std::optional<management::Timestamp> furthest_{};
  std::deque<std::pair<management::Timestamp, std::string>> near_{};
  /// Those that are stamped later than the place: they come again at every poll.
  std::set<std::pair<management::Timestamp, std::string>> ahead_{};
  /// Of those but the last: most events are forgotten before a second one comes near them.
  std::unordered_set<std::string_view> ids_{};
};

}  // namespace xai::workflows
