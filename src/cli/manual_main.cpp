// Writes the manual into a folder, from what `--help` shows.
#include <cstdio>
#include <fstream>

#include "cli/help.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fputs("usage: manage_xai_manual FOLDER\n", stderr);
    return 2;
  }
  const std::string folder = std::string{arguments[1]} + "/";
  const auto write = [&](std::string_view name, const std::string& text) {
    std::ofstream file{folder + std::string{name} + ".md"};
    file << text;
    return file.flush().good();
  };
  bool is_good = write("commands", xai::cli::manual_overview());
  for (const xai::cli::Command& command : xai::cli::commands())
    is_good = write(command.name, xai::cli::manual_of(command)) && is_good;
  if (!is_good) std::fprintf(stderr, "manage_xai_manual: cannot write into %s\n", folder.c_str());
  return is_good ? 0 : 12;
}
