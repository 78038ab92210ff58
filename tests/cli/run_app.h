#pragma once

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/time_text.h"
#include "cli/app.h"
#include "emulator/emulator.h"
#include "emulator/temporary_directory.h"

namespace xai::cli::test {

inline constexpr const char* key = "xai-token-canary-00c0ffee";
inline constexpr const char* team = "11111111-2222-4333-8444-555555555555";

/// A create with every model and endpoint, and more words behind it.
inline std::vector<std::string> create_command(const std::string& name,
                                               const std::vector<std::string>& more = {}) {
  std::vector<std::string> words{"create-key", "--name", name, "--all-models", "--all-endpoints"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

/// The program in this process, in front of an emulator in this process, with a clock that stands
/// still and sleeps that take no time.
struct App {
  explicit App(emulator::Options options = {}) {
    options.now = now;
    options.management_key = management::Secret{key};
    options.team_id = team;
    options.random_seed = 1;
    environment["XDG_STATE_HOME"] = folder.file("state");
    auto opened = emulator::Emulator::open(std::move(options));
    if (!opened) std::abort();
    service = *std::move(opened);
  }

  int run(std::vector<std::string> arguments) {
    out.clear();
    err.clear();
    Process process{.arguments = std::move(arguments),
                    .environment = variables(),
                    .read_line = [this]() -> std::optional<std::string> { return typed; },
                    .is_input_terminal = is_terminal,
                    .clock =
                        [this] {
                          const std::scoped_lock lock{mutex};
                          return now;
                        },
                    .sleep =
                        [this](std::chrono::milliseconds span) {
                          if (meanwhile) meanwhile();
                          const std::scoped_lock lock{mutex};
                          now += span;
                        },
                    .random =
                        [this] {
                          const std::scoped_lock lock{mutex};
                          // Never the same twice in a row, and the same in every run.
                          chance = chance * 7.1 + 0.3;
                          chance -= static_cast<int>(chance);
                          return chance;
                        },
                    .transport = transport ? transport : service->transport(),
                    .interrupted = interrupted,
                    .keep_last_words = [this](std::string_view text) { last_words = text; }};
    const auto sink_into = [](std::string& text) {
      return [&text](std::string_view part) {
        text.append(part);
        return 0;
      };
    };
    Output output{sink_into(out), is_terminal, columns};
    Output error_output{sink_into(err), is_terminal, columns};
    return cli::run(process, output, error_output);
  }

  void create(const std::string& name, const std::string& expires = "never") {
    if (run(create_command(name, {"--expires", expires})) != 0) std::abort();
  }

  /// Has the service do something that only an emulator does.
  void control(const std::string& path, const std::string& body) {
    const management::HttpRequest request{
        .method = management::Method::post, .target = "/_emulator/" + path, .body = body};
    if (const auto answer = service->transport()(request); !answer || answer->status != 200)
      std::abort();
  }

  /// Time goes on here and at the service.
  void pass(std::chrono::hours span) {
    now += span;
    control("clock", R"({"advance":")" + std::to_string(span.count()) + "h\"}");
  }

  /// As main has it, a variable that holds a key can be read once.
  [[nodiscard]] client::Environment variables() const {
    return [left = environment](const std::string& name) mutable -> std::optional<std::string> {
      const auto found = left.find(name);
      if (found == left.end()) return std::nullopt;
      return name.ends_with("_KEY") ? std::exchange(found->second, "") : found->second;
    };
  }

  std::mutex mutex{};  ///< Of time and chance.
  management::Timestamp now = base::parse_rfc3339("2027-01-31T12:00:00Z").value();
  std::map<std::string, std::string> environment{{"XAI_MANAGEMENT_KEY", key},
                                                 {"XAI_TEAM_ID", team}};
  emulator::test::TemporaryDirectory folder{};
  std::optional<std::string> typed{};
  double chance{0.5};
  bool is_terminal{};
  std::size_t columns{80};
  std::unique_ptr<emulator::Emulator> service;
  management::Transport transport{};
  std::function<int()> interrupted{};
  std::function<void()> meanwhile{};  ///< What happens elsewhere while the program sleeps.
  std::string last_words{};           ///< What a second signal would leave to say.
  std::string out{};
  std::string err{};
};

}  // namespace xai::cli::test
