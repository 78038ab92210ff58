#include "workflows/audit_trail.h"

#include <algorithm>
#include <array>

#include "base/time_text.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::workflows {

using management::Timestamp;

namespace {

constexpr std::array<std::pair<const char*, std::string AuditScope::*>, 4> scope_members{
    {{"baseUrl", &AuditScope::base_url},
     {"teamId", &AuditScope::team_id},
     {"userId", &AuditScope::user_id},
     {"query", &AuditScope::query}}};

/// None where one of its members is missing.
std::optional<AuditScope> read_scope(json::Value cursor) {
  AuditScope scope;
  for (const auto& [name, member] : scope_members) {
    const json::Value value = cursor.find(name);
    if (!value.is_string()) return std::nullopt;
    scope.*member = value.text();
  }
  return scope;
}

}  // namespace

void EventTrail::begin_page(const std::optional<Timestamp>& now) { now_ = now; }

bool EventTrail::is_known(const std::optional<Timestamp>& time, std::string_view id) const {
  if (ids_.contains(id) || (!near_.empty() && near_.back().second == id)) return true;
  return time && !ahead_.empty() && ahead_.contains({*time, std::string{id}});
}

bool EventTrail::take(const std::optional<Timestamp>& event_time, std::string_view id) {
  if (is_known(event_time, id)) return false;
  const Timestamp time = event_time.value_or(furthest_.value_or(Timestamp{}));
  move_to(now_ ? std::min(time, *now_) : time);
  if (now_ && time > furthest_)
    ahead_.emplace(time, id);
  else
    remember(time, id);
  return true;
}

void EventTrail::move_to(Timestamp time) {
  // Without an overlap the last event counts, in whatever order the service lists them: else the
  // ids of a list in the other order would all be kept.
  const bool is_further = order_ == EventOrder::oldest_first ? time > furthest_ : time < furthest_;
  if (furthest_ && !is_further && (overlap_.count() != 0 || time == furthest_)) return;
  furthest_ = time;
  forget_what_is_far();
}

void EventTrail::remember(Timestamp time, std::string_view id) {
  if (!near_.empty()) ids_.insert(near_.back().second);
  near_.emplace_back(time, id);
}

void EventTrail::forget_what_is_far() {
  const Timestamp furthest = furthest_.value_or(Timestamp{});
  while (!ahead_.empty() && ahead_.begin()->first < furthest - overlap_)
    ahead_.erase(ahead_.begin());
  while (!near_.empty()) {
    const auto distance = std::chrono::abs(furthest - near_.front().first);
    if (distance <= overlap_) return;
    ids_.erase(near_.front().second);
    near_.pop_front();
  }
}

std::optional<Timestamp> EventTrail::resume_from() const {
  if (!furthest_) return std::nullopt;
  return *furthest_ - overlap_;
}

bool EventTrail::is_ahead_of(Timestamp now) const {
  const auto from = resume_from();
  return from && *from > now;
}

void EventTrail::take_back(Timestamp now) {
  ids_.clear();
  furthest_ = now;
  for (const auto& [time, id] : std::exchange(near_, {})) {
    if (time > now)
      ahead_.emplace(time, id);
    else if (now - time <= overlap_)
      remember(time, id);
  }
}

std::string EventTrail::text() const {
  if (!furthest_) return {};
  std::string text;
  json::Writer writer{text};
  writer.begin_object();
  writer.key("version");
  writer.integer(1);
  if (scope_) {
    for (const auto& [name, member] : scope_members) {
      writer.key(name);
      writer.string(*scope_.*member);
    }
  }
  writer.key("eventTime");
  writer.string(base::format_rfc3339(*furthest_));
  writer.key("seen");
  writer.begin_array();
  const auto add = [&writer](const auto& event) {
    writer.begin_array();
    writer.string(base::format_rfc3339(event.first));
    writer.string(event.second);
    writer.end_array();
  };
  std::ranges::for_each(near_, add);
  std::ranges::for_each(ahead_, add);
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
  scope_ = read_scope(document->root());
  return std::ranges::all_of(document->root().find("seen").items(), [&](const json::Value& one) {
    const auto parts = one.items();
    const auto seen_at =
        parts.size() == 2 ? base::parse_rfc3339(parts[0].text()) : std::optional<Timestamp>{};
    if (seen_at && seen_at > furthest_ && order_ == EventOrder::oldest_first)
      ahead_.emplace(*seen_at, parts[1].text());
    else if (seen_at)
      remember(*seen_at, parts[1].text());
    return seen_at.has_value();
  });
}

}  // namespace xai::workflows
