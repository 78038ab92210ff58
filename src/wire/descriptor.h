#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/arena.h"
#include "json/value.h"
#include "json/writer.h"
#include "wire/members.h"
#include "wire/shape.h"
#include "wire/table.h"
#include "xai/management/result.h"

namespace xai::wire {

using NamedText = std::pair<std::string, std::string>;

/// What an operation puts outside its body.
struct Placed {
  std::vector<NamedText> path{};
  std::vector<NamedText> query{};
  management::Secret credential{};
};

/// How the pages of a list are reached. The first two take the operation, the third its answer.
struct PageAccess {
  std::string_view token_name;  ///< On the wire, as all names.
  std::string_view items_name;  ///< Of the list in the answer.
  std::string_view id_name;     ///< Of what tells its items apart.
  std::optional<std::int32_t>& (*page_size)(void*);
  std::string& (*token)(void*);
  const std::string& (*next_token)(const void*);
};

/// A struct whose type only its Descriptor knows.
using Object = std::unique_ptr<void, void (*)(void*)>;

/// An operation without its type: the facts of its row, and functions over it and its answer,
/// which come as pointers to their structs.
struct Descriptor {
  std::string_view id;
  Method method;
  std::string_view path;
  RetryClass retry;
  std::string_view acl;
  Host host;
  ReadBack read_back;  ///< Of operations that are repeated after a look; else empty.
  std::span<const Member> members;
  std::span<const Member> answer_members;
  const void* answer_type;   ///< The address of `type_tag` for the answer.
  const PageAccess* paging;  ///< Null when there are no pages.

  /// The operation's team; null when it is about none.
  const std::string& (*team)(const void* operation);
  /// The secret that the answer holds; null when it mints none.
  const std::optional<management::Secret>& (*minted)(const void* answer);

  Object (*make)();
  Object (*copy)(const void* operation);
  Object (*make_answer)();

  void (*place)(const void* operation, Placed& placed);
  void (*write_body)(json::Writer& writer, const void* operation);
  /// Reads the member of that index.
  bool (*read_member)(std::size_t index, json::Value value, void* operation, Fault& fault);
  bool (*read_body)(json::Value value, void* operation, Fault& fault);

  /// Reads a new answer; what the struct held before is gone. Errors: malformed_response.
  management::Result<void> (*decode)(json::Value value, void* answer);
  void (*encode)(json::Writer& writer, const void* answer);
  json::Value (*canonical)(json::Value value, json::Arena& arena);
};

/// Stands for a type by its address.
template <class T>
inline constexpr char type_tag{};

/// Every operation there is.
std::span<const Descriptor> descriptors();

/// Null for an id that no operation has.
const Descriptor* find_descriptor(std::string_view id);

/// The one of an operation that is in `Operations`.
const Descriptor& descriptor_of(std::string_view id);
template <class Operation>
const Descriptor& descriptor_of() {
  return descriptor_of(Operation::id);
}

inline constexpr std::string_view team_name = "teamId";

/// Puts `value` into the member called `name`, which must be there and take it.
void set_member(const Descriptor& descriptor, void* operation, std::string_view name,
                json::Value value);

/// The value of the member called `name` that travels in the path.
std::string path_value(const Descriptor& descriptor, const void* operation, std::string_view name);

/// One that has an answer of the type with that tag, which some operation must have.
const Descriptor& descriptor_answering(const void* type_tag);

}  // namespace xai::wire
