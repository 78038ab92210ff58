#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "wire/rows.h"
#include "xai/management/balance.h"
#include "xai/management/event.h"
#include "xai/management/readiness.h"
#include "xai/management/unfinished.h"
#include "xai/management/usage_report.h"

// What Python sees of the values that workflows make: dicts with these members.
namespace xai::python {

/// The members of a struct with their names: specialised once per struct. What the service sends
/// has its names in `wire::fields`.
template <class T>
inline constexpr auto members = nullptr;

template <class T>
concept MadeHere = !std::same_as<std::remove_cv_t<decltype(members<T>)>, std::nullptr_t>;

/// A member, or a function that tells one.
template <class Member>
constexpr std::pair<std::string_view, Member> named(std::string_view name, Member member) {
  return {name, member};
}

template <>
inline constexpr auto members<management::Burn> =
    std::tuple{named("used", &management::Burn::used), named("days", &management::Burn::day_count),
               named("perDay", &management::Burn::per_day)};

template <>
inline constexpr auto members<management::Runway> = std::tuple{
    named("state", &management::Runway::state), named("left", &management::Runway::left)};

template <>
inline constexpr auto members<management::Balance> =
    std::tuple{named("hasPrepaid", &management::Balance::has_prepaid),
               named("hasPostpaid", &management::Balance::has_postpaid),
               named("liveCredit", &management::Balance::live_credit),
               named("postedCredit", &management::Balance::posted_credit),
               named("billingCycle", &management::Balance::cycle),
               named("cycleSpend", &management::Balance::cycle_spend),
               named("effectiveSpendingLimit", &management::Balance::effective_spending_limit),
               named("leftUnderLimit", &management::Balance::left_under_limit),
               named("burn", &management::Balance::burn),
               named("runway", &management::Balance::runway),
               named("usageFailure", &management::Balance::usage_failure),
               named("day", &management::Balance::day)};

template <>
inline constexpr auto members<management::UsageSeries> = std::tuple{
    named("group", &management::UsageSeries::group),
    named("label", &management::UsageSeries::label),
    named("keyName", &management::UsageSeries::key_name),
    named("sums", &management::UsageSeries::sums), named("total", &management::UsageSeries::total)};

template <>
inline constexpr auto members<management::UsageReport> = std::tuple{
    named("buckets", &management::UsageReport::buckets),
    named("series", &management::UsageReport::series),
    named("sums", &management::UsageReport::sums), named("total", &management::UsageReport::total),
    named("isPartial", &management::UsageReport::is_partial)};

template <>
inline constexpr auto members<management::Readiness> =
    std::tuple{named("isComplete", &management::Readiness::is_complete),
               named("icPropagation",
                     [](const management::Readiness& readiness) -> const auto& {
                       return readiness.propagation.clusters;
                     }),
               named("lagging", &management::Readiness::lagging)};

template <>
inline constexpr auto members<management::SecretVerdict> =
    std::tuple{named("state", &management::SecretVerdict::state),
               named("httpStatus", &management::SecretVerdict::http_status),
               named("apiKeyId", &management::SecretVerdict::api_key_id)};

template <>
inline constexpr auto members<management::Unfinished> =
    std::tuple{named("id", &management::Unfinished::id),
               named("operation", &management::Unfinished::operation),
               named("subject", &management::Unfinished::subject),
               named("start", &management::Unfinished::start),
               named("kind", &management::Unfinished::kind),
               named("state", &management::Unfinished::state),
               named("apiKeyIds", &management::Unfinished::api_key_ids),
               named("mayStillAppear", &management::Unfinished::may_still_appear),
               named("lookError", &management::Unfinished::look_error)};

template <>
inline constexpr auto members<management::Attempt> = std::tuple{
    named("operation", &management::Attempt::operation),
    named("number", &management::Attempt::number),
    named("method", [](const management::Attempt& attempt) { return name_of(attempt.method); }),
    named("path", &management::Attempt::path),
    named("duration", &management::Attempt::duration),
    named("httpStatus",
          [](const management::Attempt& attempt) -> std::optional<std::int32_t> {
            if (attempt.error) return std::nullopt;
            return attempt.status;
          }),
    named("bodyBytes", &management::Attempt::body_bytes),
    named("requestId", &management::Attempt::request_id),
    named("error", &management::Attempt::error)};

template <>
inline constexpr auto members<management::PageRead> = std::tuple{
    named("items", &management::PageRead::items), named("noun", &management::PageRead::noun)};

template <>
inline constexpr auto members<management::ClustersAsked> =
    std::tuple{named("known", &management::ClustersAsked::known),
               named("all", &management::ClustersAsked::all),
               named("lagging", &management::ClustersAsked::lagging)};

template <>
inline constexpr auto members<management::SecretTried> = std::tuple{};

template <>
inline constexpr auto members<management::AliasResolved> =
    std::tuple{named("alias", &management::AliasResolved::alias),
               named("name", &management::AliasResolved::name)};

}  // namespace xai::python
