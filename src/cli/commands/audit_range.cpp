#include "cli/commands/audit_range.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/exchange.h"
#include "cli/time_options.h"
#include "workflows/service_time.h"

namespace xai::cli {

using namespace management;
using namespace std::chrono;

namespace {

/// No end for the last day that can be written: nothing comes after it.
std::optional<Timestamp> end_of(Timestamp day) {
  const Timestamp end = day + days{1};
  const year_month_day date{floor<days>(end)};
  return date.year() > year{9999} ? std::nullopt : std::optional{end};
}

Result<AuditRange> parse_range(const AuditRangeInput& input, Timestamp now) {
  AuditRange range;
  if (!input.since.empty()) range.from = TRY(parse_past("--since", input.since, now));
  if (input.until.empty()) return range;
  const auto day = base::parse_date(input.until);
  range.to = day ? end_of(*day) : TRY(parse_past("--until", input.until, now));
  return range;
}

Result<void> check_order(const AuditRange& range) {
  if (!range.from || !range.to || *range.from < *range.to) return {};
  return usage_failure("the events asked for end before they begin (" +
                       base::format_rfc3339(*range.from) + " to " +
                       base::format_rfc3339(*range.to) + ")");
}

bool is_span(const std::string& text) { return base::parse_span(text).has_value(); }

}  // namespace

Result<void> check_audit_range(const AuditRangeInput& input, Timestamp now) {
  const AuditRange range = TRY(parse_range(input, now));
  const bool depends_on_now = is_span(input.since) != is_span(input.until);
  return depends_on_now ? Result<void>{} : check_order(range);
}

Result<AuditRange> audit_range(Session& session, const AuditRangeInput& input) {
  if (is_span(input.since) || is_span(input.until))
    TRY(run(session, [](const workflows::Call& call) -> Result<void> {
      workflows::learn_service_time(call);
      return {};
    }));
  AuditRange range = TRY(parse_range(input, session.their_now()));
  TRY(check_order(range));
  return range;
}

}  // namespace xai::cli
