#include "workflows/note_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

#include "base/file.h"

namespace xai::workflows {
namespace {

constexpr off_t note_bytes_max = 1L << 20U;

}  // namespace

void add_note(const Call& call, std::string_view file_name, const std::string& line) {
  const std::string& folder = call.account().state_folder;
  if (folder.empty()) return;
  const std::string path = folder + "/" + std::string{file_name};
  const auto file = base::open_file(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (!file) return;
  base::write_all(file->get(), line + "\n");
  struct stat status{};
  if (::fstat(file->get(), &status) == 0 && status.st_size > note_bytes_max)
    ::rename(path.c_str(), (path + ".old").c_str());
}

std::vector<std::string> notes_of(const Call& call, std::string_view file_name) {
  std::vector<std::string> lines;
  const std::string& folder = call.account().state_folder;
  if (folder.empty()) return lines;
  const std::string path = folder + "/" + std::string{file_name};
  for (const std::string& name : {path + ".old", path}) {
    const auto file = base::open_file(name, O_RDONLY);
    if (!file) continue;
    const auto text = base::read_all(file->get(), 2 * note_bytes_max);
    if (!text) continue;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
  }
  return lines;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char letter) {
    return letter > ' ' && letter < 0x7F;
  });
}

}  // namespace xai::workflows
