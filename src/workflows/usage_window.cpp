#include "base/not_sent.h"
#include "base/time_text.h"
#include "base/try.h"
#include "base/zone.h"
#include "workflows/usage.h"

namespace xai::workflows {

using namespace management;
using namespace std::chrono;

namespace {

std::unexpected<Error> refused(Reason reason, std::string message) {
  Error error = base::not_sent(ErrorKind::invalid_argument, std::move(message), {});
  error.reason = reason;
  return std::unexpected{std::move(error)};
}

/// An instant as the service can be told it: not one of the two that the clocks show alike when
/// they are put back.
Result<Timestamp> tellable(Timestamp time, const base::Zone& zone) {
  const auto local = zone.local(ceil<seconds>(time));
  for (auto away = minutes{15}; away <= hours{3}; away += minutes{15})
    if (zone.local(ceil<seconds>(time) + away) == local ||
        zone.local(ceil<seconds>(time) - away) == local)
      return refused(Reason::ambiguous_time, base::format_local(local) + " comes twice in " +
                                                 zone.name() +
                                                 ", and the service takes local times only");
  return time;
}

/// A day as its first instant, `later` days on.
Result<Timestamp> instant_of(const WindowEdge& edge, const base::Zone& zone, days later) {
  if (const auto* day = std::get_if<local_days>(&edge)) return zone.start_of(*day + later);
  return tellable(std::get<Timestamp>(edge), zone);
}

/// The service reads years of four digits.
Result<UsageWindow> with_tellable_years(UsageWindow window, const base::Zone& zone) {
  for (const Timestamp time : {window.from, window.to}) {
    const year_month_day day{floor<days>(zone.local(ceil<seconds>(time)))};
    if (day.year() < year{1} || day.year() > year{9999})
      return refused(Reason::none, "the usage asked for is not within the years 1 to 9999");
  }
  return window;
}

local_days tomorrow(const base::Zone& zone, Timestamp now) {
  return floor<days>(zone.local(now)) + days{1};
}

}  // namespace

Result<base::Zone> zone_of(const std::string& name) {
  auto zone = base::Zone::find(name);
  if (!zone && zone.error().kind == ErrorKind::invalid_argument)
    zone.error().reason = Reason::unknown_zone;
  return zone;
}

TimeRange range_of(const UsageWindow& window, const base::Zone& zone) {
  return {.start_time = base::format_local(zone.local(window.from)),
          .end_time = base::format_local(zone.local(ceil<seconds>(window.to))),
          .timezone = zone.name()};
}

}  // namespace xai::workflows

namespace xai::management {

using namespace workflows;
using namespace std::chrono;

Result<UsageWindow> usage_window(const std::string& zone_name, const WindowEdge& from,
                                 const std::optional<WindowEdge>& to, Timestamp now) {
  const base::Zone zone = TRY(zone_of(zone_name));
  UsageWindow window{.zone = zone.name()};
  window.from = TRY(instant_of(from, zone, days{0}));
  // A window that ended at the last second of the day would lose what falls into it.
  window.to = to ? TRY(instant_of(*to, zone, days{1})) : zone.start_of(tomorrow(zone, now));
  if (window.from < window.to) return with_tellable_years(std::move(window), zone);
  return refused(Reason::empty_window, "the usage asked for ends before it begins (" +
                                           base::format_rfc3339(window.from) + " to " +
                                           base::format_rfc3339(window.to) + ")");
}

Result<UsageWindow> last_usage_window(const std::string& zone_name, seconds span, Timestamp now) {
  const base::Zone zone = TRY(zone_of(zone_name));
  constexpr days span_max{100 * 366};
  if (span > span_max)
    return refused(Reason::none, "the usage asked for goes back more than a hundred years");
  UsageWindow window{.zone = zone.name()};
  if (span % days{1} == seconds{}) {
    window.to = zone.start_of(tomorrow(zone, now));
    window.from = zone.start_of(tomorrow(zone, now) - duration_cast<days>(span));
  } else {
    window.to = TRY(tellable(floor<hours>(now) + hours{1}, zone));
    window.from = TRY(tellable(window.to - span, zone));
  }
  return window;
}

}  // namespace xai::management
