#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "json/value.h"
#include "json/writer.h"
#include "wire/members.h"
#include "wire/table.h"
#include "xai/management/acl.h"
#include "xai/management/cents.h"
#include "xai/management/decimal.h"
#include "xai/management/field_mask.h"
#include "xai/management/open_enum.h"
#include "xai/management/result.h"
#include "xai/management/secret.h"
#include "xai/management/timestamp.h"

namespace xai::wire {

/// The integer that a JSON number or string holds, spaces around it allowed.
std::optional<std::int64_t> integer_of(json::Value value);

/// The same into `out`, which stays as it was when there is none; see parse_rfc3339.
bool read_integer(json::Value value, std::int64_t& out);

/// The boolean that a literal or the strings `true` and `false` hold.
std::optional<bool> boolean_of(json::Value value);

management::Error error_of(const Fault& fault);

/// The comma-separated form of protobuf-JSON, and back.
std::string mask_text(const management::FieldMask& mask);
management::FieldMask field_mask_of(std::string_view text);

// Money and exact numbers. Null is neither: a missing figure is not zero.

/// Whole cents as `"20000"`, `20000` or `{"val":"20000"}`, where an absent `val` is 0.
bool read(json::Value value, management::Cents& out, Fault& fault);
void write(json::Writer& writer, management::Cents cents);
/// The third of these notations.
void write_boxed(json::Writer& writer, management::Cents cents);

/// A JSON number, or one in a string; its digits are kept.
bool read(json::Value value, management::Decimal& out, Fault& fault);
void write(json::Writer& writer, const management::Decimal& decimal);

template <class T>
concept Modelled = !std::same_as<std::remove_cv_t<decltype(fields<T>)>, std::nullptr_t>;

template <Modelled T>
bool read(json::Value value, T& out, Fault& fault);
template <Modelled T>
void write(json::Writer& writer, const T& model);

// Readers. Null is the default, as protobuf-JSON has it.

inline bool read(json::Value value, std::string& out, Fault& fault) {
  out.assign(value.text());
  fault.expected = "a string";
  return value.is_string() || value.is_null();
}
inline bool read(json::Value value, management::Secret& out, Fault& fault) {
  out = management::Secret{std::string{value.text()}};
  fault.expected = "a string";
  return value.is_string() || value.is_null();
}
inline bool read(json::Value value, management::Acl& out, Fault& fault) {
  return read(value, out.text, fault);
}
template <class Enum>
bool read(json::Value value, management::OpenEnum<Enum>& out, Fault& fault) {
  return read(value, out.text, fault);
}
inline bool read(json::Value value, management::FieldMask& out, Fault& fault) {
  std::string text;
  const bool is_good = read(value, text, fault);
  out = field_mask_of(text);
  return is_good;
}
inline bool read(json::Value value, bool& out, Fault& fault) {
  out = value.boolean();
  if (value.kind() == json::Kind::boolean || value.is_null()) return true;
  const auto flag = boolean_of(value);
  fault.expected = "a boolean";
  out = flag.value_or(false);
  return flag.has_value();
}
template <std::signed_integral T>
bool read(json::Value value, T& out, Fault& fault) {
  std::int64_t number = 0;
  const bool is_good = value.is_null() || read_integer(value, number);
  fault.expected = sizeof(T) == 4 ? "a 32-bit integer" : "a 64-bit integer";
  out = static_cast<T>(number);
  return is_good && std::in_range<T>(number);
}
/// RFC 3339, or seconds since 1970 as the inference host is said to write.
bool read(json::Value value, management::Timestamp& out, Fault& fault);
template <class T>
bool read(json::Value value, std::optional<T>& out, Fault& fault) {
  out.reset();
  // An empty string clears a number or a time, in requests seen to work and so in answers.
  const bool is_blank = !std::same_as<T, std::string> && value.is_string() && value.text().empty();
  return value.is_null() || is_blank || read(value, out.emplace(), fault);
}
template <class T>
bool read(json::Value value, std::vector<T>& out, Fault& fault) {
  fault.expected = "an array";
  out.clear();
  if (!value.is_array()) return value.is_null();
  const auto items = value.items();
  out.reserve(items.size());
  for (const json::Value& item : items) {
    if (read(item, out.emplace_back(), fault)) continue;
    fault.path.insert(0, "[" + std::to_string(out.size() - 1) + "]");
    return false;
  }
  return true;
}
template <class T>
bool read(json::Value value, std::map<std::string, T>& out, Fault& fault) {
  fault.expected = "an object";
  out.clear();
  for (const json::Member& member : value.members()) {
    if (read(member.value, out[std::string{member.name}], fault)) continue;
    add_to_path(fault, member.name);
    return false;
  }
  return value.is_object() || value.is_null();
}

/// One table of functions per struct, by which members are found by name and read.
template <class T, class Tuple>
struct MemberReaders {
  static constexpr std::size_t count = std::tuple_size_v<Tuple>;
  struct Entry {
    std::string_view name;
    std::string_view alias;
    Place place;
    bool (*read)(json::Value, T&, Fault&);
  };
  template <const auto& tuple>
  static constexpr std::array<Entry, count> make() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
      return std::array<Entry, count>{
          Entry{std::get<I>(tuple).name, std::get<I>(tuple).alias, std::get<I>(tuple).place,
                [](json::Value value, T& out, Fault& fault) {
                  return wire::read(value, out.*(std::get<I>(tuple).member), fault);
                }}...};
    }(std::make_index_sequence<count>{});
  }
};

