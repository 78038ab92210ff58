#include "workflows/audit_reader.h"

#include <algorithm>
#include <utility>

#include "base/not_sent.h"
#include "base/time_text.h"
#include "base/try.h"
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
  std::string_view id{};
};

/// None where the document alone is not enough.
std::optional<Mark> mark_of(json::Value document) {
  const json::Value id = document.find("eventId");
  const Mark mark{base::parse_rfc3339(document.find("eventTime").text()), id.text()};
  return mark.time && id.is_string() && !mark.id.empty() ? std::optional{mark} : std::nullopt;
}

Mark mark_of(const AuditEvent& event) {
  return {event.event_time, event.event_id.empty() ? event.description : event.event_id};
}

Result<AuditEvent> read_event(json::Value document) {
  auto event = wire::decode<AuditEvent>(document);
  if (event) return *std::move(event);
  return std::unexpected{
      client::malformed_answer(std::move(event).error(), RetryClass::freely, 200, {})};
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
      trail_{order, overlap} {}

Result<bool> AuditReader::poll(const Call& call, const EventTaker& taker) {
  ListAuditEvents request = request_;
  if (const auto from = trail_.resume_from())
    request.event_time_from = std::max(*from, request.event_time_from.value_or(*from));
  bool is_cut = false;
  const auto take = [&](Page& page) -> Result<Walk> {
    is_cut = TRY(take_page(page, taker));
    const Walk wanted = TRY(taker.end_page());
    if (!taker.is_full()) return wanted;
    is_cut = is_cut || !page.value.next_page_token.empty();
    return Walk::stop;
  };
  TRY(walk(call, request, take, client::Lists::left));
  return is_cut;
}

Result<void> AuditReader::poll_tail(const Call& call, std::int32_t count, const EventTaker& taker) {
  ListAuditEvents newest = request_;
  newest.order_by = EventOrder::newest_first;
  newest.page_size = count;
  auto page = TRY(ask(call, newest, client::Lists::left));
  (void)TRY(take_page(page, taker, true));
  (void)TRY(taker.end_page());
  request_.event_time_from = earliest_;
  return {};
}

/// Whether events were left out.
Result<bool> AuditReader::take_page(Page& page, const EventTaker& taker, bool is_reversed) {
  trail_.begin_page();
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
  std::optional<Mark> mark = wants_documents ? mark_of(document) : std::nullopt;
  if (!mark) {
    fresh.event = TRY(read_event(document));
    mark = mark_of(*fresh.event);
  }
  if (!trail_.take(mark->time, mark->id)) return std::nullopt;
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
  if (!reader.resume(cursor))
    return base::invalid_argument("the cursor did not come from an earlier poll");
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
