#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "wire/descriptor.h"
#include "wire/table.h"
#include "xai/management/acl.h"
#include "xai/management/open_enum.h"
#include "xai/management/timestamp.h"

namespace xai::wire {

// Text of path and query values; nothing for what is not to be sent.

inline std::optional<std::string> text_of(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional{text};
}
template <class Enum>
std::optional<std::string> text_of(const management::OpenEnum<Enum>& value) {
  return text_of(value.text);
}
inline std::optional<std::string> text_of(bool flag) {
  return flag ? std::optional<std::string>{"true"} : std::nullopt;
}
template <std::signed_integral T>
std::optional<std::string> text_of(T number) {
  return std::to_string(number);
}
inline std::optional<std::string> text_of(const management::Acl& acl) { return acl.text; }
inline std::optional<std::string> text_of(management::Timestamp time) {
  return base::format_rfc3339(time);
}
template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  return value ? text_of(*value) : std::nullopt;
}

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

/// Puts a member where its field says, unless that is the body.
template <class Class, class Member>
void place_text(const Field<Class, Member>& field, const Member& member, Placed& placed) {
  if (field.place == Place::body) return;
  auto& values = field.place == Place::path ? placed.path : placed.query;
  if constexpr (std::same_as<Member, management::Secret>) {
    placed.credential = member;
  } else if constexpr (is_list<Member>) {
    if constexpr (requires { text_of(member.front()); })
      for (const auto& item : member) values.emplace_back(field.name, text_of(item).value_or(""));
  } else if constexpr (requires { text_of(member); }) {
    if (auto text = text_of(member)) values.emplace_back(field.name, std::move(*text));
  }
}

}  // namespace xai::wire