template <class T>
inline constexpr auto model_tuple = fields<T>.fields;

template <class T>
inline constexpr auto model_entries =
    MemberReaders<T, std::remove_cv_t<decltype(model_tuple<T>)>>::template make<model_tuple<T>>();

template <Modelled T>
bool read(json::Value value, T& out, Fault& fault) {
  static_assert(is_complete<T>(fields<T>), "every member of a struct needs a line in its table");
  return read_members<model_entries<T>>(value, out, fault);
}

// Writers.

inline void write(json::Writer& writer, const std::string& text) { writer.string(text); }
inline void write(json::Writer& writer, const management::Secret& secret) {
  writer.string(secret.reveal());
}
inline void write(json::Writer& writer, const management::Acl& acl) { writer.string(acl.text); }
template <class Enum>
void write(json::Writer& writer, const management::OpenEnum<Enum>& value) {
  writer.string(value.text);
}
inline void write(json::Writer& writer, const management::FieldMask& mask) {
  writer.string(mask_text(mask));
}
inline void write(json::Writer& writer, bool flag) { writer.boolean(flag); }
inline void write(json::Writer& writer, std::int32_t number) { writer.integer(number); }
/// 64-bit integers are strings, as in protobuf-JSON.
inline void write(json::Writer& writer, std::int64_t number) {
  writer.string(std::to_string(number));
}
inline void write(json::Writer& writer, management::Timestamp time) {
  writer.string(base::format_rfc3339(time));
}
inline void write(json::Writer& writer, json::Value value) { writer.value(value); }
/// A state, by the name of its enumerator.
template <class State>
  requires std::is_enum_v<State>
void write(json::Writer& writer, State state) {
  writer.string(name_of(state));
}
template <class T>
void write(json::Writer& writer, const std::vector<T>& items) {
  writer.begin_array();
  for (const T& item : items) write(writer, item);
  writer.end_array();
}
template <class Members>
void write_object(json::Writer& writer, const Members& members) {
  writer.begin_object();
  for (const auto& [name, value] : members) {
    writer.key(name);
    write(writer, value);
  }
  writer.end_object();
}
template <class T>
void write(json::Writer& writer, const std::map<std::string, T>& members) {
  write_object(writer, members);
}
/// Members in their order.
template <class T>
void write(json::Writer& writer, const std::vector<std::pair<std::string, T>>& members) {
  write_object(writer, members);
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T, class Class, class Member>
void write_member(json::Writer& writer, const T& model, const Field<Class, Member>& field) {
  if (field.place != Place::body) return;
  const Member& member = model.*(field.member);
  if constexpr (is_optional<Member>) {
    if (!member) return;
    writer.key(field.name);
    if constexpr (std::same_as<Member, std::optional<management::Cents>>)
      if (field.is_boxed) return write_boxed(writer, *member);
    write(writer, *member);
  } else {
    writer.key(field.name);
    write(writer, member);
  }
}
template <class T, class Class, class Value>
void write_member(json::Writer& writer, const T& model, const Computed<Class, Value>& computed) {
  writer.key(computed.name);
  const Value value = computed.value(model);
  if constexpr (is_optional<Value>)
    return value ? write(writer, *value) : writer.null();
  else
    write(writer, value);
}

/// Writes the members that travel in the body; unset optional ones are left out.
template <class T, class... Fields>
void write_members(json::Writer& writer, const T& model, const std::tuple<Fields...>& table) {
  writer.begin_object();
  std::apply([&](const auto&... field) { (write_member(writer, model, field), ...); }, table);
  writer.end_object();
}

template <Modelled T>
void write(json::Writer& writer, const T& model) {
  write_members(writer, model, fields<T>.fields);
}

/// Errors: malformed_response, naming the member that does not fit.
template <Modelled T>
management::Result<T> decode(json::Value value) {
  T out{};
  Fault fault;
  if (!value.is_object()) return std::unexpected(error_of({.expected = "an object"}));
  if (!read(value, out, fault)) return std::unexpected(error_of(fault));
  return out;
}

/// `model` as JSON: canonical names and types, scalars and lists always, optionals when set.
template <Modelled T>
void encode(json::Writer& writer, const T& model) {
  write(writer, model);
}

}  // namespace xai::wire
