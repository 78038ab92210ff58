#pragma once

#include <optional>
#include <string>
#include <vector>

#include "xai/management/account.h"
#include "xai/management/audit_events.h"
#include "xai/management/call_options.h"

namespace xai::management {

/// Which audit events are wanted.
struct AuditQuery {
  std::string user_id{};            ///< Only events of this user.
  std::string query{};              ///< Only events whose description has these words.
  std::optional<Timestamp> from{};  ///< Only from then on.
  std::optional<Timestamp> to{};    ///< Only until then.
};

/// What is new since the poll before.
struct AuditPoll {
  std::vector<AuditEvent> events{};  ///< About a thousand at most, the oldest first.
  std::string cursor{};              ///< For the next poll; opaque, and fit to be kept in a file.
  bool has_more{};                   ///< The next poll need not wait.
};

/// Reads the events that are new since the poll that gave `cursor`; an empty one is the beginning.
/// The minute before the last event is read again, as events may be filed later than they happened.
/// None comes twice, and after a failure the same cursor misses none. An event that is stamped
/// ahead of the service's clock comes at once and leaves the cursor behind that clock; a cursor
/// that is ahead of it is taken back, with the warning `cursor_ahead`. Errors: invalid_argument,
/// not sent (a cursor that no poll gave), failed_precondition with the reason elsewhere (one of
/// another base URL, team, user or words), permission_denied, not_found. Source: Management API,
/// Audit.
Result<AuditPoll> poll_audit_events(const Account& account, const AuditQuery& query,
                                    const std::string& cursor, const CallOptions& options = {});

/// The cursor that the file at `path` holds; an empty one where there is no such file. That the
/// file can be replaced is found out now.
/// Errors, by reason: local_trouble.
Result<std::string> load_audit_cursor(const Account& account, const std::string& path);

/// Replaces the file at once, so that a kill leaves the old one or the new one.
/// Errors, by reason: local_trouble.
Result<void> save_audit_cursor(const Account& account, const std::string& path,
                               const std::string& cursor);

}  // namespace xai::management
