#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "wire/balance.h"
#include "wire/table.h"
#include "xai/management/event.h"
#include "xai/management/readiness.h"
#include "xai/management/unfinished.h"
#include "xai/management/usage_report.h"

// What the values that workflows make have for members, wherever they are shown.
namespace xai::wire {

inline std::map<std::string, bool> clusters_of(const management::Readiness& readiness) {
  return readiness.propagation.clusters;
}
inline bool is_complete_readiness(const management::Readiness& readiness) {
  return readiness.is_complete();
}
inline std::string_view method_of(const management::Attempt& attempt) {
  return name_of(attempt.method);
}
/// None when no answer came.
inline std::optional<std::int32_t> status_of(const management::Attempt& attempt) {
  return attempt.error ? std::nullopt : std::optional{attempt.status};
}

template <>
inline constexpr auto fields<management::UsageSeries> = table(
    field("group", &management::UsageSeries::group),
    field("label", &management::UsageSeries::label),
    field("keyName", &management::UsageSeries::key_name),
    field("sums", &management::UsageSeries::sums), field("total", &management::UsageSeries::total));

template <>
inline constexpr auto fields<management::UsageReport> = table(
    field("buckets", &management::UsageReport::buckets),
    field("series", &management::UsageReport::series),
    field("sums", &management::UsageReport::sums), field("total", &management::UsageReport::total),
    field("isPartial", &management::UsageReport::is_partial));

template <>
inline constexpr auto fields<management::Readiness> =
    table(computed("isComplete", &is_complete_readiness), computed("icPropagation", &clusters_of),
          field("lagging", &management::Readiness::lagging));

template <>
inline constexpr auto fields<management::SecretVerdict> =
    table(field("state", &management::SecretVerdict::state),
          field("httpStatus", &management::SecretVerdict::http_status),
          field("apiKeyId", &management::SecretVerdict::api_key_id));

template <>
inline constexpr auto fields<management::Unfinished> = table(
    field("id", &management::Unfinished::id),
    field("operation", &management::Unfinished::operation),
    field("subject", &management::Unfinished::subject),
    field("start", &management::Unfinished::start), field("kind", &management::Unfinished::kind),
    field("state", &management::Unfinished::state),
    field("apiKeyIds", &management::Unfinished::api_key_ids),
    field("mayStillAppear", &management::Unfinished::may_still_appear),
    field("isDeleted", &management::Unfinished::is_deleted),
    field("isSuperseded", &management::Unfinished::is_superseded),
    field("isOpenToOthers", &management::Unfinished::is_open_to_others),
    field("lookError", &management::Unfinished::look_error));

template <>
inline constexpr auto fields<management::Attempt> = table(
    field("operation", &management::Attempt::operation),
    field("number", &management::Attempt::number), computed("method", &method_of),
    field("path", &management::Attempt::path), field("duration", &management::Attempt::duration),
    computed("httpStatus", &status_of), field("bodyBytes", &management::Attempt::body_bytes),
    field("requestId", &management::Attempt::request_id),
    field("error", &management::Attempt::error));

template <>
inline constexpr auto fields<management::RecordSettled> = table(
    field("id", &management::RecordSettled::id), field("name", &management::RecordSettled::name),
    field("isOvertaken", &management::RecordSettled::is_overtaken));

template <>
inline constexpr auto fields<management::PageRead> =
    table(field("items", &management::PageRead::items), field("noun", &management::PageRead::noun));

template <>
inline constexpr auto fields<management::ClustersAsked> =
    table(field("known", &management::ClustersAsked::known),
          field("all", &management::ClustersAsked::all),
          field("lagging", &management::ClustersAsked::lagging));

template <>
inline constexpr auto fields<management::SecretTried> = table();

template <>
inline constexpr auto fields<management::AliasResolved> =
    table(field("alias", &management::AliasResolved::alias),
          field("name", &management::AliasResolved::name));

}  // namespace xai::wire
