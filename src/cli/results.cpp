#include "cli/results.h"

#include "wire/api_keys.h"
#include "wire/balance.h"
#include "wire/codec.h"

namespace xai::wire {

template <>
inline constexpr auto fields<cli::VersionResult> =
    table(field("version", &cli::VersionResult::version));

template <>
inline constexpr auto fields<cli::SettingResult> =
    table(field("name", &cli::SettingResult::name), field("value", &cli::SettingResult::value),
          field("source", &cli::SettingResult::source));

template <>
inline constexpr auto fields<cli::IdentityResult> =
    table(field("managementKey", &cli::IdentityResult::management_key),
          field("settings", &cli::IdentityResult::settings));

template <>
inline constexpr auto fields<cli::ProfileSetting> =
    table(field("name", &cli::ProfileSetting::name), field("values", &cli::ProfileSetting::values));

template <>
inline constexpr auto fields<cli::ProfileResult> = table(
    field("name", &cli::ProfileResult::name), field("isDefault", &cli::ProfileResult::is_default),
    field("settings", &cli::ProfileResult::settings));

template <>
inline constexpr auto fields<cli::ProfileIdentity> = table(
    field("profile", &cli::ProfileIdentity::profile), field("kind", &cli::ProfileIdentity::kind),
    field("redactedApiKey", &cli::ProfileIdentity::redacted_api_key),
    field("name", &cli::ProfileIdentity::name), field("teamId", &cli::ProfileIdentity::team_id),
    field("error", &cli::ProfileIdentity::error));

template <>
inline constexpr auto fields<cli::DryRunResult> =
    table(field("method", &cli::DryRunResult::method), field("url", &cli::DryRunResult::url),
          field("body", &cli::DryRunResult::body));

template <>
inline constexpr auto fields<cli::DeleteResult> =
    table(field("success", &cli::DeleteResult::success), field("keyId", &cli::DeleteResult::key_id),
          field("name", &cli::DeleteResult::name), field("error", &cli::DeleteResult::error));

template <>
inline constexpr auto fields<cli::CheckResult> = table(
    field("apiKeyId", &cli::CheckResult::api_key_id), field("name", &cli::CheckResult::name),
    field("state", &cli::CheckResult::state), field("propagated", &cli::CheckResult::propagated),
    field("icPropagation", &cli::CheckResult::ic_propagation),
    field("secret", &cli::CheckResult::secret),
    field("secretState", &cli::CheckResult::secret_state));

template <>
inline constexpr auto fields<cli::DeliveryResult> = table(
    field("apiKeyId", &cli::DeliveryResult::api_key_id), field("name", &cli::DeliveryResult::name),
    field("apiKey", &cli::DeliveryResult::api_key));

template <>
inline constexpr auto fields<cli::FindingResult> = table(
    field("record", &cli::FindingResult::record), field("command", &cli::FindingResult::command),
    field("name", &cli::FindingResult::name), field("startTime", &cli::FindingResult::start_time),
    field("state", &cli::FindingResult::state),
    field("apiKeyIds", &cli::FindingResult::api_key_ids),
    field("reason", &cli::FindingResult::reason), field("next", &cli::FindingResult::next));

template <>
inline constexpr auto fields<cli::ErrorResult> = table(
    field("code", &cli::ErrorResult::code), field("message", &cli::ErrorResult::message),
    field("httpStatus", &cli::ErrorResult::http_status),
    field("requestId", &cli::ErrorResult::request_id), field("outcome", &cli::ErrorResult::outcome),
    field("next", &cli::ErrorResult::next), field("warnings", &cli::ErrorResult::warnings));

template <>
inline constexpr auto fields<cli::ConclusionResult> =
    table(field("error", &cli::ConclusionResult::error),
          field("warnings", &cli::ConclusionResult::warnings),
          field("notes", &cli::ConclusionResult::notes));

}  // namespace xai::wire

namespace xai::cli {

template <class Result>
std::string json_of(const Result& result, int indent) {
  std::string text;
  json::Writer writer{text, indent};
  wire::write(writer, result);
  return text;
}

template std::string json_of(const VersionResult&, int);
template std::string json_of(const IdentityResult&, int);
template std::string json_of(const std::vector<ProfileResult>&, int);
template std::string json_of(const std::vector<ProfileIdentity>&, int);
template std::string json_of(const std::vector<std::string>&, int);
template std::string json_of(const DryRunResult&, int);
template std::string json_of(const DeleteResult&, int);
template std::string json_of(const std::vector<DeleteResult>&, int);
template std::string json_of(const CheckResult&, int);
template std::string json_of(const DeliveryResult&, int);
template std::string json_of(const std::vector<FindingResult>&, int);
template std::string json_of(const RegionModels&, int);
template std::string json_of(const ConclusionResult&, int);
template std::string json_of(const management::ApiKey&, int);
template std::string json_of(const management::Balance&, int);

}  // namespace xai::cli
