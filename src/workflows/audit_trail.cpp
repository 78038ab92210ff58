#include "workflows/audit_trail.h"

#include <algorithm>

#include "base/time_text.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::workflows {

using management::Timestamp;

void EventTrail::begin_page() {
  last_page_ = std::exchange(forgotten_, {});
  forgotten_.reserve(last_page_.size());
  is_at_border_ = true;
}

bool EventTrail::take(const std::optional<Timestamp>& event_time, std::string_view id) {
  if (ids_.contains(id) || (!near_.empty() && near_.back().second == id)) return false;
  if (is_at_border_ && std::ranges::find(last_page_, id) != last_page_.end()) return false;
  is_at_border_ = false;
  const Timestamp time = event_time.value_or(furthest_.value_or(Timestamp{}));
  // Without an overlap the last event counts, in whatever order the service lists them: else the
  // ids of a list in the other order would all be kept.
  const bool is_further = order_ == EventOrder::oldest_first ? time > furthest_ : time < furthest_;
  if (!furthest_ || is_further || (overlap_.count() == 0 && time != furthest_)) {
    furthest_ = time;
    forget_what_is_far();
  }
  remember(time, id);
  return true;
}

void EventTrail::remember(Timestamp time, std::string_view id) {
  if (!near_.empty()) ids_.insert(near_.back().second);
  near_.emplace_back(time, id);
}

void EventTrail::forget_what_is_far() {
  const Timestamp furthest = furthest_.value_or(Timestamp{});
  while (!near_.empty()) {
    const auto distance = std::chrono::abs(furthest - near_.front().first);
    if (distance <= overlap_) return;
    ids_.erase(near_.front().second);
    forgotten_.push_back(std::move(near_.front().second));
    near_.pop_front();
  }
}

std::optional<Timestamp> EventTrail::resume_from() const {
  if (!furthest_) return std::nullopt;
  return *furthest_ - overlap_;
}

std::string EventTrail::text() const {
  if (!furthest_) return {};
  std::string text;
  json::Writer writer{text};
  writer.begin_object();
  writer.key("version");
  writer.integer(1);
  writer.key("eventTime");
  writer.string(base::format_rfc3339(*furthest_));
  writer.key("seen");
  writer.begin_array();
  for (const auto& [time, id] : near_) {
    writer.begin_array();
    writer.string(base::format_rfc3339(time));
    writer.string(id);
    writer.end_array();
  }
  writer.end_array();
  writer.end_object();
  return text + "\n";
}

bool EventTrail::read(const std::string& text) {
  if (text.empty()) return true;
  const auto document = json::Document::parse(text);
  if (!document || document->root().find("version").text() != "1") return false;
  const auto time = base::parse_rfc3339(document->root().find("eventTime").text());
  if (!time) return false;
  furthest_ = time;
  return std::ranges::all_of(document->root().find("seen").items(), [&](const json::Value& one) {
    const auto parts = one.items();
    const auto seen_at =
        parts.size() == 2 ? base::parse_rfc3339(parts[0].text()) : std::optional<Timestamp>{};
    if (seen_at) remember(*seen_at, parts[1].text());
    return seen_at.has_value();
  });
}

}  // namespace xai::workflows
