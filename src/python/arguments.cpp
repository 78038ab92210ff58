#include "python/arguments.h"

#include <limits>
#include <utility>

#include "base/time_text.h"
#include "json/document.h"
#include "wire/operations.h"

namespace py = pybind11;

namespace xai::python {

namespace {

[[noreturn]] void throw_type_error(const char* name, const char* wanted, const py::object& value) {
  const std::string type = Py_TYPE(value.ptr())->tp_name;
  throw py::type_error(std::string{name} + " must be " + wanted + ", not " + type);
}

[[noreturn]] void throw_value_error(const std::string& text) { throw py::value_error(text); }

std::optional<std::int64_t> integer_of(const py::object& value, const char* name, std::int64_t min,
                                       std::int64_t max) {
  if (value.is_none()) return std::nullopt;
  if (PyLong_Check(value.ptr()) == 0 || PyBool_Check(value.ptr()) != 0)
    throw_type_error(name, "an int or None", value);
  int overflow = 0;
  const std::int64_t number = PyLong_AsLongLongAndOverflow(value.ptr(), &overflow);
  if (overflow != 0 || number < min || number > max)
    throw_value_error(std::string{name} + " must be between " + std::to_string(min) + " and " +
                      std::to_string(max));
  return number;
}

template <class Integer>
std::optional<std::int64_t> integer_of(const py::object& value, const char* name) {
  using Limits = std::numeric_limits<Integer>;
  return integer_of(value, name, Limits::min(), Limits::max());
}

/// The service's name of a member that a change may have, given in any of its spellings.
std::string_view name_of_change(std::string_view given) {
  std::string_view found;
  const auto look = [&](const auto& field) {
    if (wire::is_same_name(field.name, given) ||
        (!field.alias.empty() && wire::is_same_name(field.alias, given)))
      found = field.name;
  };
  std::apply([&](const auto&... field) { (look(field), ...); },
             wire::fields<management::ApiKeyValues>.fields);
  return found;
}

}  // namespace

std::string text_of(const py::object& value, const char* name) {
  if (!PyUnicode_Check(value.ptr())) throw_type_error(name, "a str", value);
  Py_ssize_t size = 0;
  const char* const text = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
  if (text == nullptr) {
    PyErr_Clear();
    throw_value_error(std::string{name} + " holds characters that are no text");
  }
  return {text, static_cast<std::size_t>(size)};
}

management::Secret secret_of(const py::object& value) {
  return management::Secret{text_of(value, "the key")};
}

std::vector<std::string> texts_of(const py::object& value, const char* name) {
  if (PyUnicode_Check(value.ptr()) || PySequence_Check(value.ptr()) == 0)
    throw_type_error(name, "a list of str", value);
  std::vector<std::string> texts;
  for (const py::handle item : value)
    texts.push_back(text_of(py::reinterpret_borrow<py::object>(item), name));
  return texts;
}

std::vector<management::Acl> acls_of(const py::object& value) {
  using management::Acl;
  if (value.is_none()) return {Acl::every_model(), Acl::every_endpoint()};
  std::vector<Acl> acls;
  for (std::string& text : texts_of(value, "acls")) acls.push_back({std::move(text)});
  return acls;
}

std::optional<std::int32_t> int32_of(const py::object& value, const char* name) {
  const auto number = integer_of<std::int32_t>(value, name);
  if (!number) return std::nullopt;
  return static_cast<std::int32_t>(*number);
}

std::optional<std::int64_t> int64_of(const py::object& value, const char* name) {
  return integer_of<std::int64_t>(value, name);
}

std::optional<management::Timestamp> time_of(const py::object& value, const char* name) {
  if (value.is_none()) return std::nullopt;
  const std::string text = text_of(value, name);
  auto time = base::parse_rfc3339(text);
  if (!time) time = base::parse_date(text);
  if (!time) throw_value_error(std::string{name} + " must be a time such as 2027-01-31T00:00:00Z");
  return time;
}

management::UpdateApiKey update_of(std::string api_key_id, std::string updates,
                                   std::vector<std::string> fields) {
  const auto document = json::Document::parse(std::move(updates));
  if (!document) throw_value_error("updates cannot be sent: " + document.error().message);
  for (std::string& field : fields) {
    const std::string_view name = name_of_change(field);
    if (name.empty() && !document->root().find(field).is_null())
      throw_value_error("this version cannot change '" + field + "'");
    if (!name.empty()) field = name;
  }
  auto values = wire::decode<management::ApiKeyValues>(document->root());
  if (!values) throw_value_error("updates cannot be sent: " + values.error().message);
  return {std::move(api_key_id), std::move(*values), {std::move(fields)}};
}

}  // namespace xai::python
