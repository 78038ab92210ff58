#include "workflows/once.h"

#include "workflows/lost_keys.h"
#include "xai/management/event.h"

namespace xai::workflows {

using management::ApiKey;
using management::Secret;

Subject subject_of(const management::CreateApiKey& operation) { return {{"name", operation.name}}; }

Subject subject_of(const management::RotateApiKey& operation) {
  return {{"apiKeyId", operation.api_key_id}};
}

Learnt learnt_from(const ApiKey& key) {
  return {.subject = {{"apiKeyId", key.api_key_id}, {"name", key.name}},
          .secret = key.api_key.value_or(Secret{})};
}

void complete(const Call& call, OnceEngine& engine, client::Answer<ApiKey>& answer) {
  call.tell(management::Warning{.kind = management::WarningKind::answer_broke_off});
  auto found = find_cut_key(call, engine.record());
  if (!found) return;
  engine.note_more(learnt_from(*found).subject);
  found->api_key = std::move(answer.value.api_key);
  answer.value = *std::move(found);
}

}  // namespace xai::workflows
