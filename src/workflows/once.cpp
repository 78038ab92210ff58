#include "workflows/once.h"

#include <algorithm>

#include "base/printable.h"
#include "base/time_text.h"
#include "client/as_asked.h"
#include "client/repeats.h"
#include "workflows/key_lookup.h"
#include "workflows/lost_keys.h"
#include "xai/management/event.h"

namespace xai::workflows {

using management::ApiKey;
using management::Secret;

Subject subject_of(const management::CreateApiKey& operation) { return {{"name", operation.name}}; }

Subject subject_of(const management::RotateApiKey& operation) {
  Subject subject{{"apiKeyId", operation.api_key_id}};
  if (operation.old_secret_expire_time)
    subject["oldSecretExpireTime"] = base::format_rfc3339(*operation.old_secret_expire_time);
  return subject;
}

Learnt learnt_from(const ApiKey& key) {
  return {.subject = {{"apiKeyId", key.api_key_id},
                      {"name", key.name},
                      {std::string{minted_form}, key.redacted_api_key}},
          .secret = key.api_key.value_or(Secret{})};
}

void complete(const Call& call, OnceEngine& engine, client::Answer<ApiKey>& answer) {
  if (!answer.is_cut && !engine.record().about("apiKeyId").empty()) return;
  if (answer.is_cut)
    call.tell(management::Warning{.kind = management::WarningKind::answer_broke_off});
  auto found = find_cut_key(call, engine.record());
  if (!found) return;
  engine.note_more(learnt_from(*found).subject);
  found->api_key = std::move(answer.value.api_key);
  answer.value = *std::move(found);
}

std::vector<std::string> confirmed_differences(const Call& call, const OnceEngine& engine,
                                               const wire::Descriptor& descriptor,
                                               const void* operation, const ApiKey& answer) {
  std::vector<std::string> names =
      client::differences(descriptor, operation, &answer).value_or(std::vector<std::string>{});
  // Whose secret it is, no list can tell.
  if (std::ranges::find(names, "apiKeyId") != names.end()) return names;
  const Call look = call.for_look();
  for (const std::chrono::seconds lag : client::list_lags) {
    if (names.empty()) break;
    look.pause(lag);
    const auto key = find_key(look, engine.record().about("apiKeyId"));
    if (!key && key.error().kind == management::ErrorKind::permission_denied) {
      call.tell(management::Warning{.kind = management::WarningKind::change_unconfirmed,
                                    .subject = engine.record().about("name"),
                                    .detail = base::listed_words(names)});
      return {};
    }
    if (key) names = client::differences(descriptor, operation, &key->key).value_or(names);
  }
  return names;
}

}  // namespace xai::workflows
