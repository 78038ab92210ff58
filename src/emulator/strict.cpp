#include "emulator/strict.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "base/closest.h"
#include "base/time_text.h"
#include "base/try.h"
#include "emulator/errors.h"
#include "wire/codec.h"

namespace xai::emulator {

using management::Result;

namespace {

management::Error should_be(std::string_view name, std::string_view wanted) {
  std::string message{"`"};
  message.append(name).append("` should be ").append(wanted);
  return errors::invalid_argument(std::move(message));
}

}  // namespace

Result<void> only_members(json::Value value, std::initializer_list<std::string_view> known) {
  if (!value.is_object()) return std::unexpected(errors::invalid_argument("expected an object"));
  for (const json::Member& member : value.members()) {
    if (std::ranges::find(known, member.name) != known.end()) continue;
    const std::vector<std::string> candidates{known.begin(), known.end()};
    const auto near = base::closest(member.name, candidates, 1);
    return std::unexpected(errors::unknown_member(member.name, near.empty() ? "" : near.front()));
  }
  return {};
}

management::Error inside(std::string_view name, management::Error error) {
  // What is wrong with all of it is wrong with that member.
  for (const std::string_view whole : {"the document", "expected an object"}) {
    if (!error.message.starts_with(whole)) continue;
    std::string rest = error.message.substr(whole.size());
    if (rest.empty()) rest = " should be an object";
    error.message = "`" + std::string{name} + "`" + rest;
    return error;
  }
  error.message.insert(0, std::string{name} + ": ");
  return error;
}

Result<std::string> string_member(json::Value value, std::string_view name) {
  const json::Value found = value.find(name);
  if (found.is_string() || found.is_null()) return std::string{found.text()};
  return std::unexpected(should_be(name, "a string"));
}

Result<bool> boolean_member(json::Value value, std::string_view name, bool otherwise) {
  const json::Value found = value.find(name);
  if (found.is_null()) return otherwise;
  if (found.kind() == json::Kind::boolean) return found.boolean();
  return std::unexpected(should_be(name, "true or false"));
}

std::optional<std::chrono::seconds> parse_offset(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative) text.remove_prefix(1);
  const auto span = base::parse_span(text);
  return span && is_negative ? -*span : span;
}

Result<std::chrono::seconds> offset_member(json::Value value, std::string_view name,
                                           std::chrono::seconds otherwise) {
  const std::string text = TRY(string_member(value, name));
  if (text.empty()) return otherwise;
  if (const auto offset = parse_offset(text)) return *offset;
  return std::unexpected(should_be(name, "a span such as 90s or -90s"));
}

Result<std::chrono::seconds> span_member(json::Value value, std::string_view name,
                                         std::chrono::seconds otherwise) {
  const std::string text = TRY(string_member(value, name));
  if (text.empty()) return otherwise;
  if (const auto span = base::parse_span(text)) return *span;
  return std::unexpected(should_be(name, "a span such as 10s or 1m"));
}

Result<Credit> credit_member(json::Value value, Credit otherwise) {
  const json::Value found = value.find("outOfCredit");
  if (found.is_null()) return otherwise;
  if (found.kind() == json::Kind::boolean)
    return found.boolean() ? Credit::used_up : Credit::enough;
  static constexpr std::array<std::pair<std::string_view, Credit>, 3> names{
      {{"used", Credit::used_up},
       {"new", Credit::never_had},
       {"subscription", Credit::no_subscription}}};
  for (const auto& [name, credit] : names)
    if (found.is_string() && found.text() == name) return credit;
  return std::unexpected(should_be("outOfCredit", "true, false, used, new or subscription"));
}

Result<int> status_member(json::Value value, std::string_view name, int otherwise,
                          std::initializer_list<int> choices) {
  const int status = TRY(number_member(value, name, otherwise, 0, 599));
  if (status == otherwise || std::ranges::find(choices, status) != choices.end()) return status;
  std::string wanted;
  for (const int choice : choices)
    wanted += (wanted.empty() ? "" : " or ") + std::to_string(choice);
  return std::unexpected(should_be(name, wanted));
}

Result<std::optional<ErrorStyle>> error_style_member(json::Value value) {
  const std::string name = TRY(string_member(value, "errorStyle"));
  if (name.empty()) return std::nullopt;
  if (const auto style = parse_error_style(name)) return *style;
  return std::unexpected(should_be("errorStyle", error_style_names));
}

Result<std::optional<RateLimit>> rate_limit_member(json::Value value,
                                                   const std::optional<RateLimit>& otherwise) {
  const std::string text = TRY(string_member(value, "rateLimit"));
  if (text.empty()) return otherwise;
  if (text == "none") return std::nullopt;
  if (const auto limit = parse_rate_limit(text)) return *limit;
  return std::unexpected(should_be("rateLimit", "calls and a span, as 20/1m, or none"));
}

Result<int> number_member(json::Value value, std::string_view name, int otherwise, int least,
                          int most) {
  const json::Value found = value.find(name);
  if (found.is_null()) return otherwise;
  const auto number = wire::integer_of(found);
  if (number && *number >= least && *number <= most) return static_cast<int>(*number);
  std::string wanted = "a number from " + std::to_string(least);
  wanted.append(" to ").append(std::to_string(most));
  return std::unexpected(should_be(name, wanted));
}

}  // namespace xai::emulator
