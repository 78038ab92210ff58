#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/open_enum.h"
#include "xai/management/timestamp.h"

namespace xai::management {

struct AuditUser {
  std::string user_id{};
  std::string email{};          ///< May be empty.
  std::string profile_image{};  ///< Key of an asset, not a URL.
  std::string given_name{};
  std::string family_name{};
  std::string profile_image_url{};
};

/// Something that was done to the team's settings, keys or members. Inference is not in it.
struct AuditEvent {
  std::optional<Timestamp> event_time{};
  std::string event_id{};           ///< Of the entry; it refers to nothing else.
  std::string description{};        ///< English text. There is no type of event beside it.
  std::optional<AuditUser> user{};  ///< Who did it; none for what the service did itself.
};

struct ListAuditEventsResponse {
  std::vector<AuditEvent> events{};  ///< One page, by time.
  std::string next_page_token{};     ///< Empty on the last page.

  std::vector<AuditEvent>& items() { return events; }
};

enum class EventOrder : std::uint8_t { newest_first, oldest_first };

/// The service's name: `TIME_ASCENDING`. Empty for a number that is none of the values.
std::string_view text_of(EventOrder order);

/// GET /audit/teams/{teamId}/events. One page of events; `Client::pages` walks all of them.
/// Sent again freely.
/// Errors: permission_denied, not_found (another team, or one without an audit log).
/// Source: Management API, Audit.
struct ListAuditEvents {
  using Response = ListAuditEventsResponse;
  static constexpr std::string_view id{"listAuditEvents"};
  std::string team_id{};
  std::optional<std::int32_t> page_size{};  ///< None: as many as the service likes.
  std::string page_token{};                 ///< Empty: the first page.
  std::string user_id{};                    ///< Only events of this user.
  std::string query{};                      ///< Only events whose description has these words.
  std::string event_id{};                   ///< Only this event.
  std::optional<Timestamp> event_time_from{};
  std::optional<Timestamp> event_time_to{};  ///< Whether it is included is not documented.
  OpenEnum<EventOrder> order_by{};           ///< The default is not documented.
};

}  // namespace xai::management
