// Words of a command line → the parser, then the whole program in front of a network that is down:
// each run ends with a known exit code, and what it says has nothing of the words unescaped.
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "base/unicode.h"
#include "cli/app.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "input.h"
#include "json/document.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

using Words = std::vector<std::string>;

Words words_of(std::string_view bytes) {
  Words words;
  for (Input input{bytes}; !input.is_empty();) words.emplace_back(input.line());
  return words;
}

/// Whether the words name a file, a command or the keyring of this machine: none is to be touched.
bool names_what_is_here(const Words& words) {
  if (!words.empty() && words.front() == "__keyring") return true;
  static const auto names = [] {
    std::set<std::string, std::less<>> found;
    for (const cli::Command& command : cli::commands()) {
      const cli::Declared declared{&command};
      for (const cli::Option& option : declared.options.all())
        if (option.takes_bytes) found.insert(option.name);
    }
    return found;
  }();
  return std::ranges::any_of(words, [&](const std::string& word) {
    return names.contains(word.substr(0, word.find('=')));
  });
}

/// Lines of what can be seen; completion puts a tab before the help of a word.
bool is_readable(std::string_view text) {
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    const bool is_space = point.value == '\n' || point.value == '\t';
    if (!point.is_valid || (base::is_hidden(point.value) && !is_space)) return false;
    text.remove_prefix(point.bytes);
  }
  return true;
}

void look_at_parser(const Words& words) {
  const std::size_t place = cli::find_command_word(words);
  require(place <= words.size(), "a command is one of the words");
  const cli::Command* command = place < words.size() ? cli::find_command(words[place]) : nullptr;
  if (command == nullptr) return;
  Words rest = words;
  rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(place));
  const cli::Declared declared{command};
  const auto read = cli::read_arguments(rest, declared.options, std::string{command->name});
  if (read) return;
  require(cli::exit_code_of(read.error()) == cli::ExitCode::usage, "a refusal is a usage error");
  require(is_readable(read.error().message) && is_readable(read.error().next), "in clean words");
}

struct Ran {
  int code{};
  std::string out{};
  std::string err{};
};

Ran run(Words words) {
  Ran ran;
  management::Timestamp now = base::parse_rfc3339("2027-01-31T12:00:00Z").value();
  int sleep_count = 0;
  cli::Process process{
      .arguments = std::move(words),
      .environment = [](const std::string& name) -> std::optional<std::string> {
        if (name == "XAI_MANAGEMENT_KEY") return "xai-token-known";
        if (name == "XAI_TEAM_ID") return "11111111-2222-4333-8444-555555555555";
        return std::nullopt;
      },
      .read_line = [] { return std::nullopt; },
      .clock = [&] { return now; },
      .sleep =
          [&](std::chrono::milliseconds span) {
            now += std::min(span, std::chrono::milliseconds{std::chrono::hours{1}});
            ++sleep_count;
          },
      .random = [] { return 0.5; },
      .transport =
          [](const management::HttpRequest&) -> management::Result<management::HttpResponse> {
        return std::unexpected{management::Error{.kind = management::ErrorKind::unavailable,
                                                 .message = "the network is down"}};
      },
      // Who follows a list waits until somebody has seen enough.
      .interrupted = [&] { return sleep_count > 20 ? SIGINT : 0; }};
  const auto into = [](std::string& text) {
    return [&text](std::string_view part) {
      text += part;
      return 0;
    };
  };
  cli::Output output{into(ran.out)};
  cli::Output error_output{into(ran.err)};
  ran.code = cli::run(process, output, error_output);
  return ran;
}

void look_at_run(const Words& words) {
  const Ran ran = run(words);
  static constexpr std::array codes{0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 130};
  require(std::ranges::find(codes, ran.code) != codes.end(), "an exit code is a known one");
  require(is_readable(ran.out) && is_readable(ran.err), "what is said can be seen");
  require(ran.code == 0 || ran.code == 7 || !ran.err.empty(), "a failure has words");
  require(ran.code != 2 || ran.out.empty(), "a usage error has no data");
  if (ran.err.starts_with('{'))
    require(json::Document::parse(ran.err).has_value(), "as JSON they are one document");
  else
    require(ran.err.empty() || ran.err.ends_with('\n'), "and end their line");
}

}  // namespace

void argv(std::string_view bytes) {
  const Words words = words_of(bytes);
  look_at_parser(words);
  if (!names_what_is_here(words)) look_at_run(words);
}

}  // namespace xai::fuzz
