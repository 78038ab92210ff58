#pragma once

#include <expected>
#include <string>
#include <vector>

#include "cli/exit_code.h"
#include "cli/file.h"
#include "cli/session.h"
#include "xai/management/secret.h"
#include "xai/management/timestamp.h"

namespace xai::cli {

/// An operation that mints a secret, as its record on disk has it.
struct Pending {
  std::string id{};          ///< What the record is called on the command line.
  std::string command{};     ///< `create-key` or `rotate-key`.
  std::string key_name{};    ///< Empty when only the id was given.
  std::string api_key_id{};  ///< Empty while it is not known.
  management::Timestamp start{};
  std::string base_url{};
  std::string team_id{};         ///< Empty: that of the management key.
  std::string temporary_file{};  ///< Where a secret file was being made; may be empty.
  management::Secret secret{};   ///< Empty until it was minted.
  bool is_running{};             ///< A process still works on it.

  [[nodiscard]] bool is_minted() const { return !secret.empty(); }
};

/// The record of an operation under way, this process's alone while it lives: written and synced
/// before the request goes, told the secret when it comes, removed once that is delivered. What
/// is told later only ever adds a line, in space reserved before, so that neither a kill nor a
/// full disk takes away what stands there.
class PendingRecord {
 public:
  /// Errors: local_trouble when there is no place for it.
  static management::Result<PendingRecord> create(Session& session, Pending content);

  /// Takes over the record of an operation that has ended.
  /// Errors: not_found; refused while its process still runs; local_trouble.
  static management::Result<PendingRecord> take(Session& session, const std::string& id);

  [[nodiscard]] const Pending& content() const { return content_; }

  /// Tells the record what has become known; answers 0 or errno.
  int note(Pending content);

  /// What was under way is settled: takes the record away, and the file that a sink began.
  void remove();

 private:
  PendingRecord(std::string folder, Pending content, File file, off_t size)
      : folder_{std::move(folder)},
        content_{std::move(content)},
        file_{std::move(file)},
        bytes_{size} {}

  std::string folder_;
  Pending content_;
  File file_;
  off_t bytes_;
};

/// All records, oldest first.
management::Result<std::vector<Pending>> list_pending(Session& session);

/// Whether another process is creating a key of the same name: a key that turns up may be its.
bool is_another_running(Session& session, const Pending& own);

/// Remembers that a run on this machine got the secret of that key, so that no other run takes
/// the key for the one it lost. Best effort.
void remember_minted(Session& session, const std::string& api_key_id);
/// The keys remembered, some thousands of them at least.
std::vector<std::string> minted_before(Session& session);

}  // namespace xai::cli
