#pragma once

#include <sys/types.h>

#include <string>
#include <utility>
#include <vector>

#include "base/file.h"
#include "workflows/call.h"
#include "workflows/record.h"

namespace xai::workflows {

struct TakenRecord;

/// The file of a record, its holder's alone while that lives. What is noted later only ever adds a
/// line, in space reserved before, so that neither a kill nor a full disk takes away what stands
/// there.
class RecordFile {
 public:
  /// Writes and syncs a new one, and gives the record its id and its start. The account must have
  /// a state folder. Errors: no_place_for_record.
  static management::Result<TakenRecord> create(const Call& call, Record record);

  /// Takes over the record of an operation that has ended. One that holds a secret may lie on a
  /// disk that is full or cannot be written to. Errors: not_found; under_way; local_trouble for a
  /// file that is none of ours, or behind a link to nowhere; no_place_for_record; unimplemented for
  /// one of a later version.
  static management::Result<TakenRecord> take(const Call& call, const std::string& id);

  /// Adds a line; answers 0 or errno.
  int note(const Record& record);

  /// Takes the record away, and the file that a sink began for it; answers 0 or errno.
  int remove(const Record& record);

  /// Removes a file that a sink began, and nothing that no sink of ours could have begun.
  static void remove_temporary(const std::string& path);

 private:
  RecordFile(std::string folder, base::File file, off_t size)
      : folder_{std::move(folder)}, file_{std::move(file)}, bytes_{size} {}

  std::string folder_;
  base::File file_;
  off_t bytes_;
};

struct TakenRecord {
  Record record{};
  RecordFile file;
};

/// All records, oldest first; none where the account keeps none. What lies among them and is none,
/// or cannot be read, is listed as `unreadable`, and hides no other. Errors: no_place_for_record
/// when the folder cannot be read; local_trouble when it lies behind a link to nowhere.
management::Result<std::vector<Record>> list_records(const Call& call);

/// Removes what kills between making and naming a record left behind; nothing was sent by then.
void remove_unnamed_records(const Call& call);

/// Whether somebody else is about to make a key of the same name for the same team: one that turns
/// up may be theirs.
bool is_another_running(const Call& call, const Record& own);

}  // namespace xai::workflows
