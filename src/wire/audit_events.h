#pragma once

#include "wire/table.h"
#include "xai/management/audit_events.h"

namespace xai::wire {

template <>
inline constexpr auto fields<management::AuditUser> = table(
    field("userId", &management::AuditUser::user_id), field("email", &management::AuditUser::email),
    field("profileImage", &management::AuditUser::profile_image),
    field("givenName", &management::AuditUser::given_name),
    field("familyName", &management::AuditUser::family_name),
    field("profileImageUrl", &management::AuditUser::profile_image_url));

template <>
inline constexpr auto fields<management::AuditEvent> =
    table(field("eventTime", &management::AuditEvent::event_time),
          field("eventId", &management::AuditEvent::event_id),
          field("description", &management::AuditEvent::description),
          field("user", &management::AuditEvent::user));

template <>
inline constexpr auto fields<management::ListAuditEventsResponse> =
    table(field("events", &management::ListAuditEventsResponse::events),
          field("nextPageToken", &management::ListAuditEventsResponse::next_page_token));

template <>
inline constexpr auto row<management::ListAuditEvents> =
    operation(Method::get, "/audit/teams/{teamId}/events", RetryClass::freely, "ListAuditEvents",
              path("teamId", &management::ListAuditEvents::team_id),
              query("pageSize", &management::ListAuditEvents::page_size),
              query("pageToken", &management::ListAuditEvents::page_token),
              query("eventFilter.userId", &management::ListAuditEvents::user_id),
              query("eventFilter.query", &management::ListAuditEvents::query),
              query("eventFilter.eventId", &management::ListAuditEvents::event_id),
              query("eventTimeFrom", &management::ListAuditEvents::event_time_from),
              query("eventTimeTo", &management::ListAuditEvents::event_time_to),
              query("orderBy", &management::ListAuditEvents::order_by));

template <>
inline constexpr auto paging<management::ListAuditEvents> =
    Paging{&management::ListAuditEvents::page_size, &management::ListAuditEvents::page_token,
           &management::ListAuditEventsResponse::next_page_token,
           &management::ListAuditEventsResponse::events, &management::AuditEvent::event_id};

}  // namespace xai::wire
