#pragma once

#include <pybind11/pybind11.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "python/names.h"
#include "wire/codec.h"
#include "wire/results.h"
#include "wire/rows.h"

// Values that workflows make, as Python's own: money and usage in USD as Decimal, times as datetime
// in UTC, spans as timedelta, enums as the names of their values, failures as exceptions.
namespace xai::python {

pybind11::object to_object(const management::Cents& cents);
pybind11::object to_object(const management::Decimal& decimal);
pybind11::object to_object(management::Timestamp time);
pybind11::object to_object(std::chrono::sys_days day);
pybind11::object to_object(std::chrono::milliseconds span);
pybind11::object to_object(const management::Error& error);
pybind11::object to_object(std::string_view text);
inline pybind11::object to_object(const std::string& text) {
  return to_object(std::string_view{text});
}
inline pybind11::object to_object(bool flag) { return pybind11::bool_(flag); }
inline pybind11::object to_object(std::int32_t number) { return pybind11::int_(number); }
inline pybind11::object to_object(std::int64_t number) { return pybind11::int_(number); }
inline pybind11::object to_object(std::size_t number) { return pybind11::int_(number); }

template <class Enum>
  requires std::is_enum_v<Enum>
pybind11::object to_object(Enum value) {
  return to_object(name_of(value));
}
template <class T>
pybind11::object to_object(const wire::Shown<T>& shown);
template <wire::Modelled T>
pybind11::object to_object(const T& value);
template <class T>
pybind11::object to_object(const std::vector<T>& values);
template <class T>
pybind11::object to_object(const std::map<std::string, T>& values);

template <class T>
pybind11::object to_object(const wire::Shown<T>& shown) {
  return to_object(shown.value);
}
template <class T>
pybind11::object to_object(const std::optional<T>& value) {
  return value ? to_object(*value) : pybind11::object{pybind11::none()};
}
template <class T>
pybind11::object to_object(const std::vector<T>& values) {
  pybind11::list list{values.size()};
  for (std::size_t i = 0; i < values.size(); ++i) list[i] = to_object(values[i]);
  return list;
}
template <class T>
pybind11::object to_object(const std::map<std::string, T>& values) {
  pybind11::dict dict;
  for (const auto& [name, value] : values) dict[to_object(name)] = to_object(value);
  return dict;
}

template <wire::Modelled T>
pybind11::object to_object(const T& value) {
  pybind11::dict dict;
  const auto set = [&](const auto& field) {
    dict[pybind11::str{std::string{field.name}}] = to_object(wire::value_of(field, value));
  };
  std::apply([&](const auto&... field) { (set(field), ...); }, wire::fields<T>.fields);
  return dict;
}

}  // namespace xai::python
