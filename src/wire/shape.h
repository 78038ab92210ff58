#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "wire/table.h"
#include "xai/management/acl.h"
#include "xai/management/decimal.h"
#include "xai/management/field_mask.h"
#include "xai/management/open_enum.h"
#include "xai/management/timestamp.h"

namespace xai::wire {

enum class Kind : std::uint8_t {
  text,
  secret,
  boolean,
  int32,
  int64,
  time,
  cents,
  number,
  mask,
  object
};

struct Member;

/// The type of a member, for code that meets operations and models as data.
struct Shape {
  Kind kind{};
  bool is_optional{};
  bool is_list{};
  bool is_map{};
  const Member* first{};  ///< Of an object: its members.
  std::size_t count{};

  [[nodiscard]] constexpr std::span<const Member> members() const;
};

/// A line of a table without its types.
struct Member {
  std::string_view name{};
  std::string_view alias{};
  Place place{};
  bool is_boxed{};
  Shape shape{};
};

constexpr std::span<const Member> Shape::members() const { return {first, count}; }

/// The member called `name` in camelCase, snake_case or by its other spelling; null for none.
const Member* find_member(std::span<const Member> members, std::string_view name);

template <class T>
struct ShapeOf;

template <class... Fields>
constexpr std::array<Member, sizeof...(Fields)> members_of(const std::tuple<Fields...>& table) {
  const auto member = []<class Class, class M>(const Field<Class, M>& field) {
    return Member{field.name, field.alias, field.place, field.is_boxed, ShapeOf<M>::value};
  };
  return std::apply(
      [&](const auto&... field) { return std::array<Member, sizeof...(Fields)>{member(field)...}; },
      table);
}

template <class T>
inline constexpr auto model_members = members_of(fields<T>.fields);

/// A model, unless it is one of the types below.
template <class T>
struct ShapeOf {
  static constexpr Shape value{
      .kind = Kind::object, .first = model_members<T>.data(), .count = model_members<T>.size()};
};
template <Kind kind>
struct ScalarShape {
  static constexpr Shape value{.kind = kind};
};
template <>
struct ShapeOf<std::string> : ScalarShape<Kind::text> {};
template <>
struct ShapeOf<management::Acl> : ScalarShape<Kind::text> {};
template <class Enum>
struct ShapeOf<management::OpenEnum<Enum>> : ScalarShape<Kind::text> {};
template <>
struct ShapeOf<management::Secret> : ScalarShape<Kind::secret> {};
template <>
struct ShapeOf<bool> : ScalarShape<Kind::boolean> {};
template <>
struct ShapeOf<std::int32_t> : ScalarShape<Kind::int32> {};
template <>
struct ShapeOf<std::int64_t> : ScalarShape<Kind::int64> {};
template <>
struct ShapeOf<management::Timestamp> : ScalarShape<Kind::time> {};
template <>
struct ShapeOf<management::Cents> : ScalarShape<Kind::cents> {};
template <>
struct ShapeOf<management::Decimal> : ScalarShape<Kind::number> {};
template <>
struct ShapeOf<management::FieldMask> : ScalarShape<Kind::mask> {};
template <class T>
struct ShapeOf<std::optional<T>> {
  static constexpr Shape value = [] {
    Shape shape = ShapeOf<T>::value;
    shape.is_optional = true;
    return shape;
  }();
};
template <class T>
struct ShapeOf<std::vector<T>> {
  static constexpr Shape value = [] {
    Shape shape = ShapeOf<T>::value;
    shape.is_list = true;
    return shape;
  }();
};
template <class T>
struct ShapeOf<std::map<std::string, T>> {
  static constexpr Shape value = [] {
    Shape shape = ShapeOf<T>::value;
    shape.is_map = true;
    return shape;
  }();
};

}  // namespace xai::wire
