#pragma once

/// What this process asks of the system about its memory, at the start and at the end.
namespace xai::base {

/// A core file or a debugger of another process would show the management key.
void keep_memory_private();

/// What one answer took is kept for the next one.
void keep_memory_between_answers();

/// Ends the process; the system takes back at once what our libraries would take apart piece by
/// piece. A debug build takes it apart nevertheless, so that leaks are found.
int give_memory_back(int exit_code);

}  // namespace xai::base
