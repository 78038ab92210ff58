#include "xai/management/minting.h"

#include <utility>

#include "base/printable.h"
#include "base/try.h"
#include "client/as_asked.h"
#include "workflows/earlier_create.h"
#include "workflows/minting.h"
#include "workflows/once.h"
#include "workflows/overlaps.h"
#include "workflows/recovery.h"
#include "workflows/unfinished.h"
#include "xai/management/event.h"

namespace xai::workflows {

using management::ApiKey;
using management::CreateApiKey;
using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Result;
using management::RotateApiKey;
using management::Sink;

namespace {

Result<void> deliver_and_drop(OnceEngine& engine) {
  auto delivered = engine.deliver();
  if (!delivered) {
    Error& error = delivered.error();
    error.message = "the secret could not be delivered: " + error.message;
    error.next = engine.is_recorded()
                     ? "it is kept: deliver it elsewhere, as unfinished " + engine.record().id
                     : "it is lost: rotate the key";
    return delivered;
  }
  engine.drop();
  return {};
}

template <class Operation>
MintedKey mint(const Call& call, Result<Once<Operation>> begun, bool has_sink) {
  if (!begun) return std::unexpected(std::move(begun).error());
  TRY(begun->send(call));
  TRY(deliver_and_drop(begun->engine()));
  if (has_sink) begun->answer().value.api_key.reset();
  if (const auto& names = begun->differences(); !names.empty()) {
    call.tell(management::Warning{.kind = management::WarningKind::not_as_asked,
                                  .subject = begun->answer().value.name,
                                  .detail = base::listed_words(names)});
    if (has_sink) return std::unexpected(client::not_as_asked(names));
  }
  return std::move(begun->answer());
}

}  // namespace

MintedKey create_api_key(const Call& call, const CreateApiKey& operation, std::optional<Sink> sink,
                         bool again) {
  if (const auto earlier = TRY(earlier_create(call, operation, again)))
    return std::unexpected(error_of(*earlier));
  const bool has_sink = sink.has_value();
  return mint(call, Once<CreateApiKey>::begin(call, operation, std::move(sink)), has_sink);
}

MintedKey rotate_api_key(const Call& call, const RotateApiKey& operation, std::optional<Sink> sink,
                         bool ends_overlap) {
  // Before a sink is opened, too: a place for the secret that is taken must not hide this.
  if (!ends_overlap) TRY(check_overlap(call, operation));
  const bool has_sink = sink.has_value();
  return mint(call, begin_rotation(call, operation, std::move(sink), ends_overlap), has_sink);
}

Result<Once<RotateApiKey>> begin_rotation(const Call& call, const RotateApiKey& operation,
                                          std::optional<Sink> sink, bool ends_overlap,
                                          Subject known) {
  auto begun = TRY(Once<RotateApiKey>::begin(call, operation, std::move(sink), std::move(known)));
  if (!ends_overlap) TRY(check_overlap(call, operation, begun.engine().record().id));
  return begun;
}

MintedKey rotate_unfinished(const Call& call, const std::string& id, RotateApiKey operation,
                            std::optional<Sink> sink) {
  TakenRecord taken = TRY(RecordFile::take(call, id));
  operation.api_key_id = TRY(one_key(call, taken.record, operation.api_key_id));
  const bool has_sink = sink.has_value();
  return mint(
      call, Once<RotateApiKey>::mend(call, std::move(taken), std::move(operation), std::move(sink)),
      has_sink);
}

}  // namespace xai::workflows

// The public functions around them.
namespace xai::management {

using workflows::Call;
using workflows::OnceEngine;
using workflows::RecordFile;
using workflows::TakenRecord;

Result<ApiKey> create_api_key(const Account& account, const CreateApiKey& operation,
                              std::optional<Sink> sink, const CallOptions& options, bool again) {
  return TRY(workflows::create_api_key(Call{account, options}, operation, std::move(sink), again))
      .value;
}

Result<ApiKey> rotate_api_key(const Account& account, const RotateApiKey& operation,
                              std::optional<Sink> sink, const CallOptions& options,
                              bool ends_overlap) {
  return TRY(workflows::rotate_api_key(Call{account, options}, operation, std::move(sink),
                                       ends_overlap))
      .value;
}

Result<std::vector<Unfinished>> unfinished(const Account& account, const CallOptions& options) {
  return workflows::unfinished(Call{account, options});
}

Result<void> deliver_unfinished(const Account& account, const std::string& id, const Sink& sink,
                                const CallOptions& options) {
  const Call call{account, options};
  TakenRecord taken = TRY(RecordFile::take(call, id));
  if (taken.record.secret.empty())
    return std::unexpected(Error{.kind = ErrorKind::failed_precondition,
                                 .outcome = Outcome::refused,
                                 .message = "there is no secret of the operation " + id,
                                 .next = "rotate the key"});
  OnceEngine engine = TRY(OnceEngine::resume(call, std::move(taken), sink));
  return workflows::deliver_and_drop(engine);
}

Result<ApiKey> rotate_unfinished(const Account& account, const std::string& id,
                                 RotateApiKey operation, std::optional<Sink> sink,
                                 const CallOptions& options) {
  return TRY(workflows::rotate_unfinished(Call{account, options}, id, std::move(operation),
                                          std::move(sink)))
      .value;
}

Result<void> delete_unfinished(const Account& account, const std::string& id,
                               const std::string& api_key_id, const CallOptions& options) {
  const Call call{account, options};
  TakenRecord taken = TRY(RecordFile::take(call, id));
  const std::string key = TRY(workflows::one_key(call, taken.record, api_key_id));
  return workflows::delete_lost(call, std::move(taken), key);
}

Result<void> forget_unfinished(const Account& account, const std::string& id) {
  workflows::forget(TRY(RecordFile::take(Call{account}, id)));
  return {};
}

}  // namespace xai::management
