#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "xai/management/cents.h"
#include "xai/management/secret.h"
#include "xai/management/transport.h"

namespace xai::wire {

using management::Method;
using management::RetryClass;

/// Where a member of an operation travels.
enum class Place : std::uint8_t { body, path, query, credential };

/// Which of the service's hosts answers.
enum class Host : std::uint8_t { management, inference };

/// One member and its name on the wire. Readers take the name in camelCase and snake_case, and
/// `alias`, a spelling the service has been seen to use; writers send `name`.
template <class Class, class Member>
struct Field {
  std::string_view name;
  Member Class::* member;
  Place place;
  std::string_view alias;
  bool is_boxed{};  ///< Money only: written as `{"val":"…"}`, not as `"…"`. Both are read.
};

template <class Class, class Member>
constexpr Field<Class, Member> field(std::string_view name, Member Class::* member,
                                     std::string_view alias = {}) {
  return {name, member, Place::body, alias};
}
template <class Class>
constexpr Field<Class, std::optional<management::Cents>> boxed(
    std::string_view name, std::optional<management::Cents> Class::* member) {
  return {name, member, Place::body, {}, true};
}
template <class Class, class Member>
constexpr Field<Class, Member> body(std::string_view name, Member Class::* member) {
  return {name, member, Place::body, {}};
}
template <class Class, class Member>
constexpr Field<Class, Member> path(std::string_view name, Member Class::* member) {
  return {name, member, Place::path, {}};
}
template <class Class, class Member>
constexpr Field<Class, Member> query(std::string_view name, Member Class::* member) {
  return {name, member, Place::query, {}};
}
/// The name of a credential is for callers; it does not travel.
template <class Class>
constexpr Field<Class, management::Secret> credential(std::string_view name,
                                                      management::Secret Class::* member) {
  return {name, member, Place::credential, {}};
}

/// A member that a result has in JSON only, worked out when it is written.
template <class Class, class Value>
struct Computed {
  std::string_view name;
  Value (*value)(const Class&);  ///< None is null, not left out.
};
template <class Class, class Value>
constexpr Computed<Class, Value> computed(std::string_view name, Value (*value)(const Class&)) {
  return {name, value};
}

/// What a line of a result's table tells.
template <class T, class Class, class Member>
const Member& value_of(const Field<Class, Member>& field, const T& result) {
  return result.*(field.member);
}
template <class T, class Class, class Value>
Value value_of(const Computed<Class, Value>& computed, const T& result) {
  return computed.value(result);
}

/// The fields of a struct; `own_count` leaves out those of its base.
template <class... Fields>
struct Table {
  std::tuple<Fields...> fields;
  std::size_t own_count;
  bool has_base;
};

template <class... Fields>
constexpr Table<Fields...> table(Fields... fields) {
  return {{fields...}, sizeof...(Fields), false};
}

/// The table of a struct that derives from another one.
template <class... BaseFields, class... Fields>
constexpr Table<BaseFields..., Fields...> extend(const Table<BaseFields...>& base,
                                                 Fields... fields) {
  return {std::tuple_cat(base.fields, std::tuple{fields...}), sizeof...(Fields), true};
}

/// The table of a model: specialised once per struct, beside its siblings.
template <class T>
inline constexpr auto fields = nullptr;

/// How an operation travels.
template <class... Fields>
struct Row {
  Method method;
  std::string_view path;
  RetryClass retry;
  std::string_view acl;  ///< The management key's right, behind `team-token:endpoint:`; or empty.
  Host host;
  Table<Fields...> table;
};

template <class... Fields>
constexpr Row<Fields...> operation(Method method, std::string_view path, RetryClass retry,
                                   std::string_view acl, Fields... fields) {
  return {method, path, retry, acl, Host::management, table(fields...)};
}

template <class... Fields>
constexpr Row<Fields...> on_inference_host(Row<Fields...> row) {
  row.host = Host::inference;
  return row;
}

/// The row of an operation: specialised once per operation.
template <class Operation>
inline constexpr auto row = nullptr;

/// How a list is paged; specialised for operations that are.
template <class Operation, class Response, class Item>
struct Paging {
  std::optional<std::int32_t> Operation::* page_size;
  std::string Operation::* token;
  std::string Response::* next_token;
  std::vector<Item> Response::* items;
  std::string Item::* id;
};
template <class Operation>
inline constexpr auto paging = nullptr;

/// The secret in the answer that can be had only once; specialised for operations that mint one.
template <class Operation>
inline constexpr auto minted = nullptr;

/// How to look whether a write has been made: a list tells what there is. Names are those on the
/// wire.
struct ReadBack {
  std::string_view list;   ///< The operation that lists.
  std::string_view items;  ///< The member of its answer that holds them.
  std::string_view key;    ///< The member, of an item and of the write, that names the item.
  std::string_view
      values{};  ///< The member of the write with what the item is to have; else none is left.
  std::string_view mask{};   ///< The member of the write that names which values count.
  std::string_view probe{};  ///< Asked of before the list: `not_found` proves that none is left.
};

/// Specialised for operations that are repeated after a look.
template <class Operation>
inline constexpr ReadBack read_back{};

/// A list of types, for code that walks every operation.
template <class... Types>
struct TypeList {
  template <class Function>
  static constexpr void for_each(Function&& function) {
    (function.template operator()<Types>(), ...);
  }
};

namespace counting {

struct AnyMember {
  std::size_t index;
  template <class T>
  operator T() const noexcept;
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
  return requires { T{AnyMember{I}...}; };
}

template <class T, std::size_t count = 0>
constexpr std::size_t members() {
  if constexpr (takes<T>(std::make_index_sequence<count + 1>{}))
    return members<T, count + 1>();
  else
    return count;
}

}  // namespace counting

/// Whether every member of the aggregate T has its line in `table`.
template <class T, class AnyTable>
constexpr bool is_complete(const AnyTable& table) {
  return counting::members<T>() == table.own_count + (table.has_base ? 1 : 0);
}

}  // namespace xai::wire
