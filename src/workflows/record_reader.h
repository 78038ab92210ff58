#pragma once

#include <sys/types.h>

#include <expected>
#include <string>

#include "workflows/record.h"

namespace xai::workflows {

/// A record as its file has it, and where the next line goes.
struct ReadRecord {
  Record record{};
  off_t end{};
};

/// Reads the file of a record, which must be this user's. The error says what is wrong with it:
/// `belongs to another user`.
std::expected<ReadRecord, std::string> read_record(int file, const std::string& id);

/// What is wrong with a file that cannot be opened, by its errno.
std::string fault_of_open(int error);

/// Whether what was written is this user's alone: a network folder may give it to another one.
bool is_own(int file);

}  // namespace xai::workflows
