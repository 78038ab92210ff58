#include "cli/commands/completion.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "cli/command.h"
#include "cli/completion.h"
#include "cli/render/text.h"
#include "workflows/record_file.h"
#include "xai/management/api_keys.h"
#include "xai/management/key_state.h"

namespace xai::cli {

using namespace management;

namespace {

// Each asks the program itself what fits: it gives the shell's name, the word that is begun, and
// the words before it. The first line of the answer says what fits: `files`, or `words` or `names`,
// one a line with its help behind a tab.

constexpr std::string_view bash_script = R"script(# Completion of manage_xai for bash.
_manage_xai() {
  local line
  local -a lines before=("${COMP_WORDS[@]:1:COMP_CWORD-1}")
  # Readline parts words at `=` and `:`.
  local begun=$2
  if [[ ${COMP_WORDS[COMP_CWORD]} == [=:]* ]]; then
    before+=("${COMP_WORDS[COMP_CWORD]}")
    begun=
  fi
  COMPREPLY=()
  mapfile -t lines < <("${1/#\~/$HOME}" __complete bash "$begun" "${before[@]}" 2>/dev/null)
  if [[ ${lines[0]-} == files ]]; then
    compopt -o default
    return
  fi
  # So that they are quoted as names of files are.
  [[ ${lines[0]-} != names ]] || compopt -o filenames
  for line in "${lines[@]:1}"; do COMPREPLY+=("${line%%$'\t'*}"); done
}
complete -F _manage_xai manage_xai
)script";

constexpr std::string_view zsh_script = R"script(#compdef manage_xai
# Completion of manage_xai for zsh.
_manage_xai() {
  local line
  local -a lines described
  lines=("${(@f)$("${(Q)~words[1]}" __complete zsh "${(Q)PREFIX}" "${(@Q)words[2,CURRENT-1]}" 2>/dev/null)}")
  if [[ ${lines[1]} == files ]]; then
    [[ $PREFIX != --*=* ]] || compset -P 1 '*='
    _files
    return
  fi
  for line in "${(@)lines[2,-1]}"; do
    described+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe -V manage_xai described
}
if [[ ${funcstack[1]} == _manage_xai ]]; then _manage_xai "$@"; else compdef _manage_xai manage_xai; fi
)script";

constexpr std::string_view fish_script = R"script(# Completion of manage_xai for fish.
function __manage_xai_complete
    set -l before (commandline -opc)
    set -l lines ($before[1] __complete fish (commandline -ct) $before[2..-1] 2>/dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
    else if set -q lines[2]
        printf '%s\n' $lines[2..-1]
    end
end
complete -c manage_xai -f -a '(__manage_xai_complete)'
)script";

struct CompletionInput {
  std::string shell{};

  void declare(Options& options) {
    options.argument("SHELL", shell, "Which shell").one_of({"bash", "zsh", "fish"});
  }
};

Status print_script(Session& session, const CompletionInput& input) {
  session.output().write(completion_script(input.shell));
  return ExitCode::done;
}

/// The names of the team's keys, as far as they come within `limit`.
std::vector<Candidate> names_of_keys(Session& session, std::chrono::milliseconds limit) {
  std::vector<Candidate> names;
  const auto client = session.client();
  if (!client) return names;
  for (auto& key : (*client)->items(ListApiKeys{}, {.deadline = limit})) {
    if (!key) break;
    // What the terminal does not show as it is, nobody can choose.
    if (escaped(key->name) == key->name && !key->name.empty())
      names.push_back({key->name, std::string{name_of(state_of(*key, session.their_now()))} + ", " +
                                      escaped(key->api_key_id)});
  }
  return names;
}

std::vector<Candidate> names_of_records(Session& session) {
  std::vector<Candidate> names;
  const auto records = workflows::list_records(workflows::Call{session.account()});
  if (!records) return names;
  for (const workflows::Record& record : *records)
    if (record.unreadable.empty())
      names.push_back({record.id, escaped(record.operation + " " + record.about("name"))});
  return names;
}

std::vector<Candidate> names_of_profiles(const client::Environment& environment) {
  std::vector<Candidate> names;
  const auto configuration = read_configuration(environment);
  if (!configuration) return names;
  for (const Profile& profile : configuration->profiles) names.push_back({profile.name, {}});
  return names;
}

/// Without the backslashes and the quote that a shell's word has which is not yet whole.
std::string unquoted(const std::string& word) {
  std::string text;
  const char quote = word.starts_with('"') || word.starts_with('\'') ? word.front() : '\0';
  for (std::size_t i = quote == '\0' ? 0 : 1; i < word.size(); ++i) {
    if (word[i] == '\\' && quote != '\'' && i + 1 < word.size()) ++i;
    if (word[i] != quote || quote == '\0') text += word[i];
  }
  return text;
}

/// Bash parts `--output=csv` into three words.
std::vector<std::string> joined(std::vector<std::string> words) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_parted = words[i] == "=" && !result.empty() && result.back().starts_with("--");
    if (!is_parted || i + 1 == words.size()) {
      if (!is_parted) result.push_back(unquoted(words[i]));
      continue;
    }
    result.back() += "=" + unquoted(words[++i]);
  }
  return result;
}

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script;
  if (shell == "zsh") return zsh_script;
  return shell == "fish" ? fish_script : std::string_view{};
}

void complete_words(const Process& process, Output& output) {
  // Somebody waits for the letter after the tab.
  constexpr std::chrono::milliseconds limit{500};
  constexpr std::chrono::milliseconds answer_limit{400};
  if (process.end_within) process.end_within(limit);
  if (process.arguments.size() < 3) return;
  const std::string& shell = process.arguments[1];
  const std::string begun = shell == "zsh" ? process.arguments[2] : unquoted(process.arguments[2]);
  std::vector<std::string> words{process.arguments.begin() + 3, process.arguments.end()};
  if (shell == "bash") words = joined(std::move(words));
  const LookUp look_up = [&](LiveNames names, GlobalOptions& globals) -> std::vector<Candidate> {
    // Standard input is the shell's.
    if (globals.management_key_file == "-") return {};
    if (names == LiveNames::profiles) return names_of_profiles(process.environment);
    Output nowhere{[](std::string_view) { return 0; }};
    Messages messages{nowhere};
    const auto profile = choose_profile(globals.profile, process.environment);
    if (!profile) return {};
    auto settings =
        resolve_settings(globals, *profile, process.environment, process.read_line, messages);
    if (!settings) return {};
    // It may ask the user something, or take long.
    settings->fetch_key = nullptr;
    Session session{process, *std::move(settings), Format::text, false, {}, nowhere, messages};
    return names == LiveNames::keys ? names_of_keys(session, answer_limit)
                                    : names_of_records(session);
  };
  const Completion completion = complete(words, begun, look_up);
  output.write(completion.kind == CompletionKind::files   ? "files\n"
               : completion.kind == CompletionKind::names ? "names\n"
                                                          : "words\n");
  for (const auto& [value, help] : completion.candidates) output.write(value + "\t" + help + "\n");
}

Command completion_command() {
  return {
      .name = "completion",
      .group = Group::setup,
      .summary = "Print a completion script for your shell",
      .description =
          "For the current shell: `source <(manage_xai completion bash)`, the same with zsh, or "
          "`manage_xai completion fish | source`. Packages install it. Names of keys are looked "
          "up, for half a second at most, where a management key is set.",
      .examples = {"completion bash", "completion zsh"},
      .formats = {"text"},
      .declare = declare_with<CompletionInput, print_script>,
      .is_local = true};
}

}  // namespace xai::cli
