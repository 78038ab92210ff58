#include "json/value.h"

namespace xai::json {

Value Value::of_boolean(bool value) { return {Kind::boolean, value ? 1U : 0U, nullptr}; }
Value Value::of_number(std::string_view text) { return {Kind::number, text.size(), text.data()}; }
Value Value::of_string(std::string_view text) { return {Kind::string, text.size(), text.data()}; }
Value Value::of_array(std::span<const Value> items) {
  return {Kind::array, items.size(), items.data()};
}
Value Value::of_object(std::span<const Member> members) {
  return {Kind::object, members.size(), members.data()};
}

std::string_view Value::text() const {
  if (kind_ != Kind::string && kind_ != Kind::number) return {};
  return {static_cast<const char*>(data_), size_};
}

std::span<const Value> Value::items() const {
  if (kind_ != Kind::array) return {};
  return {static_cast<const Value*>(data_), size_};
}

std::span<const Member> Value::members() const {
  if (kind_ != Kind::object) return {};
  return {static_cast<const Member*>(data_), size_};
}

Value Value::find(std::string_view name) const {
  for (const Member& member : members())
    if (member.name == name) return member.value;
  return {};
}

}  // namespace xai::json
