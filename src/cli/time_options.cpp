#include "cli/time_options.h"

#include <utility>

#include "base/time_text.h"
#include "cli/render/text.h"
#include "workflows/expiry.h"

namespace xai::cli {

using management::Timestamp;
using namespace std::chrono;

std::string meant_span(const std::string& text, char unit) {
  const bool is_bare = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  return is_bare ? "did you mean " + text + unit + "?" : "";
}

namespace {

std::string or_else(std::string advice, std::string otherwise) {
  return advice.empty() ? std::move(otherwise) : std::move(advice);
}

}  // namespace

management::Result<std::optional<Timestamp>> parse_future(const std::string& option,
                                                          const std::string& text, Timestamp now) {
  if (text == "never") return std::nullopt;
  std::optional<Timestamp> time = base::parse_rfc3339(text);
  if (!time) time = base::parse_date(text);
  if (!time) {
    if (const auto span = base::parse_span(text)) time = floor<seconds>(now) + *span;
  }
  if (!time)
    return usage_failure(option + " must be a time, not " + in_quotes(text),
                         or_else(meant_span(text, 'd'),
                                 "give a span such as 90d or 24h, a date, "
                                 "an RFC 3339 time, or never"));
  if (auto refused = workflows::expiry_of(option + " " + escaped(text), *time, now); !refused)
    return usage_failure(std::move(refused).error().message);
  return time;
}

management::Result<Timestamp> parse_past(const std::string& option, const std::string& text,
                                         Timestamp now) {
  if (const auto time = base::parse_rfc3339(text)) return *time;
  if (const auto date = base::parse_date(text)) return *date;
  if (const auto span = base::parse_span(text)) return floor<seconds>(now) - *span;
  return usage_failure(option + " must be a time, not " + in_quotes(text),
                       or_else(meant_span(text, 'd'),
                               "give a span such as 90d or 24h, a date, or an RFC 3339 time"));
}

}  // namespace xai::cli
