#include "workflows/overlaps.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/printable.h"
#include "base/time_text.h"
#include "workflows/note_file.h"
#include "workflows/record_file.h"
#include "workflows/service_time.h"
#include "workflows/unfinished.h"

namespace xai::workflows {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::Result;
using management::RotateApiKey;
using management::Timestamp;

namespace {

constexpr std::string_view file_name = "overlaps";

Timestamp end_of(const Call& call, const RotateApiKey& rotation) {
  return rotation.old_secret_expire_time.value_or(call.service_now() + default_overlap);
}

/// When the overlap is over that the last answered rotation of the key from here began.
std::optional<Timestamp> noted_end(const Call& call, const std::string& api_key_id) {
  std::optional<Timestamp> end;
  for (const std::string_view note : notes_of(call, file_name))
    if (note.substr(0, note.find(' ')) == api_key_id)
      end = base::parse_rfc3339(note.substr(note.find(' ') + 1));
  return end;
}

/// The same for rotations that broke off, which may have been made.
std::optional<Timestamp> unanswered_end(const Call& call, const std::string& api_key_id) {
  std::optional<Timestamp> last;
  const auto records = list_records(call);
  if (!records) return last;
  for (const Record& record : *records) {
    if (record.is_running || kind_of(record) != management::UnfinishedKind::rotates_key ||
        record.about("apiKeyId") != api_key_id || !is_of_service(call, record))
      continue;
    const auto end = base::parse_rfc3339(record.about("oldSecretExpireTime"));
    last = std::max(last, std::optional{end.value_or(record.service_start.value_or(record.start) +
                                                     default_overlap)});
  }
  return last;
}

}  // namespace

bool ends_old_secret(const Call& call, const RotateApiKey& rotation) {
  return end_of(call, rotation) <= call.service_now();
}

void remember_overlap(const Call& call, const RotateApiKey& rotation) {
  if (is_word(rotation.api_key_id))
    add_note(call, file_name,
             rotation.api_key_id + ' ' + base::format_rfc3339(end_of(call, rotation)));
}

Result<void> check_overlap(const Call& call, const RotateApiKey& rotation) {
  if (ends_old_secret(call, rotation)) return {};
  const auto last =
      std::max(noted_end(call, rotation.api_key_id), unanswered_end(call, rotation.api_key_id));
  if (!last) return {};
  learn_service_time(call);
  if (*last <= call.service_now()) return {};
  return std::unexpected{
      Error{.kind = ErrorKind::failed_precondition,
            .outcome = Outcome::refused,
            .reason = Reason::within_overlap,
            .message = "the secret that the key " + base::escaped(rotation.api_key_id) +
                       " had before its last rotation works until " + base::format_rfc3339(*last) +
                       ", and another rotation would end it at once"}};
}

}  // namespace xai::workflows
