#include "python/arguments.h"

#include <cctype>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time_text.h"
#include "json/document.h"
#include "wire/codec.h"

namespace py = pybind11;

namespace xai::python {

using wire::Kind;
using wire::Shape;

namespace {

[[noreturn]] void throw_type_error(const std::string& name, const std::string& wanted,
                                   const py::handle& value, const std::string& with = {}) {
  const std::string type = Py_TYPE(value.ptr())->tp_name;
  throw py::type_error(name + " must be " + wanted + ", not " + with + type);
}

[[noreturn]] void throw_value_error(const std::string& text) { throw py::value_error(text); }

/// The text of a str, for as long as that lives.
std::string_view view_of(const py::handle& value, const std::string& name) {
  if (!PyUnicode_Check(value.ptr())) throw_type_error(name, "a str", value);
  Py_ssize_t size = 0;
  const char* const text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
  if (text == nullptr) {
    PyErr_Clear();
    throw_value_error(name + " holds characters that are no text");
  }
  return {text, static_cast<std::size_t>(size)};
}

std::int64_t integer_of(const py::handle& value, const Shape& shape, const std::string& name) {
  using Narrow = std::numeric_limits<std::int32_t>;
  using Wide = std::numeric_limits<std::int64_t>;
  const std::int64_t min = shape.kind == Kind::int32 ? Narrow::min() : Wide::min();
  const std::int64_t max = shape.kind == Kind::int32 ? Narrow::max() : Wide::max();
  if (PyLong_Check(value.ptr()) == 0 || PyBool_Check(value.ptr()) != 0)
    throw_type_error(name, shape.is_optional ? "an int or None" : "an int", value);
  int overflow = 0;
  const std::int64_t number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
  if (overflow != 0 || number < min || number > max)
    throw_value_error(name + " must be between " + std::to_string(min) + " and " +
                      std::to_string(max));
  return number;
}

/// The items of a list of `noun`. A str is no list, though it is a sequence.
std::vector<py::object> items_of(const py::handle& given, const std::string& noun,
                                 const std::string& name, bool is_right(PyObject*)) {
  if (PyUnicode_Check(given.ptr()) || PyBytes_Check(given.ptr()) ||
      PySequence_Check(given.ptr()) == 0)
    throw_type_error(name, "a list of " + noun, given);
  std::vector<py::object> items;
  for (const py::handle item : given) {
    if (!is_right(item.ptr())) throw_type_error(name, "a list of " + noun, item, "one with ");
    items.push_back(py::reinterpret_borrow<py::object>(item));
  }
  return items;
}

bool is_dict(PyObject* object) { return PyDict_Check(object) != 0; }
bool is_text(PyObject* object) { return PyUnicode_Check(object) != 0; }

/// `eventFilter.userId` → `user_id`.
std::string python_name(std::string_view name) {
  name.remove_prefix(name.rfind('.') + 1);
  std::string text;
  for (const char letter : name) {
    const auto byte = static_cast<unsigned char>(letter);
    if (std::isupper(byte) != 0) text += '_';
    text += static_cast<char>(std::tolower(byte));
  }
  return text;
}

/// Turns Python's objects into values that the wire table reads.
class Conversion {
 public:
  Conversion(const wire::Descriptor& descriptor, py::dict names)
      : descriptor_{&descriptor}, names_{std::move(names)}, operation_{descriptor.make()} {}

  wire::Object operation_of(const py::dict& arguments) {
    // What a mask may name depends on the values beside it.
    for (const bool is_mask : {false, true})
      for (const auto& [key, value] : arguments) {
        const wire::Member& member = member_of(descriptor_->members, key);
        if ((member.shape.kind == Kind::mask) == is_mask) set(member, value);
      }
    return std::move(operation_);
  }

 private:
  void set(const wire::Member& member, const py::handle& given) {
    const std::string name = name_of(member);
    const json::Value value = value_of(given, member.shape, name);
    // An id that is missing would make the path another operation's.
    if (member.place == wire::Place::path && value.is_string() && value.text().empty())
      throw_value_error(name + " must not be empty");
    if (member.name == descriptor_->read_back.values) values_ = value;
    wire::Fault fault;
    const auto index = static_cast<std::size_t>(&member - descriptor_->members.data());
    if (!descriptor_->read_member(index, value, operation_.get(), fault))
      throw_value_error(name + " cannot be sent: " + wire::error_of(fault).message);
  }

  static const wire::Member& member_of(std::span<const wire::Member> members,
                                       const py::handle& key) {
    const std::string_view name = view_of(key, "the name of an argument");
    const wire::Member* const member = wire::find_member(members, name);
    if (member == nullptr) throw py::type_error("there is no argument " + std::string{name});
    return *member;
  }

  [[nodiscard]] std::string name_of(const wire::Member& member) const {
    const py::str key{std::string{member.name}};
    return names_.contains(key) ? std::string{py::str{names_[key]}} : python_name(member.name);
  }

