// Rotates a key, and does the right thing whichever way it goes: a rotation discards the secret
// before the last one, so it must not be repeated without knowing what became of the first.
//   errors KEY_ID
// Exit codes are those of manage_xai: 5 refused, 6 try later, 8 outcome unknown.
// Settings: XAI_MANAGEMENT_KEY, and what else ClientOptions::from_environment() reads.
#include <chrono>
#include <iostream>
#include <variant>

#include "xai/management/api_keys.h"
#include "xai/management/client.h"
#include "xai/management/event.h"

using namespace xai::management;

namespace {

int explain(const Error& error) {
  std::cerr << "errors: " << error.message << '\n';
  switch (error.outcome) {
    case Outcome::not_sent:
      std::cout << "not sent: nothing happened; run again when the service can be reached\n";
      return 6;
    case Outcome::throttled:
      std::cout << "throttled: nothing happened; run again";
      if (error.retry_after) std::cout << " in " << error.retry_after->count() << " s";
      std::cout << '\n';
      return 6;
    case Outcome::refused:
      std::cout << "refused: " << name_of(error.kind) << "; the old secret stays as it was\n";
      return 5;
    case Outcome::unknown:
      std::cout << "unknown: look at the key's modify_time before you rotate again\n";
      return 8;
    case Outcome::done:        // Rotated, but what came back is not what the service promises.
    case Outcome::unanswered:  // Only reads end like this.
      break;
  }
  return 13;
}

}  // namespace

int main(int argc, char** argv) {
  auto options = ClientOptions::from_environment();
  if (argc != 2 || !options) {
    std::cerr << "Usage: XAI_MANAGEMENT_KEY=... errors KEY_ID\n";
    return 2;
  }
  options->retry.attempts_max = 1;  // To see each failure as it is; the default is three attempts.
  const Client client{*std::move(options)};

  // Options of this call alone: two minutes at most, and what to quote to the service's support.
  const auto note = [](const Event& event) {
    if (const auto* attempt = std::get_if<Attempt>(&event))
      std::cerr << attempt->operation << ": HTTP " << attempt->status << " after "
                << attempt->duration.count() << " ms, request " << attempt->request_id << '\n';
  };
  const auto key = client.send(RotateApiKey{.api_key_id = argv[1]},
                               {.deadline = std::chrono::minutes{2}, .tell = note});
  if (!key) return explain(key.error());
  std::cout << "rotated: " << key->name << " has a new secret, " << key->redacted_api_key << '\n';
  return 0;
}
