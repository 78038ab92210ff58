#include "cli/commands/usage/window.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/render/text.h"
#include "cli/values.h"

namespace xai::cli {

using namespace management;
using namespace std::chrono;

namespace {

std::optional<local_days> date_of(const std::string& text) {
  const auto date = base::parse_date(text);
  if (!date) return std::nullopt;
  return local_days{floor<days>(*date).time_since_epoch()};
}

Result<base::Zone> zone_of(const std::string& name) {
  auto zone = base::Zone::find(name);
  if (zone) return *std::move(zone);
  Error error = std::move(zone).error();
  if (error.kind == ErrorKind::invalid_argument)
    error.message = "--zone " + in_quotes(name) + ": " + error.message;
  return std::unexpected{Error{std::move(error)}};
}

/// An instant as the service can be told it, which takes local times: not one of the two that the
/// clocks show alike when they are put back.
Result<Timestamp> tellable(Timestamp time, const base::Zone& zone) {
  const auto local = zone.local(ceil<seconds>(time));
  for (auto away = minutes{15}; away <= hours{3}; away += minutes{15})
    if (zone.local(ceil<seconds>(time) + away) == local ||
        zone.local(ceil<seconds>(time) - away) == local)
      return usage_failure(base::format_local(local) + " comes twice in " + zone.name() +
                               ", and the service takes local times only",
                           "give another time, or use --zone UTC");
  return time;
}

Result<Timestamp> start_of(const std::string& text, const base::Zone& zone, Timestamp now) {
  if (const auto date = date_of(text)) return zone.start_of(*date);
  return tellable(TRY(parse_past("--from", text, now)), zone);
}

Result<Timestamp> end_of(const std::string& text, const base::Zone& zone, Timestamp now) {
  // A window that ended at the last second of the day would lose what falls into it.
  if (const auto date = date_of(text)) return zone.start_of(*date + days{1});
  return tellable(TRY(parse_past("--to", text, now)), zone);
}

}  // namespace

TimeRange UsageWindow::range() const {
  return {.start_time = base::format_local(zone.local(from)),
          .end_time = base::format_local(zone.local(ceil<seconds>(to))),
          .timezone = zone.name()};
}

Result<UsageWindow> window_of(const WindowInput& input, Timestamp now) {
  UsageWindow window{.zone = TRY(zone_of(input.zone))};
  const base::Zone& zone = window.zone;
  const local_days tomorrow = floor<days>(zone.local(now)) + days{1};
  if (!input.last.empty() && (!input.from.empty() || !input.to.empty()))
    return usage_failure("--last cannot go with --from or --to", "give either");
  if (!input.from.empty()) {
    window.from = TRY(start_of(input.from, zone, now));
    window.to = input.to.empty() ? zone.start_of(tomorrow) : TRY(end_of(input.to, zone, now));
  } else if (!input.to.empty()) {
    return usage_failure("--to wants --from beside it", "say where the usage begins");
  } else {
    const auto span = base::parse_span(input.last.empty() ? "30d" : input.last);
    if (!span || span->count() == 0)
      return usage_failure("--last wants a span, not " + in_quotes(input.last),
                           "give a span such as 30d or 24h");
    if (*span % days{1} == seconds{}) {
      window.to = zone.start_of(tomorrow);
      window.from = zone.start_of(tomorrow - duration_cast<days>(*span));
    } else {
      window.to = TRY(tellable(floor<hours>(now) + hours{1}, zone));
      window.from = TRY(tellable(window.to - *span, zone));
    }
  }
  if (window.from >= window.to)
    return usage_failure("the usage asked for ends before it begins (" +
                         base::format_rfc3339(window.from) + " to " +
                         base::format_rfc3339(window.to) + ")");
  return window;
}

}  // namespace xai::cli
