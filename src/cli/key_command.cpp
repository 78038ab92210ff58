#include "cli/key_command.h"

#include <algorithm>
#include <chrono>

#include "base/not_sent.h"
#include "base/shell_command.h"
#include "client/settings.h"

namespace xai::cli {

management::Result<management::Secret> key_of_command(const std::string& what,
                                                      const std::vector<std::string>& words) {
  const auto fail = [](std::string message) {
    // Its words are not shown: somebody may have written the key itself there.
    return std::unexpected{
        base::not_sent(management::ErrorKind::unauthenticated, std::move(message),
                       "run it by hand; its first line has to be the management key")};
  };
  constexpr std::chrono::seconds limit{60};
  auto printed = base::output_of({.words = words, .time_max = limit});
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
