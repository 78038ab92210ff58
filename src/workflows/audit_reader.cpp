#include "workflows/audit_reader.h"

#include <algorithm>
#include <utility>

#include "base/not_sent.h"
#include "base/printable.h"
#include "base/time_text.h"
#include "base/try.h"
#include "client/team.h"
#include "wire/audit_events.h"
#include "wire/canonical.h"

namespace xai::workflows {

using namespace management;

namespace {

/// How many events one poll answers, but for the rest of their last page.
constexpr std::size_t events_per_poll = 1000;

/// What tells an event from the others.
struct Mark {
  std::optional<Timestamp> time{};
  std::string_view id{};  ///< Empty where the service gave none.
};

/// None where the document alone is not enough.
std::optional<Mark> mark_of(json::Value document) {
  const json::Value id = document.find("eventId");
  const Mark mark{base::parse_rfc3339(document.find("eventTime").text()), id.text()};
  return mark.time && id.is_string() && !mark.id.empty() ? std::optional{mark} : std::nullopt;
}

/// What an event without an id is told by: its time and what it says.
std::string words_of(const AuditEvent& event) {
  const std::string time = event.event_time ? base::format_rfc3339(*event.event_time) : "";
  return time + " " + event.description;
}

Result<AuditEvent> read_event(json::Value document) {
  auto event = wire::decode<AuditEvent>(document);
  if (event) return *std::move(event);
  return std::unexpected{
      client::malformed_answer(std::move(event).error(), RetryClass::freely, 200, {})};
}

std::string_view without_slash(std::string_view url) {
  return url.substr(0, url.find_last_not_of('/') + 1);
}

std::string or_any(const std::string& value, const std::string& any) {
  return value.empty() ? any : base::in_quotes(value);
}

/// How the cursor's scope differs from the one that is asked for; nothing where it does not. A
/// team that is not known yet is left out.
std::string difference(const AuditScope& cursor, const AuditScope& asked) {
  if (cursor.base_url != asked.base_url)
    return "of the service at " + base::escaped(cursor.base_url) + ", not at " +
           base::escaped(asked.base_url);
  if (cursor.user_id != asked.user_id)
    return "of events by " + or_any(cursor.user_id, "every user") + ", not by " +
           or_any(asked.user_id, "every user");
  if (cursor.query != asked.query)
    return "of events with " + or_any(cursor.query, "any words") + ", not with " +
           or_any(asked.query, "any words");
  if (!asked.team_id.empty() && cursor.team_id != asked.team_id)
    return "of the team " + base::in_quotes(cursor.team_id) + ", not of " +
           base::in_quotes(asked.team_id);
  return {};
}

Result<void> check_scope(const AuditScope& cursor, const AuditScope& asked, Outcome outcome) {
  const std::string differs = difference(cursor, asked);
  if (differs.empty()) return {};
  return std::unexpected{Error{.kind = ErrorKind::failed_precondition,
                               .outcome = outcome,
                               .reason = Reason::elsewhere,
                               .message = "the cursor is " + differs,
                               .next = "keep a cursor for each service, team and set of filters"}};
}

}  // namespace

AuditReader::AuditReader(AuditQuery query, EventOrder order, std::chrono::seconds overlap,
                         std::optional<std::int32_t> page_size)
    : request_{.page_size = page_size,
               .user_id = std::move(query.user_id),
               .query = std::move(query.query),
               .event_time_from = query.from,
               .event_time_to = query.to,
               .order_by = order},
      trail_{order, overlap},
      has_overlap_{overlap.count() != 0} {}

Result<void> AuditReader::resume(const Call& call, const std::string& cursor) {
  if (!trail_.read(cursor))
    return base::invalid_argument("the cursor did not come from an earlier poll");
  const auto& options = call.client().pipeline().options;
  AuditScope scope{.base_url = std::string{without_slash(options.base_url)},
                   .team_id = options.team_id,
                   .user_id = request_.user_id,
                   .query = request_.query};
  const std::optional<AuditScope> begun = trail_.scope();
  if (begun) TRY(check_scope(*begun, scope, Outcome::not_sent));
  if (scope.team_id.empty()) {
    const client::CallScope asking{call.options()};
    scope.team_id = TRY(client::team_id(call.client(), call.deadline()));
    if (begun) TRY(check_scope(*begun, scope, Outcome::unanswered));
  }
  trail_.follow(std::move(scope));
  return {};
}

ListAuditEvents AuditReader::next_request() const {
  ListAuditEvents request = request_;
  if (const auto from = trail_.resume_from())
    request.event_time_from = std::max(*from, request.event_time_from.value_or(*from));
  return request;
}

Result<bool> AuditReader::poll(const Call& call, const EventTaker& taker) {
  bool is_cut = false;
  bool is_first = true;
  bool is_ahead = false;
  const auto take = [&](Page& page) -> Result<Walk> {
    const auto now = call.known_service_now();
    is_ahead = std::exchange(is_first, false) && now && trail_.is_ahead_of(*now);
    if (is_ahead) return Walk::stop;
    is_cut = TRY(take_page(call, page, taker));
    const Walk wanted = TRY(taker.end_page());
    if (!taker.is_full()) return wanted;
    is_cut = is_cut || !page.value.next_page_token.empty();
    return Walk::stop;
  };
  TRY(walk(call, next_request(), take, client::Lists::left));
  if (!is_ahead) return is_cut;
  const Timestamp now = call.service_now();
  call.tell(Warning{.kind = WarningKind::cursor_ahead,
                    .subject = base::format_rfc3339(trail_.furthest().value_or(now)),
                    .detail = base::format_rfc3339(now)});
  trail_.take_back(now);
  TRY(walk(call, next_request(), take, client::Lists::left));
  return is_cut;
}

Result<void> AuditReader::poll_tail(const Call& call, std::int32_t count, const EventTaker& taker) {
  ListAuditEvents newest = request_;
  newest.order_by = EventOrder::newest_first;
  newest.page_size = count;
  auto page = TRY(ask(call, newest, client::Lists::left));
  (void)TRY(take_page(call, page, taker, true));
  (void)TRY(taker.end_page());
  // Not later than now, or what happens next would be left alone too.
  if (earliest_)
    request_.event_time_from = std::min(*earliest_, call.known_service_now().value_or(*earliest_));
  return {};
}

/// Whether events were left out.
Result<bool> AuditReader::take_page(const Call& call, Page& page, const EventTaker& taker,
                                    bool is_reversed) {
  trail_.begin_page(has_overlap_ ? call.known_service_now() : std::nullopt);
  const auto documents =
      wire::canonical<ListAuditEventsResponse>(page.document.root(), page.document.arena())
          .find("events")
          .items();
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (taker.is_full()) return true;
    const json::Value document = documents[is_reversed ? documents.size() - 1 - i : i];
    if (const auto fresh = TRY(take(document, taker.wants_documents))) taker.take(*fresh);
  }
  return false;
}

