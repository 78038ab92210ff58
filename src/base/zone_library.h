#pragma once

#include <date/tz.h>

#include "xai/management/result.h"

/// The part of libdate-tz that zones need, opened when the first zone is asked for.
namespace xai::base {

/// A member function is called like a function whose first argument is the object.
struct ZoneLibrary {
  decltype(&date::get_tzdb) database{};
  date::sys_info (*info_of)(const date::time_zone*, date::sys_seconds){};
};

/// Errors: failed_precondition where it is not installed, or is another one than expected.
const management::Result<ZoneLibrary>& zone_library();

/// The error of a system that lacks what zones need.
std::unexpected<management::Error> no_zones(std::string message);

}  // namespace xai::base
