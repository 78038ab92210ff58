#pragma once

#include <optional>
#include <string>

#include "cli/session.h"

namespace xai::cli {

/// Between which times events are asked for, as typed.
struct AuditRangeInput {
  std::string since{};
  std::string until{};
};

struct AuditRange {
  std::optional<management::Timestamp> from{};
  std::optional<management::Timestamp> to{};
};

/// Refuses what is wrong whatever the time is.
/// Errors: usage for what is no time, or a range that ends before it begins.
management::Result<void> check_audit_range(const AuditRangeInput& input, management::Timestamp now);

/// Dates are days in UTC, and the day of `--until` belongs to the range. Spans are reckoned by the
/// service's clock, which is asked for its time where one is typed.
/// Errors: those of check_audit_range; no management key.
management::Result<AuditRange> audit_range(Session& session, const AuditRangeInput& input);

}  // namespace xai::cli
