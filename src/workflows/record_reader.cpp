#include "workflows/record_reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "base/file.h"

namespace xai::workflows {
namespace {

constexpr std::size_t record_bytes_max = 1UL << 20U;
constexpr mode_t of_others = 0077;

/// Why the file cannot be a record of this user's; empty when it can.
std::string fault_of(const struct stat& status) {
  if (!S_ISREG(status.st_mode)) return "is no file";
  if (status.st_uid != ::geteuid()) return "belongs to another user";
  return {};
}

/// Where the lines end: the next one goes there.
off_t end_of_lines(const std::string& text) {
  const std::size_t end = std::min(text.find('\0'), text.size());
  const std::size_t last = std::string_view{text}.substr(0, end).rfind('\n');
  return last == std::string::npos ? 0 : static_cast<off_t>(last) + 1;
}

}  // namespace

std::string fault_of_open(int error) {
  if (error == ELOOP) return "is a symbolic link";
  if (error == EINVAL) return "is no file";
  return std::string{"cannot be read ("} + std::strerror(error) + ")";
}

std::expected<ReadRecord, std::string> read_record(int file, const std::string& id) {
  struct stat status{};
  if (::fstat(file, &status) != 0) return std::unexpected{fault_of_open(errno)};
  if (std::string fault = fault_of(status); !fault.empty())
    return std::unexpected{std::move(fault)};
  auto text = base::read_all(file, record_bytes_max);
  if (!text) return std::unexpected{fault_of_open(text.error())};
  const off_t end = end_of_lines(*text);
  ReadRecord read{.record = read_lines(*std::move(text), id), .end = end};
  read.record.is_open_to_others = (status.st_mode & of_others) != 0;
  if (read.record.operation.empty() && !read.record.is_newer)
    return std::unexpected{std::string{"holds no record"}};
  return read;
}

bool is_own(int file) {
  struct stat status{};
  return ::fstat(file, &status) == 0 && fault_of(status).empty() &&
         (status.st_mode & of_others) == 0;
}

}  // namespace xai::workflows
