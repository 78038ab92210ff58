#include "workflows/minted.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

#include "base/file.h"

namespace xai::workflows {
namespace {

constexpr off_t minted_bytes_max = 1L << 20U;

/// What stands on a line of its own must be one.
bool fits_on_a_line(const std::string& id) {
  return !id.empty() && std::ranges::all_of(id, [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '-';
  });
}

}  // namespace

void remember_minted(const Call& call, const std::string& api_key_id) {
  const std::string& folder = call.account().state_folder;
  if (folder.empty() || !fits_on_a_line(api_key_id)) return;
  const std::string path = folder + "/minted";
  const auto file = base::open_file(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (!file) return;
  base::write_all(file->get(), api_key_id + "\n");
  struct stat status{};
  if (::fstat(file->get(), &status) == 0 && status.st_size > minted_bytes_max)
    ::rename(path.c_str(), (path + ".old").c_str());
}

std::vector<std::string> minted_before(const Call& call) {
  std::vector<std::string> ids;
  const std::string& folder = call.account().state_folder;
  if (folder.empty()) return ids;
  for (const char* const name : {"/minted.old", "/minted"}) {
    const auto file = base::open_file(folder + name, O_RDONLY);
    if (!file) continue;
    const auto text = base::read_all(file->get(), 2 * minted_bytes_max);
    if (!text) continue;
    std::string_view rest = *text;
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      ids.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
  }
  return ids;
}

}  // namespace xai::workflows
