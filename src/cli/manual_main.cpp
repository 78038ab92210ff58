// Writes the manual into a folder, from what `--help` shows: as Markdown; or, as they are installed
// below `share`, the pages for `man` and what completes words in the shells.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "cli/commands/completion.h"
#include "cli/help.h"
#include "cli/man_page.h"

namespace {

/// Writes files, and remembers whether all went well.
struct Writer {
  std::filesystem::path folder;
  bool is_good{true};

  void write(const std::string& name, std::string_view text) {
    std::error_code ignored;
    std::filesystem::create_directories((folder / name).parent_path(), ignored);
    std::ofstream file{folder / name};
    file << text;
    is_good = file.flush().good() && is_good;
  }
};

void write_markdown(Writer& to) {
  to.write("commands.md", xai::cli::manual_overview());
  for (const xai::cli::Command& command : xai::cli::commands())
    to.write(std::string{command.name} + ".md", xai::cli::manual_of(command));
}

void write_share(Writer& to) {
  to.write("man/man1/manage_xai.1", xai::cli::man_page());
  for (const xai::cli::Command& command : xai::cli::commands())
    to.write("man/man1/manage_xai-" + std::string{command.name} + ".1",
             xai::cli::man_page_of(command));
  to.write("bash-completion/completions/manage_xai", xai::cli::completion_script("bash"));
  to.write("zsh/vendor-completions/_manage_xai", xai::cli::completion_script("zsh"));
  to.write("fish/vendor_completions.d/manage_xai.fish", xai::cli::completion_script("fish"));
}

}  // namespace

int main(int argument_count, char** arguments) {
  const bool is_share = argument_count == 3 && std::string_view{arguments[1]} == "--share";
  if (argument_count != 2 && !is_share) {
    std::fputs("usage: manage_xai_manual [--share] FOLDER\n", stderr);
    return 2;
  }
  Writer writer{.folder = arguments[argument_count - 1]};
  if (is_share)
    write_share(writer);
  else
    write_markdown(writer);
  if (!writer.is_good)
    std::fprintf(stderr, "manage_xai_manual: cannot write into %s\n", writer.folder.c_str());
  return writer.is_good ? 0 : 12;
}
