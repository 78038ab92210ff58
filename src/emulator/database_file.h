#pragma once

#include <string>

#include "base/file.h"
#include "xai/management/result.h"

namespace xai::emulator {

/// The file that keeps the state, checked before SQLite opens it and held until it is closed.
/// What is no regular file is neither opened nor changed: a device may act when it is opened.
class DatabaseFile {
 public:
  /// Makes the file, for its owner only, when nothing is there. Links are followed.
  /// Errors: failed_precondition for what cannot keep a state.
  static management::Result<DatabaseFile> open(const std::string& name);

  /// Absolute and without links, so that SQLite reads nothing but a name in it.
  [[nodiscard]] const std::string& path() const { return path_; }

  /// Whether this is still what stands at its path.
  [[nodiscard]] bool is_in_place() const;

  /// Takes the file, and those that SQLite keeps beside it, from everybody but the owner. Only for
  /// a database that is known to be ours.
  void keep_private() const;

  /// Removes the empty log that SQLite began beside a file that is not ours.
  void remove_new_log() const;

 private:
  base::File file_{};  ///< By O_PATH: closing any other kind would end the locks of SQLite.
  std::string path_{};
  bool had_log_{};
};

}  // namespace xai::emulator
