#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "xai/management/secret.h"
#include "xai/management/timestamp.h"

namespace xai::workflows {

/// What an operation is about, by the service's names: `name`, `apiKeyId`, `amount`.
using Subject = std::map<std::string, std::string>;

/// An operation that must not happen twice, as its record on disk has it.
struct Record {
  std::string id{};               ///< What people call it by.
  std::string operation{};        ///< As the contract names it: `createApiKey`.
  Subject subject{};              ///< Grows as more becomes known.
  management::Timestamp start{};  ///< By this machine's clock.
  std::optional<management::Timestamp> service_start{};  ///< By the service's, where it was known.
  std::string base_url{};
  std::string team_id{};         ///< Empty: that of the management key.
  std::string temporary_file{};  ///< Where a secret file was being made; may be empty.
  management::Secret secret{};   ///< Empty until it was minted.
  bool is_running{};             ///< Somebody still works on it.
  bool is_open_to_others{};      ///< Other users of this machine may read its file.
  std::string unreadable{};      ///< Why the file tells nothing; only `id`, its name, holds then.
  bool is_newer{};               ///< A later version of this program wrote it: only `id` holds.

  /// A member of the subject; empty when it is not known.
  [[nodiscard]] std::string about(const std::string& name) const;
};

/// The member of a subject that has the redacted form of the secret that was minted.
inline constexpr std::string_view minted_form = "mintedRedactedApiKey";

/// One line of a record's file, line break and all. It may hold the secret: wipe it.
std::string line_of(const Record& record);

/// Reads the lines of a record's file. The last whole line counts; one that was cut off by a kill
/// tells nothing, nor does what lies behind the first NUL. Wipes `text`.
Record read_lines(std::string text, std::string id);

}  // namespace xai::workflows