  json::Value value_of(const py::handle& given, Shape shape, const std::string& name) {
    if (given.is_none() && shape.is_optional) return {};
    if (shape.kind == Kind::mask) return mask_of(given, name);
    if (!shape.is_list) return item_of(given, shape, name);
    const bool is_of_dict = shape.kind == Kind::object;
    std::vector<json::Value> items;
    for (const py::object& item :
         items_of(given, is_of_dict ? "dict" : "str", name, is_of_dict ? is_dict : is_text))
      items.push_back(item_of(item, shape, name));
    return json::Value::of_array(arena_.copy(std::span<const json::Value>{items}));
  }

  json::Value item_of(const py::handle& given, const Shape& shape, const std::string& name) {
    switch (shape.kind) {
      case Kind::boolean:
        if (PyBool_Check(given.ptr()) == 0) throw_type_error(name, "a bool", given);
        return json::Value::of_boolean(given.ptr() == Py_True);
      case Kind::int32:
      case Kind::int64:
      case Kind::cents:
        return json::Value::of_number(kept(std::to_string(integer_of(given, shape, name))));
      case Kind::time:
        return json::Value::of_string(kept(base::format_rfc3339(time_of(given, name))));
      case Kind::secret:
        if (py::isinstance<management::Secret>(given))
          return json::Value::of_string(given.cast<const management::Secret&>().reveal());
        return json::Value::of_string(view_of(given, name));
      case Kind::object:
        return object_of(given, shape, name);
      case Kind::text:
      case Kind::number:
      case Kind::mask:
        break;
    }
    return json::Value::of_string(view_of(given, name));
  }

  json::Value object_of(const py::handle& given, const Shape& shape, const std::string& name) {
    if (PyUnicode_Check(given.ptr())) {
      auto document = json::Document::parse(std::string{view_of(given, name)});
      if (!document) throw_value_error(name + " cannot be sent: " + document.error().message);
      return documents_.emplace_back(*std::move(document)).root();
    }
    if (PyDict_Check(given.ptr()) == 0) throw_type_error(name, "a dict", given);
    std::vector<json::Member> members;
    for (const auto& [key, value] : py::reinterpret_borrow<py::dict>(given)) {
      const wire::Member& member = member_of(shape.members(), key);
      members.push_back({member.name, value_of(value, member.shape, python_name(member.name))});
    }
    return json::Value::of_object(arena_.copy(std::span<const json::Member>{members}));
  }

  /// The service's names of the members to change, given in any of their spellings. Refuses a
  /// value that we cannot carry: left out, it would be cleared.
  json::Value mask_of(const py::handle& given, const std::string& name) {
    const wire::Member* const values =
        wire::find_member(descriptor_->members, descriptor_->read_back.values);
    management::FieldMask mask;
    const Shape texts{.kind = Kind::text, .is_list = true};
    const json::Value fields = value_of(given, texts, name);
    for (const json::Value& field : fields.items()) {
      const auto* const known =
          values == nullptr ? nullptr : wire::find_member(values->shape.members(), field.text());
      if (known == nullptr && !values_.find(field.text()).is_null())
        throw_value_error("this version cannot change '" + std::string{field.text()} + "'");
      mask.paths.emplace_back(known == nullptr ? field.text() : known->name);
    }
    return json::Value::of_string(kept(wire::mask_text(mask)));
  }

  std::string_view kept(const std::string& text) { return arena_.copy(std::string_view{text}); }

  const wire::Descriptor* descriptor_;
  py::dict names_;
  wire::Object operation_;
  json::Arena arena_{};
  std::deque<json::Document> documents_{};
  json::Value values_{};
};

}  // namespace

std::string text_of(const py::object& value, const char* name) {
  return std::string{view_of(value, name)};
}

std::string filled_text_of(const py::object& value, const char* name) {
  std::string text = text_of(value, name);
  if (text.empty()) throw_value_error(std::string{name} + " must not be empty");
  return text;
}

std::vector<std::string> texts_of(const py::object& value, const char* name) {
  std::vector<std::string> texts;
  for (const py::object& item : items_of(value, "str", name, is_text))
    texts.emplace_back(view_of(item, name));
  return texts;
}

management::Timestamp time_of(const py::handle& value, const std::string& name) {
  const std::string_view text = view_of(value, name);
  auto time = base::parse_rfc3339(text);
  if (!time) time = base::parse_date(text);
  if (!time) throw_value_error(name + " must be a time such as 2027-01-31T00:00:00Z");
  return *time;
}

management::Secret secret_of(const py::object& value, const std::string& name) {
  return management::Secret{std::string{view_of(value, name)}};
}

wire::Object operation_of(const wire::Descriptor& descriptor, const py::dict& arguments,
                          const py::dict& names) {
  return Conversion{descriptor, names}.operation_of(arguments);
}

}  // namespace xai::python
