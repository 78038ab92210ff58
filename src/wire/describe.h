#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "wire/canonical_model.h"
#include "wire/codec.h"
#include "wire/descriptor.h"
#include "wire/place_text.h"

namespace xai::wire {

template <class Operation>
concept OfTeam = requires(Operation operation) {
  { operation.team_id } -> std::same_as<std::string&>;
};

template <class T>
Object make_object(T value = {}) {
  return {new T(std::move(value)), [](void* object) { delete static_cast<T*>(object); }};
}

/// The functions of a Descriptor that are about the answer alone.
template <Modelled Answer>
struct AnswerFunctions {
  static Object make() { return make_object<Answer>(); }
  static management::Result<void> decode(json::Value value, void* answer) {
    Fault fault;
    auto& out = *static_cast<Answer*>(answer);
    out = {};
    if (!value.is_object()) return std::unexpected(error_of({.expected = "an object"}));
    if (!read(value, out, fault)) return std::unexpected(error_of(fault));
    return {};
  }
  static void encode(json::Writer& writer, const void* answer) {
    write(writer, *static_cast<const Answer*>(answer));
  }
};

template <class Operation>
inline constexpr auto operation_tuple = row<Operation>.table.fields;

template <class Operation>
inline constexpr auto operation_entries =
    MemberReaders<Operation, std::remove_cv_t<decltype(operation_tuple<Operation>)>>::template make<
        operation_tuple<Operation>>();

template <class Operation>
inline constexpr auto operation_members = members_of(row<Operation>.table.fields);

/// Those that are about the operation.
template <class Operation>
struct OperationFunctions {
  static constexpr auto& table = row<Operation>.table;
  static_assert(is_complete<Operation>(table), "every member of an operation needs its place");

  static const Operation& typed(const void* operation) {
    return *static_cast<const Operation*>(operation);
  }
  static Object make() { return make_object<Operation>(); }
  static Object copy(const void* operation) { return make_object<Operation>(typed(operation)); }
  static const std::string& team(const void* operation)
    requires OfTeam<Operation>
  {
    return typed(operation).team_id;
  }
  static void place(const void* operation, Placed& placed) {
    std::apply(
        [&](const auto&... field) {
          (place_text(field, typed(operation).*(field.member), placed), ...);
        },
        table.fields);
  }
  static void write_body(json::Writer& writer, const void* operation) {
    write_members(writer, typed(operation), table.fields);
  }
  static bool read_member(std::size_t index, json::Value value, void* operation, Fault& fault) {
    return operation_entries<Operation>[index].read(value, *static_cast<Operation*>(operation),
                                                    fault);
  }
  static bool read_body(json::Value value, void* operation, Fault& fault) {
    return read_members<operation_entries<Operation>>(value, *static_cast<Operation*>(operation),
                                                      fault);
  }
};

/// What a table calls the member.
template <class T, class Member>
consteval std::string_view name_in(const auto& table, Member T::* member) {
  std::string_view name;
  const auto look = [&]<class Other>(const Field<T, Other>& field) {
    if constexpr (std::same_as<Other, Member>)
      if (field.member == member) name = field.name;
  };
  std::apply([&](const auto&... field) { (look(field), ...); }, table.fields);
  return name;
}

template <class Operation>
constexpr PageAccess page_access() {
  constexpr auto& members = paging<Operation>;
  using Answer = typename Operation::Response;
  using Item = typename std::remove_cvref_t<decltype(Answer{}.*members.items)>::value_type;
  return {.token_name = name_in(row<Operation>.table, members.token),
          .items_name = name_in(fields<Answer>, members.items),
          .id_name = name_in(fields<Item>, members.id),
          .page_size = [](void* operation) -> std::optional<std::int32_t>& {
            return static_cast<Operation*>(operation)->*members.page_size;
          },
          .token = [](void* operation) -> std::string& {
            return static_cast<Operation*>(operation)->*members.token;
          },
          .next_token = [](const void* answer) -> const std::string& {
            return static_cast<const Answer*>(answer)->*members.next_token;
          }};
}

template <class Operation>
inline constexpr PageAccess page_access_of = page_access<Operation>();

template <class Operation>
constexpr Descriptor describe() {
  using Answer = typename Operation::Response;
  using Own = OperationFunctions<Operation>;
  using Answers = AnswerFunctions<Answer>;
  constexpr auto& r = row<Operation>;
  static_assert((r.retry == RetryClass::after_read_back) == !read_back<Operation>.list.empty(),
                "what is repeated after a look needs its read_back, and nothing else has one");
  Descriptor descriptor{.id = Operation::id,
                        .method = r.method,
                        .path = r.path,
                        .retry = r.retry,
                        .acl = r.acl,
                        .host = r.host,
                        .read_back = read_back<Operation>,
                        .members = operation_members<Operation>,
                        .answer_members = model_members<Answer>,
                        .answer_type = &type_tag<Answer>,
                        .paging = nullptr,
                        .team = nullptr,
                        .minted = nullptr,
                        .make = Own::make,
                        .copy = Own::copy,
                        .make_answer = Answers::make,
                        .place = Own::place,
                        .write_body = Own::write_body,
                        .read_member = Own::read_member,
                        .read_body = Own::read_body,
                        .decode = Answers::decode,
                        .encode = Answers::encode,
                        .canonical = Canonical<Answer>::of};
  if constexpr (!std::is_null_pointer_v<std::remove_cv_t<decltype(paging<Operation>)>>)
    descriptor.paging = &page_access_of<Operation>;
  if constexpr (OfTeam<Operation>) descriptor.team = Own::team;
  if constexpr (!std::is_null_pointer_v<std::remove_cv_t<decltype(minted<Operation>)>>)
    descriptor.minted = [](const void* answer) -> const std::optional<management::Secret>& {
      return static_cast<const Answer*>(answer)->*minted<Operation>;
    };
  return descriptor;
}

}  // namespace xai::wire
