#include "cli/keyring.h"

#include <array>
#include <chrono>
#include <expected>
#include <string_view>
#include <utility>
#include <vector>

#include "base/not_sent.h"
#include "base/shell_command.h"
#include "base/wipe.h"
#include "cli/exit_code.h"
#include "cli/render/text.h"
#include "cli/secret_service.h"
#include "client/settings.h"

namespace xai::cli {

using management::Result;
using management::Secret;

namespace {

/// What the process says: that all went well, then the key, if any; or why not, then what to do.
constexpr std::string_view done = "done\n";

/// Asks the keyring by a process of our own program.
std::expected<std::string, SecretServiceFailure> ask(const char* action, const std::string& profile,
                                                     std::string_view key,
                                                     std::chrono::seconds limit,
                                                     std::function<bool()> is_cancelled = {}) {
  const std::vector<std::string> words{"/proc/self/exe", "__keyring", action, profile};
  auto said = base::output_of(
      {.words = words, .input = key, .time_max = limit, .is_cancelled = std::move(is_cancelled)});
  if (!said)
    return std::unexpected{SecretServiceFailure{"the process that asks it failed: " + said.error(),
                                                "see whether the desktop's keyring works"}};
  const std::size_t end = said->find('\n');
  std::string rest = end == std::string::npos ? "" : said->substr(end + 1);
  if (said->starts_with(done)) {
    management::wipe(*said);
    return rest;
  }
  return std::unexpected{SecretServiceFailure{said->substr(0, end), std::move(rest)}};
}

std::string message_of(const std::string& profile, const char* what,
                       const SecretServiceFailure& failure) {
  return std::string{"the keyring "} + what + " the management key of the profile " +
         in_quotes(profile) + ": " + escaped(failure.why);
}

}  // namespace

Result<Secret> key_of_keyring(const std::string& profile,
                              const std::function<bool()>& is_cancelled) {
  constexpr std::chrono::seconds limit{1};
  auto answer = ask("get", profile, {}, limit, is_cancelled);
  if (!answer && is_cancelled && is_cancelled())
    return std::unexpected{base::not_sent(management::ErrorKind::cancelled,
                                          "interrupted while the keyring was asked",
                                          "run the command again")};
  const auto fail = [&](const SecretServiceFailure& failure) {
    return std::unexpected{base::not_sent(management::ErrorKind::unauthenticated,
                                          message_of(profile, "does not give", failure),
                                          failure.next)};
  };
  if (!answer) return fail(answer.error());
  Secret key = client::pasted_key(*std::move(answer));
  const std::string again = "run `manage_xai config set-key --keyring --profile NAME`";
  if (key.empty()) return fail({"it has none", again});
  if (const auto good = client::check_key(key, "what it holds"); !good)
    return fail({good.error().message, again});
  return key;
}

Result<void> keep_in_keyring(const std::string& profile, const Secret& key) {
  // A person waits for this one, and the desktop may have to start the keyring.
  constexpr std::chrono::seconds limit{10};
  if (const auto answer = ask("set", profile, key.reveal(), limit); !answer)
    return local_failure(message_of(profile, "does not keep", answer.error()), answer.error().next);
  return {};
}

void serve_keyring(const Process& process, Output& output) {
  if (process.arguments.size() != 3) return;
  const std::string& profile = process.arguments[2];
  std::expected<std::string, SecretServiceFailure> answer;
  if (process.arguments[1] == "set") {
    const Secret key{process.read_line().value_or("")};
    if (const auto kept = store_secret(profile, key.reveal()); !kept)
      answer = std::unexpected{kept.error()};
  } else {
    answer = look_up_secret(profile);
  }
  std::string text =
      answer ? std::string{done} + *answer : answer.error().why + "\n" + answer.error().next;
  output.write(text);
  management::wipe(text);
}

}  // namespace xai::cli
