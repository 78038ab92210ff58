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

/// A new file beside the cursor's, to take its place.
std::expected<base::File, int> open_beside(const Account& account, const std::string& path,
                                           std::string& fresh) {
  fresh = path + ".new-" + base::random_word(account.client.pipeline().seams.random, 8);
  return base::open_file(fresh, O_WRONLY | O_CREAT | O_EXCL, 0600);
}

}  // namespace
}  // namespace xai::workflows

namespace xai::management {

using namespace workflows;

Result<std::string> load_audit_cursor(const Account& account, const std::string& path) {
  base::remove_left_behind(base::folder_of(path), path.substr(path.rfind('/') + 1) + ".new-",
                           account.client.pipeline().seams.clock());
  // Found out now, a place that cannot be written to costs no event that was shown.
  std::string fresh;
  const auto probe = open_beside(account, path, fresh);
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
  std::string fresh;
  const auto file = open_beside(account, path, fresh);
  if (!file) return unusable(path, std::strerror(file.error()), Outcome::unanswered);
  int error = base::write_all(file->get(), cursor);
  if (error == 0) error = base::sync(file->get());
  if (error == 0 && ::rename(fresh.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(fresh.c_str());
  if (error == 0) error = base::sync_folder(base::folder_of(path));
  if (error != 0) return unusable(path, std::strerror(error), Outcome::unanswered);
  return {};
}

}  // namespace xai::management
