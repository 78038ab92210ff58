#include "cli/advice.h"

#include <chrono>

#include "cli/exit_code.h"
#include "cli/render/text.h"

namespace xai::cli {

using management::Error;
using management::ErrorKind;
using management::Reason;

namespace {

void name_source(Error& error, const std::string& phrase, const client::Setting& setting) {
  if (setting.source.empty() || setting.source == "default" ||
      error.message.contains(setting.source) || error.next.contains(setting.source))
    return;
  for (std::string* text : {&error.message, &error.next}) {
    const std::size_t place = text->find(phrase);
    if (place == std::string::npos) continue;
    text->insert(place + phrase.size(), " from " + shown_source(setting));
    return;
  }
}

std::string retry_text(std::chrono::seconds wait) {
  constexpr std::chrono::minutes told_in_seconds_max{10};
  const management::Timestamp now{};
  return "try again " + (wait < told_in_seconds_max
                             ? "in " + counted(static_cast<std::size_t>(wait.count()), "second")
                             : relative_time(now + wait, now));
}

/// What helps where nothing closer is known. A usage error gets the command's help elsewhere.
std::string general_advice(const Error& error) {
  switch (exit_code_of(error)) {
    case ExitCode::not_found:
      return "check the ids and the team";
    case ExitCode::credentials:
      return "check the management key and its rights";
    case ExitCode::refused:
      return "look at what is there now, and correct the request";
    case ExitCode::try_later:
      return error.retry_after ? retry_text(*error.retry_after) : "try again later";
    case ExitCode::outcome_unknown:
      return "see `manage_xai list-keys` before trying again";
    case ExitCode::undelivered:
      return "see `manage_xai recover`";
    case ExitCode::partly:
    case ExitCode::interrupted:
      return "run the command again";
    case ExitCode::local_trouble:
      return "mend that, then run the command again";
    case ExitCode::bad_answer:
      return "check the base URL";
    case ExitCode::failed:
      return "run it again with --verbose, and report what it says";
    default:
      return {};
  }
}

}  // namespace

std::string shown_source(const client::Setting& setting) {
  return (setting.source.starts_with("profile ") ? "the " : "") + setting.source;
}

void name_sources(Error& error, const Settings& settings) {
  name_source(error, "the team id", settings.team_id);
  if (error.http_status == 404) name_source(error, "the ids and the team", settings.team_id);
  name_source(error, "the base URL", settings.base_url);
  name_source(error, "the inference base URL", settings.inference_base_url);
  if (error.reason == Reason::unknown_region && settings.region.source.starts_with("XAI_"))
    error.message += " (from " + settings.region.source + ")";
  if (error.reason == Reason::read_only)
    error.message = "the profile " + in_quotes(settings.profile.value) +
                    " is read_only, so nothing may be changed with it";
  std::string base_url = settings.base_url.value;
  while (base_url.ends_with('/')) base_url.pop_back();
  // Without an answer, as of a host that is not trusted, nothing is known of its paths.
  const bool is_elsewhere = error.http_status == 404 || error.http_status == 405 ||
                            (error.kind == ErrorKind::malformed_response &&
                             error.outcome != management::Outcome::not_sent);
  if (is_elsewhere && base_url.ends_with("/v1"))
    error.next = "leave /v1 out of the base URL, which is " + settings.base_url.source +
                 ": requests bring their own paths";
}

std::string next_of(const Error& error) {
  if (error.reason == Reason::out_of_credit)
    return "see `manage_xai balance`; waiting does not help";
  if (error.retry_after && error.next == "try again later") return retry_text(*error.retry_after);
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
    case Reason::read_only:
      return "use another profile; no option lifts that";
    case Reason::within_overlap:
      return "wait until then, or add --end-overlap; after a leak use --overlap 0";
    case Reason::none:
    case Reason::foreign_answer:
    case Reason::not_as_asked:
    case Reason::out_of_credit:
    case Reason::unknown_api_key:
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
  return general_advice(error);
}

}  // namespace xai::cli
