#include "cli/key_command.h"

#include <algorithm>
#include <chrono>

#include "base/not_sent.h"
#include "base/shell_command.h"
#include "client/settings.h"

namespace xai::cli {

management::Result<management::Secret> key_of_command(const std::string& what,
                                                      const std::vector<std::string>& words,
                                                      const std::function<bool()>& is_cancelled) {
  const auto fail = [](std::string message) {
    // Its words are not shown: somebody may have written the key itself there.
    return std::unexpected{
        base::not_sent(management::ErrorKind::unauthenticated, std::move(message),
                       "run it by hand; its first line has to be the management key")};
  };
  constexpr std::chrono::seconds limit{60};
  auto printed = base::output_of({.words = words, .time_max = limit, .is_cancelled = is_cancelled});
  // A signal to all that runs on the terminal may have ended the command before us.
  if (!printed && is_cancelled && is_cancelled())
    return std::unexpected{base::not_sent(management::ErrorKind::cancelled,
                                          "interrupted while " + what + " ran",
                                          "run the command again")};
  if (!printed) return fail(what + " failed: " + printed.error());
  management::Secret key =
      client::pasted_key(printed->substr(0, std::min(printed->find('\n'), printed->size())));
  management::wipe(*printed);
  if (key.empty()) return fail(what + " printed no key");
  if (const auto good = client::check_key(key, "what " + what + " printed"); !good)
    return fail(good.error().message);
  return key;
}

}  // namespace xai::cli
