#include "workflows/overlaps.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/printable.h"
#include "base/time_text.h"
#include "workflows/earlier_rotations.h"
#include "workflows/note_file.h"
#include "workflows/service_time.h"

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
std::optional<Timestamp> unanswered_end(const std::vector<Record>& unfinished) {
  std::optional<Timestamp> last;
  for (const Record& record : unfinished) {
    if (record.is_running) continue;
    const auto end = base::parse_rfc3339(record.about("oldSecretExpireTime"));
    last = std::max(last, std::optional{end.value_or(record.service_start.value_or(record.start) +
                                                     default_overlap)});
  }
  return last;
}

std::unexpected<Error> within_overlap(std::string message) {
  return std::unexpected{Error{.kind = ErrorKind::failed_precondition,
                               .outcome = Outcome::refused,
                               .reason = Reason::within_overlap,
                               .message = std::move(message)}};
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

Result<void> check_overlap(const Call& call, const RotateApiKey& rotation,
                           const std::string& own_record) {
  if (ends_old_secret(call, rotation)) return {};
  const std::string key = "the key " + base::escaped(rotation.api_key_id);
  // In this order: a rotation that ends in between has noted its overlap by now.
  const auto unfinished = unfinished_rotations(call, rotation.api_key_id);
  const auto noted = noted_end(call, rotation.api_key_id);
  if (std::ranges::any_of(unfinished, [&](const Record& record) {
        return record.is_running && record.id != own_record;
      }))
    return within_overlap("another process is rotating " + key +
                          ", and until the overlap of that rotation is over, one more would end "
                          "at once the secret before it");
  const auto unanswered = unanswered_end(unfinished);
  const auto last = std::max(noted, unanswered);
  if (!last) return {};
  learn_service_time(call);
  if (*last <= call.service_now()) return {};
  const std::string until =
      " works until " + base::format_rfc3339(*last) + ", and another rotation would end it at once";
  return within_overlap(unanswered >= noted
                            ? "an unfinished rotation of " + key +
                                  " may have been made; then the secret before it" + until
                            : "the secret that " + key + " had before its last rotation" + until);
}

}  // namespace xai::workflows
