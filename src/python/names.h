#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

// The compiler's own names of types and enumerators, so that no list of them can fall behind.
namespace xai::python {

/// What `text`, a function's signature as GCC and clang write it, says its template argument is.
consteval std::string_view argument_of(std::string_view text) {
  text.remove_prefix(text.find(" = ") + 3);
  text = text.substr(0, text.find_first_of(";]"));
  return text.substr(text.rfind(':') + 1);
}

/// `ApiKey`, without its namespaces.
template <class T>
consteval std::string_view type_name() {
  return argument_of(__PRETTY_FUNCTION__);
}

/// `no_recent_usage`; for a number that no enumerator has, something that is no name.
template <auto value>
consteval std::string_view enumerator_name() {
  return argument_of(__PRETTY_FUNCTION__);
}

template <auto value>
consteval bool is_enumerator() {
  const char first = enumerator_name<value>().front();
  return first >= 'a' && first <= 'z';
}

/// Of an enum whose values begin at 0 and leave none out.
template <class Enum, std::size_t count = 0>
consteval std::size_t enumerator_count() {
  if constexpr (is_enumerator<static_cast<Enum>(count)>())
    return enumerator_count<Enum, count + 1>();
  else
    return count;
}

template <class Enum>
  requires std::is_enum_v<Enum>
std::string_view name_of(Enum value) {
  return []<std::size_t... I>(std::size_t wanted, std::index_sequence<I...>) {
    std::string_view name;
    ((I == wanted ? void(name = enumerator_name<static_cast<Enum>(I)>()) : void()), ...);
    return name;
  }(static_cast<std::size_t>(value), std::make_index_sequence<enumerator_count<Enum>()>{});
}

}  // namespace xai::python
