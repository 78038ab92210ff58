#include "workflows/once_engine.h"

#include <cstring>

#include "base/not_sent.h"
#include "base/try.h"
#include "client/call_scope.h"
#include "client/repeats.h"
#include "client/team.h"
#include "workflows/minted.h"
#include "workflows/unfinished.h"
#include "xai/management/event.h"

namespace xai::workflows {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::Result;
using management::Sink;
using management::Warning;
using management::WarningKind;

namespace {

Result<std::optional<OpenSink>> opened(const Call& call, std::optional<Sink> sink) {
  if (!sink) return std::nullopt;
  return TRY(OpenSink::open(call, *std::move(sink)));
}

Result<void> send_until_answered(const Call& call, const wire::Descriptor& descriptor,
                                 const void* operation, client::Target target) {
  const client::Deadline deadline = call.deadline();
  const client::CallScope scope{call.options()};
  // Asked here, so that what goes wrong with it is not taken for an outcome of the operation.
  if (descriptor.team != nullptr && descriptor.team(operation).empty())
    (void)TRY(client::team_id(call.client(), deadline));
  const client::Sending sending{descriptor.id};
  for (int made = 1;; ++made) {
    if (call.is_cancelled())
      return std::unexpected{
          base::not_sent(ErrorKind::cancelled, "interrupted before the request was sent")};
    auto result = client::exchange(call.client(), descriptor, operation, target, deadline,
                                   client::Lists::read, client::Repeats::none);
    if (result) return result;
    const auto wait = client::wait_before_repeat(call.client().pipeline(), descriptor.retry,
                                                 result.error(), made);
    if (!wait) return result;
    const auto left = deadline.left();
    // An attempt that cannot end in time would only hide the better error we have.
    if (!left || (left->count() > 0 && *left <= *wait)) return result;
    call.pause(*wait);
  }
}

}  // namespace

Result<OnceEngine> OnceEngine::begin(const Call& call, std::string_view operation, Subject subject,
                                     std::optional<Sink> sink) {
  auto open_sink = TRY(opened(call, std::move(sink)));
  const auto& options = call.client().pipeline().options;
  Record record{.operation = std::string{operation},
                .subject = std::move(subject),
                .base_url = options.base_url,
                .team_id = options.team_id,
                .temporary_file = open_sink ? open_sink->temporary_file() : ""};
  if (call.account().state_folder.empty())
    return OnceEngine{std::move(record), std::nullopt, std::move(open_sink), false};
  TakenRecord taken = TRY(RecordFile::create(call, std::move(record)));
  return OnceEngine{std::move(taken.record), std::move(taken.file), std::move(open_sink), false};
}

Result<OnceEngine> OnceEngine::resume(const Call& call, TakenRecord taken,
                                      std::optional<Sink> sink) {
  auto open_sink = TRY(opened(call, std::move(sink)));
  OnceEngine engine{std::move(taken.record), std::move(taken.file), std::move(open_sink), true};
  if (!engine.sink_ || engine.sink_->temporary_file().empty()) return engine;
  // Else a kill from here on would leave a file that nobody knows of, a secret in it maybe.
  const std::string before =
      std::exchange(engine.record_.temporary_file, engine.sink_->temporary_file());
  TRY(engine.write());
  RecordFile::remove_temporary(before);
  return engine;
}

OnceEngine::~OnceEngine() {
  if (file_ && !may_have_happened_) file_->remove(record_);
}

Result<void> OnceEngine::restart(const Call& call, const Subject& subject) {
  for (const auto& [name, value] : subject) record_.subject[name] = value;
  record_.start = call.now();
  record_.service_start.reset();
  if (call.client().pipeline().service_clock.is_known()) record_.service_start = call.service_now();
  return write();
}

Result<void> OnceEngine::send(const Call& call, const wire::Descriptor& descriptor,
                              const void* operation, client::Target target) {
  may_have_happened_ = true;
  auto result = send_until_answered(call, descriptor, operation, target);
  if (result) return result;
  if (result.error().outcome == Outcome::unknown)
    found_ = look_at(call, record_);
  else if (!is_resumed_)
    drop();
  return result;
}

void OnceEngine::note(const Call& call, Learnt learnt) {
  for (auto& [name, value] : learnt.subject)
    if (!value.empty()) record_.subject[name] = std::move(value);
  record_.secret = std::move(learnt.secret);
  if (!file_) return;
  if (const int error = file_->note(record_)) {
    is_recorded_ = false;
    call.tell(Warning{.kind = WarningKind::secret_unrecorded, .detail = std::strerror(error)});
  }
  if (!record_.secret.empty()) remember_minted(call, record_.about("apiKeyId"));
}

void OnceEngine::note_more(const Subject& subject) {
  for (const auto& [name, value] : subject) record_.subject[name] = value;
  if (file_) file_->note(record_);
}

Result<void> OnceEngine::deliver() {
  if (!sink_) return {};
  auto delivered = sink_->deliver(record_.secret);
  if (delivered) return {};
  return std::unexpected{Error{.kind = ErrorKind::data_loss,
                               .outcome = Outcome::done,
                               .reason = Reason::secret_undelivered,
                               .message = std::move(delivered).error()}};
}

void OnceEngine::drop() {
  if (file_) file_->remove(record_);
  file_.reset();
}

Result<void> OnceEngine::write() {
  const int error = file_ ? file_->note(record_) : 0;
  if (error == 0) return {};
  return std::unexpected{Error{
      .kind = ErrorKind::failed_precondition,
      .reason = Reason::no_place_for_record,
      .message = std::string{"the record could not be written ("} + std::strerror(error) + ")"}};
}

}  // namespace xai::workflows
