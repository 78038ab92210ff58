#include "cli/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/file.h"
#include "cli/render/text.h"

namespace xai::cli {

using management::Secret;

management::Result<Secret> read_key_file(const std::string& what, const std::string& option,
                                         const std::string& path, const ReadLine& read_line,
                                         Messages& messages) {
  if (path == "-") return client::pasted_key(read_line().value_or(""));
  // Links are followed here: it is the user's own file, and only read.
  const base::File file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  const auto trouble = [&]() -> std::unexpected<management::Error> {
    if (errno == EINTR)
      return std::unexpected{management::Error{.kind = management::ErrorKind::cancelled,
                                               .message = "interrupted while reading " + what}};
    return local_failure(
        "cannot read " + what + " from " + in_quotes(path) + " (" + std::strerror(errno) + ")",
        "check " + option);
  };
  if (!file.is_open()) return trouble();
  struct stat status{};
  if (::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077U) != 0)
    messages.warn(in_quotes(path) + " can be read by others; run `chmod 600` on it");
  constexpr std::size_t line_bytes_max = 64UL << 10U;
  std::string text(line_bytes_max, '\0');
  std::size_t length = 0;
  // A pipe may give the line in pieces.
  while (length < text.size() && text.find('\n') >= length) {
    const ssize_t size = ::read(file.get(), text.data() + length, text.size() - length);
    if (size < 0) {
      management::wipe(text);
      return trouble();
    }
    if (size == 0) break;
    length += static_cast<std::size_t>(size);
  }
  text.resize(std::min(text.find('\n'), length));
  return client::pasted_key(std::move(text));
}

}  // namespace xai::cli
