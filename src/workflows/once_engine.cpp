#include "workflows/once_engine.h"

#include <cerrno>
#include <cstring>

#include "base/not_sent.h"
#include "base/try.h"
#include "client/call_scope.h"
#include "client/read_back.h"
#include "client/repeats.h"
#include "workflows/minted.h"
#include "workflows/service_time.h"
#include "workflows/unfinished.h"
#include "xai/management/event.h"

namespace xai::workflows {

using management::Error;
using management::ErrorKind;
using management::Outcome;
using management::Reason;
using management::Result;
using management::Sink;
using management::UnfinishedKind;
using management::Warning;
using management::WarningKind;

namespace {

Result<std::optional<OpenSink>> opened(const Call& call, std::optional<Sink> sink) {
  if (!sink) return std::nullopt;
  return TRY(OpenSink::open(call, *std::move(sink)));
}

}  // namespace

Result<OnceEngine> OnceEngine::begin(const Call& call, std::string_view operation,
                                     std::string team_id, Subject subject,
                                     std::optional<Sink> sink) {
  auto open_sink = TRY(opened(call, std::move(sink)));
  // The record is to tell it.
  learn_service_time(call);
  Record record{.operation = std::string{operation},
                .subject = std::move(subject),
                .base_url = call.client().pipeline().options.base_url,
                .team_id = std::move(team_id),
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
  // A secret that is there is delivered also from where nothing can be written.
  if (auto written = engine.write(); written)
    RecordFile::remove_temporary(before);
  else if (engine.record_.secret.empty())
    return std::unexpected{std::move(written).error()};
  return engine;
}

OnceEngine::~OnceEngine() {
  if (file_ && !may_have_happened_) file_->remove(record_);
}

Result<void> OnceEngine::restart(const Call& call, const Subject& subject) {
  for (const auto& [name, value] : subject) record_.subject[name] = value;
  record_.start = call.now();
  record_.service_start = call.known_service_now();
  return write();
}

Result<void> OnceEngine::send(const Call& call, const wire::Descriptor& descriptor,
                              const void* operation, client::Target target) {
  may_have_happened_ = true;
  auto result = send_until_answered(call, descriptor, operation, target);
  if (!result && result.error().outcome != Outcome::unknown && !is_resumed_) drop();
  return result;
}

Result<void> OnceEngine::send_until_answered(const Call& call, const wire::Descriptor& descriptor,
                                             const void* operation, client::Target target) {
  const client::Deadline deadline = call.deadline();
  const client::CallScope scope{call.options()};
  const client::Sending sending{descriptor.id};
  for (int made = 1;; ++made) {
    if (call.is_cancelled())
      return std::unexpected{
          base::not_sent(ErrorKind::cancelled, "interrupted before the request was sent")};
    auto result = client::exchange(call.client(), descriptor, operation, target, deadline,
                                   client::Lists::read, client::Repeats::none);
    if (result) return result;
    Error& error = result.error();
    const auto wait =
        client::wait_before_repeat(call.client().pipeline(), descriptor.retry, error, made);
    const bool is_repeated = wait && client::has_time(deadline, *wait);
    if (is_repeated) call.pause(*wait);
    look(call, error);
    if (!is_repeated || error.outcome == Outcome::unknown) return result;
  }
}

void OnceEngine::look(const Call& call, Error& error) {
  const bool is_throttled = error.outcome == Outcome::throttled;
  if (!is_throttled && error.outcome != Outcome::unknown) return;
  const Call looking = call.for_look();
  if (kind_of(record_) == UnfinishedKind::rotates_key && is_throttled) {
    if (is_changed(looking, record_)) error.outcome = Outcome::unknown;
  } else {
    found_ = look_at(looking, record_);
    if (found_->look_error && client::is_same_page(error, *found_->look_error))
      error.outcome = Outcome::refused;
    else if (found_->look_error || !found_->api_key_ids.empty())
      error.outcome = Outcome::unknown;
  }
  if (error.outcome == Outcome::unknown && !found_) found_ = look_at(looking, record_);
  if (error.outcome != Outcome::unknown) found_.reset();
}

void OnceEngine::note(const Call& call, Learnt learnt) {
  // What was asked for stays; what the answer has otherwise is told where it is compared.
  for (auto& [name, value] : learnt.subject)
    if (!value.empty()) record_.subject.try_emplace(name, std::move(value));
  record_.secret = std::move(learnt.secret);
  if (!file_) return;
  int error = file_->note(record_);
  if (error == ENOENT) error = make_record_anew(call);
  if (error != 0) {
    is_recorded_ = false;
    call.tell(Warning{.kind = WarningKind::secret_unrecorded, .detail = std::strerror(error)});
  }
  if (!record_.secret.empty()) remember_minted(call, record_.about("apiKeyId"));
}

int OnceEngine::make_record_anew(const Call& call) {
  auto anew = RecordFile::create(call, record_);
  if (!anew) return ENOENT;
  record_ = std::move(anew->record);
  file_ = std::move(anew->file);
  return 0;
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

int OnceEngine::drop() {
  const int error = file_ ? file_->remove(record_) : 0;
  file_.reset();
  return error;
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
