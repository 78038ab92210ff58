#include "cli/commands/audit/event_list.h"

#include "base/time_text.h"
#include "json/writer.h"

namespace xai::cli {

using management::AuditEvent;
using management::AuditUser;

namespace {

/// Who did it, as people know each other.
std::string who_of(const AuditEvent& event) {
  if (!event.user) return "-";
  const AuditUser& user = *event.user;
  if (!user.email.empty()) return user.email;
  const std::string space = user.given_name.empty() || user.family_name.empty() ? "" : " ";
  const std::string name = user.given_name + space + user.family_name;
  return name.empty() ? user.user_id : name;
}

}  // namespace

EventList::EventList(Session& session)
    : session_{&session},
      array_{session.output()},
      table_{session.output(), {{"TIME"}, {"WHO"}, {"WHAT"}, {"ID"}}} {
  if (session.format() == Format::csv)
    print_csv_header(session.output(), {"eventTime", "eventId", "description", "userId", "email",
                                        "givenName", "familyName"});
}

bool EventList::shows_documents() const {
  return session_->format() == Format::json || session_->format() == Format::jsonl;
}

void EventList::add(json::Value document) {
  if (session_->format() == Format::json) return array_.add(document);
  line_.clear();
  json::Writer{line_}.value(document);
  line_ += '\n';
  session_->output().write(line_);
}

void EventList::add(const AuditEvent& event) {
  if (session_->format() == Format::csv)
    add_csv(event);
  else
    add_text(event);
}

bool EventList::flush() {
  table_.print();
  return session_->output().flush();
}

void EventList::end() {
  table_.print();
  if (session_->format() == Format::json) array_.end();
}

void EventList::add_csv(const AuditEvent& event) {
  static const AuditUser nobody;
  const AuditUser& user = event.user ? *event.user : nobody;
  line_.clear();
  if (event.event_time) append_csv(line_, base::format_rfc3339(*event.event_time), true);
  for (const std::string* cell : {&event.event_id, &event.description, &user.user_id, &user.email,
                                  &user.given_name, &user.family_name}) {
    line_ += ',';
    append_csv(line_, *cell, false);
  }
  line_ += "\r\n";
  session_->output().write(line_);
}

void EventList::add_text(const AuditEvent& event) {
  table_.add({{session_->shown_time(event.event_time, "-")},
              {who_of(event)},
              {event.description},
              {event.event_id, Style::faint}});
}

}  // namespace xai::cli
