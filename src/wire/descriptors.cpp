#include <algorithm>
#include <array>
#include <cassert>

#include "wire/describe.h"
#include "wire/rows.h"

namespace xai::wire {

namespace {

template <class... Types>
constexpr std::array<Descriptor, sizeof...(Types)> describe_all(TypeList<Types...>) {
  return {describe<Types>()...};
}

constexpr auto described = describe_all(Operations{});

static_assert(
    [] {
      for (std::size_t i = 0; i < described.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (described[i].id == described[j].id) return false;
      return true;
    }(),
    "two operations have the same id");

}  // namespace

std::span<const Descriptor> descriptors() { return described; }

const Descriptor* find_descriptor(std::string_view id) {
  const auto* const found = std::ranges::find(described, id, &Descriptor::id);
  return found == described.end() ? nullptr : found;
}

const Descriptor& descriptor_of(std::string_view id) {
  const Descriptor* const found = find_descriptor(id);
  assert(found != nullptr);
  return *found;
}

const Descriptor& descriptor_answering(const void* type_tag) {
  const auto* const found = std::ranges::find(described, type_tag, &Descriptor::answer_type);
  assert(found != described.end());
  return *found;
}

void set_member(const Descriptor& descriptor, void* operation, std::string_view name,
                json::Value value) {
  const Member* const member = find_member(descriptor.members, name);
  assert(member != nullptr);
  Fault fault;
  const auto index = static_cast<std::size_t>(member - descriptor.members.data());
  [[maybe_unused]] const bool is_good = descriptor.read_member(index, value, operation, fault);
  assert(is_good);
}

std::string path_value(const Descriptor& descriptor, const void* operation, std::string_view name) {
  Placed placed;
  descriptor.place(operation, placed);
  const auto found = std::ranges::find(placed.path, name, &NamedText::first);
  return found == placed.path.end() ? std::string{} : found->second;
}

}  // namespace xai::wire
