#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <expected>

#include "base/file.h"
#include "base/printable.h"
#include "base/random_word.h"
#include "base/try.h"
#include "client/pipeline.h"
#include "workflows/audit_trail.h"
#include "xai/management/audit_trail.h"

namespace xai::workflows {

using namespace management;

namespace {

constexpr std::size_t cursor_bytes_max = 16UL << 20U;

std::unexpected<Error> unusable(const std::string& path, const std::string& why, Outcome outcome) {
  return std::unexpected{
      Error{.kind = ErrorKind::failed_precondition,
            .outcome = outcome,
            .reason = Reason::local_trouble,
            .message = "cannot use the cursor file " + base::in_quotes(path) + " (" + why + ")"}};
}

/// Of a new file beside the cursor's, to take its place.
std::string name_beside(const Account& account, const std::string& path) {
  return path + ".new-" + base::random_word(account.client.pipeline().seams.random, 8);
}

}  // namespace
}  // namespace xai::workflows

namespace xai::management {

using namespace workflows;

Result<std::string> load_audit_cursor(const Account& account, const std::string& path) {
  base::remove_left_behind(base::folder_of(path), path.substr(path.rfind('/') + 1) + ".new-",
                           account.client.pipeline().seams.clock());
  // Found out now, a place that cannot be written to costs no event that was shown.
  const std::string fresh = name_beside(account, path);
  const auto probe = base::open_file(fresh, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!probe) return unusable(path, std::strerror(probe.error()), Outcome::not_sent);
  ::unlink(fresh.c_str());
  const auto file = base::open_file(path, O_RDONLY);
  if (!file && file.error() == ENOENT) return {};
  if (!file) return unusable(path, std::strerror(file.error()), Outcome::not_sent);
  auto text = base::read_all(file->get(), cursor_bytes_max);
  if (!text) return unusable(path, std::strerror(text.error()), Outcome::not_sent);
  // A file made empty beforehand, as mktemp makes it, is a beginning.
  if (!EventTrail{EventOrder::oldest_first, audit_overlap}.read(*text))
    return unusable(path, "it holds something else", Outcome::not_sent);
  return *std::move(text);
}

Result<void> save_audit_cursor(const Account& account, const std::string& path,
                               const std::string& cursor) {
  if (cursor.empty()) return {};
  const int error = base::replace_file(path, name_beside(account, path), cursor);
  if (error != 0) return unusable(path, std::strerror(error), Outcome::unanswered);
  return {};
}

}  // namespace xai::management
