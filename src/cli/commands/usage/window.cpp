#include "cli/commands/usage/window.h"

#include "base/time_text.h"
#include "base/try.h"
#include "cli/render/text.h"
#include "cli/time_options.h"

namespace xai::cli {

using namespace management;
using namespace std::chrono;

namespace {

Result<WindowEdge> parse_edge(const std::string& option, const std::string& text, Timestamp now) {
  if (const auto date = base::parse_date(text))
    return local_days{floor<days>(*date).time_since_epoch()};
  return TRY(parse_past(option, text, now));
}

Result<UsageWindow> typed_window(const WindowInput& input, Timestamp now) {
  if (!input.last.empty() && (!input.from.empty() || !input.to.empty()))
    return usage_failure("--last cannot go with --from or --to", "give either");
  if (!input.from.empty()) {
    const WindowEdge from = TRY(parse_edge("--from", input.from, now));
    std::optional<WindowEdge> to;
    if (!input.to.empty()) to = TRY(parse_edge("--to", input.to, now));
    return usage_window(input.zone, from, to, now);
  }
  if (!input.to.empty()) return usage_failure("--to needs --from", "say where the usage begins");
  const auto span = base::parse_span(input.last.empty() ? "30d" : input.last);
  if (!span || span->count() == 0)
    return usage_failure("--last must be a span, not " + in_quotes(input.last),
                         "give a span such as 30d or 24h");
  return last_usage_window(input.zone, *span, now);
}

}  // namespace

Result<UsageWindow> window_of(const WindowInput& input, Timestamp now) {
  auto window = typed_window(input, now);
  if (window) return window;
  Error& error = window.error();
  if (error.reason == Reason::unknown_zone)
    error.message = "--zone " + in_quotes(input.zone) + ": " + error.message;
  if (error.reason == Reason::ambiguous_time) error.next = "give another time, or use --zone UTC";
  return window;
}

}  // namespace xai::cli
