#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "client/send.h"
#include "workflows/call.h"
#include "workflows/record_file.h"
#include "workflows/sink.h"

#include "xai/management/unfinished.h"

namespace xai::workflows {

/// What an answer tells that recovery needs.
struct Learnt {
  Subject subject{};
  management::Secret secret{};
};

/// What Once does whatever the operation: the record, the sink, and the decision what an outcome
/// means. Every step has to come in this order; `docs/adr/0014` says why.
class OnceEngine {
 public:
  /// Opens the sink, and puts the record on disk. Where the account has no state folder there is no
  /// record. Errors: local_trouble and already_exists of the sink; no_place_for_record.
  static management::Result<OnceEngine> begin(const Call& call, std::string_view operation,
                                              std::string team_id, Subject subject,
                                              std::optional<management::Sink> sink);

  /// Goes on with an operation that has ended unfinished. What fails then leaves its record.
  /// Errors: those of `begin`.
  static management::Result<OnceEngine> resume(const Call& call, TakenRecord taken,
                                               std::optional<management::Sink> sink);

  OnceEngine(OnceEngine&& other) noexcept
      : record_{std::move(other.record_)},
        file_{std::exchange(other.file_, std::nullopt)},
        sink_{std::move(other.sink_)},
        found_{std::move(other.found_)},
        is_recorded_{other.is_recorded_},
        may_have_happened_{other.may_have_happened_},
        is_resumed_{other.is_resumed_} {}
  OnceEngine& operator=(OnceEngine&&) = delete;
  /// Keeps the record, unless nothing can have been changed.
  ~OnceEngine();

  /// Begins anew, about `subject`: the record tells so before anything is sent.
  management::Result<void> restart(const Call& call, const Subject& subject);

  /// Sends; again only where provably nothing happened. What failed takes the record away, unless
  /// something may have changed: then a look follows. Errors: as Client::send.
  management::Result<void> send(const Call& call, const wire::Descriptor& descriptor,
                                const void* operation, client::Target target);

  /// Writes down what the answer told. From here on the secret outlives this process.
  void note(const Call& call, Learnt learnt);
  /// What a look added later. Not to be able to write it down loses no secret.
  void note_more(const Subject& subject);

  /// Delivers the secret to the sink; without one there is nothing to do.
  /// Errors: secret_undelivered; its message says in words what stopped it.
  management::Result<void> deliver();

  /// All is settled: the record goes. Answers 0 or the errno that keeps it there.
  int drop();

  [[nodiscard]] const Record& record() const { return record_; }
  /// Whether the secret, once there is one, stands in the record.
  [[nodiscard]] bool is_recorded() const { return is_recorded_; }
  /// What a look found after the answer was lost.
  [[nodiscard]] const std::optional<management::Unfinished>& found() const { return found_; }

 private:
  OnceEngine(Record record, std::optional<RecordFile> file, std::optional<OpenSink> sink,
             bool is_resumed)
      : record_{std::move(record)},
        file_{std::move(file)},
        sink_{std::move(sink)},
        is_recorded_{file_.has_value()},
        may_have_happened_{is_resumed},
        is_resumed_{is_resumed} {}

  /// Errors: no_place_for_record.
  management::Result<void> write();
  /// In the place of one that somebody took away; answers 0 or errno.
  int make_record_anew(const Call& call);
  /// Looks what came of it, and puts the outcome of `error` right where that shows it.
  void look(const Call& call, management::Error& error);
  management::Result<void> send_until_answered(const Call& call, const wire::Descriptor& descriptor,
                                               const void* operation, client::Target target);

  Record record_;
  std::optional<RecordFile> file_;
  std::optional<OpenSink> sink_;
  std::optional<management::Unfinished> found_{};
  bool is_recorded_;
  bool may_have_happened_;
  bool is_resumed_;
};

}  // namespace xai::workflows
