#include "cli/commands/audit/cursor.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/file.h"
#include "base/time_text.h"
#include "cli/render/text.h"
#include "json/document.h"
#include "json/writer.h"

namespace xai::cli {

using base::File;
using base::folder_of;
using base::open_file;
using management::Outcome;
using management::Timestamp;

namespace {

constexpr std::size_t cursor_bytes_max = 16UL << 20U;

std::unexpected<management::Error> unusable(const std::string& path, const std::string& why,
                                            Outcome outcome) {
  auto failure = local_failure("cannot use the cursor file " + in_quotes(path) + " (" + why + ")",
                               "check --cursor");
  failure.error().outcome = outcome;
  return failure;
}

/// A new file beside the cursor's, to take its place.
std::expected<File, int> open_beside(Session& session, const std::string& path,
                                     std::string& fresh) {
  fresh = path + ".new-" + session.random_word(8);
  return open_file(fresh, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

}  // namespace

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
  const bool is_further = is_oldest_first_ ? time > furthest_ : time < furthest_;
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

management::Result<void> load_cursor(Session& session, const std::string& path, EventTrail& trail) {
  base::remove_left_behind(folder_of(path), path.substr(path.rfind('/') + 1) + ".new-",
                           session.now());
  // Found out now, a place that cannot be written to costs no event that was shown.
  std::string fresh;
  const auto probe = open_beside(session, path, fresh);
  if (!probe) return unusable(path, std::strerror(probe.error()), Outcome::not_sent);
  ::unlink(fresh.c_str());
  const auto file = open_file(path, O_RDONLY);
  if (!file && file.error() == ENOENT) return {};
  if (!file) return unusable(path, std::strerror(file.error()), Outcome::not_sent);
  const auto text = base::read_all(file->get(), cursor_bytes_max);
  if (!text) return unusable(path, std::strerror(text.error()), Outcome::not_sent);
  // A file made empty beforehand, as mktemp makes it, is a beginning.
  if (!text->empty() && !trail.read(*text))
    return unusable(path, "it holds something else", Outcome::not_sent);
  return {};
}

management::Result<void> save_cursor(Session& session, const std::string& path,
                                     const EventTrail& trail) {
  const std::string text = trail.text();
  if (text.empty()) return {};
  std::string fresh;
  const auto file = open_beside(session, path, fresh);
  if (!file) return unusable(path, std::strerror(file.error()), Outcome::unanswered);
  int error = base::write_all(file->get(), text);
  if (error == 0) error = base::sync(file->get());
  if (error == 0 && ::rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(fresh.c_str());
  if (error == 0) error = base::sync_folder(folder_of(path));
  if (error != 0) return unusable(path, std::strerror(error), Outcome::unanswered);
  return {};
}

}  // namespace xai::cli
