#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/codec.h"

namespace xai::emulator {

/// Whether protobuf-JSON may write the unset member as null: messages, times too. Plain
/// optional scalars are left out always.
template <class T>
inline constexpr bool is_message = wire::Modelled<T> || std::same_as<T, management::Timestamp>;

template <class T>
void write_with_nulls(json::Writer& writer, const T& value) {
  wire::write(writer, value);
}
template <wire::Modelled T>
void write_with_nulls(json::Writer& writer, const T& model);

template <class T>
void write_with_nulls(json::Writer& writer, const std::vector<T>& items) {
  writer.begin_array();
  for (const T& item : items) write_with_nulls(writer, item);
  writer.end_array();
}

template <class T>
void write_member_with_nulls(json::Writer& writer, std::string_view name, const T& value) {
  writer.key(name);
  write_with_nulls(writer, value);
}
/// Money that is boxed is a message.
inline void write_boxed_with_nulls(json::Writer& writer, std::string_view name,
                                   const std::optional<management::Cents>& value) {
  writer.key(name);
  if (value)
    wire::write_boxed(writer, *value);
  else
    writer.null();
}
template <class T>
void write_member_with_nulls(json::Writer& writer, std::string_view name,
                             const std::optional<T>& value) {
  if (value) {
    write_member_with_nulls(writer, name, *value);
  } else if constexpr (is_message<T>) {
    writer.key(name);
    writer.null();
  }
}

/// As wire::write, but with null for messages that are unset.
template <wire::Modelled T>
void write_with_nulls(json::Writer& writer, const T& model) {
  const auto write_one = [&](const auto& field) {
    const auto& member = model.*(field.member);
    if constexpr (std::same_as<std::remove_cvref_t<decltype(member)>,
                               std::optional<management::Cents>>)
      if (field.is_boxed) return write_boxed_with_nulls(writer, field.name, member);
    write_member_with_nulls(writer, field.name, member);
  };
  writer.begin_object();
  std::apply([&](const auto&... field) { (write_one(field), ...); }, wire::fields<T>.fields);
  writer.end_object();
}

/// An answer as the emulator was told to write it.
template <wire::Modelled T>
void write_answer(json::Writer& writer, const T& model, bool nulls) {
  if (nulls)
    write_with_nulls(writer, model);
  else
    wire::encode(writer, model);
}

}  // namespace xai::emulator
