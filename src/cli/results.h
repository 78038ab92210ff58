#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "json/value.h"
#include "xai/management/error.h"
#include "xai/management/key_state.h"
#include "xai/management/readiness.h"
#include "xai/management/secret.h"
#include "xai/management/timestamp.h"
#include "xai/management/transport.h"
#include "xai/management/unfinished.h"

namespace xai::cli {

// The results that only the command line has, as JSON shows them. Their tables are in results.cpp.

struct VersionResult {
  std::string version{};
};

/// A setting and who gave it.
struct SettingResult {
  std::string name{};
  std::string value{};
  std::string source{};
};

struct ProfileSetting {
  std::string name{};
  std::vector<std::string> values{};
};

/// A profile of config.toml, with what is set in it.
struct ProfileResult {
  std::string name{};
  bool is_default{};
  std::vector<ProfileSetting> settings{};
};

/// Whose key a profile has.
struct ProfileIdentity {
  std::string profile{};
  std::string kind{};  ///< `management`, `inference`; `other`, which neither host knows; `none`.
  std::string redacted_api_key{};
  std::string name{};
  std::string team_id{};
  std::optional<std::string> error{};  ///< Why nothing more is known.
};

struct IdentityResult {
  json::Value management_key{};  ///< The service's document.
  std::vector<SettingResult> settings{};
};

/// The request that `--dry-run` does not send.
struct DryRunResult {
  management::Method method{};
  std::string url{};
  std::optional<json::Value> body{};
};

struct DeleteResult {
  bool success{};
  std::optional<std::string> key_id{};
  std::optional<std::string> name{};  ///< As typed, where no key has it.
  std::optional<std::string> error{};
};

struct CheckResult {
  std::string api_key_id{};
  std::string name{};
  management::KeyState state{};
  bool propagated{};
  std::map<std::string, bool> ic_propagation{};
  std::optional<std::string> secret{};  ///< What the inference host makes of it, in words.
  std::optional<management::SecretState> secret_state{};
};

/// A secret that was kept and is handed over.
struct DeliveryResult {
  std::string api_key_id{};
  std::string name{};
  std::optional<management::Secret> api_key{};
};

/// The models of each region, in the order of the regions.
using RegionModels = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// An operation that is not finished.
struct FindingResult {
  std::string record{};
  std::string command{};
  std::string name{};
  std::optional<management::Timestamp> start_time{};  ///< None of what is no record.
  management::UnfinishedState state{};
  std::vector<std::string> api_key_ids{};
  std::optional<std::string> reason{};  ///< Why it cannot be read, or cannot be told of now.
  std::string next{};                   ///< The command that settles it; may be empty.
};

struct ErrorResult {
  management::ErrorKind code{};
  std::string message{};
  std::optional<std::int32_t> http_status{};
  std::optional<std::string> request_id{};
  management::Outcome outcome{};
  std::optional<std::string> next{};
  std::vector<std::string> warnings{};
};

/// The one document on standard error: an error with its warnings, or warnings and notes alone.
struct ConclusionResult {
  std::optional<ErrorResult> error{};
  std::optional<std::vector<std::string>> warnings{};
  std::optional<std::vector<std::string>> notes{};
};

/// The JSON of a result, `indent` spaces per level. Wipe it where it may hold a secret.
template <class Result>
std::string json_of(const Result& result, int indent = 2);

}  // namespace xai::cli
