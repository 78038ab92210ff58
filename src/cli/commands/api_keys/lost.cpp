#include <algorithm>

#include "base/try.h"
#include "cli/commands/api_keys/api_keys.h"
#include "cli/exchange.h"
#include "cli/pending.h"
#include "client/pages.h"
#include "xai/management/management_keys.h"

namespace xai::cli {

using namespace management;

namespace {

/// `start`, read off this machine's clock, as the service's clock had it.
Timestamp on_their_clock(Session& session, Timestamp start) {
  // Their clock is told to the second, and the telling takes time.
  constexpr auto uncertainty = std::chrono::seconds{2};
  // Without their time the two clocks may differ by this much.
  constexpr auto difference_max = std::chrono::minutes{5};
  return session.knows_their_clock() ? start + (session.their_now() - session.now()) - uncertainty
                                     : start - difference_max;
}

}  // namespace

Result<std::vector<ApiKey>> find_lost_keys(Session& session, const Pending& pending) {
  // A key of an organization may have no owner to compare with.
  const auto self = exchange(session, ValidateManagementKey{});
  const std::string owner = self ? self->value.owner_user_id : "";
  const Client* client = TRY(session.client());
  std::vector<ApiKey> found;
  client::PageWalk<ListApiKeys> walk{*client, ListApiKeys{}};
  while (auto page = walk.next()) {
    auto answer = TRY(std::move(*page));
    const Timestamp earliest = on_their_clock(session, pending.start);
    for (ApiKey& key : answer.value.api_keys) {
      const bool is_new = key.create_time && *key.create_time >= earliest;
      const bool is_ours = owner.empty() || key.user_id.empty() || key.user_id == owner;
      if (key.name == pending.key_name && is_new && is_ours) found.push_back(std::move(key));
    }
  }
  // In this order: a run that ended before it was looked for has its key remembered by now.
  if (!found.empty() && is_another_running(session, pending))
    return refusal("another run creates a key of that name, and a key may be that one's",
                   "wait for it to end");
  const auto minted = minted_before(session);
  std::erase_if(found, [&](const ApiKey& key) {
    return std::ranges::find(minted, key.api_key_id) != minted.end();
  });
  return found;
}

}  // namespace xai::cli
