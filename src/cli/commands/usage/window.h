#pragma once

#include <string>

#include "cli/exit_code.h"
#include "xai/management/usage_report.h"

namespace xai::cli {

/// Which usage is asked for, as typed.
struct WindowInput {
  std::string last{};
  std::string from{};
  std::string to{};
  std::string zone{"UTC"};
};

/// Dates are days of the zone, and the day of `--to` belongs to the window. `--last 30d` is today
/// and the 29 days before it; a span that is no number of days ends with the running hour.
/// Errors: usage for what is no time, no zone, or ends before it begins.
management::Result<management::UsageWindow> window_of(const WindowInput& input,
                                                      management::Timestamp now);

}  // namespace xai::cli
