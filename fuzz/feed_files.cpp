// Feeds every file of a folder to a target: the corpora as ordinary tests.
//   fuzz_corpora TARGET FOLDER
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "targets.h"

namespace {

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes);
};
constexpr std::array<Target, 12> targets{{{"argv", xai::fuzz::argv},
                                          {"csv", xai::fuzz::csv},
                                          {"emulator", xai::fuzz::emulator},
                                          {"escaping", xai::fuzz::escaping},
                                          {"json", xai::fuzz::json},
                                          {"money", xai::fuzz::money},
                                          {"records", xai::fuzz::records},
                                          {"router", xai::fuzz::router},
                                          {"time", xai::fuzz::time},
                                          {"toml", xai::fuzz::toml},
                                          {"url", xai::fuzz::url},
                                          {"wire", xai::fuzz::wire}}};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() != 2) return 2;
  const auto* const target = std::ranges::find(targets, words[0], &Target::name);
  if (target == targets.end()) return 2;
  int count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{words[1]}) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file{entry.path(), std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    // Printed first, so that the last name is that of an input which ends the process.
    std::printf("%s\n", entry.path().filename().c_str());
    std::fflush(stdout);
    target->run(bytes);
    ++count;
  }
  if (count == 0) std::fprintf(stderr, "no corpus there\n");
  return count == 0 ? 1 : 0;
}
