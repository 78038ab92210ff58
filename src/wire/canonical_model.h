#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/arena.h"
#include "json/value.h"
#include "wire/codec.h"

namespace xai::wire {

/// Whether two values are one and the same, not merely alike.
inline bool is_same(json::Value left, json::Value right) {
  return left.kind() == right.kind() && left.boolean() == right.boolean() &&
         left.text().data() == right.text().data() && left.text().size() == right.text().size() &&
         left.items().data() == right.items().data() &&
         left.members().data() == right.members().data();
}

/// Canonical names and types of a T, and all that T does not know as it came.
template <class T>
struct Canonical {
  static json::Value of(json::Value value, json::Arena&) { return value; }
};
template <>
struct Canonical<bool> {
  static json::Value of(json::Value value, json::Arena&) {
    const auto flag = boolean_of(value);
    return flag ? json::Value::of_boolean(*flag) : value;
  }
};
template <std::signed_integral T>
struct Canonical<T> {
  static json::Value of(json::Value value, json::Arena& arena) {
    const auto number = integer_of(value);
    if (!number) return value;
    const std::string_view text = arena.copy(std::string_view{std::to_string(*number)});
    return sizeof(T) == 4 ? json::Value::of_number(text) : json::Value::of_string(text);
  }
};
json::Value canonical_cents(json::Value value, json::Arena& arena);
json::Value canonical_boxed_cents(json::Value value, json::Arena& arena);
json::Value canonical_decimal(json::Value value, json::Arena& arena);

template <>
struct Canonical<management::Cents> {
  static json::Value of(json::Value value, json::Arena& arena) {
    return canonical_cents(value, arena);
  }
};
template <>
struct Canonical<management::Decimal> {
  static json::Value of(json::Value value, json::Arena& arena) {
    return canonical_decimal(value, arena);
  }
};
template <class T>
struct Canonical<std::optional<T>> : Canonical<T> {};
template <class T>
struct Canonical<std::vector<T>> {
  static json::Value of(json::Value value, json::Arena& arena) {
    if (!value.is_array()) return value;
    const auto given = value.items();
    std::span<json::Value> items;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const json::Value item = Canonical<T>::of(given[i], arena);
      // What is canonical already is not copied.
      if (items.empty() && is_same(item, given[i])) continue;
      if (items.empty()) {
        items = arena.make<json::Value>(given.size());
        std::ranges::copy(given, items.begin());
      }
      items[i] = item;
    }
    return items.empty() ? value : json::Value::of_array(items);
  }
};
template <class T>
struct Canonical<std::map<std::string, T>> {
  static json::Value of(json::Value value, json::Arena& arena) {
    if (!value.is_object()) return value;
    std::vector<json::Member> members;
    for (const json::Member& member : value.members())
      members.push_back({member.name, Canonical<T>::of(member.value, arena)});
    return json::Value::of_object(arena.copy(std::span<const json::Member>{members}));
  }
};
template <Modelled T>
struct Canonical<T> {
  using Of = json::Value (*)(json::Value, json::Arena&);

  static json::Value of(json::Value value, json::Arena& arena) {
    if (!value.is_object()) return value;
    constexpr auto& entries = model_entries<T>;
    const auto given = value.members();
    if (const auto plain = plainly_named(value, arena)) return *plain;
    // Which member stands for each entry: the exact name before other spellings, null last.
    std::array<const json::Member*, entries.size()> chosen{};
    std::vector<std::size_t> places;
    std::size_t hint = 0;
    for (const json::Member& member : given) {
      const auto [i, is_exact] = find_entry(entries, member.name, hint);
      places.push_back(i);
      if (i == entries.size()) continue;
      hint = i + 1;
      if (chosen[i] == nullptr ||
          (!member.value.is_null() && (is_exact || chosen[i]->value.is_null())))
        chosen[i] = &member;
    }
    std::vector<json::Member> members;
    for (std::size_t place = 0; place < given.size(); ++place) {
      const json::Member& member = given[place];
      const std::size_t i = places[place];
      if (i != entries.size() && chosen[i] == &member)
        members.push_back({entries[i].name, functions[i](member.value, arena)});
      else if (i == entries.size() || !member.value.is_null())
        members.push_back(member);  // Unknown, or a second spelling: as it came.
    }
    return json::Value::of_object(arena.copy(std::span<const json::Member>{members}));
  }

 private:
  /// An object under way to its canonical form; it is copied when the first member changes.
  struct Making {
    std::span<const json::Member> given;
    std::span<json::Member> made{};
    std::size_t place{};
    std::size_t hint{};
    std::array<bool, model_entries<T>.size()> is_taken{};

    /// The member at `place` is what entry `i` names.
    void take(std::size_t i, json::Value value, json::Arena& arena) {
      is_taken[i] = true;
      hint = i + 1;
      if (made.empty() && is_same(value, given[place].value)) return;
      if (made.empty()) {
        made = arena.make<json::Member>(given.size());
        std::ranges::copy(given, made.begin());
      }
      made[place].value = value;
    }
  };

  /// The canonical form of an object that has every name once and in its canonical spelling, as
  /// nearly all have; none for another.
  static std::optional<json::Value> plainly_named(json::Value value, json::Arena& arena) {
    constexpr auto& entries = model_entries<T>;
    Making making{.given = value.members()};
    take_in_order(making, arena, std::make_index_sequence<entries.size()>{});
    for (; making.place < making.given.size(); ++making.place) {
      const json::Member& member = making.given[making.place];
      const auto [i, is_exact] = find_entry(entries, member.name, making.hint);
      if (i == entries.size()) continue;
      if (!is_exact || making.is_taken[i]) return std::nullopt;
      making.take(i, functions[i](member.value, arena), arena);
    }
    return making.made.empty() ? value : json::Value::of_object(making.made);
  }

  /// As long as members come in the table's order, each name is compared with one that is known
  /// where this is compiled.
  template <std::size_t... I>
  static void take_in_order(Making& making, json::Arena& arena, std::index_sequence<I...>) {
    (take_if_next<I>(making, arena), ...);
  }
  template <std::size_t i>
  static void take_if_next(Making& making, json::Arena& arena) {
    constexpr auto& entry = model_entries<T>[i];
    if constexpr (entry.place != Place::body) return;
    if (making.place == making.given.size()) return;
    const json::Member& member = making.given[making.place];
    if (!is_equal(entry.name, member.name)) return;
    making.take(i, functions[i](member.value, arena), arena);
    ++making.place;
  }

  static constexpr auto functions = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<Of, sizeof...(I)>{
        (std::get<I>(model_tuple<T>).is_boxed
             ? canonical_boxed_cents
             : Canonical<std::remove_cvref_t<
                   decltype(std::declval<T>().*(std::get<I>(model_tuple<T>).member))>>::of)...};
  }(std::make_index_sequence<model_entries<T>.size()>{});
};

}  // namespace xai::wire
