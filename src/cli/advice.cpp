#include "cli/advice.h"

namespace xai::cli {

using management::Reason;

std::string next_of(const management::Error& error) {
  if (error.reason == Reason::out_of_credit)
    return "see `manage_xai balance`; waiting does not help";
  if (!error.next.empty()) return error.next;
  switch (error.reason) {
    case Reason::key_not_found:
      return "see `manage_xai list-keys`";
    case Reason::unknown_model:
      return "see `manage_xai list-models`";
    case Reason::unknown_endpoint:
      return "see `manage_xai list-endpoints`";
    case Reason::no_place_for_record:
      return "set XDG_STATE_HOME to a folder that can be written to";
    case Reason::within_overlap:
      return "wait until then, or add --end-overlap; after a leak use --overlap 0";
    case Reason::none:
    case Reason::foreign_answer:
    case Reason::not_as_asked:
    case Reason::out_of_credit:
    case Reason::earlier_unfinished:
    case Reason::local_trouble:
    case Reason::secret_undelivered:
    case Reason::partly_done:
    case Reason::ambiguous_name:
    case Reason::unknown_region:
    case Reason::under_way:
    case Reason::elsewhere:
    case Reason::unknown_zone:
    case Reason::ambiguous_time:
    case Reason::empty_window:
      break;
  }
  return {};
}

}  // namespace xai::cli
