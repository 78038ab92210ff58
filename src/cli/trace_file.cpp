#include "cli/trace_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/file.h"
#include "cli/render/text.h"

namespace xai::cli {

management::Result<std::function<void(std::string_view)>> open_trace_file(const std::string& path,
                                                                          Messages& messages) {
  if (path.empty()) return nullptr;
  auto opened = base::open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  // A file that was there already may be open to others.
  if (opened && ::fchmod(opened->get(), 0600) != 0) opened = std::unexpected(errno);
  if (!opened)
    return local_failure(
        "cannot write the trace to " + in_quotes(path) + " (" + std::strerror(opened.error()) + ")",
        "check --trace-file");
  return [file = std::make_shared<base::File>(*std::move(opened)), &messages,
          has_failed = false](std::string_view line) mutable {
    const int error = has_failed ? 0 : base::write_all(file->get(), line);
    if (error == 0) return;
    has_failed = true;
    messages.warn(std::string{"the trace is incomplete ("} + std::strerror(error) + ")");
  };
}

}  // namespace xai::cli
