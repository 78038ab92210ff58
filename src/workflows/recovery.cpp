#include "workflows/recovery.h"

#include <utility>

#include "workflows/ask.h"
#include "workflows/unfinished.h"
#include "xai/management/api_keys.h"

namespace xai::workflows {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Result;

Result<void> delete_lost(const Call& call, TakenRecord taken, const std::string& api_key_id) {
  if (kind_of(taken.record) != management::UnfinishedKind::creates_key)
    return std::unexpected{
        Error{.kind = ErrorKind::failed_precondition,
              .outcome = Outcome::refused,
              .message = "the operation " + taken.record.id + " made no key, so none is deleted"}};
  auto deleted = ask(call, management::DeleteApiKey{.api_key_id = api_key_id});
  if (!deleted && deleted.error().kind != ErrorKind::not_found)
    return std::unexpected{std::move(deleted).error()};
  taken.file.remove(taken.record);
  return {};
}

void forget(TakenRecord taken) { taken.file.remove(taken.record); }

}  // namespace xai::workflows
