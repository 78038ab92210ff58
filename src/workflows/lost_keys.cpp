#include "workflows/lost_keys.h"

#include <algorithm>
#include <utility>

#include "base/try.h"
#include "workflows/ask.h"
#include "workflows/key_lookup.h"
#include "workflows/minted.h"
#include "workflows/record_file.h"
#include "xai/management/management_keys.h"

namespace xai::workflows {

using management::ApiKey;
using management::Error;
using management::ErrorKind;
using management::ListApiKeys;
using management::Outcome;
using management::Reason;
using management::Result;
using management::Timestamp;

namespace {

/// The start as the service's clock had it.
Timestamp start_of(const Call& call, const Record& record) {
  // Their clock is told to the second, and the telling takes time.
  constexpr std::chrono::seconds uncertainty{2};
  // Without their time the two clocks may differ by this much.
  constexpr std::chrono::minutes difference_max{5};
  if (record.service_start) return *record.service_start - uncertainty;
  const auto theirs = call.known_service_now();
  if (!theirs) return record.start - difference_max;
  return record.start + (*theirs - call.now()) - uncertainty;
}

}  // namespace

Result<std::vector<ApiKey>> find_lost_keys(const Call& call, const Record& record) {
  // A key of an organization may have no owner to compare with.
  const auto self = ask(call, management::ValidateManagementKey{});
  const std::string owner = self ? self->value.owner_user_id : "";
  std::vector<ApiKey> found;
  TRY(walk(call, ListApiKeys{}, [&](auto& page) -> Result<Walk> {
    const Timestamp earliest = start_of(call, record);
    for (ApiKey& key : page.value.api_keys) {
      const bool is_new = key.create_time && *key.create_time >= earliest;
      const bool is_ours = owner.empty() || key.user_id.empty() || key.user_id == owner;
      if (key.name == record.about("name") && is_new && is_ours) found.push_back(std::move(key));
    }
    return Walk::go_on;
  }));
  // In this order: a run that ended before it was looked for has its key remembered by now.
  if (!found.empty() && is_another_running(call, record))
    return std::unexpected{
        Error{.kind = ErrorKind::failed_precondition,
              .outcome = Outcome::refused,
              .reason = Reason::under_way,
              .message = "another run creates a key of that name, and a key may be that one's",
              .next = "wait for it to end"}};
  const auto minted = minted_before(call);
  std::erase_if(found, [&](const ApiKey& key) {
    return std::ranges::find(minted, key.api_key_id) != minted.end();
  });
  return found;
}

std::optional<ApiKey> find_cut_key(const Call& call, const Record& record) {
  const std::string id = record.about("apiKeyId");
  std::optional<ApiKey> found;
  if (id.empty()) {
    if (auto keys = find_lost_keys(call, record); keys && keys->size() == 1)
      found = std::move(keys->front());
    return found;
  }
  if (auto key = find_key(call, id)) found = std::move(key->key);
  return found;
}

}  // namespace xai::workflows
