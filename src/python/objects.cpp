#include "python/objects.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace py = pybind11;

namespace xai::python {

namespace {

/// A reference of our own; a null one means that Python has raised.
py::object own(PyObject* object) {
  if (object == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::object>(object);
}

py::object number(std::string_view text) {
  long long small = 0;
  if (const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), small);
      error == std::errc{} && stop == text.data() + text.size())
    return own(PyLong_FromLongLong(small));
  const std::string copy{text};
  if (copy.find_first_of(".eE") == std::string::npos) {
    if (PyObject* const large = PyLong_FromString(copy.c_str(), nullptr, 10)) return own(large);
    // Python refuses integers of thousands of digits.
    PyErr_Clear();
  }
  const double value = PyOS_string_to_double(copy.c_str(), nullptr, nullptr);
  if (PyErr_Occurred() != nullptr) throw py::error_already_set();
  return own(PyFloat_FromDouble(value));
}

/// Builds one answer. The names of known members are views of one text each, and come again with
/// every item of a list, so the Python strings made of them are kept.
class Builder {
 public:
  py::object build(json::Value value) {
    switch (value.kind()) {
      case json::Kind::null:
        return py::none();
      case json::Kind::boolean:
        return py::bool_(value.boolean());
      case json::Kind::number:
        return number(value.text());
      case json::Kind::string:
        return to_python(value.text());
      case json::Kind::array:
        return list(value);
      case json::Kind::object:
        return dict(value);
    }
    return py::none();
  }

 private:
  py::object list(json::Value value) {
    const auto items = value.items();
    py::list result(items.size());
    Py_ssize_t index = 0;
    for (const json::Value& item : items)
      PyList_SET_ITEM(result.ptr(), index++, build(item).release().ptr());
    return result;
  }

  py::object dict(json::Value value) {
    const auto members = value.members();
    // Python has no public call for a dict of a known size, and growing one costs as much again.
    const py::object result = own(_PyDict_NewPresized(static_cast<Py_ssize_t>(members.size())));
    for (const json::Member& member : members) {
      const py::object item = build(member.value);
      if (PyDict_SetItem(result.ptr(), name(member.name).ptr(), item.ptr()) != 0)
        throw py::error_already_set();
    }
    return result;
  }

  struct Name {
    std::string_view view{};
    py::object text{};
  };

  const py::object& name(std::string_view view) {
    Name& kept = names_[reinterpret_cast<std::uintptr_t>(view.data()) % names_.size()];
    if (kept.view.data() != view.data() || kept.view.size() != view.size())
      kept = {view, to_python(view)};
    return kept.text;
  }

  std::array<Name, 256> names_{};
};

}  // namespace

py::object to_python(std::string_view text) {
  return own(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
}

py::object to_python(json::Value value) { return Builder{}.build(value); }

}  // namespace xai::python