Result<std::optional<NewEvent>> AuditReader::take(json::Value document, bool wants_documents) {
  NewEvent fresh{.document = document};
  std::string words;
  std::optional<Mark> mark = wants_documents ? mark_of(document) : std::nullopt;
  if (!mark) {
    fresh.event = TRY(read_event(document));
    mark = Mark{fresh.event->event_time, fresh.event->event_id};
    if (mark->id.empty()) words = words_of(*fresh.event);
  }
  if (!trail_.take(mark->time, words.empty() ? mark->id : words)) return std::nullopt;
  if (mark->time) earliest_ = std::min(*mark->time, earliest_.value_or(*mark->time));
  return fresh;
}

}  // namespace xai::workflows

namespace xai::management {

Result<AuditPoll> poll_audit_events(const Account& account, const AuditQuery& query,
                                    const std::string& cursor, const CallOptions& options) {
  using namespace workflows;
  const Call call{account, options};
  AuditReader reader{query, EventOrder::oldest_first, audit_overlap};
  TRY(reader.resume(call, cursor));
  AuditPoll poll;
  const EventTaker taker{
      .is_full = [] { return false; },
      .take = [&](const NewEvent& fresh) { poll.events.push_back(*fresh.event); },
      .end_page = [&]() -> Result<Walk> {
        call.tell(PageRead{.items = poll.events.size(), .noun = "event"});
        return poll.events.size() < events_per_poll ? Walk::go_on : Walk::stop;
      }};
  (void)TRY(reader.poll(call, taker));
  poll.has_more = poll.events.size() >= events_per_poll;
  poll.cursor = reader.cursor();
  return poll;
}

}  // namespace xai::management
