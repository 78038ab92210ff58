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
inline constexpr auto fields<cli::DryRunResult> =
    table(field("method", &cli::DryRunResult::method), field("url", &cli::DryRunResult::url),
          field("body", &cli::DryRunResult::body));

template <>
inline constexpr auto fields<cli::DeleteResult> =
    table(field("success", &cli::DeleteResult::success), field("keyId", &cli::DeleteResult::key_id),
          field("error", &cli::DeleteResult::error));

template <>
inline constexpr auto fields<cli::CheckResult> = table(
    field("apiKeyId", &cli::CheckResult::api_key_id), field("name", &cli::CheckResult::name),
    field("state", &cli::CheckResult::state), field("propagated", &cli::CheckResult::propagated),
    field("icPropagation", &cli::CheckResult::ic_propagation),
    field("secret", &cli::CheckResult::secret));

template <>
inline constexpr auto fields<cli::DeliveryResult> = table(
    field("apiKeyId", &cli::DeliveryResult::api_key_id), field("name", &cli::DeliveryResult::name),
    field("apiKey", &cli::DeliveryResult::api_key));

template <>
inline constexpr auto fields<cli::FindingResult> = table(
    field("record", &cli::FindingResult::record), field("command", &cli::FindingResult::command),
    field("name", &cli::FindingResult::name), field("startTime", &cli::FindingResult::start_time),
    field("state", &cli::FindingResult::state),
    field("apiKeyIds", &cli::FindingResult::api_key_ids), field("next", &cli::FindingResult::next));

}  // namespace xai::wire

namespace xai::cli {

template <class Result>
std::string json_of(const Result& result) {
  std::string text;
  json::Writer writer{text, 2};
  wire::write(writer, result);
  return text;
}

template std::string json_of(const VersionResult&);
template std::string json_of(const IdentityResult&);
template std::string json_of(const DryRunResult&);
template std::string json_of(const DeleteResult&);
template std::string json_of(const std::vector<DeleteResult>&);
template std::string json_of(const CheckResult&);
template std::string json_of(const DeliveryResult&);
template std::string json_of(const std::vector<FindingResult>&);
template std::string json_of(const RegionModels&);
template std::string json_of(const management::ApiKey&);
template std::string json_of(const management::Balance&);

}  // namespace xai::cli
