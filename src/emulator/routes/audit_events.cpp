#include <cctype>
#include <string>
#include <utility>

#include "base/try.h"
#include "emulator/errors.h"
#include "emulator/limits.h"
#include "emulator/routes/routes.h"
#include "xai/management/audit_events.h"

namespace xai::emulator::routes {

using management::AuditEvent;
using management::AuditUser;
using management::ListAuditEvents;
using management::ListAuditEventsResponse;

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool is_inside = false;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool is_space = std::isspace(byte) != 0;
    if (!is_space && !is_inside) words.emplace_back();
    if (!is_space) words.back() += static_cast<char>(std::tolower(byte));
    is_inside = !is_space;
  }
  return words;
}

/// The id of the event that a token is made of.
std::string_view event_of(std::string_view token) {
  if (token.starts_with(second_try_prefix)) token.remove_prefix(second_try_prefix.size());
  return token;
}

Result<AuditQuery> to_query(const ListAuditEvents& operation) {
  AuditQuery query{.team_id = operation.team_id,
                   .user_id = operation.user_id,
                   .event_id = operation.event_id,
                   .words = words_of(operation.query),
                   .from = operation.event_time_from,
                   .to = operation.event_time_to,
                   .is_ascending = operation.order_by == management::EventOrder::oldest_first,
                   .page_size = limits::audit_page_size};
  const int size = operation.page_size.value_or(0);
  if (size < 0) return std::unexpected(errors::negative_number("pageSize"));
  if (size > limits::audit_page_size_max)
    return std::unexpected(errors::page_too_large(limits::audit_page_size_max));
  if (size > 0) query.page_size = static_cast<std::size_t>(size);
  if (!operation.order_by.text.empty() && !operation.order_by.value())
    return std::unexpected(errors::bad_order());
  return query;
}

/// The events that came before `place`, as many as make a page.
Result<AuditPage> page_before(Store& store, AuditQuery query, Cursor place) {
  const std::size_t size = query.page_size.value_or(limits::audit_page_size);
  query.after.reset();
  query.page_size.reset();
  query.until = place;
  AuditPage page = TRY(store.list_audit_events(query));
  auto& events = page.events;
  if (events.size() > size)
    events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(size));
  return page;
}

AuditEvent to_event(StoredAuditEvent stored) {
  AuditEvent event{.event_time = stored.time,
                   .event_id = std::move(stored.event_id),
                   .description = std::move(stored.description)};
  // Differs: of a user nothing but the id is known here, and the address is made of it.
  if (!stored.user_id.empty())
    event.user = AuditUser{.user_id = stored.user_id,
                           .email = "user-" + stored.user_id.substr(0, 8) + "@example.com"};
  return event;
}

}  // namespace

template <>
Result<HttpResponse> answer(Call& call, const ListAuditEvents& operation) {
  AuditQuery query = TRY(to_query(operation));
  Store& store = *call.state.store;
  const std::string& token = operation.page_token;
  if (!token.empty()) {
    query.after = TRY(store.audit_place(operation.team_id, event_of(token)));
    if (!query.after) return std::unexpected(errors::bad_pagination_token());
  }
  const bool is_duplicate = query.after && call.page_fault == PageFault::duplicate;
  AuditPage page =
      TRY(is_duplicate ? page_before(store, query, *query.after) : store.list_audit_events(query));
  ListAuditEventsResponse answer;
  // The token is the last event of the page, which stays in its place whatever comes later.
  if (page.has_more && !page.events.empty()) answer.next_page_token = page.events.back().event_id;
  if (is_duplicate) answer.next_page_token = std::string{second_try_prefix} + token;
  if (call.page_fault == PageFault::loop && !token.empty()) answer.next_page_token = token;
  for (StoredAuditEvent& event : page.events) answer.events.push_back(to_event(std::move(event)));
  return reply(call, operation, answer);
}

}  // namespace xai::emulator::routes
