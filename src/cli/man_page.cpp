#include "cli/man_page.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "cli/help.h"

namespace xai::cli {

namespace {

struct Meaning {
  std::string_view codes;
  std::string_view text;
};

// docs/manual/exit-codes.md says it at length.
constexpr std::array meanings{
    Meaning{"0", "done"},
    Meaning{"1", "failed, none of the below; what changed is unknown"},
    Meaning{"2", "usage: an option or a value; nothing was sent"},
    Meaning{"3", "not found"},
    Meaning{"4", "credentials: missing, refused or not allowed"},
    Meaning{"5", "refused by the service, by a check before sending, or by you"},
    Meaning{"6", "try later: unreachable, throttled, or a read that met a server error"},
    Meaning{"7", "differs: the key cannot be used, or the credit is below the threshold"},
    Meaning{"8", "outcome unknown: a write may have happened"},
    Meaning{"9", "a secret exists and is kept, but could not be delivered"},
    Meaning{"10", "some items of many failed"},
    Meaning{"11", "done, but still pending when the wait ended"},
    Meaning{"12", "local trouble: a file, the disk, standard output"},
    Meaning{"13", "the answer was not what the service promises"},
    Meaning{"130, 143", "interrupted"},
    Meaning{"141", "the reader of standard output closed the pipe"},
};

constexpr std::array variables{
    Meaning{"XAI_MANAGEMENT_KEY, XAI_MANAGEMENT_API_KEY",
            "The management key; the first one wins."},
    Meaning{"XAI_TEAM_ID", "The team; else the management key's own."},
    Meaning{"XAI_API_REGION", "The inference cluster a command is about; auto is all."},
    Meaning{"XAI_MANAGEMENT_BASE_URL", "Where the Management API is."},
    Meaning{"XAI_INFERENCE_BASE_URL", "Where keys are used; may hold {region}."},
    Meaning{"SSL_CERT_FILE, SSL_CERT_DIR, CURL_CA_BUNDLE", "Certificates to trust."},
    Meaning{"XDG_STATE_HOME",
            "The folder xai-management in it holds the records of unfinished operations."},
    Meaning{"NO_COLOR", "No colour, when it is set and not empty."},
};

/// As roff takes it for plain text.
std::string plain(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if ((letter == '.' || letter == '\'') && (result.empty() || result.ends_with('\n')))
      result += "\\&";
    if (letter == '\\')
      result += "\\e";
    else if (letter == '-')
      result += "\\-";
    else
      result += letter;
  }
  return result;
}

std::string heading(const std::string& name) {
  std::string upper = name;
  std::ranges::transform(upper, upper.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return ".TH " + upper + " 1 \"\" \"xAI Management Tools " XAI_VERSION "\"\n";
}

std::string entry(std::string_view term, std::string_view text) {
  return ".TP\n.B " + plain(term) + "\n" + plain(text) + "\n";
}

std::string entries(const Options& options, std::size_t from, std::size_t to) {
  std::string text;
  for (std::size_t i = from; i < to; ++i)
    text += entry(form_of(options.all()[i]), explanation_of(options.all()[i]) + ".");
  return text;
}

template <class Table>
std::string entries(const Table& table) {
  std::string text;
  for (const auto& [term, meaning] : table) text += entry(term, meaning);
  return text;
}

}  // namespace

std::string man_page_of(const Command& command) {
  const Declared declared{&command};
  const auto& [options, globals, run, own_count] = declared;
  const std::string name = "manage_xai-" + std::string{command.name};
  std::string text = heading(name) + ".SH NAME\n" + plain(name) + " \\- " + plain(command.summary) +
                     "\n.SH SYNOPSIS\n" + plain(usage_of(command, options, own_count)) + "\n";
  if (!command.description.empty()) text += ".SH DESCRIPTION\n" + plain(command.description) + "\n";
  if (own_count > 0) text += ".SH OPTIONS\n" + entries(options, 0, own_count);
  text += ".SH GLOBAL OPTIONS\n" + entries(options, own_count, options.all().size());
  text += ".SH EXAMPLES\n.nf\n";
  for (const std::string_view example : command.examples)
    text += plain("manage_xai " + std::string{example}) + "\n";
  return text + ".fi\n.SH SEE ALSO\n.BR manage_xai (1),\nfor exit codes and variables\n";
}

std::string man_page() {
  std::string text = heading("manage_xai") +
                     ".SH NAME\nmanage_xai \\- manage the API keys and the money of an xAI team\n"
                     ".SH SYNOPSIS\nmanage_xai COMMAND [OPTION]...\n.SH COMMANDS\n";
  for (const Command& command : commands())
    text +=
        ".TP\n.BR manage_xai\\-" + plain(command.name) + " (1)\n" + plain(command.summary) + ".\n";
  text += ".SH ENVIRONMENT\nAn option wins over a variable.\n" + entries(variables);
  text += ".SH EXIT STATUS\n" + entries(meanings);
  return text + ".SH SEE ALSO\n.BR xai_emulator (1)\n";
}

}  // namespace xai::cli
