#include "workflows/expiry.h"

#include "base/not_sent.h"
#include "base/time_text.h"

namespace xai::workflows {

using management::Result;
using management::Timestamp;

Result<Timestamp> expiry_of(const std::string& what, Timestamp time, Timestamp now) {
  if (time > now) return time;
  return base::invalid_argument(what + " is not in the future (" + base::format_rfc3339(time) +
                                ")");
}

}  // namespace xai::workflows
