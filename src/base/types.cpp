// The few members of the public types that are more than data.
#include <algorithm>
#include <cctype>

#include "base/decimal.h"
#include "base/money.h"
#include "xai/management/acl.h"
#include "xai/management/api_keys.h"
#include "xai/management/audit_events.h"
#include "xai/management/decimal.h"
#include "xai/management/invoices.h"
#include "xai/management/management_keys.h"
#include "xai/management/prepaid.h"
#include "xai/management/transport.h"
#include "xai/management/usage.h"

namespace xai::management {
namespace {

constexpr std::string_view model_prefix = "api-key:model:";
constexpr std::string_view endpoint_prefix = "api-key:endpoint:";

std::string_view behind(std::string_view prefix, std::string_view text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : std::string_view{};
}

}  // namespace

Acl Acl::model(std::string_view name) { return {std::string{model_prefix}.append(name)}; }
Acl Acl::endpoint(std::string_view name) { return {std::string{endpoint_prefix}.append(name)}; }
std::string_view Acl::model_name() const { return behind(model_prefix, text); }
std::string_view Acl::endpoint_name() const { return behind(endpoint_prefix, text); }

bool ApiKeyPropagation::complete() const {
  return !clusters.empty() &&
         std::ranges::all_of(clusters, [](auto& cluster) { return cluster.second; });
}

std::optional<Cents> PrepaidBalance::posted_credit() const {
  if (!total) return std::nullopt;
  return base::difference({}, *total);
}

// Both figures are negative, as all credit is.
std::optional<Cents> CoreInvoice::live_credit() const {
  if (!prepaid_credits || !prepaid_credits_used) return std::nullopt;
  return base::difference(*prepaid_credits_used, *prepaid_credits);
}

std::string ManagementKey::team() const {
  if (!team_id.empty()) return team_id;
  return scope == "SCOPE_TEAM" ? scope_id : std::string{};
}

std::optional<Decimal> sum(const Decimal& left, const Decimal& right) {
  base::DecimalSum sum;
  if (!sum.add(left.text) || !sum.add(right.text)) return std::nullopt;
  return Decimal{sum.text()};
}

std::optional<std::strong_ordering> compare(const Decimal& left, const Decimal& right) {
  return base::compare(left.text, right.text);
}

std::string_view text_of(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::month:
      return "TIME_UNIT_MONTH";
    case TimeUnit::calendar_week:
      return "TIME_UNIT_CALENDAR_WEEK";
    case TimeUnit::day:
      return "TIME_UNIT_DAY";
    case TimeUnit::hour:
      return "TIME_UNIT_HOUR";
    case TimeUnit::quarter_hour:
      return "TIME_UNIT_QUARTER_HOUR";
    case TimeUnit::minute:
      return "TIME_UNIT_MINUTE";
    case TimeUnit::second:
      return "TIME_UNIT_SECOND";
    case TimeUnit::none:
      return "TIME_UNIT_NONE";
  }
  return {};
}

std::string_view text_of(EventOrder order) {
  switch (order) {
    case EventOrder::newest_first:
      return "TIME_DESCENDING";
    case EventOrder::oldest_first:
      return "TIME_ASCENDING";
  }
  return {};
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::delete_:
      return "DELETE";
  }
  return "GET";
}

bool carries_body(Method method) {
  return method == Method::post || method == Method::put || method == Method::patch;
}

std::string_view HttpResponse::header(std::string_view name) const {
  const auto same = [&](const Header& header) {
    return std::ranges::equal(header.name, name, [](unsigned char left, unsigned char right) {
      return std::tolower(left) == std::tolower(right);
    });
  };
  const auto found = std::ranges::find_if(headers, same);
  return found == headers.end() ? std::string_view{} : std::string_view{found->value};
}

}  // namespace xai::management
